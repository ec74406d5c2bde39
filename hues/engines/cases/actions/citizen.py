"""What reporters and other citizens do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.actions import merging, owning, rounds, splitting, succeeding, wording
from hues.engines.cases.actions import photos as pictures
from hues.engines.cases.actions.moving import Locked, Moved, Words, move
from hues.engines.cases.events import CaseSupported
from hues.engines.cases.models import Case, Support
from hues.engines.cases.queries import moderation, nearby
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Facts, Given
from hues.engines.cases.rules.purposes import says_what_is_wrong
from hues.engines.cases.rules.workflow import State, Verb
from hues.kernel.errors import NotFound, SignInNeeded, TooMany
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import CITY, STRANGER, Asker
from hues.kernel.turns import take_turn

_MET: Final = """
INSERT INTO cases_support (case_id, person_id, at) SELECT %(case)s, %(person)s, %(at)s
WHERE NOT EXISTS (SELECT FROM cases_caseseal WHERE case_id = %(case)s AND person_id = %(person)s)
ON CONFLICT DO NOTHING
"""
ADDED_ENOUGH: Final = _(
    "You have added something very often within an hour. Please wait a while, then write all of it in one message."
)


@transaction.atomic
def reply(*, case_id: UUID, text: str, photos: Sequence[UUID] = (), by: Asker, seen: int, at: datetime) -> Moved:
    """
    Reply to the agency's question; its clock runs on from here.

    :raises Invalid: if there are no words, or a photo is not the asker's
    """
    moved, _words = _say(Verb.REPLY, case_id, text, by=by, seen=seen, at=at)
    _add(case_id, photos, by=by, at=at)
    return moved


@transaction.atomic
def add_words(
    *,
    case_id: UUID,
    text: str,
    photos: Sequence[UUID] = (),
    by: Asker,
    handed_on_by: Asker = STRANGER,
    seen: int,
    at: datetime,
) -> Moved:
    """
    Add something to an open report without being asked; its clock runs as before. Every agency with a part reads it.

    What the centre or the city itself hands on (`handed_on_by`: letters) is not counted.

    :raises Invalid: if there are no words, or a photo is not the asker's
    :raises TooMany: if the asker has added as often as one may within an hour
    """
    counted = not (handed_on_by.in_ioc or handed_on_by == CITY)
    if counted:
        take_turn(f"cases.added:{by.person_id}")
        if moderation.has_added_enough(by.person_id, at):
            raise TooMany(ADDED_ENOUGH)
    moved, shown = _say(Verb.ADD, case_id, text, by=by, seen=seen, at=at)
    _add(case_id, photos, by=by, at=at)
    splitting.pass_on(case_id, shown, photos, at=at)
    return moved


@transaction.atomic
def rate(
    *,
    case_id: UUID,
    stars: int,
    fixed: bool | None = None,
    text: str = "",
    by: Asker,
    seen: int,
    at: datetime,
) -> Moved:
    """
    Rate an answer with 1 to 5 stars and say whether the trouble is gone; a later rating replaces an earlier one.

    :raises Invalid: if the stars are not 1 to 5
    """
    return _say(Verb.RATE, case_id, text, by=by, seen=seen, at=at, given=Given(stars=stars, fixed=fixed))[0]


@transaction.atomic
def reopen(*, case_id: UUID, text: str, photos: Sequence[UUID] = (), by: Asker, seen: int, at: datetime) -> Moved:
    """
    Contest an answer or a refusal within the days the city allows, with new proof; a new round of the clock begins.

    :raises Invalid: if no photo is new and the words say too little, it is too late, or a photo is not the asker's
    """
    merging.hold_above(case_id)
    given = Given(agency_id=succeeding.heir_for(case_id))

    def part(locked: Locked, after: Facts) -> dict[str, Any]:
        merging.leave(locked, at=at)  # whoever says that it is another thing waits for its own answer
        return rounds.keep_promise_of(locked, after)

    moved, _words = _say(Verb.REOPEN, case_id, text, by=by, seen=seen, at=at, given=given, columns=part)
    if not pictures.are_new(case_id, photos) and not says_what_is_wrong(text):
        raise wording.invalid([Breach("text", "reopen-proof")])
    _add(case_id, photos, by=by, at=at)
    return moved


@transaction.atomic
def support(*, number: str, by: Asker, written_by: Asker = STRANGER, at: datetime) -> int:
    """
    Say "I met this too" of a case that is published, or taken on and shown nearby, once; return how many did.

    Its reporter met it already, and is not counted beside themselves.
    What an operator writes down for a caller (`written_by`) may be of any case but a refused one.

    :raises SignInNeeded: if nobody is signed in
    :raises NotFound: if there is no such case, or it is neither public nor shown
    """
    case = _shown(number, by, anything=written_by.in_ioc)
    with connection.cursor() as cursor:
        cursor.execute(
            _MET,
            {"case": case.pk, "person": by.person_id, "at": at},
        )
        added = cursor.rowcount
    return _counted(case, added, at) if added else case.supports


@transaction.atomic
def withdraw_support(*, number: str, by: Asker, at: datetime) -> int:
    """
    Take "I met this too" back, and return how many others said it.

    :raises SignInNeeded: if nobody is signed in
    :raises NotFound: if there is no such case, or it is not public
    """
    case = _shown(number, by)
    gone, _by_kind = Support.objects.filter(case_id=case.pk, person_id__in=[by.person_id]).delete()
    return _counted(case, -1, at) if gone else case.supports


def _shown(number: str, by: Asker, *, anything: bool = False) -> Case:
    if not by.signed_in:
        raise SignInNeeded
    seen = ~Q(state=State.REFUSED) & Q(parent=None) if anything else nearby.SHOWN
    case = Case.objects.select_for_update().filter(seen, number=number).first()
    if case is None:
        raise NotFound
    return case


def _counted(case: Case, change: int, at: datetime) -> int:
    Case.objects.filter(pk=case.pk).update(supports=F("supports") + change)
    supports = case.supports + change
    journal.record(CaseSupported(at=at, subject=case.pk, number=case.number, supports=supports))
    return supports


def _say(verb: Verb, case_id: UUID, text: str, *, by: Asker, seen: int, at: datetime, **more: Any) -> tuple[Moved, str]:
    """Make a move with a reporter's words, what tells who they are under seal; return it and what others read."""
    shown = owning.covered(text, by=by, reporter=by.person_id)
    moved = move(verb, case_id, by=by, seen=seen, at=at, words=Words(public=shown), **more)
    owning.seal(case_id, moved.version, text, shown, at=at)
    return moved, shown


def _add(case_id: UUID, photos: Sequence[UUID], *, by: Asker, at: datetime) -> None:
    pictures.claim(photos, field="photos", by=by, at=at)
    pictures.keep(case_id, photos, role=pictures.EXTRA, at=at)
