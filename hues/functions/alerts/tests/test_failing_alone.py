"""A message or a source that fails in a way nobody foresaw is told, and keeps nobody else from being heard."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hues.engines.bulletins import queries
from hues.engines.bulletins.testing import MONDAY, a_message
from hues.functions.alerts.listening import listen
from hues.functions.alerts.tests.desk import at_desk
from hues.functions.alerts.tests.met import Met, forget, outcomes
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db
MINUTES = timedelta(minutes=1)


def _refuse(table: str, column: str, value: str) -> None:
    """Have the database refuse something, as if a message were of a kind that we never thought of."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT odd CHECK ({column} NOT LIKE '%{value}%')")


def _allow(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT odd")


def _tries(logged: Any) -> int:
    return sum(record.levelno == logging.ERROR for record in logged.records)


def test_the_others_of_the_feed_are_heard_and_the_odd_one_is_not_tried_for_ever(met: Met, caplog: Any) -> None:
    met.feed("/3.xml", "/odd.xml", "/1.xml")
    met.pages |= {f"/{n}.xml": a_message(identifier=f"MET-{n}") for n in ("1", "odd", "3")}
    _refuse("bulletins_incoming", "identifier", "odd")
    listen(MONDAY)
    assert outcomes() == [("", "unread"), ("MET-1", "drafted"), ("MET-3", "drafted")]
    state = queries.source_states()[0]
    assert (state.problem, state.broken, queries.how_many(), _tries(caplog)) == ("unread", 1, 2, 1)
    shown = at_desk(cast.alert_writer()).get("/ops/alerts/others/").content.decode()
    assert "Nội dung này làm lộ một lỗi của chính hệ thống chúng ta" in shown
    for minutes in range(2, 10, 2):
        listen(MONDAY + minutes * MINUTES)
    assert (_tries(caplog), queries.source_states()[0].problem) == (1, "unread")
    listen(MONDAY + 11 * MINUTES)
    assert _tries(caplog) == 2
    _allow("bulletins_incoming")
    listen(MONDAY + 23 * MINUTES)
    assert outcomes() == [("MET-1", "drafted"), ("MET-3", "drafted"), ("MET-odd", "drafted")]
    assert queries.source_states()[0].problem == ""


def test_other_words_at_the_same_link_are_tried_at_once(met: Met) -> None:
    met.pages["/feed"] = a_message(identifier="MET-odd")
    _refuse("bulletins_incoming", "identifier", "odd")
    listen(MONDAY)
    assert outcomes() == [("", "unread")]
    met.pages["/feed"] = a_message(identifier="MET-2")
    listen(MONDAY + 2 * MINUTES)
    assert outcomes() == [("MET-2", "drafted")]


def test_the_other_sources_are_heard(met: Met, settings: Any) -> None:
    sources = Path(settings.HUES.city) / "alert_sources.csv"
    first = sources.read_text("utf-8").splitlines()[1]
    other = first.replace("met,", "zzz,").replace("/feed", "/other")
    sources.write_text(f"code,vi,en,url\n{first}\n{other}\n", "utf-8")
    forget()
    met.feed("/odd.xml")
    met.pages["/other"] = a_message()
    _refuse("bulletins_link", "link", "odd")
    listen(MONDAY)
    assert outcomes() == [("MET-1", "drafted")]
    assert [(state.source.code, state.problem) for state in queries.source_states()] == [("met", "failed"), ("zzz", "")]
