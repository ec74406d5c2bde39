"""Which agencies were merged, split or dissolved, and which will be."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hues.kernel.agencies.checking import Share, Standing
from hues.kernel.agencies.models import Change, Succession
from hues.kernel.agencies.queries import AgencyCard, agencies


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeCard:
    """A change of agencies; `counts` says how much was passed on when it was done."""

    id: UUID
    on: date
    by_routes: bool
    at: datetime
    done_at: datetime | None
    called_off_at: datetime | None
    counts: dict[str, int]
    ends: tuple[AgencyCard, ...]
    shares: tuple[Share, ...]
    heirs: tuple[AgencyCard, ...]

    @property
    def stands(self) -> bool:
        """Test if it was not called off."""
        return self.called_off_at is None

    @property
    def is_planned(self) -> bool:
        """Test if its day is still to come."""
        return self.done_at is None and self.called_off_at is None


def changes() -> tuple[ChangeCard, ...]:
    """Return all changes, the latest day first; the caller has checked who asks."""
    by_id = {card.id: card for card in agencies()}
    found = Change.objects.order_by("-on_date", "-at").prefetch_related("successions")
    return tuple(_card(change, by_id) for change in found)


def change(change_id: UUID) -> ChangeCard | None:
    """Return the change of that id."""
    return next((card for card in changes() if card.id == change_id), None)


def standing() -> dict[UUID, Standing]:
    """Return the change that stands for each agency that has ended or is to end."""
    found: dict[UUID, Standing] = {}
    rows = Succession.objects.filter(change__called_off_at=None).order_by("order")
    for gone, heir, on in rows.values_list("agency_id", "heir_id", "change__on_date"):
        known = found.get(gone)
        found[gone] = Standing(on=on, heirs=(*(known.heirs if known else ()), heir))
    return found


def ahead(agency_id: UUID) -> ChangeCard | None:
    """Return the planned change by which an agency is to end."""
    planned = (card for card in changes() if card.is_planned)
    return next((card for card in planned if any(gone.id == agency_id for gone in card.ends)), None)


def _card(row: Change, by_id: dict[UUID, AgencyCard]) -> ChangeCard:
    rows = sorted(row.successions.all(), key=lambda succession: succession.order)
    first = [one for one in rows if one.agency_id == rows[0].agency_id] if rows else []
    return ChangeCard(
        id=row.pk,
        on=row.on_date,
        by_routes=row.by_routes,
        at=row.at,
        done_at=row.done_at,
        called_off_at=row.called_off_at,
        counts=row.counts,
        ends=tuple(by_id[gone] for gone in dict.fromkeys(one.agency_id for one in rows) if gone in by_id),
        shares=tuple(
            Share(code=by_id[one.heir_id].code, wards=tuple(one.wards), categories=tuple(one.categories))
            for one in first
        ),
        heirs=tuple(by_id[heir] for heir in dict.fromkeys(one.heir_id for one in first)),
    )
