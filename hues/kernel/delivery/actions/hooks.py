"""Other systems that are told of every broadcast."""

import re
from datetime import datetime
from secrets import token_urlsafe
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel.delivery.events import HookAdded, HookRemoved
from hues.kernel.delivery.models import Hook
from hues.kernel.delivery.sealing import lock
from hues.kernel.errors import Invalid
from hues.kernel.journal import actions as journal
from hues.kit.ids import new_id


@transaction.atomic
def add_hook(*, label: str, url: str, at: datetime) -> tuple[UUID, str]:
    """
    Tell another system of every broadcast from now on; return the hook's id and the secret that signs, shown once.

    :raises Invalid: if the address is not https (http only in the demo) in plain letters, or known already
    """
    schemes = "https?" if settings.HUES.demo else "https"
    if (
        not re.fullmatch(rf"{schemes}://[!-~]+", url)
        or not urlsplit(url).hostname
        or Hook.objects.filter(url=url).exists()
    ):
        raise Invalid(fields={"url": _("This address can't be used, or is told already.")})
    secret = token_urlsafe(32)
    row = Hook(id=new_id(), label=label[:80], url=url, sealed=lock().encrypt(secret.encode()), at=at)
    row.save(force_insert=True)
    journal.record(HookAdded(at=at, subject=row.pk))
    return row.pk, secret


@transaction.atomic
def remove_hook(*, hook_id: UUID, at: datetime) -> bool:
    """Tell that system nothing more; return if there was one."""
    if not Hook.objects.filter(pk=hook_id).delete()[0]:
        return False
    journal.record(HookRemoved(at=at, subject=hook_id))
    return True
