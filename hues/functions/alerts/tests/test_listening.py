"""Listening to others over a real connection: what is new is fetched once, what fails is told at the desk."""

from datetime import timedelta
from threading import Thread
from time import monotonic

import pytest
from django.test import Client

from hues.engines.bulletins import queries
from hues.engines.bulletins.testing import MONDAY, a_message
from hues.functions.alerts import listening
from hues.functions.alerts.listening import listen
from hues.functions.alerts.tests.desk import at_desk
from hues.functions.alerts.tests.met import Met, outcomes
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=2)


def problem() -> str:
    return queries.source_states()[0].problem


def test_each_new_message_is_fetched_once_and_becomes_one_draft(met: Met) -> None:
    met.feed("/2.xml", "/1.xml")
    met.pages |= {"/1.xml": a_message(), "/2.xml": a_message(identifier="MET-2")}
    for at in (MONDAY, LATER):
        listen(at)
    assert met.asked == [("/feed", 200), ("/1.xml", 200), ("/2.xml", 200), ("/feed", 304)]
    assert {card.outcome for card in queries.incoming(cast.alert_writer())} == {"drafted"}
    assert queries.how_many() == 2
    assert problem() == ""


def test_an_update_in_the_same_feed_is_read_after_what_it_changes(met: Met) -> None:
    met.feed("/2.xml", "/1.xml")
    reference = "met@example,MET-1,2026-03-02T09:00:00+07:00"
    met.pages |= {
        "/1.xml": a_message(),
        "/2.xml": a_message(identifier="MET-2", msg_type="Cancel", references=reference),
    }
    listen(MONDAY)
    assert {(card.identifier, card.outcome) for card in queries.incoming(cast.alert_writer())} == {
        ("MET-1", "drafted"),
        ("MET-2", "marked"),
    }


def test_one_message_instead_of_a_feed_is_read_too(met: Met) -> None:
    met.pages["/feed"] = a_message()
    listen(MONDAY)
    listen(LATER)
    assert queries.how_many() == 1


def test_a_bad_message_is_told_tried_again_and_keeps_no_good_one_away(met: Met) -> None:
    met.feed("/2.xml", "/1.xml")
    met.pages |= {"/1.xml": b"<alert", "/2.xml": a_message(identifier="MET-2")}
    listen(MONDAY)
    assert (problem(), queries.how_many()) == ("unread", 1)
    shown = at_desk(cast.alert_writer()).get("/ops/alerts/others/").content.decode()
    assert "Tin không phải là XML đúng chuẩn." in shown
    assert "Có tin họ gửi không đọc được." in shown
    assert "Không nhận được tin từ" in at_desk(cast.alert_writer()).get("/ops/alerts/").content.decode()
    met.pages["/1.xml"] = a_message()
    listen(LATER)
    assert (problem(), queries.how_many()) == ("", 2)


@pytest.mark.parametrize(
    ("body", "code"),
    [(None, "refused"), (b"<html/>", "no-cap"), (b"{}", "xml"), (b"x" * 1_000_001, "large")],
)
def test_a_source_that_fails_is_told_and_heard_again(met: Met, body: bytes | None, code: str) -> None:
    if body is not None:
        met.pages["/feed"] = body
    listen(MONDAY)
    assert problem() == code
    listen(LATER)
    assert queries.source_states()[0].since == MONDAY
    met.feed()
    listen(LATER)
    assert (problem(), queries.source_states()[0].since) == ("", None)


