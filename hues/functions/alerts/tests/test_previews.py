"""Previews name languages and ways in the reader's words, and show what changes in every language."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hues.engines.bulletins import actions
from hues.engines.bulletins.testing import TEXTS, issued, submitted, submitted_notice, words
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


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_approver_sees_what_an_update_changes_in_the_language_that_they_do_not_read(prefix: str) -> None:
    at, writer = clock.now() - timedelta(hours=1), cast.alert_writer()
    begun = actions.start_update(bulletin_id=issued(words(at=at), at=at).id, by=writer, at=at)
    vi = replace(TEXTS["vi-VN"], instruction="Hãy ở yên trong nhà.")
    en = replace(TEXTS["en-US"], headline="Do not evacuate")
    said = replace(words(at=at), texts={"vi-VN": vi, "en-US": en})
    begun = actions.rewrite(bulletin_id=begun.id, content=said, by=writer, seen=begun.version, at=at)
    actions.submit(bulletin_id=begun.id, by=writer, seen=begun.version, at=at)
    page = at_desk(cast.alert_approver()).get(f"{prefix}/ops/alerts/{begun.id}/").content.decode()
    changes = page.partition("<h2>What changes</h2>" if prefix else "<h2>Thay đổi</h2>")[2].partition("</section>")[0]
    assert "(vi)</dt>" in changes
    assert "(en)</dt>" in changes
    assert "<ins>" in changes.partition("(vi)</dt>")[2].partition("</dd>")[0]
    assert "evacuate" in changes.partition("(en)</dt>")[2].partition("</dd>")[0]
