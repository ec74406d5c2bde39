"""E-mail, text messages and webhooks, each against a server that speaks its language."""

import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as present
from django.test import Client

from hues.kernel.agencies.testing import eve, lan
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Urgency, Way, Whom, Words
from hues.kernel.delivery.models import Parcel
from hues.kernel.delivery.segments import GSM7, UCS2, alphabet, bare, segments, shortened
from hues.kernel.delivery.testing import a_gateway, a_postbox
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.errors import Invalid
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)
DAY = timedelta(days=1)
TITLE, BODY = {"vi": "Lũ khẩn cấp", "en": "Flash flood"}, {"vi": "Lên chỗ cao.", "en": "Go to high ground."}


def tell(key: str = "flood:1", *, urgency: Urgency = Urgency.EXTREME) -> None:
    words = Words(key=key, topic="f", urgency=urgency, title=TITLE, body=BODY, link="/x/", at=NOON)
    actions.broadcast(words, Whom(wards=None))


def mail_of(asker: Asker) -> str:
    assert asker.person_id
    return queries.wishes(asker.person_id).mail


def reachable(settings: Any, **urls: Any) -> None:
    settings.HUES = replace(present.HUES, **urls)


def test_a_letter_arrives_in_the_readers_language_and_can_be_ended_with_one_press(settings: Any) -> None:
    with a_postbox() as postbox:
        reachable(settings, mail_url=postbox.url)
        actions.subscribe(way=Way.MAIL, address="lan@example.vn", person_id=lan().person_id, language="vi", at=NOON)
        tell()
        send_all(NOON)
        (letter,) = postbox.letters
        assert (letter["To"], letter["Subject"]) == ("lan@example.vn", "Lũ khẩn cấp")
        assert "Lên chỗ cao." in letter.get_content()
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        way_out = urlsplit(letter["List-Unsubscribe"].strip("<>")).path
        assert Client().get(way_out).status_code == 200
        assert mail_of(lan()) == "lan@example.vn"
        pressed = Client(enforce_csrf_checks=True).post(way_out, {"List-Unsubscribe": "One-Click"})
        assert pressed.status_code == 200
        tell("flood:2")
        send_all(NOON)
    assert len(postbox.letters) == 1


def test_a_forged_way_out_ends_nothing() -> None:
    assert Client().post("/push/mail-off/lan@example.vn").status_code == 404


def test_a_mailbox_that_is_gone_is_forgotten_and_the_others_get_their_letter(settings: Any) -> None:
    with a_postbox() as postbox:
        reachable(settings, mail_url=postbox.url)
        postbox.unknown.add("lan@example.vn")
        for asker, address in ((lan(), "lan@example.vn"), (eve(), "eve@example.vn")):
            actions.subscribe(way=Way.MAIL, address=address, person_id=asker.person_id, language="vi", at=NOON)
        tell()
        send_all(NOON)
    assert [letter["To"] for letter in postbox.letters] == ["eve@example.vn"]
    assert (mail_of(lan()), mail_of(eve())) == ("", "eve@example.vn")


def test_a_letter_that_found_no_server_waits_for_one(settings: Any) -> None:
    with a_postbox() as gone:
        pass
    reachable(settings, mail_url=gone.url)
    actions.subscribe(way=Way.MAIL, address="lan@example.vn", person_id=lan().person_id, language="vi", at=NOON)
    tell()
    send_all(NOON)
    assert queries.owing().parcels == 1
    with a_postbox() as postbox:
        reachable(settings, mail_url=postbox.url)
        send_all(NOON + timedelta(minutes=1))
    assert len(postbox.letters) == 1


def test_a_text_message_goes_out_without_marks_and_only_when_lives_are_in_danger(settings: Any) -> None:
    with a_gateway(503) as company:
        reachable(settings, sms_url=company.url)
        actions.subscribe(way=Way.SMS, address="0901234567", person_id=lan().person_id, language="vi", at=NOON)
        tell("warning", urgency=Urgency.HIGH)
        tell("danger")
        send_all(NOON)
        send_all(NOON + timedelta(minutes=1))
    assert [text["body"] for text in company.received] == ["Lu khan cap. Len cho cao."] * 2
    assert len({text["id"] for text in company.received}) == 1


