"""What reporters read of their own words where their number or name was covered."""

import pytest

from hues.engines.cases.testing import a_case
from hues.functions.field_reports.tests.lettering import at_desk
from hues.kernel.agencies import testing as cast
from hues.kit import clock

pytestmark = pytest.mark.django_db


def test_reporters_read_why_their_own_number_is_covered_in_what_they_wrote() -> None:
    told = "số điện thoại hay họ tên của chính bạn"
    browser = at_desk(cast.lan())
    pages = [
        browser.get(f"/f/field_reports/{a_case(text=text, at=clock.now()).number}/").content.decode()
        for text in ("Đèn hỏng, gọi tôi 0901 000 001.", "Đèn hỏng từ tối qua.")
    ]
    assert [told in page for page in pages] == [True, False]
    assert "0901 000 001" not in pages[0].partition('id="said-title"')[2].partition("</section>")[0]
