"""Join a report with an earlier one about the same thing, and part them again."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from hues.engines.cases.actions.moving import Locked, Moved, move
from hues.engines.cases.models import Case, Support
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Facts
from hues.engines.cases.rules.workflow import Verb
from hues.kernel.errors import Stale
from hues.kernel.people.asker import Asker

MOST_LINKS = 10  # from a duplicate of a duplicate on to its original
# Those who reported or met any of these duplicates follow the original, each once.
_FOLLOW = """
INSERT INTO cases_support (case_id, person_id, at, merged_from)
SELECT %(original)s, person_id, %(at)s, duplicate FROM (
  SELECT person_id, case_id AS duplicate FROM cases_caseseal
  WHERE case_id = ANY(%(duplicates)s) AND person_id IS NOT NULL
  UNION SELECT person_id, case_id FROM cases_support WHERE case_id = ANY(%(duplicates)s)
) AS followers
WHERE person_id NOT IN (SELECT person_id FROM cases_caseseal WHERE case_id = %(original)s AND person_id IS NOT NULL)
AND (%(people)s::uuid[] IS NULL OR person_id = ANY(%(people)s))
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def unmerge(*, case_id: UUID, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Part a report from the one it was joined with; it waits for the operations centre again.

    :raises Invalid: if it is joined with none
    """
    hold_above(case_id)
    return _part(case_id, by=by, seen=seen, at=at)


def hold_original(number: str, case_id: UUID) -> tuple[UUID | None, Breach | None]:
    """
    Lock a report and the one it is to be joined with, and return that one: of that number, or which that repeats.

    None if there is none; with it what speaks against joining them.

    :raises Stale: if that one was joined with another just now
    """
    found = _original(number, case_id)
    _hold([case_id, *({found} if found else ())])
    now = _original(number, case_id)
    if now not in (found, case_id):
        raise Stale
    return now, _against(now, case_id)


def hold_above(case_id: UUID) -> None:
    """
    Lock a report and all that it was joined with, before it is taken out of them.

    :raises Stale: if any of them was joined or parted just now
    """
    chain = _chain(case_id)
    _hold(chain)
    if _chain(case_id) != chain:
        raise Stale


def _original(number: str, case_id: UUID) -> UUID | None:
    named = Case.objects.filter(number=number.strip().upper(), parent=None).exclude(pk=case_id)
    first = named.values_list("pk", flat=True).first()
    chain = _chain(first) if first else []
    if case_id in chain:
        return case_id
    return Case.objects.filter(pk__in=chain[-1:]).values_list("pk", flat=True).first()


def _against(original_id: UUID | None, case_id: UUID) -> Breach | None:
    return Breach("duplicate_of", "original-repeats-it") if original_id == case_id else None


def _chain(case_id: UUID) -> list[UUID]:
    """Return a case, the one that it repeats, the one which that repeats, and so on."""
    found = [case_id]
    while len(found) <= MOST_LINKS:
        above = Case.every.filter(pk=found[-1]).values_list("duplicate_of", flat=True).first()
        if above is None or above in found:
            break
        found.append(above)
    return found


def _hold(cases: Collection[UUID]) -> None:
    """Lock cases in the order of their ids, so that of two who need the same ones nobody waits for the other."""
    list(Case.every.select_for_update().filter(pk__in=cases).order_by("pk").values_list("pk"))


def _part(case_id: UUID, *, by: Asker, seen: int | None, at: datetime) -> Moved:
    def part(locked: Locked, _after: Facts) -> dict[str, Any]:
        leave(locked, at=at)
        return {}

    return move(Verb.UNMERGE, case_id, by=by, seen=seen, at=at, columns=part)


def follow(duplicate: UUID, original_id: UUID, *, at: datetime) -> None:
    """Let those who reported or met a duplicate follow the original; both are locked."""
    _follow([duplicate], original_id, at=at)
    _count(original_id)


def _follow(duplicates: list[UUID], original_id: UUID, *, people: list[UUID] | None = None, at: datetime) -> None:
    values: dict[str, Any] = {"original": original_id, "duplicates": duplicates, "people": people, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, values)


def leave(duplicate: Locked, *, at: datetime) -> None:
    """
    Let those who followed an original by a duplicate follow it no more, nor what it was joined with itself.

    Who came by another duplicate too goes on following. All of them are locked (see `hold_above`).
    """
    below, people = duplicate.id, None
    for original_id in _chain(duplicate.id)[1:]:
        lost = Support.objects.filter(case_id=original_id, merged_from=below)
        if people is not None:
            lost = lost.filter(person_id__in=people)
        people = list(lost.values_list("person_id", flat=True))
        lost.delete()
        others = Case.every.filter(duplicate_of=original_id).exclude(pk=duplicate.id)
        _follow(list(others.values_list("pk", flat=True)), original_id, people=people, at=at)
        _count(original_id)
        below = original_id


def _count(case_id: UUID) -> None:
    Case.every.filter(pk=case_id).update(supports=Support.objects.filter(case_id=case_id).count())
