"""Where the city names a certificate, only what it signed is taken."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings as present
from lxml import etree
from signxml.algorithms import SignatureMethod
from signxml.signer import XMLSigner

from hues.engines.bulletins import queries
from hues.engines.bulletins.rules.incoming import read
from hues.engines.bulletins.testing import MONDAY, a_message
from hues.functions.alerts.listening import listen
from hues.functions.alerts.tests.desk import at_desk
from hues.functions.alerts.tests.met import Met, forget, outcomes
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db


def name_certificate(met: Met, pem: str) -> None:
    folder = Path(present.HUES.city)
    (folder / "met.pem").write_text(pem, "ascii")
    address = f"http://127.0.0.1:{met.server_port}/feed"
    listed = f"code,vi,en,url,certificate\nmet,Đài Khí tượng,Met Office,{address},met.pem\n"
    (folder / "alert_sources.csv").write_text(listed, "utf-8")
    forget()


def signed_by(kind: str, body: bytes, *, by_id: bool = False) -> tuple[bytes, str]:
    """Return a message signed with a fresh key, the whole or what has an id, and the certificate of the key."""
    key = rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "met")])
    begun = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    begun = begun.serial_number(1).not_valid_before(MONDAY).not_valid_after(MONDAY + timedelta(days=9_000))
    certificate = begun.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()
    method = SignatureMethod.RSA_SHA256 if kind == "rsa" else SignatureMethod.ECDSA_SHA256
    signer = XMLSigner(signature_algorithm=method)
    message = etree.fromstring(body)
    if by_id:
        message.set("Id", "all")
    signed = signer.sign(message, key=key, cert=certificate, reference_uri="#all" if by_id else None)
    return etree.tostring(signed), certificate


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_where_the_city_names_a_certificate_only_what_it_signed_is_taken(met: Met, kind: str) -> None:
    good, certificate = signed_by(kind, a_message())
    other, _another = signed_by(kind, a_message(identifier="FORGED"))
    name_certificate(met, certificate)
    changed = good.replace(b"MET-1", b"MET-7")
    inside = a_message(identifier="WRAP").replace(
        b"</alert>", b"<note>" + good.partition(b"?>")[2] + b"</note></alert>"
    )
    bad = {"/2.xml": other, "/3.xml": changed, "/4.xml": a_message(identifier="BARE"), "/5.xml": inside}
    met.feed(*bad, "/1.xml")
    met.pages |= {"/1.xml": good, **bad}
    listen(MONDAY)
    assert outcomes() == [("", "unread")] * 4 + [("MET-1", "drafted")]
    assert {card.reason for card in queries.incoming(cast.alert_writer()) if not card.identifier} == {"signature"}
    shown = at_desk(cast.alert_writer()).get("/ops/alerts/others/").content.decode()
    assert "Chỉ nhận tin có chữ ký" in shown
    assert "không được ký bằng chứng thư" in shown


def test_a_message_that_is_signed_by_its_id_is_taken_alone_and_not_inside_of_another(met: Met) -> None:
    good, certificate = signed_by("ec", a_message(), by_id=True)
    name_certificate(met, certificate)
    outer = a_message(identifier="WRAP").replace(b"</alert>", b"<note>" + good + b"</note></alert>")
    met.feed("/2.xml", "/1.xml")
    met.pages |= {"/1.xml": good, "/2.xml": outer}
    listen(MONDAY)
    assert outcomes() == [("", "unread"), ("MET-1", "drafted")]


def test_a_certificate_that_cannot_be_read_lets_nothing_in_and_is_told(met: Met) -> None:
    name_certificate(met, "-----BEGIN nothing")
    met.feed("/1.xml")
    met.pages["/1.xml"] = a_message()
    listen(MONDAY)
    assert outcomes() == [("", "unread")]
    shown = at_desk(cast.alert_writer()).get("/ops/alerts/others/").content.decode()
    assert "Không đọc được chứng thư" in shown


def test_a_source_without_a_certificate_says_that_signatures_are_not_checked(met: Met) -> None:
    shown = at_desk(cast.alert_writer()).get("/ops/alerts/others/").content.decode()
    assert "Không kiểm tra chữ ký" in shown


def test_what_somebody_puts_into_the_signature_is_no_part_of_the_message() -> None:
    key, message = "{http://www.w3.org/2000/09/xmldsig#}", etree.fromstring(a_message())
    said = etree.fromstring(a_message()).findall("{*}info")
    message.insert(0, etree.Element(f"{key}Signature"))
    etree.SubElement(message[0], f"{key}Object").extend(said)
    assert read(etree.tostring(message)) == read(a_message())
