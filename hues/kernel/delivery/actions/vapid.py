"""The key by which push services know the city: made when first needed, kept closed with the city's secret."""

from datetime import datetime

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from hues.kernel.delivery import encrypting
from hues.kernel.delivery.models import SenderKey
from hues.kernel.delivery.sealing import lock


@transaction.atomic
def sender_key(at: datetime) -> ec.EllipticCurvePrivateKey:
    """Return the key; the first to ask makes it, and every browser that subscribes is bound to it."""
    row = SenderKey.objects.first()
    if row is None:
        made = ec.generate_private_key(encrypting.CURVE)
        raw = made.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = encrypting.text_of(encrypting.point(made))
        SenderKey.objects.bulk_create(
            [SenderKey(public=public, sealed=lock().encrypt(raw), at=at)], ignore_conflicts=True
        )
        row = SenderKey.objects.get()
    key = serialization.load_der_private_key(lock().decrypt(bytes(row.sealed)), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101
    return key