def test_a_link_to_another_server_is_not_followed(met: Met) -> None:
    other = Met()
    Thread(target=other.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    other.pages["/1.xml"] = a_message()
    met.feed(f"http://127.0.0.1:{other.server_port}/1.xml", "file:///etc/passwd", "http://[bad/", "x" * 999)
    listen(MONDAY)
    other.shutdown()
    other.server_close()
    assert (other.asked, problem(), queries.how_many()) == ([], "foreign-link", 0)


def test_a_silent_source_is_told(met: Met) -> None:
    met.shutdown()
    met.server_close()
    listen(MONDAY)
    assert problem() == "no-answer"


def test_the_desk_tells_where_a_draft_comes_from_and_what_they_changed(met: Met) -> None:
    met.feed("/2.xml", "/1.xml")
    reference = "met@example,MET-1,2026-03-02T09:00:00+07:00"
    met.pages |= {
        "/1.xml": a_message(),
        "/2.xml": a_message(identifier="MET-2", msg_type="Cancel", references=reference),
    }
    listen(MONDAY)
    writer = at_desk(cast.alert_writer())
    (card,) = (one for one in queries.incoming(cast.alert_writer()) if one.identifier == "MET-1")
    shown = writer.get(f"/ops/alerts/{card.bulletin}/").content.decode()
    assert "Soạn từ cảnh báo của Đài Khí tượng" in shown
    assert "Đài Khí tượng đã hủy cảnh báo" in shown
    came = writer.get(f"/ops/alerts/others/{card.id}.xml")
    assert came["Content-Type"].startswith("text/plain")
    assert came.content == a_message()
    for path in ("/ops/alerts/others/", f"/ops/alerts/others/{card.id}.xml"):
        assert at_desk(cast.lan()).get(path).status_code == 403
        assert Client().get(path).status_code == 302


HOUR = timedelta(hours=1)


def test_a_new_message_at_a_link_that_was_read_before_is_read_too(met: Met) -> None:
    met.feed("/latest.xml")
    met.pages["/latest.xml"] = a_message()
    listen(MONDAY)
    met.pages["/latest.xml"] = a_message(identifier="MET-2")
    listen(LATER)
    assert outcomes() == [("MET-1", "drafted")]
    listen(MONDAY + HOUR)
    assert outcomes() == [("MET-1", "drafted"), ("MET-2", "drafted")]
    listen(MONDAY + 2 * HOUR)
    assert met.asked[-2:] == [("/feed", 304), ("/latest.xml", 304)]
    met.pages["/latest.xml"] = b"<alert"
    listen(MONDAY + 3 * HOUR)
    assert problem() == "unread"


def test_thirty_broken_links_keep_no_good_one_waiting(met: Met) -> None:
    broken, good = [f"/bad{number}.xml" for number in range(30)], [f"/good{number}.xml" for number in range(5)]
    met.feed(*good, *broken)
    met.pages |= {link: a_message(identifier=link) for link in good}
    listen(MONDAY)
    assert outcomes() == []
    listen(LATER)
    assert outcomes() == [(link, "drafted") for link in good]
    state = queries.source_states()[0]
    assert (state.problem, state.links, state.broken) == ("unread", 35, 30)
    assert "30 trong 35" in at_desk(cast.alert_writer()).get("/ops/alerts/others/").content.decode()
    for minutes in range(4, 60, 2):
        met.pages |= {broken[0]: a_message(identifier="LAST")} if minutes == 50 else {}
        listen(MONDAY + timedelta(minutes=minutes))
    assert ("LAST", "drafted") in outcomes()
    met.feed()
    listen(MONDAY + 2 * HOUR)
    assert (problem(), queries.source_states()[0].links) == ("", 0)


def test_a_source_that_drips_is_left_after_the_time_of_a_look(met: Met, monkeypatch: pytest.MonkeyPatch) -> None:
    met.feed("/drip", "/1.xml")
    met.pages |= {"/drip": a_message(identifier="SLOW"), "/1.xml": a_message()}
    monkeypatch.setattr(listening, "SECONDS", 0.5)
    begun = monotonic()
    listen(MONDAY)
    assert monotonic() - begun < 10
    met.slow.set()
    assert outcomes() == [("MET-1", "drafted")]
    assert problem() == "unread"
    monkeypatch.setattr(listening, "SECONDS", 10)
    listen(LATER)
    assert outcomes() == [("MET-1", "drafted"), ("SLOW", "drafted")]
