"""The key that came with a request."""

from datetime import datetime

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hues.kernel.errors import NotAllowed
from hues.surfaces.open import actions, queries
from hues.surfaces.open.queries import KeyCard


def key_in(sent: QueryDict, at: datetime) -> KeyCard:
    """
    Return the key in what was sent; everybody's key opens a demo city and no other.

    :raises NotAllowed: if there is none, or it is not in force
    """
    secret = sent.get("api_key", "").strip()
    if secret == queries.DEMO_KEY:
        found = actions.demo_key(at) if settings.HUES.demo else None
    else:
        found = queries.key_of(secret, at) if secret else None
    if found is None:
        raise NotAllowed(_("api_key is missing or not in force."))
    return found
