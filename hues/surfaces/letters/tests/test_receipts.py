"""The doors by which other sides tell what became of messages: signed, and no letter is left for anybody."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.agencies.testing import lan
from hues.kernel.delivery import actions, mail, queries
from hues.kernel.delivery.channels import Urgency, Way, Whom, Words
from hues.kernel.delivery.testing import a_gateway, a_postbox
from hues.kernel.delivery.webhook import signature
from hues.kernel.letters import queries as letters
from hues.kit import clock
from hues.surfaces.letters.testing import SECRET, mail_posts, post

pytestmark = pytest.mark.django_db
NUMBER, ADDRESS = "+84905550001", "lan@example.vn"


@pytest.fixture(autouse=True)
def told(settings: Any) -> Iterator[None]:
    """Tell one person of a danger by text message and e-mail."""
    at, said = clock.now(), {"vi": "Lũ", "en": "Flood"}
    for way, address in ((Way.SMS, NUMBER), (Way.MAIL, ADDRESS)):
        actions.subscribe(way=way, address=address, person_id=lan().person_id, language="vi", at=at)
    with a_gateway() as company, a_postbox() as box:
        urls: dict[str, Any] = {
            "sms_url": company.url,
            "mail_url": box.url,
            "sms_secret": SECRET,
            "letters_secret": SECRET,
        }
        settings.HUES = replace(present.HUES, **urls)
        words = Words(key="flood", topic="f", urgency=Urgency.EXTREME, title=said, body=said, link="/x/", at=at)
        actions.broadcast(words, Whom(wards=None))
        while actions.send_owed(at=at):
            pass
        yield


def receipt(said: object, *, secret: str = SECRET) -> int:
    body = json.dumps(said).encode()
    signed = signature(secret.encode(), int(clock.now().timestamp()), body)
    answer = post("/receipts/sms/", body, "application/json", {"Hues-Signature": signed})
    return int(answer.status_code)


def ends(way: str) -> dict[str, int]:
    return {end.outcome: end.n for end in queries.board(["flood"]).ends if end.channel == way}


def test_the_gateway_tells_one_or_several_and_what_is_on_its_way_is_none() -> None:
    one = {"id": f"flood:{NUMBER}", "state": "delivered"}
    assert receipt({**one, "state": "queued"}) == 200
    assert ends("sms") == {"sent": 1}
    assert receipt({"receipts": [one, one, "junk", {"id": 5}]}) == receipt(one) == 200
    assert ends("sms") == {"sent": 1, "arrived": 1}
    assert [receipt(one, secret="another"), receipt([])] == [401, 200]


def test_without_a_secret_there_is_no_such_door(settings: Any) -> None:
    settings.HUES = replace(settings.HUES, sms_secret="")
    assert receipt({}) == 404


def report(message_id: str, *, status: str = "5.1.1", action: str = "failed") -> bytes:
    return (
        "From: MAILER-DAEMON@mail.example\r\nTo: no-reply@hue.example\r\nAuto-Submitted: auto-replied\r\n"
        "Subject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\n\r\n"
        f"Final-Recipient: rfc822; {ADDRESS}\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nTo: {ADDRESS}\r\n\r\n--b--\r\n"
    ).encode()


def mail_of_lan() -> str:
    person = lan().person_id
    assert person
    return queries.wishes(person).mail


def test_an_e_mail_that_came_back_is_counted_and_its_address_forgotten() -> None:
    ours = mail.message_id("flood", ADDRESS)
    for harmless in (report("<another@hue>"), report(ours, action="delayed"), report(ours, status="4.2.2"), b"junk"):
        assert mail_posts(harmless, at=clock.now()).status_code == 200
    assert (ends("mail"), mail_of_lan()) == ({"sent": 1}, ADDRESS)
    assert mail_posts(report(ours), at=clock.now(), secret="another").status_code == 401
    assert mail_posts(report(ours), at=clock.now()).status_code == 200
    assert (ends("mail"), mail_of_lan()) == ({"sent": 1, "gone": 1}, "")
    assert letters.how_many() == 0
