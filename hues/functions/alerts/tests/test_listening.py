"""Listening to others over a real connection: what is new is fetched once, what fails is told at the desk."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.conf import settings as present
from django.test import Client

from hues.engines.bulletins import queries
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.testing import MONDAY, a_message, words
from hues.functions.alerts.listening import listen
from hues.functions.alerts.tests.test_doors import at_desk
from hues.kernel import city
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
ENTRY = '<entry><link href="{}" type="application/cap+xml"/></entry>'
LATER = MONDAY + timedelta(minutes=2)


class Met(ThreadingHTTPServer):
    """A met service: pages by path, and what was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.pages: dict[str, bytes] = {}
        self.asked: list[tuple[str, int]] = []

    def feed(self, *links: str) -> None:
        self.pages["/feed"] = ATOM.format("".join(ENTRY.format(link) for link in links)).encode()


class Door(BaseHTTPRequestHandler):
    server: Met

    def do_GET(self) -> None:
        body, tag = self.server.pages.get(self.path), '"one"'
        status = 404 if body is None else 304 if self.headers.get("If-None-Match") == tag else 200
        self.server.asked.append((self.path, status))
        self.send_response(status)
        self.send_header("ETag", tag if self.path == "/feed" else "")
        self.send_header("Content-Length", str(len(body or b"") if status == 200 else 0))
        self.end_headers()
        if status == 200:
            self.wfile.write(body or b"")

    def log_message(self, *args: Any) -> None:
        """Keep silent."""


@pytest.fixture
def met(tmp_path: Path, settings: Any) -> Iterator[Met]:
    """Let the city of this test listen to a met service on this machine."""
    server = Met()
    Thread(target=server.serve_forever, daemon=True).start()
    folder = Path(shutil.copytree(present.HUES.city, tmp_path / "city"))
    address = f"http://127.0.0.1:{server.server_port}/feed"
    (folder / "alert_sources.csv").write_text(f"code,vi,en,url\nmet,Đài Khí tượng,Met Office,{address}\n", "utf-8")
    settings.HUES = replace(present.HUES, city=folder)
    _forget()
    words()
    yield server
    server.shutdown()
    server.server_close()
    _forget()


def _forget() -> None:
    for kept in (city.city, city.document, city.rows, catalogue.sources):
        kept.cache_clear()


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
    Thread(target=other.serve_forever, daemon=True).start()
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
