"""What the heirs of an agency get on its last day: people, leaves, addresses, and what other rooms pass on."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from hues.kernel.agencies import events, queries, succession
from hues.kernel.agencies.models import Agency, Leave, Membership
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import CITY, Asker, Role
from hues.kit.ids import new_id


def succeed(gone: UUID, *, change_id: UUID, by: Asker = CITY, at: datetime) -> dict[str, int]:
    """Pass on what an agency had that has just ended, in its caller's transaction; return how much of what."""
    heirs = queries.heirs_now(gone)
    people = _appoint_again(gone, heirs, by=by, at=at)
    _go_on_with_leaves(gone, heirs, at=at)
    _put_below(gone, heirs)
    journal.record(
        events.AgencySucceeded(at=at, by=by.person_id, subject=gone, change=change_id, heirs=heirs),
    )
    return {"people": people} | succession.follow(gone, at)


def begin(founded: Iterable[UUID], *, by: Asker = CITY, at: datetime) -> None:
    """Write down that agencies have begun."""
    for agency_id, code in Agency.objects.filter(pk__in=list(founded)).values_list("pk", "code"):
        journal.record(events.AgencyCreated(at=at, by=by.person_id, subject=agency_id, code=code))


def pass_links_on(ends: Sequence[UUID], *, at: datetime) -> None:
    """
    Give the address of an agency that never signed in to the one that follows, where nobody signs in there either.

    Where somebody does, links end: who has the case now has a desk.
    """
    for gone in ends:
        address = Agency.objects.values_list("link_to", flat=True).get(pk=gone)
        heirs = queries.heirs_now(gone)
        signed_in = _open(at).filter(agency__in=[*ends, *heirs]).exists()
        if address and not signed_in:
            Agency.objects.filter(pk__in=heirs, link_to="").update(link_to=address)
    Agency.objects.filter(pk__in=list(ends)).exclude(link_to="").update(link_to="")


def _open(at: datetime) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), from_at__lte=at)


def _appoint_again(gone: UUID, heirs: Sequence[UUID], *, by: Asker, at: datetime) -> int:
    """Make the people of an agency members of all its heirs, in the same roles."""
    held = list(Membership.objects.select_for_update().filter(agency=gone).filter(_not_over(at)).order_by("pk"))
    for member in held:
        if member.from_at < at:
            Membership.objects.filter(pk=member.pk).update(until_at=at)
        else:  # it was to begin later, and begins elsewhere
            Membership.objects.filter(pk=member.pk).delete()
        who, role = member.person_id, member.role
        journal.record(events.MemberDismissed(at=at, by=by.person_id, subject=who, agency=gone, role=role))
        for heir in heirs:
            if _appointed(member, heir, at):
                journal.record(events.MemberAppointed(at=at, by=by.person_id, subject=who, agency=heir, role=role))
    return len({member.person_id for member in held})


def _appointed(member: Membership, heir: UUID, at: datetime) -> bool:
    own = Membership.objects.filter(person_id=member.person_id, agency=heir, role=member.role, until_at=None)
    if own.exists():
        return False
    Membership.objects.create(
        person_id=member.person_id,
        agency_id=heir,
        role=Role(member.role),
        from_at=max(member.from_at, at),
        until_at=member.until_at,
    )
    return True


def _not_over(at: datetime) -> Q:
    return Q(until_at__isnull=True) | Q(until_at__gt=at)


def _go_on_with_leaves(gone: UUID, heirs: Sequence[UUID], *, at: datetime) -> None:
    """Let substitutes stand in at every heir as they did."""
    found = list(Leave.objects.select_for_update().filter(agency=gone, until_at__gt=at).order_by("pk"))
    for leave in found:
        Leave.objects.bulk_create(
            Leave(
                id=new_id(),
                person_id=leave.person_id,
                agency_id=heir,
                substitute_id=leave.substitute_id,
                from_at=max(leave.from_at, at),
                until_at=leave.until_at,
            )
            for heir in heirs
            if not _is_away(leave.person_id, heir, at)
        )
        if leave.from_at < at:
            Leave.objects.filter(pk=leave.pk).update(until_at=at)
        else:
            Leave.objects.filter(pk=leave.pk).delete()


def _is_away(person_id: UUID, agency_id: UUID, at: datetime) -> bool:
    return Leave.objects.filter(person=person_id, agency=agency_id, until_at__gt=at).exists()


def _put_below(gone: UUID, heirs: Sequence[UUID]) -> None:
    """Put what stood below an agency below its last heir, which takes the rest; and never an heir below itself."""
    parent, rest = Agency.objects.values_list("parent_id", flat=True).get(pk=gone), heirs[-1]
    above = queries.heir(parent) if parent else None
    above = None if above in heirs else above
    Agency.objects.filter(pk__in=heirs, parent=gone).update(parent=above)
    for child in list(Agency.objects.filter(parent=gone).exclude(pk=rest).values_list("pk", flat=True)):
        Agency.objects.filter(pk=child).update(parent=above if _stands_below(rest, child) else rest)


def _stands_below(agency_id: UUID, other: UUID) -> bool:
    parents = dict(Agency.objects.values_list("pk", "parent_id"))
    seen: set[UUID] = set()
    above = parents.get(agency_id)
    while above and above not in seen:
        if above == other:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
