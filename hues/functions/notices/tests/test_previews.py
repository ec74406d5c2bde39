"""What an approver sees before: the entry of the feed and the document are what goes out then."""

import re

import feedparser
import pytest
from django.test import Client
from lxml import etree

from hues.engines.bulletins.rules.notice_xml import NAMESPACE
from hues.engines.bulletins.rules.notices import Kind, NoticeText
from hues.engines.bulletins.testing import approved_notice, notice_words, submitted_notice, updated_notice
from hues.functions.notices.tests.desk import LIST, at_desk
from hues.kernel.agencies import testing as cast
from hues.kit import clock

pytestmark = pytest.mark.django_db
RUMOUR = {
    "vi": NoticeText(
        title="Đập Tả Trạch an toàn", rumour="Đập sắp vỡ", body="Mực nước dưới ngưỡng.", source="Công ty thủy điện"
    ),
    "en": NoticeText(
        title="Tả Trạch dam is safe", rumour="The dam will break", body="The level is low.", source="The operator"
    ),
}


def parts(document: bytes) -> dict[str, str]:
    """Return the facts of a document without what only comes with its sending."""
    root = etree.fromstring(document)
    found = {
        f"{one.tag} {block.get('language', '')}": one.text or ""
        for block in root.iter(f"{{{NAMESPACE}}}notice", f"{{{NAMESPACE}}}text")
        for one in block.iterchildren(f"{{{NAMESPACE}}}*")
        if not len(one)
    }
    return {name: words for name, words in found.items() if not re.search(r"}(number|sent) ", name)}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_entry_shown_before_is_the_entry_of_the_feed(language: str) -> None:
    content = notice_words(kind=Kind.CORRECTION, verdict="false", texts=RUMOUR)
    waiting = submitted_notice(content, at=clock.now())
    page = at_desk(cast.alert_approver()).get(f"/ops/notices/{waiting.id}/").content.decode()
    approved_notice(waiting.id, at=clock.now())
    prefix = "" if language == "vi" else f"/{language}"
    (entry,) = feedparser.parse(Client().get(f"{prefix}{LIST}feed.rss").content).entries
    assert RUMOUR[language].rumour in entry.description
    assert f">{entry.title}<" in page
    assert f'<p class="phone-words">{entry.description}</p>' in page
    assert f"RSS · {entry.tags[0].term}" in page


def test_the_document_shown_before_is_what_is_signed_then() -> None:
    first = submitted_notice(at=clock.now())
    desk = at_desk(cast.alert_approver())
    before = desk.get(f"/ops/notices/{first.id}/message.xml")
    assert before.headers["Content-Type"] == "application/xml"
    assert b"Signature" not in before.content
    issued = approved_notice(first.id, at=clock.now())
    signed = Client().get(f"{LIST}{issued.number}.xml").content
    assert parts(before.content) == parts(signed)
    update = updated_notice(issued, notice_words(wards=()), at=clock.now())
    shown = parts(desk.get(f"/ops/notices/{update.id}/message.xml").content)
    assert shown[f"{{{NAMESPACE}}}replaces "] == issued.number


def test_a_document_before_it_is_published_is_for_the_desk_alone() -> None:
    waiting = submitted_notice()
    page = f"/ops/notices/{waiting.id}/message.xml"
    assert Client().get(page).status_code in (302, 303, 401, 403)
    assert at_desk(cast.lan()).get(page).status_code == 403
