"""What the operations centre does."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from hues.engines.cases.actions import contacting, doubting, merging, photos, rounds, splitting, wording
from hues.engines.cases.actions.moving import Locked, Moved, Words, move
from hues.engines.cases.models import Case, CaseSeal, Step
from hues.engines.cases.queries import catalogue, offered
from hues.engines.cases.queries.choices import CategoryCard
from hues.engines.cases.rules import houses, intake, publishing
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.facts import Facts, Given
from hues.engines.cases.rules.outcomes import Outcome
from hues.engines.cases.rules.workflow import ANSWERING, Verb
from hues.kernel.media import actions as media
from hues.kernel.people import queries as people
from hues.kernel.people.asker import Asker
from hues.kit.text import tidy


@transaction.atomic
def accept_and_route(
    *,
    case_id: UUID,
    agency_id: UUID,
    category: str = "",
    service_class: str = "",
    plan_days: int | None = None,
    road_owner: str | None = None,
    note: str = "",
    by: Asker,
    seen: int,
    at: datetime,
) -> Moved:
    """
    Take a case on and pass it to an agency; its clock starts with the first acceptance of a round.

    An empty category or class stays as it is; a new category brings its own class unless one is given. A `road_owner`
    is kept for whenever the case is routed again: "" is whoever the address says, None whoever it was. A class or plan
    that gives a clock more time that runs already is an extension, and the `note` says why.

    :raises Invalid: if there is no such agency, category or class, the plan does not fit the class, the agency has
        another part of the same case and never had this one, or more time is given without a note
    """
    whole = splitting.hold_whole(case_id)
    splitting.check_open(agency_id, "agency_id")
    leaf = _leaf(category)
    urgency = service_class or (leaf.service_class if leaf else "")
    given = Given(agency_id=agency_id, category=category, service_class=urgency, plan_days=plan_days)
    given = replace(given, road_owner=road_owner or "")
    kept = ({"coarse": leaf.coarse} if leaf else {}) | ({} if road_owner is None else {"road_owner": road_owner})
    words = Words(internal=note)

    def beside(locked: Locked, after: Facts) -> dict[str, Any]:
        _check_more_time(locked.facts, after, note)
        return kept

    moved = move(Verb.ACCEPT, case_id, by=by, seen=seen, at=at, given=given, words=words, columns=beside)
    if whole:
        splitting.check_free(whole, moved, agency_id)
    return moved


def _leaf(category: str) -> CategoryCard | None:
    found = catalogue.category(category) if category else None
    if category and (found is None or not found.parent):
        raise wording.invalid([Breach("category", "category-unknown")])
    return found


def _check_more_time(before: Facts, after: Facts, note: str) -> None:
    if before.started_at is not None and after.extended_until != before.extended_until and not tidy(note):
        raise wording.invalid([Breach("note", "more-time-why")])


@transaction.atomic
def refuse(
    *,
    case_id: UUID,
    outcome: str,
    text: str,
    duplicate_of: str = "",
    by: Asker,
    seen: int,
    at: datetime,
) -> Moved:
    """
    Refuse a case (spam, out of scope, duplicate) with words for its reporter; `duplicate_of` is a public number.

    Reports that were joined with it are parted again, unless it is a duplicate itself.

    :raises Invalid: if there are no words, the outcome is no refusal, or a duplicate names no other case
    :raises Stale: if the case has moved since it was seen, or the one it repeats was joined with another just now
    """
    is_duplicate = outcome == Outcome.DUPLICATE
    found, check = merging.hold_original(duplicate_of if is_duplicate else "", case_id)
    # Without it they would wait for an answer that nobody gives any more.
    joined = () if is_duplicate else merging.hold_joined(case_id)
    given, words = Given(outcome=outcome, duplicate_of=found), Words(public=text)
    moved = move(Verb.REFUSE, case_id, by=by, seen=seen, at=at, given=given, words=words, columns=check)
    if found is not None:
        merging.follow(case_id, found, at=at)
    merging.part_all(joined, by=by, at=at)
    return moved


@transaction.atomic
def decide_extension(*, case_id: UUID, granted: bool, text: str = "", by: Asker, seen: int, at: datetime) -> Moved:
    """
    Grant or refuse the time that an agency asked for. What a part is granted, the whole that waits for it gets too.

    :raises Invalid: if it has not asked
    """
    if granted and by.in_ioc:
        splitting.extend_whole(case_id, by=by, at=at)
    return move(
        Verb.DECIDE_EXTENSION,
        case_id,
        by=by,
        seen=seen,
        at=at,
        given=Given(granted=granted),
        words=Words(internal=text),
    )


@transaction.atomic
def return_answer(*, case_id: UUID, reason: str, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Send an answer back to its agency, which gets the time of the review back.

    A case that had the answers of all its parts waits again for the one that is sent back.

    :raises Invalid: if there is no reason
    """
    if whole := splitting.hold_whole(case_id):
        splitting.wait_again(whole, at=at)

    def hide(locked: Locked, _after: Facts) -> dict[str, Any]:
        if locked.facts.answered_at is not None:
            photos.hide_proof(case_id, since=locked.facts.answered_at)
            doubting.settle(case_id, at=at)
        return {}

    return move(Verb.RETURN, case_id, by=by, seen=seen, at=at, words=Words(internal=reason), columns=hide)


