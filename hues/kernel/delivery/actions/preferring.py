"""Where a person lives and looks, and how the person wants to be told."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hues.kernel.delivery.channels import CITYWIDE, Urgency
from hues.kernel.delivery.models import Belongs, Floor, Place, Preference, Unfollowed
from hues.kernel.errors import Invalid
from hues.kernel.turns import take_turn

MOST_PLACES = 10


@transaction.atomic
def live_in(*, person_id: UUID, ward: str, at: datetime) -> None:
    """Note where a person lives from an instant on; notes may come in any order, and twice."""
    homes = Place.objects.filter(person=person_id, is_home=True)
    if homes.filter(since=at).exists():
        return
    later = homes.filter(since__gt=at).order_by("since").values_list("since", flat=True).first()
    homes.filter(Q(until__isnull=True) | Q(until__gt=at), since__lt=at).update(until=at)
    # A person who lives nowhere in the city has a row too: it ends the one before.
    Place(person_id=person_id, ward=ward, is_home=True, since=at, until=later).save(force_insert=True)


@transaction.atomic
def follow_wards(*, person_id: UUID, wards: Iterable[str], at: datetime) -> None:
    """
    Follow these wards and no others from now on; the caller has looked up that they exist.

    :raises Invalid: if they are too many
    """
    wanted = set(wards)
    if len(wanted) > MOST_PLACES:
        raise Invalid(fields={"wards": _("Choose ten wards at most.")})
    followed = Place.objects.filter(person=person_id, is_home=False, until__isnull=True)
    present = set(followed.values_list("ward", flat=True))
    followed.exclude(ward__in=wanted).update(until=at)
    new = [Place(person_id=person_id, ward=ward, is_home=False, since=at) for ward in sorted(wanted - present)]
    Place.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def unfollow(*, person_id: UUID, subjects: Iterable[str], at: datetime) -> None:
    """Hear nothing of these subjects from now on, and of all others; the caller has looked up that they exist."""
    take_turn(f"delivery.subjects:{person_id}")
    left = set(subjects)
    now = _left_now(person_id).exclude(subject=CITYWIDE)
    present = set(now.values_list("subject", flat=True))
    now.exclude(subject__in=left).update(until=at)
    _leave(person_id, left - present, at)


@transaction.atomic
def unfollow_one(*, person_id: UUID, subject: str, at: datetime) -> None:
    """Hear nothing of one more subject from now on."""
    take_turn(f"delivery.subjects:{person_id}")
    _leave(person_id, {subject} - set(_left_now(person_id).values_list("subject", flat=True)), at)


@transaction.atomic
def only_my_places(*, person_id: UUID, only: bool, at: datetime) -> None:
    """Hear from now on only what names the own places of all that has a subject, or of the whole city too."""
    take_turn(f"delivery.subjects:{person_id}")
    there = _left_now(person_id).filter(subject=CITYWIDE)
    if not only:
        there.update(until=at)
    elif not there.exists():
        _leave(person_id, {CITYWIDE}, at)


def _left_now(person_id: UUID) -> "QuerySet[Unfollowed]":
    return Unfollowed.objects.filter(person=person_id, until__isnull=True)


def _leave(person_id: UUID, subjects: Iterable[str], at: datetime) -> None:
    new = [Unfollowed(person_id=person_id, subject=subject, since=at) for subject in sorted(subjects)]
    Unfollowed.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def belong(*, person_id: UUID, circles: Iterable[str], at: datetime) -> None:
    """Belong to these circles and no others from now on; the caller has looked up that they exist."""
    take_turn(f"delivery.circles:{person_id}")
    chosen = set(circles)
    now = Belongs.objects.filter(person=person_id, until__isnull=True)
    present = set(now.values_list("circle", flat=True))
    now.exclude(circle__in=chosen).update(until=at)
    new = [Belongs(person_id=person_id, circle=circle, since=at) for circle in sorted(chosen - present)]
    Belongs.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def prefer(
    *,
    person_id: UUID,
    least: Urgency,
    quiet_from: time | None,
    quiet_until: time | None,
    work_by_text: bool | None = None,
    at: datetime,
) -> None:
    """
    Be told of nothing less than `least`, and of nothing but the extreme in the quiet hours (the city's clock).

    `work_by_text` None: as it was. What they wanted before is kept: who was told then hears how it ends.
    """
    take_turn(f"delivery.prefer:{person_id}")
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        quiet_from = quiet_until = None
    wish: dict[str, Any] = {"least": least, "quiet_from": quiet_from, "quiet_until": quiet_until}
    if work_by_text is not None:
        wish["work_by_text"] = work_by_text
    before = Preference.objects.filter(pk=person_id).values_list("least", flat=True).first() or Urgency.LOW
    if before != least:
        Floor(person_id=person_id, least=before, until=at).save(force_insert=True)
    Preference.objects.update_or_create(person_id=person_id, defaults=wish)
