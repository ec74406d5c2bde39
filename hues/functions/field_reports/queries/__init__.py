"""What field reports know beyond the cases: figures, and who follows what."""

from hues.functions.field_reports.queries.counted import Figures, counted_at, counted_months, figures, of_agency, total
from hues.functions.field_reports.queries.followed import Followed, followed, followers
from hues.functions.field_reports.queries.keywording import keyword, keywords, suggested

__all__ = [
    "Figures",
    "Followed",
    "counted_at",
    "counted_months",
    "figures",
    "followed",
    "followers",
    "keyword",
    "keywords",
    "of_agency",
    "suggested",
    "total",
]
