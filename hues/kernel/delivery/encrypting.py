"""Message encryption for Web Push (RFC 8291 with RFC 8188) and the sender's word for itself (RFC 8292)."""

import json
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import digest

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CURVE = ec.SECP256R1()
RECORD = 4096
# Header (16 + 4 + 1 + 65), end mark and tag come on top; push services take 4096 bytes in all.
MOST = RECORD - 86 - 1 - 16
_CEK_INFO, _NONCE_INFO = b"Content-Encoding: aes128gcm\x00\x01", b"Content-Encoding: nonce\x00\x01"
_HEAD = struct.pack("!IB", RECORD, 65)
_POINT, _UNCOMPRESSED = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """What a key pair of ours and a browser's keys have in common: enough for one message, without the private half."""

    public: bytes
    secret: bytes


def agree(*, p256dh: bytes, auth: bytes) -> Shared:
    """
    Make a key pair that was never used and return what it shares with a browser; its private half is forgotten.

    :raises ValueError: if the browser's key is no point of the curve, or its secret no 16 bytes
    """
    if len(auth) != 16:
        raise ValueError("no secret of 16 bytes")
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, p256dh)
    private = ec.generate_private_key(CURVE)
    public = point(private)
    # HKDF by hand: extract and one block of expand are two HMACs.
    drawn = digest(auth, private.exchange(ec.ECDH(), theirs), "sha256")
    return Shared(public=public, secret=digest(drawn, b"WebPush: info\x00" + p256dh + public + b"\x01", "sha256"))


def agree_with(keys: Mapping[str, str]) -> Shared:
    """
    Agree with the keys of a browser as it gave them.

    :raises ValueError: if they are none
    """
    try:
        return agree(p256dh=bytes_of(keys["p256dh"]), auth=bytes_of(keys["auth"]))
    except KeyError as missing:
        raise ValueError("a key is missing") from missing


def encrypt(plain: bytes, shared: Shared) -> bytes:
    """
    Return the body that only one browser can read; the salt is drawn here, so that no key meets two messages.

    :raises ValueError: if `plain` is too long
    """
    if len(plain) > MOST:
        raise ValueError("too long a message")
    salt = os.urandom(16)
    drawn = digest(salt, shared.secret, "sha256")
    key, nonce = digest(drawn, _CEK_INFO, "sha256")[:16], digest(drawn, _NONCE_INFO, "sha256")[:12]
    return salt + _HEAD + shared.public + AESGCM(key).encrypt(nonce, plain + b"\x02", None)


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public half as the 65 bytes that browsers know it by."""
    return key.public_key().public_bytes(_POINT, _UNCOMPRESSED)


def token(key: ec.EllipticCurvePrivateKey, *, origin: str, until: int, contact: str) -> str:
    """Return the Authorization of RFC 8292 for one push service, good `until` an instant in seconds."""
    head = text_of(json.dumps({"typ": "JWT", "alg": "ES256"}).encode())
    claims = text_of(json.dumps({"aud": origin, "exp": until, "sub": contact}).encode())
    signed = f"{head}.{claims}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"vapid t={signed}.{text_of(r.to_bytes(32) + s.to_bytes(32))}, k={text_of(point(key))}"


def text_of(raw: bytes) -> str:
    """Return base64url without the padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """
    Return what base64url stands for, padded or not.

    :raises ValueError: if it is none
    """
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
