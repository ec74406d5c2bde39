"""The inbox and the outbox: each is told once, and nothing owed is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from hues.kernel.agencies.testing import eve, lan
from hues.kernel.delivery import actions, gateway, queries
from hues.kernel.delivery.testing import a_gateway
from hues.kernel.errors import SignInNeeded
from hues.kernel.people.asker import STRANGER, Asker
from hues.kit import pages

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
PHONE = "+84901234567"
TITLE = {"vi": "Có câu trả lời", "en": "There is an answer"}


def tell(*askers: Asker, reason: str = "cases.answered:1", at: datetime = NOON) -> None:
    people = [asker.person_id for asker in askers if asker.person_id]
    actions.plan(people, reason=reason, title=TITLE, body={"vi": "…", "en": "…"}, link="/me/", at=at)


def test_a_person_is_told_once_for_each_reason() -> None:
    tell(lan())
    tell(lan(), eve(), eve(), at=NOON + timedelta(hours=1))
    tell(lan(), reason="cases.closed:1")
    assert [item.reason for item in queries.inbox(lan()).rows] == ["cases.closed:1", "cases.answered:1"]
    assert [item.at for item in queries.inbox(eve()).rows] == [NOON + timedelta(hours=1)]
    assert queries.inbox(lan()).rows[0].title == TITLE


def test_an_inbox_is_read_page_by_page_and_nothing_shows_twice() -> None:
    for number in range(7):
        tell(lan(), reason=f"r:{number}", at=NOON + timedelta(minutes=number // 3))
    seen: list[str] = []
    after: str | None = ""
    turned = 0
    while after is not None:
        page = queries.inbox(lan(), after, limit=3)
        seen += [item.reason for item in page.rows]
        after, turned = page.next, turned + 1
    assert turned == 3
    assert len(seen) == len(set(seen)) == 7
    assert seen[0] == "r:6"


@pytest.mark.parametrize("junk", ["x", "_", "2026-03-02_x", "2026-03-02T05:00:00_01890000-0000-7000-8000-000000000000"])
def test_a_mark_that_is_none_begins_at_the_beginning(junk: str) -> None:
    assert pages.place(junk) is None


def test_nobody_reads_or_marks_the_inbox_of_another() -> None:
    tell(lan())
    mine = queries.inbox(lan()).rows[0].id
    assert queries.inbox(eve()).rows == ()
    assert actions.mark_read(by=eve(), items=[mine], at=NOON) == 0
    assert queries.unread_count(lan()) == 1
    assert actions.mark_read(by=lan(), items=[mine], at=NOON) == 1
    assert actions.mark_read(by=lan(), items=[mine], at=NOON) == 0
    assert queries.unread_count(lan()) == queries.unread_count(STRANGER) == 0


def test_all_can_be_marked_at_once_and_a_stranger_has_no_inbox() -> None:
    tell(lan(), reason="a")
    tell(lan(), reason="b")
    assert actions.mark_read(by=lan(), at=NOON) == 2
    with pytest.raises(SignInNeeded):
        queries.inbox(STRANGER)
    with pytest.raises(SignInNeeded):
        actions.mark_read(by=STRANGER, at=NOON)


def test_in_the_demo_a_text_message_is_shown_and_no_job_is_owed() -> None:
    actions.text(PHONE, "123456", at=NOON)
    actions.text(PHONE, "654321", at=NOON + timedelta(minutes=1))
    assert [(t.body, t.sent_at) for t in queries.texts_to(PHONE)][1] == ("123456", NOON)
    assert queries.texts_to("+84900000000") == ()
    assert owed_jobs() == 0


def test_with_a_gateway_a_text_message_owes_one_job_and_goes_only_if_the_rest_does(settings: Any) -> None:
    with_gateway(settings, "http://127.0.0.1:9/")
    actions.text(PHONE, "123456", at=NOON)
    assert owed_jobs() == 1
    assert queries.outbox(NOON) == queries.Outbox(owed=1, oldest_at=NOON, given_up=0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.text(PHONE, "lost", at=NOON)
        _ = 1 / 0
    assert owed_jobs() == 1
    assert len(queries.texts_to(PHONE)) == 1


def test_a_text_message_is_sent_once_with_a_key_of_its_own(settings: Any) -> None:
    with a_gateway() as company:
        with_gateway(settings, company.url)
        text_id = actions.text(PHONE, "Mã: 123456", at=NOON)
        url = company.url.replace("http://", "http://hue:b%40d@")
        for _ in range(2):
            actions.send_text(text_id, url=url, at=NOON)
    assert company.received == [{"id": str(text_id), "to": PHONE, "body": "Mã: 123456"}]
    assert company.headers[0]["Idempotency-Key"] == str(text_id)
    assert company.headers[0]["Authorization"] == "Basic aHVlOmJAZA=="
    assert queries.texts_to(PHONE)[0].sent_at == NOON


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_gateway_that_fails_is_asked_again_until_it_takes_the_message(status: int, settings: Any) -> None:
    with a_gateway(status) as company:
        with_gateway(settings, company.url)
        text_id = actions.text(PHONE, "x", at=NOON)
        with pytest.raises(gateway.Unreachable, match=str(status)):
            actions.send_text(text_id, url=company.url, at=NOON)
        assert queries.outbox(NOON).owed == 1
        actions.send_text(text_id, url=company.url, at=NOON)
    assert len(company.received) == 2
    assert queries.outbox(NOON).owed == 0


def test_a_gateway_that_is_not_there_leaves_the_message_owed(settings: Any) -> None:
    with a_gateway() as gone:
        pass
    with_gateway(settings, gone.url)
    text_id = actions.text(PHONE, "x", at=NOON)
    for url in (gone.url, "", "file:///etc/passwd"):
        with pytest.raises(gateway.Unreachable):
            actions.send_text(text_id, url=url, at=NOON)
    assert queries.outbox(NOON).owed == 1


def test_a_message_the_gateway_refuses_is_given_up(settings: Any) -> None:
    with a_gateway(400) as company:
        with_gateway(settings, company.url)
        text_id = actions.text(PHONE, "x", at=NOON)
        for _ in range(2):
            actions.send_text(text_id, url=company.url, at=NOON)
    assert len(company.received) == 1
    assert queries.outbox(NOON) == queries.Outbox(owed=0, oldest_at=None, given_up=1)


def test_a_code_that_came_too_late_is_not_sent(settings: Any) -> None:
    with a_gateway() as company:
        with_gateway(settings, company.url)
        text_id = actions.text(PHONE, "123456", useful_for=timedelta(minutes=10), at=NOON)
        actions.send_text(text_id, url=company.url, at=NOON + timedelta(minutes=11))
    assert company.received == []
    assert queries.outbox(NOON).given_up == 1
    assert queries.texts_to(PHONE)[0].body == ""


def test_a_code_is_erased_once_it_is_sent_and_what_is_no_secret_stays(settings: Any) -> None:
    with a_gateway() as company:
        with_gateway(settings, company.url)
        code = actions.text(PHONE, "123456", useful_for=timedelta(minutes=10), at=NOON)
        actions.text(PHONE, "PA-2026-000123", at=NOON - timedelta(hours=1))
        assert queries.texts_to(PHONE)[0].body == "123456"
        actions.send_text(code, url=company.url, at=NOON)
    assert company.received[0]["body"] == "123456"
    assert [text.body for text in queries.texts_to(PHONE)] == ["", "PA-2026-000123"]


def test_a_code_that_nobody_could_send_is_given_up_and_erased_when_its_time_is_over(settings: Any) -> None:
    with_gateway(settings, "http://127.0.0.1:9/")
    actions.text(PHONE, "123456", useful_for=timedelta(minutes=10), at=NOON)
    actions.erase_secrets(at=NOON + timedelta(minutes=9))
    assert queries.texts_to(PHONE)[0].body == "123456"
    actions.erase_secrets(at=NOON + timedelta(minutes=11))
    assert queries.texts_to(PHONE)[0].body == ""
    assert queries.outbox(NOON) == queries.Outbox(owed=0, oldest_at=None, given_up=1)


def test_in_the_demo_a_code_is_shown_for_as_long_as_it_is_good() -> None:
    actions.text(PHONE, "123456", useful_for=timedelta(minutes=10), at=NOON)
    actions.erase_secrets(at=NOON + timedelta(minutes=9))
    assert queries.texts_to(PHONE)[0].body == "123456"
    actions.erase_secrets(at=NOON + timedelta(minutes=11))
    assert queries.texts_to(PHONE)[0].body == ""


def with_gateway(settings_of_test: Any, url: str) -> None:
    settings_of_test.HUES = replace(settings.HUES, sms_url=url)


def owed_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [actions.SEND_TEXT])
        return int(cursor.fetchone()[0])
