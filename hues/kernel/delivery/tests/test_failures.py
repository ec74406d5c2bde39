"""Why messages did not arrive: in kinds, by ward and minute; what is told afterwards is counted once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.agencies.testing import duty_leader
from hues.kernel.delivery import actions, mail, queries
from hues.kernel.delivery.channels import Outcome, Urgency, Way, Whom, Words
from hues.kernel.delivery.queries import wishes
from hues.kernel.delivery.reasons import SILENT, WITHOUT_ACCOUNT, Reason, reason_of
from hues.kernel.delivery.testing import Postbox, PushService, a_gateway, a_postbox
from hues.kernel.delivery.testing.working import send_all
from hues.kernel.delivery.tests.telling import BODY, NOON, TITLE, subscribed
from hues.kernel.delivery.tests.test_broadcast import A, B, somebody
from hues.kernel.people.asker import Asker

pytestmark = pytest.mark.django_db
AGAIN, REFUSED, GONE = Outcome.AGAIN, Outcome.REFUSED, Outcome.GONE


@pytest.mark.parametrize(
    ("outcome", "said", "reason"),
    [
        (GONE, "HTTP 410", Reason.NO_ADDRESS),
        (GONE, "SMTP 550", Reason.NO_ADDRESS),
        (REFUSED, "HTTP 400", Reason.REFUSED),
        (REFUSED, "HTTP 403", Reason.NOT_ALLOWED),
        (AGAIN, "HTTP 429", Reason.BUSY),
        (AGAIN, "HTTP 503", Reason.TROUBLE),
        (REFUSED, "SMTP 554", Reason.REFUSED),
        (AGAIN, "SMTP 451", Reason.BUSY),
        (AGAIN, "SMTPAuthenticationError", Reason.NOT_ALLOWED),
        (AGAIN, "TimeoutError", Reason.UNREACHABLE),
        (AGAIN, "URLError", Reason.UNREACHABLE),
        (AGAIN, "gaierror", Reason.UNREACHABLE),
        (AGAIN, "no token yet: hues channels zalo", Reason.NOT_ALLOWED),
        (REFUSED, "Zalo -201", Reason.REFUSED),
        (AGAIN, "Zalo -32", Reason.BUSY),
        (REFUSED, SILENT, Reason.SILENT),
    ],
)
def test_what_another_side_says_is_of_one_kind(outcome: Outcome, said: str, reason: Reason) -> None:
    assert reason_of(outcome, said) is reason


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with a_postbox() as box, a_gateway(*[400] * 9) as company:
        settings.HUES = replace(present.HUES, mail_url=box.url, sms_url=company.url)
        yield box


def reader(number: int, ward: str) -> Asker:
    asker = somebody(number, home=ward)
    for way, address in ((Way.MAIL, f"p{number}@example.vn"), (Way.SMS, f"+8490555{number:04}")):
        actions.subscribe(way=way, address=address, person_id=asker.person_id, language="vi", at=NOON)
    return asker


def tell(key: str = "flood") -> None:
    words = Words(key=key, topic=key, urgency=Urgency.EXTREME, title=TITLE, body=BODY, link="/x/", at=NOON)
    actions.broadcast(words, Whom(wards=None))
    send_all(NOON)


def failures(key: str = "flood") -> list[tuple[str, str, str, int]]:
    return sorted((one.channel, one.reason, one.ward, one.n) for one in queries.board([key]).failures)


def test_failures_are_counted_by_way_reason_and_ward_whether_a_part_or_a_single_message_failed(
    postbox: Postbox,
) -> None:
    for number, ward in ((1, A), (2, A), (3, B), (4, "")):
        reader(number, ward)
    postbox.unknown.add("p3@example.vn")
    tell()
    assert failures() == [
        ("mail", "no-address", B, 1),
        ("sms", "refused", "", 1),
        ("sms", "refused", A, 2),
        ("sms", "refused", B, 1),
    ]
    assert {one.at for one in queries.board(["flood"]).failures} == {NOON}


def test_what_is_tried_again_is_no_failure_until_it_is_given_up(settings: Any) -> None:
    reader(1, A)
    with a_gateway(*[503] * 30) as company:
        settings.HUES = replace(present.HUES, sms_url=company.url)
        tell()
        assert failures() == []
        for hours in range(1, 40):
            send_all(NOON + timedelta(hours=hours))
    assert [dead.last_error for dead in queries.dead_letters()] == ["HTTP 503"]
    assert failures() == [("sms", "trouble", A, 1)]


def test_a_receipt_of_a_text_message_is_counted_once_and_codes_have_none(settings: Any) -> None:
    reader(1, A)
    with a_gateway() as company:
        settings.HUES = replace(present.HUES, sms_url=company.url)
        tell()
    key = "flood:+84905550001"
    assert [actions.text_arrived(key=key, arrived=True, at=NOON) for _ in range(2)] == [True, False]
    assert not actions.text_arrived(key="flood:+84905550009", arrived=False, at=NOON)
    assert not actions.text_arrived(key="no-such:+84905550001", arrived=True, at=NOON)
    assert not actions.text_arrived(key="6f6e", arrived=True, at=NOON)
    ends = {(end.outcome, end.n) for end in queries.board(["flood"]).ends}
    assert ends == {("sent", 1), ("arrived", 1)}
    assert failures() == []


def test_nobody_makes_up_receipts_of_numbers_that_nothing_was_sent_to(settings: Any) -> None:
    reader(1, A)
    with a_gateway() as company:
        settings.HUES = replace(present.HUES, sms_url=company.url)
        words = Words(key="b", topic="b", urgency=Urgency.EXTREME, title=TITLE, body=BODY, link="/x/", at=NOON)
        actions.broadcast(words, Whom(wards=[B]))
        tell()
    for key in ("b:+84905550001", "flood:+84905550009", "flood:", "flood:x"):
        assert [actions.text_arrived(key=key, arrived=said, at=NOON) for said in (True, False)] == [False, False]
    assert {(end.outcome, end.n) for end in queries.board(["flood"]).ends} == {("sent", 1)}


def test_what_arrived_in_the_end_has_not_failed_in_whatever_order_it_is_told(settings: Any) -> None:
    reader(1, A)
    reader(2, A)
    reader(3, A)
    with a_gateway() as company:
        settings.HUES = replace(present.HUES, sms_url=company.url)
        tell()
    one, two, three = (f"flood:+8490555000{number}" for number in (1, 2, 3))
    assert actions.text_arrived(key=three, arrived=False, at=NOON)
    assert actions.text_arrived(key=one, arrived=False, at=NOON)
    assert failures() == [("sms", "not-delivered", A, 2)]
    assert actions.text_arrived(key=one, arrived=True, at=NOON + timedelta(hours=1))
    assert actions.text_arrived(key=two, arrived=True, at=NOON)
    assert not actions.text_arrived(key=two, arrived=False, at=NOON)
    assert not actions.text_arrived(key=one, arrived=False, at=NOON)
    counted = Counter[str]()
    for end in queries.board(["flood"]).ends:
        counted[end.outcome] += end.n
    assert counted == {"sent": 3, "arrived": 2, "refused": 1}
    assert failures() == [("sms", "not-delivered", A, 1)]


def test_what_was_sent_again_and_got_through_is_no_failure_any_more(settings: Any) -> None:
    reader(1, A)
    reader(2, A)
    with a_gateway(400, 400, 200, 400) as company:
        settings.HUES = replace(present.HUES, sms_url=company.url)
        tell()
        assert failures() == [("sms", "refused", A, 2)]
        dead = [letter.id for letter in queries.dead_letters()]
        assert actions.replay(by=duty_leader(), items=dead, at=NOON) == 2
        assert failures() == []
        send_all(NOON + timedelta(minutes=1))
    assert failures() == [("sms", "refused", A, 1)]


def test_a_browser_without_an_account_has_no_home_ward_to_be_missed(service: PushService) -> None:
    subscribed(service, "nobody")
    service.answers["/nobody"] = [(410, "")]
    tell()
    assert failures() == [("push", "no-address", WITHOUT_ACCOUNT, 1)]


def test_a_mail_that_came_back_ends_an_address_that_does_not_exist_and_nobody_can_make_that_up(
    postbox: Postbox,
) -> None:
    full, gone = reader(1, A), reader(2, B)
    tell()
    ids = [str(letter["Message-ID"]) for letter in postbox.letters]
    assert sorted(ids) == sorted(mail.message_id("flood", f"p{number}@example.vn") for number in (1, 2))
    forged = actions.mail_came_back(message_id="<0@localhost>", address="p2@example.vn", status="5.1.1", at=NOON)
    assert not forged
    for number, status in ((1, "5.2.2"), (2, "5.1.1")):
        address = f"p{number}@example.vn"
        ours = mail.message_id("flood", address)
        told = [actions.mail_came_back(message_id=ours, address=address, status=status, at=NOON) for _ in range(2)]
        assert told == [True, False]
    assert full.person_id
    assert gone.person_id
    assert (wishes(full.person_id).mail, wishes(gone.person_id).mail) == ("p1@example.vn", "")
    assert [one for one in failures() if one[0] == "mail"] == [
        ("mail", "no-address", B, 1),
        ("mail", "not-delivered", A, 1),
    ]
