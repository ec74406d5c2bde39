"""Lists of desks and citizens load photos as the squares that they show."""

from typing import Any

import pytest

from hues.engines.cases.testing import a_case
from hues.kernel.agencies import testing as cast
from hues.kernel.media.testing import a_photo
from hues.kit import clock
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db


def test_lists_of_desks_and_citizens_ask_for_it() -> None:
    lan = cast.lan()
    photo = a_photo(by=lan.person_id, at=clock.now()).id
    a_case(by=lan, photos=(photo,), at=clock.now())
    for asker, address in ((cast.operator(), "/ops/?tab=all"), (lan, "/f/field_reports/mine/")):
        browser = at_desk(asker)
        (src,) = [
            part.split('"')[0] for part in text_of(browser.get(address)).split('src="')[1:] if "/media/" in part[:9]
        ]
        answer: Any = browser.get(src)
        assert "-tiny.webp" in answer["Content-Disposition"]
