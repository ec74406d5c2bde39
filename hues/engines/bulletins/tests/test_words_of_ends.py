"""What we word ourselves keeps what we ask of writers: a cancellation fits two text messages."""

from dataclasses import replace

import pytest

from hues.engines.bulletins import actions
from hues.engines.bulletins.queries import desk_bulletin
from hues.engines.bulletins.rules.content import Text
from hues.engines.bulletins.rules.warnings import Warn, segments, short
from hues.engines.bulletins.testing import issued, words
from hues.engines.bulletins.tests.issuing import LATER
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db
SAID = {
    "vi-VN": Text(
        headline="Bão số 9 đổ bộ vào Huế trong 12 giờ tới", description="Gió cấp 12.", instruction="Ở trong nhà."
    ),
    "en-US": Text(headline="Typhoon 9 hits Huế in 12 hours", description="Force 12.", instruction="Stay indoors."),
}


def test_the_cancellation_of_an_alert_fits_two_text_messages() -> None:
    alert = issued(replace(words(), texts=SAID))
    begun = actions.cancel(bulletin_id=alert.id, by=cast.alert_writer(), at=LATER)
    found = desk_bulletin(cast.alert_approver(), begun.id)
    assert {code: segments(short(text)) for code, text in found.content.texts.items()} == {"vi-VN": 2, "en-US": 2}
    assert Warn.LONG_MESSAGE not in found.warnings
