"""What the other side tells afterwards: a text message arrived or did not, an e-mail came back."""

from collections import Counter
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from hues.kernel.delivery import mail
from hues.kernel.delivery.actions import failing, settling
from hues.kernel.delivery.channels import Outcome, Way
from hues.kernel.delivery.models import Broadcast, Chunk, Receipt, Subscription
from hues.kernel.delivery.reasons import NOT_DELIVERED
from hues.kit.ids import new_id

KEPT = timedelta(days=7)
NO_SUCH_BOX = "5.1."  # of the codes of RFC 3463: the address itself is wrong


@transaction.atomic
def text_arrived(*, key: str, arrived: bool, at: datetime) -> bool:
    """
    Take what the gateway says of a text message of a broadcast, by the id it was given; return if that is news.

    Of codes for signing in nothing is noted, nor of what was never sent.
    """
    told, _colon, number = key.rpartition(":")
    row = Broadcast.objects.filter(key=told, training=False).first()
    if row is None or not Chunk.objects.filter(broadcast=row, channel=Way.SMS).exists():
        return False
    outcome = Outcome.ARRIVED if arrived else Outcome.REFUSED
    return _noted(row, Way.SMS, number, outcome, f"{key} {outcome}", at)


@transaction.atomic
def mail_came_back(*, message_id: str, address: str, status: str, at: datetime) -> bool:
    """
    Take a report that an e-mail of a broadcast could not be delivered for good; return if it was ours and is news.

    An address that does not exist is forgotten. Only who saw our message knows its Message-ID.
    """
    recent = Broadcast.objects.filter(at__gt=at - KEPT, training=False).order_by("-at")
    row = next((one for one in recent if mail.message_id(one.key, address) == message_id), None)
    if row is None:
        return False
    outcome = Outcome.GONE if status.startswith(NO_SUCH_BOX) else Outcome.REFUSED
    news = _noted(row, Way.MAIL, address, outcome, message_id, at)
    if news and outcome is Outcome.GONE:
        Subscription.objects.filter(channel=Way.MAIL, address=address).delete()
    return news


def _noted(row: Broadcast, way: Way, address: str, outcome: Outcome, mark: str, at: datetime) -> bool:
    receipt = Receipt(id=new_id(), channel=way, digest=sha256(mark.encode()).hexdigest(), at=at)
    Receipt.objects.bulk_create([receipt], ignore_conflicts=True)
    if not Receipt.objects.filter(pk=receipt.pk).exists():
        return False
    settling.tally(row, way, Counter([outcome]), at)
    if outcome is not Outcome.ARRIVED:
        found = Subscription.objects.filter(channel=way, address=address, person__isnull=False)
        ward = found.values_list("person__home_ward", flat=True).first() or ""
        failing.note(row.pk, way, [(outcome, NOT_DELIVERED, ward)], at)
    return True
