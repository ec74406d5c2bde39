"""Join a report with an earlier one about the same thing, and part them again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from hues.engines.cases.actions.moving import Locked, Moved, move
from hues.engines.cases.models import Case, Support
from hues.engines.cases.rules.facts import Facts
from hues.engines.cases.rules.workflow import Verb
from hues.kernel.people.asker import Asker

MOST_LINKS = 10  # from a duplicate of a duplicate on to its original
# The reporter of the duplicate and all who had met it follow the original, each once.
_FOLLOW = """
INSERT INTO cases_support (case_id, person_id, at, merged_from)
SELECT %(original)s, person_id, %(at)s, %(duplicate)s FROM (
  SELECT person_id FROM cases_caseseal WHERE case_id = %(duplicate)s AND person_id IS NOT NULL
  UNION SELECT person_id FROM cases_support WHERE case_id = %(duplicate)s
) AS followers
WHERE person_id NOT IN (SELECT person_id FROM cases_caseseal WHERE case_id = %(original)s AND person_id IS NOT NULL)
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def unmerge(*, case_id: UUID, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Part a report from the one it was joined with; it waits for the operations centre again.

    :raises Invalid: if it is joined with none
    """

    def part(locked: Locked, _after: Facts) -> dict[str, Any]:
        leave(locked)
        return {}

    return move(Verb.UNMERGE, case_id, by=by, seen=seen, at=at, columns=part)


def original(number: str, case_id: UUID) -> UUID | None:
    """Return the case of that number, or the one that it repeats itself; None if there is none but `case_id`."""
    found = Case.objects.filter(number=number.strip().upper(), parent=None).values("pk", "duplicate_of").first()
    for _ in range(MOST_LINKS):
        if found is None or found["duplicate_of"] is None or found["pk"] == case_id:
            break
        found = Case.objects.filter(pk=found["duplicate_of"]).values("pk", "duplicate_of").first()
    return found["pk"] if found is not None and found["pk"] != case_id else None


def follow(duplicate: UUID, original_id: UUID, *, at: datetime) -> None:
    """Let those who reported or met a duplicate follow the original."""
    _lock(original_id)
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, {"original": original_id, "duplicate": duplicate, "at": at})
    _count(original_id)


def leave(duplicate: Locked) -> None:
    """Let those who followed an original by a duplicate follow it no more, if it is the duplicate of any."""
    if (original_id := duplicate.facts.duplicate_of) is not None:
        _lock(original_id)
        Support.objects.filter(case_id=original_id, merged_from=duplicate.id).delete()
        _count(original_id)


def _lock(case_id: UUID) -> None:
    Case.every.select_for_update().filter(pk=case_id).values_list("pk").first()


def _count(case_id: UUID) -> None:
    Case.every.filter(pk=case_id).update(supports=Support.objects.filter(case_id=case_id).count())
