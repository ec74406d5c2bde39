"""The city's templates do not warn of their own words, once what they leave open is filled in."""

from dataclasses import replace

import pytest

from hues.engines.bulletins.rules.content import Content, Text
from hues.engines.bulletins.rules.warnings import Reach, warnings
from hues.functions.alerts import beginnings
from hues.kernel.city import document
from hues.kit import clock

TEMPLATES = document("alert_templates.toml")
REACH = Reach(wards=("1",), people=10, accounts=100, area_km2=1, city_km2=100, all_wards=40)
FILLED = "Thừa Lưu"  # as long as the name of a river or a day and its hour


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_filled_in_fits_two_text_messages_and_tells_what_to_do(name: str) -> None:
    found = TEMPLATES[name]
    texts = {
        code: Text(**{part: words.replace("[…]", FILLED) for part, words in said.items()})
        for code, said in found["texts"].items()
    }
    content = Content(event=found["event"], risk=found["risk"], texts=texts, wards=("1",), expires_at=clock.now())
    assert warnings(content, REACH) == ()
    assert warnings(replace(content, texts={"vi": replace(texts["vi"], instruction="Không đi. " * 20)}), REACH)


def test_a_flood_above_alarm_two_begins_at_the_level_of_the_demo() -> None:
    assert beginnings.start("flood-2")["risk"] == "2"
    assert beginnings.start("flood-3")["risk"] == "4"
