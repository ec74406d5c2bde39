"""Owe a text message, and send it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from hues.kernel.delivery import gateway
from hues.kernel.delivery.actions import parcels
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.models import Parcel, Text
from hues.kernel.owing import owe
from hues.kit.ids import new_id

TOO_LATE = "too late to be of use"
SEND_TEXT = "hues.delivery.send_text"


@transaction.atomic
def text(phone: str, body: str, *, useful_for: timedelta | None = None, at: datetime) -> UUID:
    """
    Owe a text message to an E.164 number: a row, and one job that sends it; return its id.

    What is `useful_for` a while is a secret, a code or a link: after that nobody tries any more, and its words are
    erased as soon as it is sent, given up or too late. In the demo without a gateway the message is only shown.
    """
    shown_only = settings.HUES.demo and not settings.HUES.sms_url
    until = at + useful_for if useful_for else None
    row = Text(id=new_id(), to=phone, body=body, at=at, useful_until=until, sent_at=at if shown_only else None)
    row.save(force_insert=True)
    if not shown_only:
        owe(SEND_TEXT, lane="texts", text_id=str(row.pk))
    return row.pk


def send_text(text_id: UUID, *, url: str, at: datetime) -> None:
    """
    Send an owed message; one that was sent, given up or is of no more use stays as it is.

    :raises Unreachable: if it is worth another try; what went wrong is in the row
    """
    row = Text.objects.filter(pk=text_id, sent_at__isnull=True, failed_at__isnull=True).first()
    if row is None:
        return
    if row.useful_until and row.useful_until < at:
        _settle(row, failed_at=at, last_error=TOO_LATE)
        return
    # Committed before the call: a worker killed in the middle leaves a trace of its try.
    Text.objects.filter(pk=text_id).update(tries=F("tries") + 1)
    try:
        gateway.send(url, key=str(text_id), to=row.to, body=row.body)
    except gateway.Refused as error:
        _settle(row, failed_at=at, last_error=str(error))
    except gateway.Unreachable as error:
        Text.objects.filter(pk=text_id).update(last_error=str(error)[:200])
        raise
    else:
        _settle(row, sent_at=at, last_error="")


@transaction.atomic
def erase_secrets(*, at: datetime) -> None:
    """Give up codes and links that are of no more use, and erase their words; a letter that holds one goes whole."""
    late = Text.objects.filter(useful_until__lt=at)
    late.filter(sent_at=None, failed_at=None).update(failed_at=at, last_error=TOO_LATE, body="")
    if settings.HUES.demo:
        late.exclude(body="").update(body="")
    unsent = Parcel.objects.filter(channel=Way.MAIL, sent_at=None, words__has_key=parcels.UNTIL)
    unsent.filter(words__until__lt=at.astimezone(UTC).isoformat()).delete()


def _settle(row: Text, **columns: datetime | str) -> None:
    erased = {"body": ""} if row.useful_until else {}
    Text.objects.filter(pk=row.pk).update(**columns, **erased)