@transaction.atomic
def publish(
    *,
    case_id: UUID,
    public_text: str | None = None,
    public_address: str | None = None,
    coarse: bool | None = None,
    hidden_photos: Sequence[UUID] = (),
    text: str = "",
    despite: str = "",
    agreed: Collection[str] = (),
    by: Asker,
    seen: int,
    at: datetime,
) -> Moved:
    """
    Publish an answer with its report, and show all of it but the reporter to everybody.

    `public_text` and `public_address` replace what the reporter wrote where that names somebody (None: as written,
    without the numbers of houses); `coarse` shows the area instead of the place (None: if somebody speaks of their own
    house; of some categories always);
    `hidden_photos` stay private; `text` are words of the operations centre beside the answer; `despite` tells staff
    why doubted proof stands; `agreed` are the contacts in the words (see `contacts_in`) that everybody may read.

    :raises Invalid: if the public text or address is too long, or doubted proof or contacts stand without a word
    """

    _check_lengths(public_text or "", public_address or "")

    def show(locked: Locked, _after: Facts) -> dict[str, Any]:
        return _public_columns(locked, public_text, public_address, coarse=coarse)

    given, words = splitting.stands_for(case_id), Words(public=text, internal=despite)
    moved = move(Verb.PUBLISH, case_id, by=by, seen=seen, at=at, given=given, words=words, columns=show)
    doubting.let_stand(moved, reason=despite, field="despite", by=by, at=at)
    contacting.let_stand(moved, [text, *_told(case_id)], agreed=agreed, by=by, at=at)
    splitting.end_parts(case_id, at=at)
    rounds.make_good(case_id, at=at)
    media.withdraw(photos.of_case(case_id, hidden_photos), at=at, by=by.person_id)
    media.publish(photos.to_publish(case_id, hidden_photos), at=at, by=by.person_id)
    return moved


def _check_lengths(public_text: str, public_address: str) -> None:
    if len(public_text) > intake.LONGEST_TEXT:
        raise wording.invalid([Breach("public_text", "text-long")])
    if len(public_address) > intake.LONGEST_ADDRESS:
        raise wording.invalid([Breach("public_address", "address-long")])


def _public_columns(locked: Locked, text: str | None, address: str | None, *, coarse: bool | None) -> dict[str, Any]:
    row = locked.row
    leaf = catalogue.category(row["category"])
    if coarse is None:
        coarse = row["coarse"] or houses.names_a_home(row["text"], row["address"])
    coarse = coarse or bool(leaf and leaf.coarse)
    shown = publishing.public_form(
        number=row["number"],
        text=offered.words(row["text"], row["address"]) if text is None else tidy(text),
        address=offered.street(row["address"]) if address is None else tidy(address),
        lat=row["lat"],
        lng=row["lng"],
        coarse=coarse,
        answer=_answer(locked.id),
    )
    if row["show_name"] and row["reporter"] is not None:
        CaseSeal.objects.filter(pk=locked.id).update(
            shown_name=people.names_of([row["reporter"]]).get(row["reporter"], "")
        )
    return shown | {"coarse": coarse}


def _told(case_id: UUID) -> tuple[str, ...]:
    return *Case.objects.values_list("public_text", "public_address").get(pk=case_id), _answer(case_id)


def _answer(case_id: UUID) -> str:
    said = Step.objects.filter(case_id=case_id, verb__in=ANSWERING).order_by("-seq")
    return said.values_list("public_text", flat=True).first() or ""
