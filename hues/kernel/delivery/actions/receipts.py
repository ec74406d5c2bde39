"""What the other side tells afterwards: a text message arrived or did not, an e-mail came back."""

from collections import Counter
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction

from hues.kernel.delivery import mail
from hues.kernel.delivery.actions import counting, failing, stories
from hues.kernel.delivery.channels import Outcome, Way
from hues.kernel.delivery.models import Broadcast, Chunk, Receipt, Subscription
from hues.kernel.delivery.reasons import NOT_DELIVERED
from hues.kernel.turns import take_turn
from hues.kit.ids import new_id

KEPT = timedelta(days=7)
NO_SUCH_BOX = "5.1."  # of the codes of RFC 3463: the address itself is wrong


@transaction.atomic
def text_arrived(*, key: str, arrived: bool, at: datetime) -> bool:
    """
    Take what the gateway says of a text message of a broadcast, by the id it was given; return if that is news.

    Of codes for signing in nothing is noted, nor of what was never sent to that number. One that arrived in the end has
    not failed: what was counted before is taken back, and what is told after that it arrived is no news.
    """
    told, _colon, number = key.rpartition(":")
    row = Broadcast.objects.filter(key=told, training=False).first()
    if row is None or not _went_to(row, number):
        return False
    take_turn(f"delivery.receipt:{key}")
    well, badly = f"{key} {Outcome.ARRIVED}", f"{key} {Outcome.REFUSED}"
    if not arrived:
        return _receipt(well) is None and _noted(row, Way.SMS, number, Outcome.REFUSED, badly, at)
    failed = _receipt(badly)
    if failed and _receipt(well) is None:
        counting.untally(row, Way.SMS, Outcome.REFUSED, failed.at)
        failing.take_back(row.pk, Way.SMS, NOT_DELIVERED, failing.ward_at(Way.SMS, number), failed.at)
    return _noted(row, Way.SMS, number, Outcome.ARRIVED, well, at)


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


def _went_to(row: Broadcast, number: str) -> bool:
    """Test if a broadcast was for a number, and its part of the numbers was begun."""
    pk = Subscription.objects.filter(channel=Way.SMS, address=number).values_list("pk", flat=True).first()
    if pk is None:
        return False
    begun = Chunk.objects.filter(broadcast=row, channel=Way.SMS, low__lte=pk, high__gt=pk, tries__gt=0)
    return begun.exists() and bool(stories.going_to(row, Way.SMS, pk, pk + 1))


def _receipt(mark: str) -> Receipt | None:
    return Receipt.objects.filter(channel=Way.SMS, digest=_digest(mark)).first()


def _digest(mark: str) -> str:
    return sha256(mark.encode()).hexdigest()


def _noted(row: Broadcast, way: Way, address: str, outcome: Outcome, mark: str, at: datetime) -> bool:
    receipt = Receipt(id=new_id(), channel=way, digest=_digest(mark), at=at)
    Receipt.objects.bulk_create([receipt], ignore_conflicts=True)
    if not Receipt.objects.filter(pk=receipt.pk).exists():
        return False
    counting.tally(row, way, Counter([outcome]), at)
    if outcome is not Outcome.ARRIVED:
        failing.note(row.pk, way, [(outcome, NOT_DELIVERED, failing.ward_at(way, address))], at)
    return True
