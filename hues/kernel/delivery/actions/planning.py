"""Tell some people something: in their inbox, and on the ways they asked for."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hues.kernel.delivery.actions import parcels
from hues.kernel.delivery.channels import Urgency, Way, Words
from hues.kernel.delivery.models import InboxItem, Subscription
from hues.kernel.delivery.ways import ways_out
from hues.kit.text import Bilingual


@transaction.atomic
def plan(
    people: Iterable[UUID],
    *,
    reason: str,
    title: Bilingual,
    body: Bilingual,
    link: str,
    urgency: Urgency = Urgency.NORMAL,
    at: datetime,
) -> None:
    """Tell each of `people` once for this `reason`; called again, it tells only those it has not told."""
    # In one order everywhere, so that two plans with the same people never wait for each other in a circle.
    told = sorted(set(people))
    words = Words(key=reason, topic=reason, urgency=urgency, title=title, body=body, link=link, at=at)
    _to_inbox(told, words)
    # A number costs the city money by the message: what concerns one person goes by the ways that do not.
    free = [way for way in ways_out() if way is not Way.SMS]
    found = Subscription.objects.filter(person__in=told, channel__in=free).order_by("id")
    parcels.owe(words, found.values_list("channel", "pk"), at=at)


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
