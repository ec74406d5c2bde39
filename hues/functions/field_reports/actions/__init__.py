"""Every write of field reports that is not a move of a case."""

from hues.functions.field_reports.actions.counting import AT_MOST_EVERY, RECOUNT, recount, recount_all, recount_soon
from hues.functions.field_reports.actions.following import follow, leave

__all__ = ["AT_MOST_EVERY", "RECOUNT", "follow", "leave", "recount", "recount_all", "recount_soon"]
