"""Previews name languages and ways in the reader's words."""

import pytest

from hues.engines.bulletins.testing import submitted, submitted_notice, words
from hues.functions.alerts.tests.desk import at_desk
from hues.kernel.agencies import testing as cast
from hues.kit import clock

pytestmark = pytest.mark.django_db


def test_an_alert_before_approval_names_its_languages_and_the_text_message_in_words() -> None:
    waiting = submitted(words(at=clock.now()), at=clock.now())
    approver = at_desk(cast.alert_approver())
    vietnamese = approver.get(f"/ops/alerts/{waiting.id}/").content.decode()
    english = approver.get(f"/en/ops/alerts/{waiting.id}/").content.decode()
    assert "Tiếng Việt · " in vietnamese
    assert "Vietnamese · " in english
    for page in (vietnamese, english):
        assert "vi-VN · " not in page
        assert ">SMS<" not in page


def test_a_notice_before_approval_says_e_mail_in_the_readers_language() -> None:
    waiting = submitted_notice()
    approver = at_desk(cast.alert_approver())
    assert "Hue-S · thư điện tử" in approver.get(f"/ops/notices/{waiting.id}/").content.decode()
    assert "Hue-S · e-mail" in approver.get(f"/en/ops/notices/{waiting.id}/").content.decode()
