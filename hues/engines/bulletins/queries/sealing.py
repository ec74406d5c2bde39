"""The certificates that everybody may have, and the lock of the private halves."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings

from hues.engines.bulletins.models import SigningKey
from hues.engines.bulletins.queries.cards import KeyCard

PURPOSE = b"hues.bulletins.signing-key:"


def certificates() -> tuple[KeyCard, ...]:
    """Return all certificates, the one in use first."""
    found = SigningKey.objects.order_by("-is_current", "-made_at", "fingerprint")
    return tuple(
        KeyCard(**row) for row in found.values("fingerprint", "certificate", "is_current", "made_at", "trusted_until")
    )


def lock() -> Fernet:
    """Return what opens and closes private keys: it follows from the city's secret alone."""
    return Fernet(urlsafe_b64encode(sha256(PURPOSE + settings.SECRET_KEY.encode()).digest()))
