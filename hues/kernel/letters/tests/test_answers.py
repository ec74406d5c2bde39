"""What concerns a guest goes back by the channel they wrote on, with a way in that is theirs alone."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as present

from hues.kernel.agencies import testing as cast
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Message, Urgency, Way, Whom, Words
from hues.kernel.delivery.mail import ANSWERS, answer
from hues.kernel.delivery.messengers import LONGEST
from hues.kernel.delivery.queries import person_at
from hues.kernel.delivery.testing import a_postbox
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.errors import Invalid
from hues.kernel.letters.testing import Messenger, a_facebook, a_letter, a_zalo
from hues.kernel.people.entering import guest_of, way_in

pytestmark = pytest.mark.django_db
NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)
TITLE, BODY = {"vi": "PA-2036-000001: đã nhận phản ánh"}, {"vi": "Trung tâm tiếp nhận trước 16:00."}
LINK = "/f/field_reports/PA-2036-000001/"
type Machine = Callable[[], AbstractContextManager[Messenger]]


def guest(way: Way, sender: str) -> UUID:
    a_letter(way=way, sender=sender, at=NOON)
    found = person_at(way, sender)
    assert found
    return found


def plan(person: UUID, *, reason: str = "r1", body: dict[str, str] = BODY) -> None:
    actions.plan([person], reason=reason, title=TITLE, body=body, link=LINK, at=NOON)


def reachable(settings: Any, **urls: Any) -> None:
    settings.HUES = replace(present.HUES, **urls)


def is_way_in(text: str, person: UUID) -> bool:
    token = text.partition(f"{present.HUES.origin}/in/")[2].partition("/")[0]
    return guest_of(token) == person and text.rstrip().endswith(LINK)


def test_zalo_gets_the_words_with_a_token_that_is_exchanged_before_it_runs_out(settings: Any) -> None:
    person = guest(Way.ZALO, "4242")
    with a_zalo() as zalo:
        reachable(settings, zalo_url=zalo.url)
        actions.keep_zalo_pass(refresh=" refresh-0 ", at=NOON)
        plan(person)
        send_all(NOON)
        plan(person, reason="r2")
        send_all(NOON + timedelta(hours=24, minutes=55))
    (to, text, headers), (_to, _text, later) = zalo.texts
    assert to == "4242"
    assert text.startswith(f"{TITLE['vi']}\n{BODY['vi']}\n")
    assert is_way_in(text, person)
    assert (headers["access_token"], later["access_token"]) == ("access-1", "access-2")
    assert zalo.exchanged == ["refresh-0", "refresh-1"]


def test_a_token_that_zalo_no_longer_takes_is_exchanged_and_the_message_sent_again(settings: Any) -> None:
    person = guest(Way.ZALO, "4242")
    with a_zalo() as zalo:
        reachable(settings, zalo_url=zalo.url)
        actions.keep_zalo_pass(refresh="refresh-0", at=NOON)
        zalo.token = "another"
        plan(person)
        send_all(NOON)
        assert (zalo.texts, queries.owing().parcels) == ([], 1)
        send_all(NOON + timedelta(minutes=1))
    assert len(zalo.texts) == 1


def test_without_a_token_zalo_waits_and_a_wrong_one_is_told(settings: Any) -> None:
    person = guest(Way.ZALO, "4242")
    with a_zalo() as zalo:
        reachable(settings, zalo_url=zalo.url)
        plan(person)
        send_all(NOON)
        assert queries.owing().parcels == 1
        with pytest.raises(Invalid, match="-14014"):
            actions.keep_zalo_pass(refresh="wrong", at=NOON)
        actions.keep_zalo_pass(refresh="refresh-0", at=NOON)
        send_all(NOON + timedelta(minutes=1))
    assert len(zalo.texts) == 1


def test_facebook_gets_the_words(settings: Any) -> None:
    person = guest(Way.FACEBOOK, "5151")
    with a_facebook() as facebook:
        reachable(settings, facebook_url=facebook.url)
        plan(person)
        send_all(NOON)
    ((to, text, _headers),) = facebook.texts
    assert to == "5151"
    assert is_way_in(text, person)


@pytest.mark.parametrize(
    ("way", "sender", "machine", "setting", "final", "passing"),
    [
        (Way.ZALO, "4242", a_zalo, "zalo_url", {"error": -230}, {"error": -32}),
        (Way.FACEBOOK, "5151", a_facebook, "facebook_url", {"error": {"code": 551}}, {"error": {"code": 613}}),
    ],
)
def test_what_may_pass_later_is_sent_again_and_what_never_will_is_a_dead_letter(
    settings: Any, way: Way, sender: str, machine: Machine, setting: str, final: dict[str, Any], passing: dict[str, Any]
) -> None:
    person = guest(way, sender)
    with machine() as there:
        reachable(settings, **{setting: there.url})
        if way is Way.ZALO:
            actions.keep_zalo_pass(refresh="refresh-0", at=NOON)
        there.answers = [passing, final]
        plan(person)
        send_all(NOON)
        assert queries.owing().parcels == 1
        send_all(NOON + timedelta(minutes=1))
    assert (queries.owing().parcels, queries.owing().dead) == (0, 1)
    assert person_at(way, sender) == person


def test_a_messenger_that_is_away_gets_the_words_when_it_is_back(settings: Any) -> None:
    person = guest(Way.FACEBOOK, "5151")
    with a_facebook() as gone:
        pass
    reachable(settings, facebook_url=gone.url)
    plan(person)
    send_all(NOON)
    assert queries.owing().parcels == 1


def test_a_long_message_is_cut_but_never_its_link(settings: Any) -> None:
    person = guest(Way.FACEBOOK, "5151")
    with a_facebook() as facebook:
        reachable(settings, facebook_url=facebook.url)
        plan(person, body={"vi": "Nước lên nhanh. " * 400})
        send_all(NOON)
    text = facebook.texts[0][1]
    assert len(text) <= LONGEST
    assert is_way_in(text, person)


def test_an_email_is_answered_from_the_address_it_was_written_to(settings: Any) -> None:
    person = guest(Way.LETTER, "anh@example.vn")
    with a_postbox() as postbox:
        reachable(settings, mail_url=postbox.url, letters_address="phananh@hue.example")
        plan(person)
        send_all(NOON)
    (mail,) = postbox.letters
    assert mail["To"] == "anh@example.vn"
    assert "<phananh@hue.example>" in mail["From"]
    assert (mail["Auto-Submitted"], mail["List-Unsubscribe"]) == ("auto-generated", None)
    assert is_way_in(mail.get_content().replace("\r", "").partition("\n\n-- ")[0], person)


@pytest.mark.parametrize(
    ("named", "answers"),
    [
        (["<1@example.vn>"], "<1@example.vn>"),
        (["<1@example.vn>", "<CA+a=b_2@mail.example.vn>"], "<CA+a=b_2@mail.example.vn>"),
        (["<1@example.vn>", "0c6a3d52"], None),
        (["<1@example.vn\r\nBcc: eve@example.vn>"], None),
        ([f"<{'1' * 400}@example.vn>"], None),
        (["<thư@ví.dụ>"], None),
    ],
)
def test_an_answer_by_email_stands_below_what_its_reader_wrote_last(
    named: list[str], answers: str | None, settings: Any
) -> None:
    for key in named:
        assert a_letter(way=Way.LETTER, sender="anh@example.vn", key=key, at=NOON)
    person = person_at(Way.LETTER, "anh@example.vn")
    assert person
    with a_postbox() as postbox:
        reachable(settings, mail_url=postbox.url, letters_address="phananh@hue.example")
        plan(person)
        send_all(NOON)
    (mail,) = postbox.letters
    assert (mail["In-Reply-To"], mail["References"], mail["Bcc"]) == (answers, answers, None)


def test_a_long_name_of_what_is_answered_is_written_whole() -> None:
    name = f"<{'SG2PR03MB' * 12}@apcprd03.prod.outlook.example>"
    words = Words(key="k", topic="t", urgency=Urgency.HIGH, title=TITLE, body=BODY, link=LINK, at=NOON)
    written = bytes(
        answer(Message(ref="1", address="anh@example.vn", language="vi", words=words, keys={ANSWERS: name}), NOON)
    )
    assert f"In-Reply-To: {name}\n".encode() in written
    assert f"References: {name}\n".encode() in written


def test_who_wrote_is_never_told_what_everybody_is_told(settings: Any) -> None:
    guest(Way.FACEBOOK, "5151")
    with a_facebook() as facebook:
        reachable(settings, facebook_url=facebook.url)
        words = Words(key="flood", topic="f", urgency=Urgency.EXTREME, title=TITLE, body=BODY, link="/x/", at=NOON)
        actions.broadcast(words, Whom(wards=None))
        send_all(NOON)
    assert facebook.texts == []


def test_only_a_guest_has_a_way_in_by_a_link() -> None:
    lan = cast.lan().person_id
    assert lan
    assert guest_of(way_in(lan, "/x/").split("/")[2]) is None
    assert guest_of("forged") is None
