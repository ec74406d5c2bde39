"""Merge, split or dissolve agencies on a day: plan it, call it off, carry it out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hues.kernel import editions
from hues.kernel.agencies import changes, checking, events, queries
from hues.kernel.agencies.actions import succeeding
from hues.kernel.agencies.checking import Mistake, Share, Wanted
from hues.kernel.agencies.models import Agency, Change, Edition, Membership, Succession
from hues.kernel.areas import queries as areas
from hues.kernel.clocks import actions as clocks
from hues.kernel.clocks import queries as calendar
from hues.kernel.errors import NotAllowed, NotFound, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import CITY, Asker, Role
from hues.kernel.turns import take_turn
from hues.kit.ids import new_id
from hues.kit.text import tidy

TIMER = "agencies.change"
TURN = "agencies.change"


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeReport:
    """
    What came of a plan: with mistakes nothing at all.

    `done` says that its day had come, so that `counts` tells how much was passed on; `already`, that the very same
    change stood before and nothing was written. A dry run has the counts of a change that were done right now.
    """

    change_id: UUID | None = None
    on: date | None = None
    done: bool = False
    already: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()


def plan(
    *, wanted: Wanted, instead_of: UUID | None = None, dry_run: bool = False, by: Asker = CITY, at: datetime
) -> ChangeReport:
    """
    Have agencies end on a day and others follow them; done at once if that day is today or past.

    A change that stands already is left as it is; one that is still to come may be planned `instead_of` what it was.
    A dry run does all of it and takes it back.

    :raises NotAllowed: if `by` is neither the city itself nor an administrator
    :raises NotFound: if there is no change to plan anew
    :raises WrongState: if that has happened, or was called off
    """
    _only_administrators(by)
    try:
        with transaction.atomic():
            change = _still_planned(instead_of) if instead_of else None
            report = _planned(wanted, change, dry_run=dry_run, by=by, at=at)
            if dry_run or report.mistakes:
                transaction.set_rollback(True)
    finally:
        editions.changed("agencies")
    return report


@transaction.atomic
def call_off(*, change_id: UUID, by: Asker = CITY, at: datetime) -> None:
    """
    Call a planned change off, before its day.

    :raises NotAllowed: if `by` is neither the city itself nor an administrator
    :raises NotFound: if there is none
    :raises WrongState: if it has happened, or was called off already
    """
    _only_administrators(by)
    _still_planned(change_id)
    Change.objects.filter(pk=change_id).update(called_off_at=at)
    journal.record(events.ChangeCalledOff(at=at, by=by.person_id, subject=change_id))


@transaction.atomic
def carry_out(change_id: UUID, *, by: Asker = CITY, at: datetime) -> dict[str, int]:
    """Do a planned change, and return how much was passed on; one that is done or called off stays as it is."""
    take_turn(TURN)
    change = Change.objects.select_for_update().filter(pk=change_id, done_at=None, called_off_at=None).first()
    if change is None:
        return {}
    rows = list(Succession.objects.filter(change=change).order_by("agency_id", "order"))
    named = {one.agency_id for one in rows} | {one.heir_id for one in rows}
    # Whoever passes a case to one of them holds its row until that is written: afterwards nothing comes any more.
    list(Agency.objects.select_for_update().filter(pk__in=named).order_by("pk").values_list("pk"))
    ends = list(dict.fromkeys(one.agency_id for one in rows))
    ended = Succession.objects.filter(agency_id__in=change.founds, change__done_at__isnull=False)
    founds = sorted(set(change.founds) - set(ended.values_list("agency_id", flat=True)))
    Agency.objects.filter(pk__in=founds).update(
        is_active=True
    )  # one that has ended meanwhile stays so: its heirs follow
    Agency.objects.filter(pk__in=ends).update(is_active=False)
    Change.objects.filter(pk=change_id).update(done_at=at)
    _new_edition()
    counts: dict[str, int] = {}
    succeeding.pass_links_on(ends, at=at)
    for gone in ends:
        for what, n in succeeding.succeed(gone, change_id=change_id, by=by, at=at).items():
            counts[what] = counts.get(what, 0) + n
    succeeding.begin(founds, by=by, at=at)
    Change.objects.filter(pk=change_id).update(counts=counts)
    _new_edition()  # the list was read meanwhile, before all of it was written
    return counts


def hold_open(agency_id: UUID) -> bool:
    """
    Keep an agency from ending until the caller's transaction is over, and return if it is at work.

    Ask before anything else is locked: whoever ends an agency locks it first, and its cases afterwards.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT is_active FROM agencies_agency WHERE id = %s FOR SHARE", [agency_id])
        found = cursor.fetchone()
    return bool(found and found[0])


def _still_planned(change_id: UUID) -> Change:
    """Hold a change that is still to come; its timer is taken back."""
    # The timer before the turn, as the sweep takes them: whoever is second waits, and finds it done or gone.
    clocks.cancel_timers(change_id, TIMER)
    take_turn(TURN)
    change = Change.objects.select_for_update().filter(pk=change_id).first()
    if change is None:
        raise NotFound
    if change.done_at:
        raise WrongState(_("This has happened already. What was merged can only be split again, by a new change."))
    if change.called_off_at:
        raise WrongState(_("This was called off already."))
    return change


