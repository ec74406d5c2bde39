"""What the city changes of its list of words that suggest a category."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hues.engines.cases.queries import category as category_of
from hues.functions.field_reports import events
from hues.functions.field_reports.keywords import words_of
from hues.functions.field_reports.models import Keyword, KeywordEdition
from hues.functions.field_reports.queries.keywording import EDITION
from hues.kernel import editions
from hues.kernel.errors import Invalid, NotAllowed, NotFound, Stale, TooMany
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import CITY, Asker, Role
from hues.kernel.turns import take_turn
from hues.kit.ids import new_id
from hues.kit.text import Words, tidy

MAY_EDIT = (Role.DUTY_LEADER, Role.ADMIN)
MOST = 5_000
LONGEST_FILE = 20_000  # rows
LONGEST = 80  # characters
STEP = 10
LAST = 1_000_000

type Line = tuple[str, str]  # words, and the code of a category


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What a file changed; with errors, each a sentence, nothing was."""

    added: int = 0
    kept: int = 0
    removed: int = 0
    errors: tuple[str, ...] = ()


@transaction.atomic
def add_keyword(*, words: str, category: str, order: int | None = None, by: Asker, at: datetime) -> UUID:
    """
    List words that speak of a category; without an order they stand last.

    :raises NotAllowed: if the asker is neither duty leader nor administrator
    :raises Invalid: if there are no words or no such category, or they are listed for it already
    :raises TooMany: if the list is full
    """
    _begin(by)
    said = _checked(words, category, order)
    _check_once(said, category, None)
    if Keyword.objects.count() >= MOST:
        raise TooMany(_("The list is full. Remove words that nobody needs first."))
    place = _last() + STEP if order is None else order
    row = Keyword.objects.create(id=new_id(), words=said, category=category, order=place)
    _end()
    journal.record(events.KeywordAdded(at=at, by=by.person_id, subject=row.pk, category=category, order=place))
    return row.pk


@transaction.atomic
def change_keyword(
    *, keyword_id: UUID, words: str, category: str, order: int, seen: int, by: Asker, at: datetime
) -> None:
    """
    Change an entry of the list.

    :raises NotAllowed: if the asker is neither duty leader nor administrator
    :raises NotFound: if there is no such entry
    :raises Stale: if somebody changed it after the page was drawn
    :raises Invalid: if there are no words or no such category, or they are listed for it already
    """
    _begin(by)
    row = _held(keyword_id, seen)
    said = _checked(words, category, order)
    _check_once(said, category, row.pk)
    was, row.words, row.category, row.order = row.category, said, category, order
    row.version += 1
    row.save(update_fields=["words", "category", "order", "version"])
    _end()
    journal.record(
        events.KeywordChanged(at=at, by=by.person_id, subject=row.pk, category=category, was=was, order=order)
    )


@transaction.atomic
def remove_keyword(*, keyword_id: UUID, seen: int, by: Asker, at: datetime) -> str:
    """
    Take an entry off the list and return its words.

    :raises NotAllowed: if the asker is neither duty leader nor administrator
    :raises NotFound: if there is no such entry
    :raises Stale: if somebody changed it after the page was drawn
    """
    _begin(by)
    row = _held(keyword_id, seen)
    row.delete()
    _end()
    journal.record(events.KeywordRemoved(at=at, by=by.person_id, subject=keyword_id, category=row.category))
    return row.words


@transaction.atomic
def import_keywords(
    rows: Iterable[Mapping[str, str | None]],
    *,
    lines: Sequence[int] = (),
    replace: bool = False,
    by: Asker = CITY,
    at: datetime,
) -> Imported:
    """
    Take the rows of a file (words, category) in their order; with `replace` the file is the list afterwards.

    Without it, what is new stands behind what is there. `lines` says where in the file each row stands, if not one
    after the other below the first.

    :raises NotAllowed: if the asker is neither the city itself, nor duty leader or administrator
    """
    if by != CITY:
        _check_may(by)
    take_turn(EDITION)
    said, errors = _read(rows, lines)
    there = {(row.words, row.category): row for row in Keyword.objects.all()}
    fresh = [line for line in said if line not in there]
    kept = len(said) - len(fresh)
    if not errors and len(fresh) + (kept if replace else len(there)) > MOST:
        errors.append(_("More than %(most)s words are too many.") % {"most": MOST})
    if errors:
        return Imported(errors=tuple(errors))
    gone = [row.pk for line, row in there.items() if line not in set(said)] if replace else []
    Keyword.objects.filter(pk__in=gone).delete()
    if replace:
        _put_in_order(said, there)
    first = STEP if replace else _last() + STEP
    places = {line: first + STEP * n for n, line in enumerate(said if replace else fresh)}
    Keyword.objects.bulk_create(
        Keyword(id=new_id(), words=words, category=category, order=places[words, category]) for words, category in fresh
    )
    _end()
    journal.record(events.KeywordsImported(at=at, by=by.person_id, added=len(fresh), kept=kept, removed=len(gone)))
    return Imported(added=len(fresh), kept=kept, removed=len(gone))


