"""Every write of field reports that is not a move of a case."""

from hues.functions.field_reports.actions.counting import AT_MOST_EVERY, RECOUNT, recount, recount_all, recount_soon
from hues.functions.field_reports.actions.following import follow, leave
from hues.functions.field_reports.actions.keywording import (
    add_keyword,
    change_keyword,
    import_keywords,
    remove_keyword,
    seed_keywords,
)

__all__ = [
    "AT_MOST_EVERY",
    "RECOUNT",
    "add_keyword",
    "change_keyword",
    "follow",
    "import_keywords",
    "leave",
    "recount",
    "recount_all",
    "recount_soon",
    "remove_keyword",
    "seed_keywords",
]
