"""The city's list of words that suggest a category, read once for each edition."""

from dataclasses import dataclass
from uuid import UUID

from hues.functions.field_reports.keywords import Book, Keyword, Match
from hues.functions.field_reports.models import Keyword as Row
from hues.functions.field_reports.models import KeywordEdition
from hues.kernel import editions

EDITION = "field_reports.keywords"
NO_BOOK = Book(())


@dataclass(frozen=True, slots=True)
class _Known:
    token: UUID | None = None
    listed: tuple[Keyword, ...] = ()
    book: Book = NO_BOOK


_known = _Known()
editions.kept_in(EDITION, KeywordEdition._meta.db_table)


def keywords() -> tuple[Keyword, ...]:
    """Return the whole list in its order."""
    return _current().listed


def keyword(keyword_id: UUID) -> Keyword | None:
    """Return one entry of the list."""
    return next((one for one in keywords() if one.id == keyword_id), None)


def suggested(text: str) -> tuple[Match, ...]:
    """Return the categories that the list finds in a text, each with the words that were found."""
    return _current().book.matches(text)


def _current() -> _Known:
    global _known
    token = editions.token(EDITION)
    if token is None:
        return _Known()
    if _known.token != token:
        rows = Row.objects.order_by("order", "words", "id").values("id", "words", "category", "order", "version")
        listed = tuple(Keyword(**row) for row in rows)
        _known = _Known(token, listed, Book(listed))
    return _known