@pytest.mark.parametrize(
    ("text", "code", "count"),
    [
        ("a" * 160, GSM7, 1),
        ("a" * 161, GSM7, 2),
        ("a" * 306, GSM7, 2),
        ("a" * 307, GSM7, 3),
        ("€" * 80, GSM7, 1),
        ("a" * 152 + "€" + "a" * 10, GSM7, 2),
        ("ữ" * 70, UCS2, 1),
        ("ữ" * 71, UCS2, 2),
        ("ữ" * 134, UCS2, 2),
        ("ữ" * 135, UCS2, 3),
        ("😀" * 35, UCS2, 1),
        ("a" * 66 + "😀" + "ữ" * 66, UCS2, 3),
        ("", GSM7, 1),
    ],
)
def test_segments_are_counted_as_gateways_count_them(text: str, code: str, count: int) -> None:
    assert (alphabet(text), segments(text)) == (code, count)


def test_folded_and_shortened_words_fit_what_the_city_pays_for() -> None:
    assert bare("Đường ngập, LŨ QUÉT – tránh xa…") == "Duong ngap, LU QUET - tranh xa..."
    short = shortened("Nước lên nhanh. " * 40, 2)
    assert segments(short) == 2
    assert short.endswith("...")


def test_another_system_is_told_once_in_words_that_it_can_verify(settings: Any) -> None:
    with a_gateway(500) as system:
        hook, secret = actions.add_hook(label="Radio", url=system.url, at=NOON)
        with pytest.raises(Invalid):
            actions.add_hook(label="Radio", url=system.url, at=NOON)
        tell()
        send_all(NOON)
        send_all(NOON + timedelta(minutes=1))
        assert actions.remove_hook(hook_id=hook, at=NOON)
        tell("flood:2")
        send_all(NOON + timedelta(minutes=2))
    first, second = system.received
    assert first == second
    assert first["urgency"] == "extreme"
    assert first["title"] == TITLE  # type: ignore[comparison-overlap]
    said = dict(part.split("=") for part in system.headers[1]["Hues-Signature"].split(","))
    body = json.dumps(second, ensure_ascii=False, sort_keys=True)
    assert said["v1"] == hmac.new(secret.encode(), f"{said['t']}.{body}".encode(), sha256).hexdigest()
    assert system.headers[1]["Idempotency-Key"] == "flood:1"


def write(address: str, body: str = "Hạn trả lời 17:00.") -> None:
    title = {"vi": "PA-2026-000001: phản ánh mới", "en": "PA-2026-000001: a new case"}
    said = {"vi": body, "en": "Due."}
    actions.write(address, reason="pass:1", title=title, body=said, link="/pass/abc/", useful_for=DAY, at=NOON)


def test_an_office_without_an_account_gets_a_letter_that_it_cannot_and_need_not_end(settings: Any) -> None:
    with a_postbox() as postbox:
        reachable(settings, mail_url=postbox.url)
        write("van.thu@example.vn")
        write("van.thu@example.vn")
        send_all(NOON)
    (letter,) = postbox.letters
    assert letter["Subject"] == "PA-2026-000001: phản ánh mới"
    assert "/pass/abc/" in letter.get_content()
    assert letter["List-Unsubscribe"] is None


def test_the_link_of_a_letter_goes_once_it_is_sent_and_the_letter_once_the_link_is_of_no_use(settings: Any) -> None:
    with a_postbox() as postbox:
        reachable(settings, mail_url=postbox.url)
        write("van.thu@example.vn")
        assert "/pass/abc/" in repr(Parcel.objects.get().words)
        send_all(NOON)
    (row,) = Parcel.objects.all()
    assert row.sent_at is not None
    assert "/pass/abc/" not in repr(row.words)
    reachable(settings, mail_url=postbox.url)
    write("hanh.chinh@example.vn")
    send_all(NOON)
    actions.erase_secrets(at=NOON + DAY - timedelta(minutes=1))
    assert Parcel.objects.filter(sent_at=None).count() == 1
    actions.erase_secrets(at=NOON + DAY + timedelta(minutes=1))
    assert list(Parcel.objects.all()) == [row]


def test_a_text_message_to_an_office_ends_with_its_link_however_long_the_words_are() -> None:
    write("+84905111222", body="Hạn trả lời. " * 60)
    (text,) = queries.texts_to("+84905111222")
    assert len(text.body) == 480
    assert text.body.startswith("PA-2026-000001: phản ánh mới. Hạn trả lời.")
    assert text.body.endswith(f" {present.HUES.origin}/pass/abc/")
