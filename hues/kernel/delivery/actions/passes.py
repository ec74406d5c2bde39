"""The tokens by which Zalo lets the city answer: kept closed, and exchanged for the next before they run out."""

import json
from datetime import datetime, timedelta
from http.client import HTTPException

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from hues.kernel.delivery import messengers
from hues.kernel.delivery.channels import Way
from hues.kernel.delivery.events import PassKept
from hues.kernel.delivery.models import Pass
from hues.kernel.delivery.sealing import lock
from hues.kernel.errors import Invalid
from hues.kernel.journal import actions as journal

MARGIN = timedelta(minutes=10)
AHEAD = timedelta(hours=12)  # of the day that tokens hold, so that a warning need not wait for new ones


@transaction.atomic
def keep_zalo_pass(*, refresh: str, at: datetime) -> None:
    """
    Begin with a refresh token as Zalo's console gives it out; it is exchanged at once, so that a wrong one is told.

    :raises Invalid: if Zalo does not take it
    """
    try:
        _exchange(refresh.strip(), at)
    except (messengers.Refused, OSError, HTTPException) as error:
        raise Invalid(_("Zalo does not take this token: %(why)s") % {"why": error}) from error
    journal.record(PassKept(at=at))


@transaction.atomic
def zalo_access(*, at: datetime) -> str:
    """
    Return a token that still holds; of several workers one exchanges it and the others wait for that.

    :raises Refused: if there is none, or Zalo gives no other
    """
    row = Pass.objects.select_for_update().filter(pk=Way.ZALO).first()
    if row is None:
        raise messengers.Refused("no token yet: hues channels zalo")
    kept = json.loads(lock().decrypt(bytes(row.sealed)))
    return str(kept["access"]) if at + MARGIN < row.until else _exchange(kept["refresh"], at)


@transaction.atomic
def keep_passes(*, at: datetime) -> bool:
    """
    Exchange Zalo's tokens ahead of time though nothing is sent, and return if that was due: unused they are lost.

    :raises Refused: if Zalo gives no others: somebody has to begin anew
    :raises OSError: if it cannot be reached
    """
    row = Pass.objects.select_for_update().filter(pk=Way.ZALO, until__lt=at + AHEAD).first()
    if row is None or not settings.HUES.zalo_url:
        return False
    _exchange(json.loads(lock().decrypt(bytes(row.sealed)))["refresh"], at)
    return True


@transaction.atomic
def spoil_zalo_pass(*, at: datetime) -> None:
    """Have the token exchanged before it is used again."""
    Pass.objects.filter(pk=Way.ZALO).update(until=at)


def _exchange(refresh: str, at: datetime) -> str:
    fresh = messengers.zalo_tokens(refresh)
    sealed = lock().encrypt(json.dumps({"access": fresh.access, "refresh": fresh.refresh}).encode())
    until = at + timedelta(seconds=fresh.seconds)
    Pass.objects.update_or_create(pk=Way.ZALO, defaults={"sealed": sealed, "until": until, "at": at})
    return fresh.access
