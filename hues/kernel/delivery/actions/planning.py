"""Tell some people something: in their inbox, and on the ways they asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from hues.kernel.delivery import quiet
from hues.kernel.delivery.actions import parcels
from hues.kernel.delivery.channels import Urgency, Way, Words
from hues.kernel.delivery.models import InboxItem, Parcel, Preference, Subscription
from hues.kernel.delivery.ways import texts_work, ways_out
from hues.kernel.people.models import Person
from hues.kit.text import Bilingual

type Wishes = Mapping[UUID, Preference]


@transaction.atomic
def plan(
    people: Iterable[UUID],
    *,
    reason: str,
    title: Bilingual,
    body: Bilingual,
    link: str,
    urgency: Urgency = Urgency.NORMAL,
    work: bool = False,
    at: datetime,
) -> None:
    """
    Tell each of `people` once for this `reason`; called again, it tells only those it has not told.

    What is their `work` goes by text message too to those who wish so, where the city pays for it.
    """
    # In one order everywhere, so that two plans with the same people never wait for each other in a circle.
    told = sorted(set(people))
    words = Words(key=reason, topic=reason, urgency=urgency, title=title, body=body, link=link, at=at)
    _to_inbox(told, words)
    wishes = {row.person_id: row for row in Preference.objects.filter(pk__in=told)}
    by_text = _by_text(words, wishes) if work and texts_work() else ()
    parcels.put([*_by_free_ways(words, told, wishes), *by_text], at=at)


def _by_free_ways(words: Words, told: Sequence[UUID], wishes: Wishes) -> Iterator[Parcel]:
    # Some ways cost the city money by the message: what concerns one person goes by the ways that do not.
    free = [way for way in ways_out() if way not in quiet.DEAR]
    found = Subscription.objects.filter(person__in=told, channel__in=free).order_by("id")
    for person, channel, pk in found.values_list("person_id", "channel", "pk"):
        wish = (wishes.get(person) if person else None) or Preference()
        if quiet.wanted(words.urgency, wish.least):
            yield parcels.of(words, Way(channel), subscription=pk, due_at=_due(words, wish))


def _by_text(words: Words, wishes: Wishes) -> Iterator[Parcel]:
    wanting = [person for person, wish in wishes.items() if wish.work_by_text]
    found = Person.objects.filter(pk__in=wanting, is_active=True).order_by("pk")
    for person, phone in found.values_list("pk", "phone"):
        if phone:
            yield parcels.of(words, Way.SMS, address=phone, due_at=_due(words, wishes[person]))


def _due(words: Words, wish: Preference) -> datetime:
    zone = ZoneInfo(settings.TIME_ZONE)
    return quiet.due(words.at, words.urgency, quiet_from=wish.quiet_from, quiet_until=wish.quiet_until, zone=zone)


def _to_inbox(people: Sequence[UUID], words: Words) -> None:
    InboxItem.objects.bulk_create(
        (
            InboxItem(
                person_id=person,
                reason=words.key,
                title=words.title,
                body=words.body,
                link=words.link,
                at=words.at,
            )
            for person in people
        ),
        batch_size=2_000,
        ignore_conflicts=True,
    )
