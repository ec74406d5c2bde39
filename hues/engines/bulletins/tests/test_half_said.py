"""An update that changes one language and leaves another as it was is told to its approver."""

from dataclasses import replace

import pytest

from hues.engines.bulletins.queries import desk_notice
from hues.engines.bulletins.rules.notice_warnings import notice_warnings
from hues.engines.bulletins.rules.notices import NoticeText
from hues.engines.bulletins.rules.warnings import Reach, Warn, warnings
from hues.engines.bulletins.testing import MONDAY, NOTICE_TEXTS, notice_words, published_notice, updated_notice, words
from hues.engines.bulletins.tests.issuing import LATER
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db
REACH = Reach(wards=("19753",), people=5, accounts=100, area_km2=1, city_km2=100, all_wards=40)


def test_of_an_alert() -> None:
    then = words(at=MONDAY)
    vi = replace(then.texts["vi-VN"], headline="Lũ lên báo động 3")
    both = {code: replace(text, headline=f"{text.headline}!") for code, text in then.texts.items()}
    assert Warn.ONE_LANGUAGE in warnings(replace(then, texts={**then.texts, "vi-VN": vi}), REACH, then)
    en = replace(then.texts["en-US"], instruction="Stay inside.")
    assert Warn.ONE_LANGUAGE in warnings(replace(then, texts={"vi-VN": vi, "en-US": en}), REACH, then)
    for now, before in (
        (then, then),
        (replace(then, texts=both), then),
        (replace(then, texts={**then.texts, "vi-VN": vi}), None),
        (replace(then, wards=()), then),
    ):
        assert Warn.ONE_LANGUAGE not in warnings(now, REACH, before)


def test_of_a_notice_on_its_page() -> None:
    first = published_notice()
    vi = NoticeText(title="Cúp điện ở Phú Xuân", body="Cúp điện từ 8 giờ, sớm hơn dự kiến.")
    now = notice_words(texts={**NOTICE_TEXTS, "vi": vi})
    update = updated_notice(first, now, at=LATER)
    assert Warn.ONE_LANGUAGE in desk_notice(cast.alert_approver(), update.id).warnings
    assert Warn.ONE_LANGUAGE not in first.warnings
    assert Warn.ONE_LANGUAGE not in notice_warnings(now, REACH)
