"""The page of deliveries: what is owed and given up, and who may send it again."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as present
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from hues.kernel.agencies.testing import duty_leader, lan, operator
from hues.kernel.delivery import actions, queries
from hues.kernel.delivery.channels import Urgency, Whom, Words
from hues.kernel.delivery.testing import a_gateway
from hues.kernel.journal import jobs
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2036, 3, 2, 5, tzinfo=UTC)
WORDS = {"vi": "Nước lên", "en": "The water rises"}


def browser(asker: Asker) -> Client:
    client = Client()
    sign_in(client, asker)
    return client


def test_a_dead_letter_is_shown_and_sent_again_by_those_who_may(settings: Any) -> None:
    settings.HUES = replace(present.HUES, demo=True)
    with a_gateway(400) as system:
        actions.add_hook(label="Radio", url=system.url, at=NOON)
        words = Words(key="a", topic="a", urgency=Urgency.HIGH, title=WORDS, body=WORDS, link="/", at=NOON)
        actions.broadcast(words, Whom(wards=None))
        while actions.send_owed(at=NOON):
            pass
        page = browser(operator()).get("/en/ops/deliveries/").content.decode()
        assert "The water rises" in page
        assert "HTTP 400" in page
        assert "Send again" not in page
        (dead,) = queries.dead_letters()
        item = {"item": [str(dead.id), "junk"]}
        assert browser(operator()).post("/ops/deliveries/replay/", item).status_code == 403
        assert browser(lan()).get("/ops/deliveries/").status_code == 403
        leader = browser(duty_leader())
        assert "Send again" in leader.get("/en/ops/deliveries/").content.decode()
        assert leader.post("/ops/deliveries/replay/", item).status_code == 303
        while actions.send_owed(at=datetime(2040, 1, 1, tzinfo=UTC)):
            pass
    assert queries.dead_letters() == ()
    assert len(system.received) == 2


def test_a_dead_letter_of_what_is_over_is_not_sent_again_and_the_page_says_so(settings: Any) -> None:
    settings.HUES = replace(present.HUES, demo=True)
    past = datetime(2020, 3, 2, 5, tzinfo=UTC)
    with a_gateway(400) as system:
        actions.add_hook(label="Radio", url=system.url, at=past)
        words = Words(key="a", topic="a", urgency=Urgency.HIGH, title=WORDS, body=WORDS, link="/", at=past)
        actions.broadcast(replace(words, ends_at=past.replace(hour=6)), Whom(wards=None))
        while actions.send_owed(at=past):
            pass
        (dead,) = queries.dead_letters()
        page = browser(duty_leader()).post("/en/ops/deliveries/replay/", {"item": [str(dead.id)]}, follow=True)
        assert "1 message is not sent again" in page.content.decode()
        assert "0 messages" not in page.content.decode()
        while actions.send_owed(at=datetime(2040, 1, 1, tzinfo=UTC)):
            pass
    assert queries.dead_letters() == ()
    assert len(system.received) == 1


def put_back_by() -> list[tuple[UUID | None, int]]:
    """Return who put how many jobs back, as the journal has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT by, (facts->>'number')::int FROM journal_entry WHERE event = 'journal.jobs.put_back' ORDER BY id"
        )
        return [(by, n) for by, n in cursor.fetchall()]


def given_up() -> int:
    """Return the id of a job that failed to the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status, attempts, args) VALUES "
            "('hues.journal.run_entry', 'reactions', 'failed', 20, '{\"entry_id\": 0}') RETURNING id"
        )
        return int(cursor.fetchone()[0])


def test_a_job_that_was_given_up_runs_again_when_somebody_who_may_says_so_and_the_journal_keeps_it() -> None:
    first, second = given_up(), given_up()
    assert "Jobs given up" in browser(operator()).get("/en/ops/deliveries/").content.decode()
    assert browser(operator()).post("/ops/deliveries/jobs/", {"job": first}).status_code == 403
    said = {"job": [str(first), "junk", "9" * 40]}
    page = browser(duty_leader()).post("/en/ops/deliveries/jobs/", said, follow=True).content.decode()
    assert "1 job runs again" in page
    assert [job.id for job in jobs.failed_jobs()] == [second]
    row = ProcrastinateJob.objects.get(pk=first)
    assert (row.status, row.attempts) == ("todo", 0)
    assert put_back_by() == [(duty_leader().person_id, 1)]
    assert jobs.put_back(None, by=None, at=NOON) == 1
    assert jobs.put_back(None, by=None, at=NOON) == 0
