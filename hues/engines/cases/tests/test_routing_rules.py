"""Which agency a case goes to."""

from hues.engines.cases.rules.routing import Rule, target

RULES = (
    Rule(category="roads-pothole", road_owner="national", target="roads-agency"),
    Rule(category="lights", wards=frozenset({"19753"}), target="hepco"),
    Rule(category="lights", target="@economy_office"),
    Rule(target="@peoples_committee"),
)


def test_the_first_rule_that_fits_wins() -> None:
    assert target(RULES, path=("lights-out", "lights"), ward="19753") == "hepco"
    assert target(RULES, path=("lights-out", "lights"), ward="19777") == "@economy_office"
    assert target(RULES, path=("roads-pothole", "roads"), ward="1", road_owner="national") == "roads-agency"
    assert target(RULES, path=("roads-pothole", "roads"), ward="1") == "@peoples_committee"


def test_the_office_of_an_unknown_ward_is_nobody() -> None:
    assert target(RULES, path=("trees",), ward="") is None