def seed_keywords(rows: Iterable[Mapping[str, str | None]], *, at: datetime) -> Imported:
    """Take the city's own words if there never was a list; one that was emptied on the desk stays empty."""
    if KeywordEdition.objects.exists():
        return Imported()
    return import_keywords(rows, at=at)


def _put_in_order(lines: list[Line], there: Mapping[Line, Keyword]) -> None:
    moved = []
    for n, line in enumerate(lines, start=1):
        row = there.get(line)
        if row is not None and row.order != STEP * n:
            row.order, row.version = STEP * n, row.version + 1
            moved.append(row)
    Keyword.objects.bulk_update(moved, ["order", "version"])


def _begin(by: Asker) -> None:
    _check_may(by)
    take_turn(EDITION)


def _check_may(by: Asker) -> None:
    if not by.may(*MAY_EDIT):
        raise NotAllowed


def _end() -> None:
    KeywordEdition.objects.update_or_create(id=1, defaults={"token": new_id()})
    editions.changed(EDITION)


def _last() -> int:
    return Keyword.objects.aggregate(last=Max("order"))["last"] or 0


def _held(keyword_id: UUID, seen: int) -> Keyword:
    row = Keyword.objects.select_for_update().filter(pk=keyword_id).first()
    if row is None:
        raise NotFound
    if row.version != seen:
        raise Stale
    return row


def _checked(words: str, category: str, order: int | None) -> str:
    said = _said(words)
    wrong: dict[str, Words] = {}
    if sentence := _wrong_words(said):
        wrong["words"] = sentence
    if not _is_leaf(category):
        wrong["category"] = _("Choose one of the list.")
    if order is not None and not 0 <= order <= LAST:
        wrong["order"] = _("Choose a number from 0 to 1,000,000.")
    if wrong:
        raise Invalid(fields=wrong)
    return said


def _check_once(said: str, category: str, but: UUID | None) -> None:
    same = Keyword.objects.filter(words=said, category=category).values_list("pk", flat=True).first()
    if same is not None and same != but:
        raise Invalid(fields={"words": _("These words are listed for this category already.")})


def _said(words: str) -> str:
    return " ".join(tidy(words).lower().split())


def _wrong_words(said: str) -> str:
    if not words_of(said):
        return _("Write one or several words.")
    return _("Please keep it under 80 characters.") if len(said) > LONGEST else ""


def _is_leaf(code: str) -> bool:
    card = category_of(code) if code else None
    return card is not None and bool(card.parent)


def _read(rows: Iterable[Mapping[str, str | None]], places: Sequence[int]) -> tuple[list[Line], list[str]]:
    lines: dict[Line, None] = {}
    errors: list[str] = []
    for at_, row in zip(chain(places, count(len(places) + 2)), rows, strict=False):
        if at_ > LONGEST_FILE:
            errors.append(_("A list has at most %(most)s rows.") % {"most": LONGEST_FILE})
            break
        said, category = _said(row.get("words") or ""), tidy(row.get("category") or "")
        if sentence := _wrong_words(said):
            errors.append(_("Row %(n)s: %(wrong)s") % {"n": at_, "wrong": sentence})
        elif not _is_leaf(category):
            wrong = _("there is no category “%(code)s”.") % {"code": category[:64]}
            errors.append(_("Row %(n)s: %(wrong)s") % {"n": at_, "wrong": wrong})
        else:
            lines[said, category] = None
    return list(lines), errors
