"""Corrections: each is found at what it speaks of, as long as it holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hues.engines.bulletins import queries
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.queries import NoticeFilters
from hues.engines.bulletins.rules.notices import Kind, NoticeContent
from hues.engines.bulletins.testing import (
    MONDAY,
    NOTICE_TEXTS,
    issued,
    notice_words,
    published_notice,
    submitted_notice,
    updated,
    withdrawn,
    words,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def a_correction(about: str, verdict: str = "false", **other: object) -> NoticeContent:
    told = {language: replace(text, rumour="Đập vỡ", source="Đài") for language, text in NOTICE_TEXTS.items()}
    said = {"kind": Kind.CORRECTION, "verdict": verdict, "about": about, "wards": (), "texts": told, **other}
    return notice_words(**said)


def test_a_correction_is_found_at_the_alert_it_speaks_of_and_at_its_update_as_long_as_it_holds() -> None:
    alert, other = issued(), issued()
    code = Bulletin.objects.get(pk=alert.id).identifier
    said = published_notice(a_correction(code), at=MONDAY + HOUR)
    at = MONDAY + 2 * HOUR
    newer = Bulletin.objects.get(pk=updated(alert, words(at=at), at=at).id).identifier
    for one in (code, newer):
        assert [card.number for card in queries.corrections_about(one, at=at)] == [said.number]
    assert queries.corrections_about(Bulletin.objects.get(pk=other.id).identifier, at=at) == ()
    assert queries.corrections_about("", at=at) == ()
    spoken = queries.spoken_of(code)
    assert spoken
    assert (spoken.title["vi"], spoken.link) == ("Lũ trên sông Hương vượt báo động 2", f"/f/alerts/{code}/")
    assert f"<about>{code}</about>" in queries.signed_notice(said.number)[0].decode()
    withdrawn(said, at=at)
    assert queries.corrections_about(code, at=at) == ()


def test_a_correction_may_speak_of_a_notice_and_is_found_by_its_verdict_and_by_that_number() -> None:
    cut = published_notice()
    for verdict in ("true", "misleading"):
        published_notice(a_correction(cut.number, verdict), at=MONDAY + HOUR)
    at = MONDAY + 2 * HOUR
    assert len(queries.corrections_about(cut.number, at=at)) == 2
    found = queries.notices(NoticeFilters(verdict="true"), at=at).rows
    assert [card.content.verdict for card in found] == ["true"]
    assert len(queries.notices(NoticeFilters(text=cut.number), at=at).rows) == 2
    assert queries.spoken_of("TB-1999-000001") is None


def test_what_is_not_published_is_spoken_of_by_nobody() -> None:
    waiting = submitted_notice()
    assert not waiting.number
    exercise = issued(words(training=True))
    code = Bulletin.objects.get(pk=exercise.id).identifier
    assert queries.spoken_of(code) is None
