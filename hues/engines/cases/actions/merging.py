"""Join a report with an earlier one about the same thing, and part them again."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from hues.engines.cases.actions import wording
from hues.engines.cases.actions.moving import Columns, Locked, Moved, move
from hues.engines.cases.models import Case, Support
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Facts
from hues.engines.cases.rules.workflow import State, Verb
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


def hold_joined(case_id: UUID) -> list[UUID]:
    """
    Lock a report and all that were joined with it, and return those.

    :raises Stale: if one was joined or parted just now
    """
    joined = _joined(case_id)
    _hold([case_id, *joined])
    if _joined(case_id) != joined:
        raise Stale
    return joined


def part_all(joined: Collection[UUID], *, by: Asker, at: datetime) -> None:
    """Part reports from the one that is not taken on: each is looked at on its own, and its reporter hears that."""
    for case_id in joined:
        _part(case_id, by=by, seen=None, at=at)


def hold_original(number: str, case_id: UUID) -> tuple[UUID | None, Columns]:
    """
    Lock a report and the one it is to be joined with: the one of that number, or which that repeats itself.

    Returns it, None if there is none, and what refuses to join them where something speaks against it.

    :raises Stale: if that one was joined with another just now
    """
    found = _original(number, case_id)
    if found is not None:
        _hold([case_id, found])
    now = _original(number, case_id)
    if now not in (found, case_id):
        raise Stale

    def check(locked: Locked, after: Facts) -> dict[str, Any]:
        if now is not None:
            _check(now, locked, after)
        return {}

    return now, check


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


def _check(original_id: UUID, locked: Locked, after: Facts) -> None:
    if original_id == locked.id:
        raise wording.invalid([Breach("duplicate_of", "original-repeats-it")])
    if Case.objects.filter(pk=original_id, state=State.REFUSED).exists():
        raise wording.invalid([Breach("duplicate_of", "original-refused")])
    due = locked.facts.due_at
    is_late = locked.facts.started_at is not None and after.closed_at is not None and due < after.closed_at
    # What nobody answered in time would count as in time with the other one.
    if is_late and Case.objects.filter(pk=original_id, answered_at=None, due_at__gt=due).exists():
        raise wording.invalid([Breach("duplicate_of", "original-later")])


def _chain(case_id: UUID) -> list[UUID]:
    """Return a case, the one that it repeats, the one which that repeats, and so on."""
    found = [case_id]
    while len(found) <= MOST_LINKS:
        above = Case.every.filter(pk=found[-1]).values_list("duplicate_of", flat=True).first()
        if above is None or above in found:
            break
        found.append(above)
    return found


def _joined(case_id: UUID) -> list[UUID]:
    return list(Case.every.filter(duplicate_of=case_id).order_by("pk").values_list("pk", flat=True))


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
        others = [case_id for case_id in _joined(original_id) if case_id != duplicate.id]
        _follow(others, original_id, people=people, at=at)
        _count(original_id)
        below = original_id


def _count(case_id: UUID) -> None:
    Case.every.filter(pk=case_id).update(supports=Support.objects.filter(case_id=case_id).count())
