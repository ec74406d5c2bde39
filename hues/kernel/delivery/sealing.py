"""The lock of what delivery must be able to read again: keys and shared secrets."""

from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet
from django.conf import settings

PURPOSE = b"hues.delivery:"


@cache
def lock() -> Fernet:
    """Return what opens and closes; it follows from the city's secret alone, a copy of the rows is worth nothing."""
    return Fernet(urlsafe_b64encode(sha256(PURPOSE + settings.SECRET_KEY.encode()).digest()))