def _planned(wanted: Wanted, change: Change | None, *, dry_run: bool, by: Asker, at: datetime) -> ChangeReport:
    take_turn(TURN)
    editions.changed("agencies")
    if change:
        Succession.objects.filter(change=change).delete()  # what it was stands in nobody's way
    known = {card.code: card for card in queries.agencies()}
    if twin := _twin(wanted):
        return ChangeReport(
            change_id=twin.id, on=twin.on, done=twin.done_at is not None, already=True, counts=twin.counts
        )
    wards = {ward.code for ward in areas.wards()}
    today = at.astimezone(calendar.calendar().zone).date()
    wrong = checking.mistakes(wanted, known, changes.standing(), wards=wards, today=today)
    if wrong:
        return ChangeReport(mistakes=tuple(wrong))
    change = _write(wanted, known, change or Change(at=at))
    ends, heirs = (tuple(dict.fromkeys(ids)) for ids in _both(change))
    journal.record(
        events.ChangePlanned(at=at, by=by.person_id, subject=change.pk, on=wanted.on, ends=ends, heirs=heirs)
    )
    is_due = wanted.on <= today
    counts = carry_out(change.pk, by=by, at=at) if is_due or dry_run else {}
    if not is_due:
        midnight = datetime.combine(wanted.on, time(), calendar.calendar().zone)
        clocks.set_timer(kind=TIMER, subject=change.pk, due_at=midnight, at=at)
    return ChangeReport(change_id=change.pk, on=wanted.on, done=is_due, counts=counts)


def _twin(wanted: Wanted) -> changes.ChangeCard | None:
    """Return the change that stands already and is the very one that is wanted."""
    asked = (set(wanted.ends), wanted.on, wanted.by_routes, _bare(wanted.shares))
    for card in changes.changes():
        if (
            card.ends
            and card.stands
            and ({gone.code for gone in card.ends}, card.on, card.by_routes, _bare(card.shares)) == asked
        ):
            return card
    return None


def _bare(shares: Sequence[Share]) -> list[tuple[str, set[str], set[str]]]:
    return [(share.code, set(share.wards), set(share.categories)) for share in shares]


def _write(wanted: Wanted, known: dict[str, queries.AgencyCard], change: Change) -> Change:
    ids = {code: card.id for code, card in known.items()}
    model = Agency.objects.filter(code=wanted.ends[0]).get()
    founds = {share.code: share for share in wanted.shares if checking.begins(known.get(share.code))}
    before = change.founds
    for share in founds.values():
        like = _like(model, alone=len(wanted.ends) == 1)
        if share.code not in ids:
            ids[share.code] = Agency.objects.create(code=share.code, name=_names(share), is_active=False, **like).pk
        else:
            _write_anew(ids[share.code], share, like, change)
    change.on_date, change.by_routes, change.founds = wanted.on, wanted.by_routes, [ids[code] for code in founds]
    change.save()
    _new_edition()
    Succession.objects.bulk_create(
        Succession(
            change=change,
            agency_id=ids[gone],
            heir_id=ids[share.code],
            order=order,
            wards=list(share.wards),
            categories=list(share.categories),
        )
        for gone in wanted.ends
        for order, share in enumerate(wanted.shares)
    )
    _forget_unfounded(set(before) - set(change.founds))
    return change


def _like(model: Agency, *, alone: bool) -> dict[str, Any]:
    """Return what a new agency has of the first that ends: its kind, what it stands below, alone its ward too."""
    return {"kind": model.kind, "parent_id": model.parent_id, "ward_code": model.ward_code if alone else ""}


def _write_anew(agency_id: UUID, share: Share, like: Mapping[str, Any], change: Change) -> None:
    """Write an agency that is still to begin as it is wanted now; of what another change founds, the name alone."""
    others = Change.objects.filter(founds__contains=[agency_id], called_off_at=None).exclude(pk=change.pk)
    columns = {} if others.exists() else dict(like)
    if share.name:
        columns["name"] = _names(share)
    if columns:
        Agency.objects.filter(pk=agency_id).update(**columns)


def _forget_unfounded(agency_ids: Iterable[UUID]) -> None:
    """Forget agencies that were to begin with a plan and now are in none: nobody was ever there."""
    for agency_id in agency_ids:
        named = Q(agency_id=agency_id) | Q(heir_id=agency_id)
        if not (
            Succession.objects.filter(named).exists()
            or Change.objects.filter(founds__contains=[agency_id]).exists()
            or Membership.objects.filter(agency_id=agency_id).exists()
            or Agency.objects.filter(parent_id=agency_id).exists()
        ):
            Agency.objects.filter(pk=agency_id, is_active=False).delete()
            _new_edition()


def _names(share: Share) -> dict[str, str]:
    return {language: tidy(share.name[language]) for language in ("vi", "en")}


def _both(change: Change) -> tuple[list[UUID], list[UUID]]:
    rows = list(Succession.objects.filter(change=change).order_by("agency_id", "order"))
    return [row.agency_id for row in rows], [row.heir_id for row in rows]


def _new_edition() -> None:
    Edition.objects.update_or_create(id=1, defaults={"token": new_id()})
    editions.changed("agencies")


def _only_administrators(by: Asker) -> None:
    if by != CITY and not by.may(Role.ADMIN):
        raise NotAllowed
