"""Message encryption for Web Push (RFC 8291 with RFC 8188) and the sender's word for itself (RFC 8292)."""

import json
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
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
_POINT, _UNCOMPRESSED = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint


@dataclass(frozen=True, kw_only=True, slots=True)
class Once:
    """A key pair and a salt for one message: used a second time, they would give both away."""

    private: ec.EllipticCurvePrivateKey
    public: bytes
    salt: bytes


def fresh() -> Once:
    """Return a key pair and a salt that were never used."""
    private = ec.generate_private_key(CURVE)
    return Once(private=private, public=point(private), salt=os.urandom(16))


def encrypt(plain: bytes, *, p256dh: bytes, auth: bytes, once: Once) -> bytes:
    """
    Return the body that only the browser with these keys can read.

    :raises ValueError: if the browser's key is no point of the curve, its secret no 16 bytes, or `plain` too long
    """
    if len(plain) > MOST or len(auth) != 16:
        raise ValueError("too long a message, or no secret of 16 bytes")
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, p256dh)
    shared = once.private.exchange(ec.ECDH(), theirs)
    # HKDF by hand: extract and one block of expand are two HMACs each.
    mixed = digest(digest(auth, shared, "sha256"), b"WebPush: info\x00" + p256dh + once.public + b"\x01", "sha256")
    secret = digest(once.salt, mixed, "sha256")
    key, nonce = digest(secret, _CEK_INFO, "sha256")[:16], digest(secret, _NONCE_INFO, "sha256")[:12]
    sealed = AESGCM(key).encrypt(nonce, plain + b"\x02", None)
    return once.salt + struct.pack("!IB", RECORD, len(once.public)) + once.public + sealed


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
