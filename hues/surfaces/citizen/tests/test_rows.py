"""Rows of a list, drawn without a template: nothing that people wrote becomes markup."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils import translation

from hues.kit import clock
from hues.surfaces.citizen.cards import Line

WILD = "<b onclick='x'>\"&amp;{{ 1 }}</b>"
LINE = Line(
    number="PA-2026-000001",
    address="/f/field_reports/PA-2026-000001/",
    title={"vi": "Ổ gà", "en": "Pothole"},
    icon="road",
    text="Ổ gà trước chợ.",
    ward={"vi": "Phường Phú Xuân", "en": "Phú Xuân Ward"},
    at=datetime(2026, 11, 23, 18, 0, tzinfo=UTC),
    state="Đã xử lý xong",
    tone="good",
    state_icon="circle-check",
    due_at=None,
    clock="",
    photo="",
)


class Read(HTMLParser):
    """What a browser makes of rows: tags with their attributes, and the words between."""

    def __init__(self, rows: str) -> None:
        super().__init__()
        self.tags, self.words, self.open = list[tuple[str, dict[str, str | None]]](), list[str](), list[str]()
        self.feed(rows)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in (self.open.pop(), "use")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += [data.strip()] if data.strip() else []


def read(*lines: Line) -> Read:
    found = Read(Template('{% include "citizen/_lines.html" %}').render(Context({"lines": lines})))
    assert not found.open
    return found


@pytest.mark.parametrize(
    ("language", "title", "ward"), [("vi", "Ổ gà", "Phường Phú Xuân ·"), ("en", "Pothole", "Phú Xuân Ward ·")]
)
def test_a_row_says_what_where_when_and_how_it_stands(language: str, title: str, ward: str) -> None:
    with translation.override(language):
        row = read(LINE)
    # It was six in the evening in UTC: the next day in the city.
    assert row.words == [title, LINE.text, ward, "24/11/2026", "·", LINE.number, LINE.state]
    assert ("a", {"class": "cover plain-link row-title", "href": LINE.address}) in row.tags
    assert not [tag for tag, _ in row.tags if tag == "img"]


def test_what_people_wrote_and_the_city_calls_things_is_never_markup() -> None:
    wild = replace(LINE, text=WILD, title={"vi": WILD}, ward={"vi": WILD}, number=WILD, address=WILD, state=WILD)
    plain, row = read(replace(LINE, photo="/x.webp")), read(replace(wild, photo=WILD))
    assert [tag for tag, _ in row.tags] == [tag for tag, _ in plain.tags]
    assert [word.removesuffix(" ·") for word in row.words if WILD in word] == [WILD] * 5
    assert {WILD} == {said["src"] for tag, said in row.tags if tag == "img"}
    assert {WILD} == {said["href"] for tag, said in row.tags if tag == "a"}


def test_a_row_has_a_picture_if_there_is_one_and_a_clock_if_it_runs() -> None:
    due = clock.now() + timedelta(days=3)
    row = read(replace(LINE, photo="/media/p/1/thumb.webp", ward={}, due_at=due, clock="running"), LINE)
    (image,) = (said for tag, said in row.tags if tag == "img")
    assert image == {"src": "/media/p/1/thumb.webp", "alt": "", "width": "64", "height": "64", "loading": "lazy"}
    times = [said["datetime"] for tag, said in row.tags if tag == "time"]
    assert times == ["2026-11-23T18:00:00+00:00", due.isoformat(timespec="seconds"), "2026-11-23T18:00:00+00:00"]
    assert [said["class"] for _, said in row.tags if str(said.get("class", "")).startswith("chip")] == [
        "chip good",
        "chip calm",
        "chip good",
    ]
