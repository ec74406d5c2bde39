"""A notice with gaps of its template is kept as a draft, and its page says so for as long as they are there."""

from typing import Any

import pytest
from django.test import Client
from lxml import html

from hues.functions.notices.tests.desk import NEW, at_desk, seen, written
from hues.kernel.agencies import testing as cast
from hues.kernel.areas.testing import the_wards

pytestmark = pytest.mark.django_db
BOX = "Đã lưu nháp. Trước khi gửi duyệt cần:"
GAP = "Hãy điền những chỗ mẫu còn để trống"


@pytest.fixture
def writer(db: None) -> Client:
    """Return the browser of a writer."""
    the_wards()
    return at_desk(cast.alert_writer())


def _begun(browser: Client) -> dict[str, object]:
    """Return what the form of the template holds, as it stands."""
    page: Any = html.fromstring(browser.get(f"{NEW}?template=power-cut").content.decode())
    (form,) = [one for one in page.forms if "body_vi" in one.fields]
    return {name: form.fields[name] for name in form.fields if name.startswith(("title_", "body_"))}


def test_gaps_left_in_are_told_once_at_their_fields_in_a_box_that_stays(writer: Client) -> None:
    begun = _begun(writer)
    gaps = [name for name, words in begun.items() if "[…]" in str(words)]
    assert len(gaps) >= 2
    sent = writer.post(NEW, written(**begun, submit="1"))
    assert sent.status_code == 303
    for _look in range(2):
        page = writer.get(sent.headers["Location"]).content.decode()
        assert page.count(BOX) == 1
        assert page.count(GAP) == len(gaps)
        for name in gaps:
            assert page.count(f"edit/#id_{name}") == 1
        assert 'class="toast"' not in page
    again = writer.post(f"{sent.headers['Location']}submit/", {"seen": seen(writer, sent.headers["Location"])})
    assert again.status_code == 422
    assert (again.content.decode().count(BOX), again.content.decode().count(GAP)) == (1, len(gaps))


def test_the_box_goes_with_the_last_gap(writer: Client) -> None:
    sent = writer.post(NEW, written(submit="1"))
    page = writer.get(sent.headers["Location"]).content.decode()
    assert BOX not in page
    assert "Chờ duyệt" in page


def test_the_gaps_are_told_where_one_submits_too(writer: Client) -> None:
    sent = writer.post(NEW, written(**_begun(writer), submit="1"))
    page: Any = html.fromstring(writer.get(sent.headers["Location"]).content.decode())
    (beside,) = page.xpath('//a[@href="#lacks"]')
    assert page.xpath('//*[@id="lacks"]')
    told = writer.get(f"{sent.headers['Location']}edit/").content.decode()
    form: Any = html.fromstring(told)
    links = form.xpath('//form//a[starts-with(@href, "#id_")]')
    assert beside.text_content() == f"Còn thiếu {len(links)} mục trước khi gửi duyệt được"
    assert len(links) == told.count(GAP)
    for link in links:
        assert form.xpath(f'//*[@id="{link.get("href")[1:]}"]')
    assert told.index(BOX) < told.index('name="submit"')
