"""The key that came with a request."""

from datetime import datetime
from uuid import UUID

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
    secret = _secret(sent)
    found = actions.demo_key(at) if secret == queries.DEMO_KEY else queries.key_of(secret, at) if secret else None
    if found is None:
        raise NotAllowed(_("api_key is missing or not in force."))
    return found


def holder_of(asked: QueryDict, at: datetime) -> UUID | None:
    """Return whose key came with a question, which needs none: one that is not in force is as good as none."""
    secret = _secret(asked)
    found = queries.key_of(secret, at) if secret else None
    return found.person_id if found else None


def _secret(sent: QueryDict) -> str:
    secret = sent.get("api_key", "").strip()
    return "" if secret == queries.DEMO_KEY and not settings.HUES.demo else secret
