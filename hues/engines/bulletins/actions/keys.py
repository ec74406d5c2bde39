"""The keys that sign: made when first needed, and anew whenever the city wants."""

from datetime import datetime, timedelta
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.db.models import Exists
from django.utils.translation import gettext as _

from hues.engines.bulletins.actions.keeping import check_proof, check_role
from hues.engines.bulletins.actions.notice_rows import show as show_notices
from hues.engines.bulletins.actions.showing import show
from hues.engines.bulletins.events import KeyDistrusted, KeyMade
from hues.engines.bulletins.models import PublicBulletin, SigningKey
from hues.engines.bulletins.queries import catalogue, sealing
from hues.engines.bulletins.queries.doubts import LATE, doubted_notices
from hues.kernel.errors import Invalid
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker, Role
from hues.kernel.turns import take_turn
from hues.kit.text import pick

VALID_FOR = timedelta(days=3_650)
MINUTE = timedelta(minutes=1)  # that is how exactly an instant is typed: a key may have been known since it was made
TURN = "bulletins.key"  # two messages sent at once make one key


@transaction.atomic
def rotate_key(*, trusted_until: datetime | None = None, by: Asker, proved_at: datetime | None, at: datetime) -> str:
    """
    Let a new key sign from now on, and return its fingerprint; old certificates stay published.

    `trusted_until` is given if somebody else may know the key in use: what that signed later is not valid any more.

    :raises NotAllowed: if the asker is no administrator
    :raises Invalid: if that instant is still to come, or lies before the key was made
    :raises ProofNeeded: if the asker has not shown who they are within the last minutes
    """
    person = check_role(by, Role.ADMIN)
    take_turn(TURN)
    old = SigningKey.objects.filter(is_current=True).first()
    if old is not None and trusted_until is not None:
        _check_instant(trusted_until, old, at)
    check_proof(proved_at, at=at)
    if old is not None:
        SigningKey.objects.filter(pk=old.pk).update(is_current=False)
    if old is not None and trusted_until is not None:
        _distrust(old, trusted_until, by=person, at=at)
    made = _make(at)
    journal.record(KeyMade(at=at, by=person, key=made.fingerprint))
    return made.fingerprint


@transaction.atomic
def distrust_key(
    *, fingerprint: str, trusted_until: datetime, by: Asker, proved_at: datetime | None, at: datetime
) -> None:
    """
    Say of a key that signs no more that somebody else may know it: what it signed later is not valid any more.

    :raises NotAllowed: if the asker is no administrator
    :raises Invalid: if there is no such key, or that instant is still to come, lies before the key was made, or the key
        is trusted no longer than that already
    :raises ProofNeeded: if the asker has not shown who they are within the last minutes
    """
    person = check_role(by, Role.ADMIN)
    take_turn(TURN)
    old = SigningKey.objects.filter(fingerprint=fingerprint, is_current=False).first()
    if old is None:
        raise Invalid(fields={"key": _("There is no such key any more. Load the page again.")})
    _check_instant(trusted_until, old, at)
    if old.trusted_until is not None and old.trusted_until <= trusted_until:
        raise Invalid(fields={"since": _("It is trusted no longer than that already.")})
    check_proof(proved_at, at=at)
    _distrust(old, trusted_until, by=person, at=at)


def current_key(at: datetime) -> tuple[SigningKey, bytes]:
    """Return the key in use with its private half in PEM, in the caller's transaction; the first one is made here."""
    take_turn(TURN)
    row = SigningKey.objects.filter(is_current=True).first()
    if row is None:
        row = _make(at)
        journal.record(KeyMade(at=at, key=row.fingerprint))
    return row, sealing.lock().decrypt(bytes(row.sealed))


def _check_instant(until: datetime, old: SigningKey, at: datetime) -> None:
    if until > at:
        raise Invalid(fields={"since": _("This is still to come. Choose when it may have become known.")})
    if until < old.made_at - MINUTE:
        raise Invalid(fields={"since": _("This key was made later. Was an earlier one in use then?")})


def _distrust(old: SigningKey, until: datetime, *, by: UUID, at: datetime) -> None:
    SigningKey.objects.filter(pk=old.pk).update(trusted_until=until, distrusted_at=at)
    journal.record(KeyDistrusted(at=at, by=by, key=old.fingerprint, until=until))
    # One shows them all: lists and feeds, which name also what was replaced or is over.
    if one := PublicBulletin.objects.filter(Exists(LATE)).values_list("bulletin__identifier", flat=True).first():
        show(one, at)
    if doubted_notices(at):
        show_notices(at)


def _make(at: datetime) -> SigningKey:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COMMON_NAME, catalogue.alert_settings().sender),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, pick(catalogue.alert_settings().sender_name, "en")[:64]),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    row = SigningKey(
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        certificate=certificate.public_bytes(serialization.Encoding.PEM).decode(),
        sealed=sealing.lock().encrypt(private),
        made_at=at,
    )
    row.save(force_insert=True)
    return row
