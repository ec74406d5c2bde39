"""Take an e-mail address from somebody only once who reads its mail has said so."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel.delivery import mail
from hues.kernel.delivery.actions.subscribing import checked_mail, subscribe
from hues.kernel.delivery.actions.writing import write
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.models import Parcel, Subscription
from hues.kernel.errors import Invalid, NotAllowed, TooMany
from hues.kernel.languages import in_each
from hues.kernel.turns import take_turn

TITLE = _("Is this your e-mail address?")
BODY = _(
    "Somebody signed in to Hue-S wants the city's messages sent here. If it was you, confirm it within a day by this "
    "link. If not, ignore this: nothing changes."
)
HOLDS = timedelta(days=1)
WITHIN, MOST = timedelta(hours=1), 5  # letters that one person may have sent to addresses not confirmed


@transaction.atomic
def ask_mail(*, address: str, person_id: UUID, at: datetime) -> None:
    """
    Send a link to an address that somebody says is theirs; until it is confirmed nothing changes for anybody.

    :raises Invalid: if this is no e-mail address
    :raises TooMany: if one person asks for too many
    """
    address = checked_mail(address)
    take_turn(f"delivery.address:{person_id}")
    begun = f"delivery.mail-on:{person_id.hex}:"
    before = (
        Parcel.objects.filter(key__startswith=begun, at__gt=at - WITHIN).order_by("-at").values_list("at", flat=True)
    )
    if len(recent := list(before[:MOST])) == MOST:
        raise TooMany(wait=(recent[-1] + WITHIN - at).total_seconds())
    write(
        address,
        reason=f"{begun}{at:%y%m%d%H%M}",
        title=in_each(TITLE),
        body=in_each(BODY),
        link=f"/push/mail-on/{mail.on_token(address, person_id, at)}",
        useful_for=HOLDS,
        at=at,
    )


@transaction.atomic
def confirm_mail(*, token: str, person_id: UUID, language: str, at: datetime) -> str:
    """
    Send somebody's messages to the address that a link was sent to, in place of the one before, and return it.

    :raises Invalid: if the link is not one of ours, or too old
    :raises NotAllowed: if somebody else asked for it
    """
    address, asked_by, asked_at = mail.on_in(token)
    if not address or asked_at is None or not timedelta() <= at - asked_at <= HOLDS:
        raise Invalid(_("This link has expired or is not whole. Save the address once more to get a new one."))
    if asked_by != person_id:
        raise NotAllowed(_("Somebody else asked for this address. If that was not you, ignore the message."))
    Subscription.objects.filter(channel=Way.MAIL, person=person_id).exclude(address=address).delete()
    subscribe(way=Way.MAIL, address=address, person_id=person_id, language=language, at=at)
    return address
