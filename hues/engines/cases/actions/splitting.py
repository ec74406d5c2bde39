"""Split a case among several agencies, put their answers together, or join it again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Case as Either
from django.db.models import F, When

from hues.engines.cases.actions import doubting, photos, wording
from hues.engines.cases.actions.moving import Moved, Words, move
from hues.engines.cases.actions.parting import open_part
from hues.engines.cases.models import Case, Step
from hues.engines.cases.queries import parts
from hues.engines.cases.queries.shared import IN_TURN
from hues.engines.cases.rules import splitting
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Given
from hues.engines.cases.rules.splitting import Piece, Share
from hues.engines.cases.rules.workflow import SAYING, State, Verb
from hues.kernel.agencies import queries as agencies
from hues.kernel.agencies.actions import changing
from hues.kernel.people.asker import CITY, Asker
from hues.kit.text import pick, tidy

_PIECE = ("pk", "agency_id", "outcome", "promise_on", "counted_for", "late_at")
_LATE_AT = When(answered_at__gt=F("first_due_at"), then=F("answered_at"))


@transaction.atomic
def split(*, case_id: UUID, shares: Sequence[Share], by: Asker, seen: int, at: datetime) -> Moved:
    """
    Give each of several agencies a part of a case; its own clock runs on, and bounds those of the parts.

    The first agency stands for the whole once it is answered, unless another one promised something or was late.

    :raises Invalid: if there are too few or too many parts, an agency has two or is closed, or has nothing to do
    """
    wanted = [Share(agency_id=share.agency_id, task=tidy(share.task)) for share in shares]
    try:
        splitting.check(wanted)
    except Breach as breach:
        raise wording.invalid([breach]) from breach
    for share in sorted(wanted, key=lambda share: share.agency_id):
        check_open(share.agency_id, "shares")
    given = Given(agencies=tuple(share.agency_id for share in wanted))
    moved = move(Verb.SPLIT, case_id, by=by, seen=seen, at=at, given=given)
    steps = Step.objects.filter(case_id=case_id, verb__in=sorted(SAYING)).exclude(public_text="").order_by("seq")
    earlier = list(steps.values_list("public_text", flat=True))
    for share in wanted:
        part = open_part(case_id, share.task, by=by, at=at)
        for said in earlier:  # before it has an agency: nobody is told of what is there to be read
            move(Verb.ADD, part, by=CITY, seen=None, at=at, words=Words(public=said))
        passed = Given(agency_id=share.agency_id)
        move(Verb.ACCEPT, part, by=by, seen=None, at=at, given=passed, words=Words(internal=share.task))
    return moved


@transaction.atomic
def join(*, case_id: UUID, agency_id: UUID, reason: str = "", by: Asker, seen: int, at: datetime) -> Moved:
    """
    Take a split back: its parts are called off, and one agency has the whole. Its clock runs on.

    :raises Invalid: if there is no such agency
    """
    check_open(agency_id, "agency_id")
    words = Words(internal=reason)
    moved = move(Verb.JOIN, case_id, by=by, seen=seen, at=at, given=Given(agency_id=agency_id), words=words)
    for part in standing(case_id):
        move(Verb.CALL_OFF, part, by=CITY, seen=None, at=at, words=words)
    doubting.settle(case_id, at=at)
    return moved


@transaction.atomic
def edit_answer(*, case_id: UUID, text: str, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Put the answers of the parts into the words of the centre, before they are published.

    :raises Invalid: if there are no words, or too many
    """
    return move(Verb.EDIT, case_id, by=by, seen=seen, at=at, words=Words(public=text))


def check_open(agency_id: UUID, field: str) -> None:
    """
    Test if an agency takes cases, and keep it open until the caller's transaction is over; nothing is locked before.

    :raises Invalid: if there is none, or it is closed
    """
    if not changing.hold_open(agency_id):
        raise wording.invalid([Breach(field, "agency-closed")])


def check_free(whole: UUID, part: Moved, agency_id: UUID) -> None:
    """
    Test if an agency has no other part of the same case, or had this very part before; the whole was locked.

    Where two agencies with a part each were merged, one has both, and gets back what it gave back by mistake.

    :raises Invalid: if it has another one
    """
    had = Step.objects.filter(case_id=part.id, seq__lt=part.version)
    if had.filter(agency_id__in={agency_id, *agencies.forebears([agency_id])}).exists():
        return
    others = Case.objects.filter(parent_id=whole, agency_id=agency_id).exclude(pk=part.id)
    if others.exclude(state=State.CLOSED).exists():
        raise wording.invalid([Breach("agency_id", "part-there")])


