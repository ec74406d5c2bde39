"""Decisions about bulletins that need no database."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hues.engines.bulletins.rules import drawn, shapes
from hues.engines.bulletins.rules.cap import moment
from hues.engines.bulletins.rules.content import Content, Fault, Known, Text, faults
from hues.engines.bulletins.rules.shapes import BadShape, Circle, Polygon
from hues.engines.bulletins.rules.states import MOVES, State, Verb, next_state
from hues.engines.bulletins.rules.warnings import Reach, Warn, segments, warnings
from hues.kernel import city

AT = datetime(2026, 3, 2, 3, tzinfo=UTC)
SQUARE = '{"type":"Polygon","coordinates":[[[107.5,16.4],[107.6,16.4],[107.6,16.5],[107.5,16.5],[107.5,16.4]]]}'
KNOWN = Known(languages=("vi-VN",), events={"flood"}, wards={"1", "2"}, bounds=(15.99, 107.01, 16.76, 108.22))
GOOD = Content(
    event="flood",
    risk=3,
    texts={"vi-VN": Text(headline="Lũ lớn", description="Nước lên nhanh.", instruction="Không qua ngầm tràn.")},
    wards=("1",),
    expires_at=AT + timedelta(hours=6),
)
REACH = Reach(wards=("1",), people=10, accounts=100, area_km2=1, city_km2=100, all_wards=40)


def test_a_good_bulletin_has_no_fault() -> None:
    assert faults(GOOD, KNOWN, at=AT) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (replace(GOOD, event="picnic"), Fault("event", "event-unknown")),
        (replace(GOOD, risk=6), Fault("risk", "risk-unknown")),
        (replace(GOOD, expires_at=AT), Fault("expires_at", "expires-past")),
        (replace(GOOD, onset_at=GOOD.expires_at), Fault("expires_at", "expires-before-onset")),
        (replace(GOOD, expires_at=AT + timedelta(days=11)), Fault("expires_at", "expires-far")),
        (
            replace(GOOD, onset_at=AT + timedelta(days=11), expires_at=AT + timedelta(days=12)),
            Fault("onset_at", "onset-far"),
        ),
        (replace(GOOD, wards=()), Fault("wards", "area-missing")),
        (replace(GOOD, wards=("9",)), Fault("wards", "ward-unknown")),
        (replace(GOOD, shapes=(Circle(10.8, 106.6, 5),)), Fault("drawn", "shape-outside")),
        (replace(GOOD, texts={}), Fault("headline_vi-VN", "headline-missing")),
        (
            replace(GOOD, texts={"vi-VN": replace(GOOD.texts["vi-VN"], headline="x" * 161)}),
            Fault("headline_vi-VN", "headline-long"),
        ),
        (
            replace(GOOD, texts={"vi-VN": replace(GOOD.texts["vi-VN"], instruction="<b>Tránh</b>")}),
            Fault("instruction_vi-VN", "markup"),
        ),
    ],
)
def test_each_fault_is_found_at_its_field(wrong: Content, fault: Fault) -> None:
    assert fault in faults(wrong, KNOWN, at=AT)


def test_an_onset_later_today_still_leaves_ten_days() -> None:
    later = replace(GOOD, onset_at=AT + timedelta(days=1), expires_at=AT + timedelta(days=10, hours=20))
    assert faults(later, KNOWN, at=AT) == []


def test_nothing_leaves_the_state_of_what_was_ended() -> None:
    for ended in (State.UPDATED, State.CANCELLED, State.EXPIRED, State.DISCARDED):
        assert [verb for verb in Verb if next_state(verb, ended)] == []


def test_only_what_was_approved_is_issued() -> None:
    assert MOVES[Verb.ISSUE].before == {State.APPROVED}


def test_cap_writes_whole_seconds_with_an_offset_and_never_z() -> None:
    at = datetime(2026, 3, 2, 3, 4, 5, 678, tzinfo=UTC)
    assert moment(at, ZoneInfo("Asia/Ho_Chi_Minh")) == "2026-03-02T10:04:05+07:00"
    assert moment(at, UTC) == "2026-03-02T03:04:05-00:00"
    assert moment(at, ZoneInfo("America/St_Johns")) == "2026-03-01T23:34:05-03:30"


def test_geojson_is_longitude_first_and_a_message_latitude_first() -> None:
    (square,) = shapes.from_geojson(SQUARE)
    assert square.points[0] == (16.4, 107.5)
    assert square.points[0] == square.points[-1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "shape-geojson"),
        ("[" * 100_000, "shape-geojson"),
        ('{"type":"Point","coordinates":[107.5,16.4]}', "shape-no-area"),
        ('{"type":"Polygon","coordinates":[[[107.5,16.4],[107.6,16.4]]]}', "shape-small"),
        ('{"type":"Polygon","coordinates":[[[NaN,16.4],[107.6,16.4],[107.6,16.5],[107.5,16.4]]]}', "shape-geojson"),
        ('{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}', "shape-crossed"),
        ('{"type":"FeatureCollection","features":[' + ",".join([SQUARE] * 11) + "]}", "shape-many"),
    ],
)
def test_what_is_no_area_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(BadShape) as refused:
        shapes.from_geojson(text)
    assert refused.value.code == code


def test_shapes_survive_being_kept() -> None:
    both: tuple[shapes.Shape, ...] = (*shapes.from_geojson(SQUARE), shapes.circle(16.46, 107.59, 2.5))
    assert shapes.read(shapes.stored(both)) == both


def test_a_circle_touches_a_ward_by_kilometres_and_not_by_degrees() -> None:
    ward = {
        "type": "Polygon",
        "coordinates": [[[107.6, 16.4], [107.7, 16.4], [107.7, 16.5], [107.6, 16.5], [107.6, 16.4]]],
    }
    # 0.02 degrees of longitude are 2.14 km here.
    assert shapes.covered((Circle(16.45, 107.58, 2.0),), {"w": ward}) == {}
    assert shapes.covered((Circle(16.45, 107.58, 2.3),), {"w": ward}).keys() == {"w"}
    assert shapes.covered((Polygon(((16.45, 107.65), (16.46, 107.65), (16.46, 107.66), (16.45, 107.65))),), {"w": ward})


def test_ground_that_is_drawn_over_twice_counts_once() -> None:
    ward = {
        "type": "Polygon",
        "coordinates": [[[107.6, 16.4], [107.7, 16.4], [107.7, 16.5], [107.6, 16.5], [107.6, 16.4]]],
    }
    half = shapes.polygon([(16.4, 107.6), (16.4, 107.65), (16.5, 107.65), (16.5, 107.6)])
    assert shapes.covered((half, half), {"w": ward}) == {"w": pytest.approx(0.5)}
    assert shapes.covered((Circle(16.45, 107.65, 50.0),), {"w": ward}) == {"w": pytest.approx(1.0)}


def test_what_was_typed_comes_back_as_it_was_typed() -> None:
    typed = "16.4,107.5 16.4,107.6 16.5,107.6\n16.46,107.59 2.5\n16.3,107.7 0.4"
    found = drawn.from_text(f"\n{typed}\n\n")
    assert [type(one) for one in found] == [Polygon, Circle, Circle]
    assert drawn.to_text(found) == typed
    assert drawn.from_text(SQUARE) == shapes.from_geojson(SQUARE)
    assert drawn.from_text("  \n") == ()


def test_spaces_after_commas_and_what_a_paste_brings_along_are_no_matter() -> None:
    typed = "16.4, 107.5 16.4 ,107.6  16.5 , 107.6\n16.46, 107.59 2.5\r\n"
    assert drawn.to_text(drawn.from_text(typed)) == "16.4,107.5 16.4,107.6 16.5,107.6\n16.46,107.59 2.5"
    assert drawn.from_text(f"\ufeff\n{SQUARE}") == drawn.from_text(SQUARE)
    assert drawn.from_text("\ufeff16.46,107.59 2.5") == (Circle(16.46, 107.59, 2.5),)


RING = "[[1,1],[2,1],[2,2],[1,1]]"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f'{{"type":"Polygon","coordinates":[{RING},{RING}]}}', "shape-hole"),
        (f'{{"type":"MultiPolygon","coordinates":[[{RING}],[{RING},{RING}]]}}', "shape-hole"),
        ('{"type":"Feature","geometry":{"type":"Point","coordinates":[107.5,16.4]}}', "shape-no-area"),
        ('{"type":"LineString","coordinates":[[107.5,16.4],[107.6,16.5]]}', "shape-no-area"),
        ('{"type":"Feature","geometry":null}', "shape-geojson"),
        ("gần chợ Đông Ba", "shape-line"),
        ("16.4;107.5 16.4;107.6 16.5;107.6", "shape-line"),
        ("16.4,107.5,3 16.4,107.6 16.5,107.6", "shape-line"),
        ("16.46,107.59", "shape-small"),
        ("16.46,107.59 0", "shape-radius"),
        ("16.46,107.59 nan", "shape-radius"),
        ("16.4,107.5 16.5,107.6 500,107.7", "shape-earth"),
        ("16.4,107.5 16.5,999 16.5,107.7", "shape-earth"),
        ("91,107.59 2", "shape-earth"),
        ('{"type": "Polygon", "coordinates": [[[1' + "0" * 400 + ", 1], [2, 2], [3, 1]]]}", "shape-geojson"),
        ("16.4,107.5 16.5,107.6 16.4,107.6 16.5,107.5", "shape-crossed"),
        ("16.46,107.59 1\n" * 11, "shape-many"),
    ],
)
def test_a_line_that_is_no_area_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(BadShape) as refused:
        drawn.from_text(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("{" * 80, 1),
        ("{" * 81, 2),
        ("ạ" * 70, 1),
        ("ạ" * 71, 2),
        ("ạ" * 134, 2),
        ("ạ" * 135, 3),
        ("a" * 100 + "ồ", 2),
        ("à" * 160, 1),
        ("🌊" * 35, 1),
        ("🌊" * 36, 2),
    ],
)
def test_segments_are_counted_as_a_gateway_counts_them(words: str, count: int) -> None:
    assert segments(words) == count


def test_a_good_bulletin_raises_no_warning() -> None:
    assert warnings(GOOD, REACH) == ()


def test_each_warning_comes_from_its_cause() -> None:
    mild = {"vi-VN": replace(GOOD.texts["vi-VN"], instruction="Nước sông cao.")}
    long = {"vi-VN": replace(GOOD.texts["vi-VN"], instruction="Không qua ngầm tràn. " * 8)}
    assert warnings(GOOD, replace(REACH, people=0)) == (Warn.NOBODY,)
    assert (
        warnings(replace(GOOD, wards=()), replace(REACH, wards=(), people=0)) == ()
    )  # a draft that names no place yet
    assert warnings(GOOD, replace(REACH, wards=tuple("x" * n for n in range(21)))) == (Warn.MOST_OF_THE_CITY,)
    assert warnings(GOOD, replace(REACH, people=51)) == (Warn.MOST_OF_THE_CITY,)
    assert warnings(GOOD, replace(REACH, people=50)) == ()
    few = replace(REACH, wards=tuple("x" * n for n in range(21)), people=99, area_km2=90, citizens=1_000_000)
    assert warnings(GOOD, replace(few, residents=500_000)) == ()
    most = replace(REACH, citizens=1_000_000, residents=500_100)
    assert warnings(GOOD, most) == (Warn.MOST_OF_THE_CITY,)
    assert most.shares == {"people": 50, "wards": 2, "area": 1}
    assert warnings(replace(GOOD, texts=mild), REACH) == (Warn.NO_ACTION,)
    assert warnings(replace(GOOD, texts=long), REACH) == (Warn.LONG_MESSAGE,)


ACTS = (
    "Rời nhà ở vùng trũng ngay.",
    "Ra khỏi nhà ngay.",
    "Đến nơi trú gần nhất.",
    "Cắt điện.",
    "Lên tầng cao.",
    "Báo cho hàng xóm.",
    "Người dân ven sông phải rời nhà trước 18 giờ.",
    "Bà con ngắt cầu dao điện.",
    "Hãy ở trong nhà!",
    "Đừng ra biển",
    "Khi có lệnh thì sơ tán ngay.",
    "Cần cứu, gọi 112.",
    unicodedata.normalize("NFD", "Đóng chặt cửa."),
)
ONLY_TELLS = (
    "Bão đang lên.",
    "Nước lên nhanh.",
    "Bão.",
    "Nước sông cao, lên nhanh.",
    "Bão di chuyển về phía tây.",
    "Tình hình liên quan đến nước.",
    "Mưa to.",
    "",
)


def warned(instruction: str) -> tuple[Warn, ...]:
    texts = {"vi-VN": Text(headline="A", description="B", instruction=instruction)}
    return warnings(replace(GOOD, texts=texts), REACH)


@pytest.mark.parametrize("said", ACTS)
def test_what_people_should_do_is_known_as_such(said: str) -> None:
    assert warned(said) == ()


@pytest.mark.parametrize("said", ONLY_TELLS)
def test_what_happens_is_not_taken_for_what_to_do(said: str) -> None:
    assert warned(said) == (Warn.NO_ACTION,)


def test_every_sentence_of_the_citys_own_words_that_begins_an_alert_tells_what_to_do() -> None:
    for template in city.document("alert_templates.toml").values():
        for code, words in template["texts"].items():
            texts = {code: Text(headline="A", description="B", instruction=words["instruction"])}
            assert Warn.NO_ACTION not in warnings(replace(GOOD, texts=texts), REACH)
