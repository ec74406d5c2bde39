"""The lock of what delivery must be able to read again: keys and shared secrets."""

import os
from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

PURPOSE = b"hues.delivery:"
PREPARED = b"hues.delivery.prepared:"
_NONCE = 12


@cache
def lock() -> Fernet:
    """Return what opens and closes; it follows from the city's secret alone, a copy of the rows is worth nothing."""
    return Fernet(urlsafe_b64encode(sha256(PURPOSE + settings.SECRET_KEY.encode()).digest()))


def closed(plain: bytes, owner: bytes) -> bytes:
    """Return `plain` closed for one owner: short and quick, for secrets that are kept by the hundred thousand."""
    nonce = os.urandom(_NONCE)
    return nonce + _small().encrypt(nonce, plain, owner)


def opened(kept: bytes, owner: bytes) -> bytes | None:
    """Return what was closed for that owner; None if it is another's."""
    try:
        return _small().decrypt(kept[:_NONCE], kept[_NONCE:], owner)
    except InvalidTag:
        return None


@cache
def _small() -> AESGCM:
    return AESGCM(sha256(PREPARED + settings.SECRET_KEY.encode()).digest())