def hold_whole(case_id: UUID) -> UUID | None:
    """Lock the case that `case_id` is a part of, before the part itself: whoever joins them does it in that order."""
    whole = Case.objects.filter(pk=case_id, parent_id__isnull=False).values("parent_id")
    return Case.objects.select_for_update().filter(pk__in=whole).values_list("pk", flat=True).first()


def gather(whole: UUID, *, at: datetime) -> None:
    """Answer a case whose last part was answered, with the answers of all of them and their proof."""
    found = standing(whole)
    if Case.objects.filter(pk__in=found).exclude(state=State.ANSWERED).exists():
        return
    pieces = _pieces(found)
    stands = splitting.answers_for_it(pieces)
    given = Given(outcome=splitting.outcome_of(pieces), promise_on=stands.promise_on)
    move(Verb.GATHER, whole, by=CITY, seen=None, at=at, given=given, words=Words(public=splitting.together(pieces)))
    photos.show_proof_of(found, whole, at=at)


def wait_again(whole: UUID, *, at: datetime) -> None:
    """Have a case that was answered wait for a part that is sent back; the time of the review is given back."""
    if Case.objects.filter(pk=whole, state=State.ANSWERED).exists():
        move(Verb.AWAIT, whole, by=CITY, seen=None, at=at)
        photos.take_back_proof_of(standing(whole), whole)
        _bound_parts(whole)


def extend_whole(part: UUID, *, by: Asker, at: datetime) -> None:
    """Give a case the time that a part of it asked for, where that is later than its own: it waits for all."""
    whole = hold_whole(part)
    until = Case.objects.filter(pk=part).values_list("extension_asked_until", flat=True).first()
    if whole is None or until is None or not Case.objects.filter(pk=whole, due_at__lt=until).exists():
        return
    move(Verb.DECIDE_EXTENSION, whole, by=by, seen=None, at=at, given=Given(granted=True, until=until))
    _bound_parts(whole)


def stands_for(whole: UUID) -> Given:
    """Return the agency that stands for a case once its parts are answered, and in whose figures; none if not split."""
    pieces = _pieces(standing(whole))
    if not pieces:
        return Given()
    stands = splitting.answers_for_it(pieces)
    return Given(agency_id=stands.agency_id, counted_for=stands.counted_for)


def pass_on(whole: UUID, text: str, sent: Sequence[UUID], *, at: datetime) -> None:
    """Let every agency that has a part of a case read what its reporter added to it."""
    for part in standing(whole):
        move(Verb.ADD, part, by=CITY, seen=None, at=at, words=Words(public=text))
        photos.keep(part, sent, role=photos.EXTRA, at=at)


def end_parts(whole: UUID, *, at: datetime) -> None:
    """Close the parts of a case that is published."""
    for part in standing(whole):
        move(Verb.END, part, by=CITY, seen=None, at=at)


def _bound_parts(whole: UUID) -> None:
    due = Case.objects.values_list("due_at", flat=True).get(pk=whole)
    Case.objects.filter(pk__in=standing(whole)).update(latest_due_at=due)


def standing(whole: UUID) -> list[UUID]:
    """Return the parts that were not called off, in the order they were made."""
    found = Case.objects.filter(parent_id=whole).exclude(state=State.CLOSED)
    return list(found.order_by(*IN_TURN).values_list("pk", flat=True))


def _pieces(found: Sequence[UUID]) -> list[Piece]:
    names = parts.agency_names()
    said = Step.objects.filter(case_id__in=found, verb=Verb.ANSWER).order_by("seq")
    texts = dict(said.values_list("case_id", "public_text"))
    rows = Case.objects.filter(pk__in=found, agency_id__isnull=False).annotate(late_at=Either(_LATE_AT))
    return [
        Piece(
            agency_id=agency_id,
            agency=pick(names.get(agency_id, parts.NOBODY), settings.LANGUAGE_CODE),
            text=texts.get(case_id, ""),
            outcome=outcome,
            promise_on=promise_on,
            counted_for=counted_for,
            late_at=late_at,
        )
        for case_id, agency_id, outcome, promise_on, counted_for, late_at in rows.order_by(*IN_TURN).values_list(
            *_PIECE
        )
        if agency_id is not None
    ]
