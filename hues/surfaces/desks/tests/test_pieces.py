"""What the page of a case says again and again: every word as it was written, and the way to cover it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import override
from lxml import html

from hues.surfaces.desks.pieces import Cover, Glance, Said, Shot, glance, photos, timeline

AT = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)
WRITTEN = "<b>Đèn & 'điện'</b>"
SEEN = Cover("PA-2026-000001", '?tab=all&q="x"')


def said(seq: int, text: str = "", internal: str = "") -> Said:
    return Said(title="Opened", icon="send", at=AT, who=WRITTEN, text=text, internal=internal, more=(WRITTEN,), seq=seq)


def shot(*, covered: bool = False, hidden: bool = False) -> Shot:
    return Shot(name="0" * 32, src="/s?a=1&b=2", href="/f", alt=WRITTEN, hidden=hidden, covered=covered)


def read(drawn: str) -> Any:
    return html.fromstring(f"<div>{drawn}</div>")


def test_a_step_says_its_words_as_they_were_written() -> None:
    first, second = read(timeline([said(2, WRITTEN, WRITTEN), said(1)], Cover()))
    assert (first.get("class"), second.get("class")) == ("now", None)
    assert [one.text_content().strip() for one in first.xpath("p[contains(@class, 'timeline-words')]")] == [WRITTEN] * 2
    assert first.xpath("p[@class='small']")[0].text_content() == WRITTEN
    assert WRITTEN in first.xpath("p[contains(@class, 'muted')]")[0].text_content()
    assert not first.xpath(".//a | .//b")
    assert not second.xpath("p[contains(@class, 'timeline-words')]")


def test_whoever_may_cover_words_is_led_there_once_a_step() -> None:
    steps = read(timeline([said(4, "a", "b"), said(3, "a"), said(2, "", "b"), said(1)], SEEN))
    assert [step.xpath(".//a/@href") for step in steps] == [
        [f'/ops/PA-2026-000001/words/{seq}/?tab=all&q="x"'] if seq > 1 else [] for seq in (4, 3, 2, 1)
    ]


def test_a_photo_tells_what_it_is_and_where_its_parts_are_covered() -> None:
    with override("en"):
        drawn = read(photos([shot(), shot(covered=True, hidden=True)], SEEN))
        plain = read(photos([shot(), shot(covered=True)], Cover()))
    assert drawn.xpath("//img/@alt") == [WRITTEN] * 2
    assert drawn.xpath("//img/@src") == ["/s?a=1&b=2"] * 2
    assert drawn.xpath("//li/@class") == ["hidden-photo"]
    assert drawn.xpath("//p/a/@href") == [f'/en/ops/PA-2026-000001/photos/{"0" * 32}/?tab=all&q="x"'] * 2
    assert set(drawn.xpath("//p/a/@aria-label")) == {f"Cover parts: {WRITTEN}"}
    assert drawn.xpath("count(//span[@class='chip'])") == plain.xpath("count(//span[@class='chip'])") == 1
    assert not plain.xpath("//p/a")
    assert len(plain.xpath("//li/p")) == 1


def test_a_glance_tells_the_place_and_the_time() -> None:
    exact = Glance(address=WRITTEN, ward="Phường Huế", point=(16.4637, 107.59), due=AT, first_due=None)
    with override("en"):
        place, due = read(glance(exact)).xpath("//dd")
        assert place.text_content() == f"{WRITTEN}Phường Huế16.46370, 107.59000"
        assert due.text_content() == "09:00 on 29/11/2026"
        about = replace(exact, address="12 Hùng Vương, Phường Huế", point=None, first_due=AT)
        place, due = read(glance(about)).xpath("//dd")
        assert place.text_content().startswith("12 Hùng Vương, Phường HuếNo exact point yet")
        assert due.text_content() == "09:00 on 29/11/2026before the extension: 29/11/2026"
        assert read(glance(replace(about, address=""))).xpath("//dd")[0].text == "Phường Huế"
        assert read(glance(replace(about, address="", ward=""))).xpath("//dd")[0].text == "—"
