"""Notices are found by their words or their number from the search of Home."""

from datetime import timedelta

import pytest
from django.test import Client

from hues.engines.bulletins.testing import published_notice, withdrawn
from hues.kit import clock

pytestmark = pytest.mark.django_db


def looked_for(words: str) -> str:
    page: str = Client().get("/search/", {"q": words}).content.decode()
    return page.partition('id="q"')[2]


def test_a_notice_that_holds_is_found_by_its_words_and_any_by_its_number() -> None:
    notice = published_notice(at=clock.now() - timedelta(hours=1))
    link = f'href="/f/notices/{notice.number}/"'
    for typed in ("cup dien", "TRẠM BIẾN ÁP", notice.number, notice.number.lower()):
        assert link in looked_for(typed)
    assert link not in looked_for("cup nuoc")
    withdrawn(notice, at=clock.now())
    assert link not in looked_for("cup dien")
    assert link in looked_for(notice.number)
