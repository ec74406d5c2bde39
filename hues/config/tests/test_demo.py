"""The demo's stories leave something to do at whatever hour the city is started."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as present

from hues.config.demo import alerts as demo_alerts
from hues.config.demo import changes as demo_changes
from hues.config.demo import levels as demo_levels
from hues.config.demo import meeting as demo_meeting
from hues.config.demo import notices as demo_notices
from hues.config.demo.loading import stage, with_own_photos
from hues.config.demo.stories import stories
from hues.config.loading import load_city
from hues.engines.bulletins import queries as bulletins
from hues.engines.bulletins.queries.catalogue import alert_settings
from hues.engines.bulletins.rules.states import MsgType, State
from hues.engines.cases.queries import sealed_cards
from hues.engines.cases.rules.workflow import Verb
from hues.functions.alerts.deskpage import line
from hues.functions.storm_flood.board import board
from hues.kernel import city
from hues.kernel.agencies import changes
from hues.kernel.agencies import testing as cast
from hues.kernel.media import actions as media
from hues.kernel.media import queries
from hues.kernel.media.covering import Box
from hues.surfaces.shell.demo_people import load_demo_people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]

FRIDAY = datetime(2026, 11, 27, tzinfo=UTC)


def test_what_is_covered_in_one_report_of_the_demo_is_covered_in_no_other() -> None:
    load_city(at=FRIDAY - timedelta(days=1_000))
    load_demo_people(at=FRIDAY - timedelta(days=1_000))
    told = list(with_own_photos(stories(60, stage(at=FRIDAY, reports=60)), at=FRIDAY))
    shown = [photo for case in told for photo in case.photos]
    shown += [photo for case in told for move in case.moves for photo in move.photos]
    assert len(shown) == len(set(shown)) > 60
    box = Box(left=10, top=10, width=20, height=20)
    media.cover(shown[0], [box], by=None, at=FRIDAY)
    assert queries.covered(shown) == {shown[0]}


def test_every_answer_of_the_demo_shows_a_photo_that_is_not_the_reporters() -> None:
    load_city(at=FRIDAY - timedelta(days=1_000))
    load_demo_people(at=FRIDAY - timedelta(days=1_000))
    told = [(case, move) for case in stories(300, stage(at=FRIDAY, reports=300)) for move in case.moves]
    answers = [(case, move) for case, move in told if move.verb is Verb.ANSWER]
    assert {move.given.outcome for _, move in answers} >= {"not_ours", "refused", "fixed"}
    assert all(move.photos and not {*move.photos} & {*case.photos} for case, move in answers)


def test_somebody_waits_for_an_operator_at_every_hour_of_a_week() -> None:
    load_city(at=FRIDAY - timedelta(days=1_000))
    load_demo_people(at=FRIDAY - timedelta(days=1_000))
    scene = stage(at=FRIDAY, reports=30)
    for hours in range(0, 7 * 24, 5):
        now = replace(scene, until=FRIDAY + timedelta(hours=hours))
        told = list(stories(30, now))
        assert sum(not case.moves for case in told) >= 3, now.until
        assert all(case.at < now.until for case in told)


def test_the_demo_has_a_change_of_agencies_planned_and_plans_it_once() -> None:
    load_city(at=FRIDAY)
    for days in (0, 1):
        demo_changes.load(at=FRIDAY + timedelta(days=days))
    (planned,) = changes.changes()
    assert planned.is_planned


def test_the_demo_s_rivers_stand_where_its_alert_says_and_its_texts_are_of_their_event() -> None:
    load_city(at=FRIDAY - timedelta(days=1_000))
    load_demo_people(at=FRIDAY - timedelta(days=1_000))
    demo_alerts.load(at=FRIDAY)
    assert demo_levels.load(at=FRIDAY) > 0
    assert demo_levels.load(at=FRIDAY) == 0
    rivers = {one.gauge.code: one for one in board(FRIDAY)}
    assert not any(one.stale for one in rivers.values())
    assert (rivers["kim-long"].alarm, rivers["kim-long"].trend) == (3, "rising")
    rows = bulletins.desk_list(cast.alert_writer()).rows
    assert {line(row)["state"] for row in rows if row.msg_type is MsgType.CANCEL and row.state is State.ISSUED} == {
        "Đã phát tin hủy"
    }
    assert all("Bão" in row.headline["vi"] for row in rows if row.event.name["vi"].startswith("Bão"))


@pytest.fixture
def speaking(settings: Any, tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Let the city speak in other languages."""

    def speak(languages: str) -> None:
        for file in Path(present.HUES.city).iterdir():
            (tmp_path / file.name).symlink_to(file)
        said = (tmp_path / "city.toml").read_text("utf-8")
        (tmp_path / "city.toml").unlink()
        (tmp_path / "city.toml").write_text(said.replace('["vi-VN", "en-US"]', languages), "utf-8")
        settings.HUES = replace(present.HUES, city=tmp_path)
        city.document.cache_clear()
        alert_settings.cache_clear()

    yield speak
    city.document.cache_clear()
    alert_settings.cache_clear()


@pytest.mark.parametrize("languages", ['["vi-VN", "en-US", "fr-FR"]', '["vi-VN"]'])
def test_the_demo_says_its_alerts_and_notices_in_every_language_of_the_city(
    speaking: Callable[[str], None], languages: str
) -> None:
    load_city(at=FRIDAY - timedelta(days=1_000))
    load_demo_people(at=FRIDAY - timedelta(days=1_000))
    speaking(languages)
    demo_alerts.load(at=FRIDAY)
    demo_notices.load(at=FRIDAY)
    said = bulletins.in_force(FRIDAY)[0].texts
    assert list(said) == json.loads(languages)
    assert all(text.headline and text.instruction for text in said.values())
    shown = bulletins.notices(bulletins.NoticeFilters(), at=FRIDAY).rows[0].content.texts
    assert list(shown) == [code[:2] for code in json.loads(languages)]


def test_one_report_of_the_demo_is_passed_on_as_a_complaint_and_only_once() -> None:
    load_city(at=FRIDAY - timedelta(days=1_000))
    load_demo_people(at=FRIDAY - timedelta(days=1_000))
    for hours in (0, 4):
        demo_meeting.load(at=FRIDAY + timedelta(hours=hours))
    (card,) = sealed_cards(cast.operator()).rows
    assert card.outcome == "complaint"
    assert card.may_open


def test_the_demo_s_agencies_keep_promises_in_time_late_and_not_at_all() -> None:
    load_city(at=FRIDAY - timedelta(days=1_000))
    load_demo_people(at=FRIDAY - timedelta(days=1_000))
    found = Counter[str]()
    for case in stories(2000, stage(at=FRIDAY, reports=2000)):
        moves = {move.verb: move for move in case.moves}
        answer = moves.get(Verb.ANSWER)
        if answer is None or answer.given.promise_on is None or answer.given.promise_on >= FRIDAY.date():
            continue
        shown = moves.get(Verb.KEEP_PROMISE)
        word = "in time" if shown and shown.at.date() <= answer.given.promise_on else "late" if shown else "never"
        found[word] += 1
        assert shown is None or shown.at > answer.at
    assert found["in time"] > found["late"] > 0, found
    assert found["never"] > 0, found
