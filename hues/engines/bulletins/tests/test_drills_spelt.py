"""No other spelling, key, topic or link that names a drill tells it as an alert; alerts and notices are told still."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.rules.numbers import told_as
from hues.engines.bulletins.testing import issued, words
from hues.engines.bulletins.tests.issuing import refused
from hues.engines.bulletins.tests.test_drills import TOLD, told
from hues.kernel.delivery.testing.told import ends_told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "spelt",
    [
        str.upper,
        lambda key: f" {key}",
        lambda key: key.replace("bulletins.alert:", "warning:"),
        lambda key: key.partition(":")[2].lower().replace("-", ""),
    ],
)
def test_the_identifier_of_a_drill_is_known_however_it_is_spelt(spelt: Callable[[str], str]) -> None:
    name = spelt(told_as(issued(words(training=True)).identifier))
    assert "told as the bulletin" in told(name, "x", training=False)
    assert "told as the bulletin" in told("any:name", name, training=False)


@pytest.mark.parametrize("spelt", [str.upper, lambda chain: chain.replace("-", ""), lambda chain: f"{{{chain}}}"])
def test_the_story_of_a_drill_is_known_however_it_is_spelt(spelt: Callable[[str], str]) -> None:
    chain = spelt(str(Bulletin.objects.get(pk=issued(words(training=True)).id).chain))
    assert "told as the bulletins" in told("any:name", chain, training=False)
    assert "told as the bulletins" in told(chain, "x", training=False)


def test_a_link_to_a_drill_is_none_of_an_alert() -> None:
    drill = issued(words(training=True))
    linked = TOLD.replace("'/x/', %s", f"'/f/alerts/{drill.identifier}/', false")
    assert "told as the bulletins" in refused(linked, uuid4(), "a", "b")


def test_real_alerts_are_told_beside_drills_and_never_as_one() -> None:
    issued(words(training=True))
    alert = issued(words())
    chain = str(Bulletin.objects.get(pk=alert.id).chain)
    assert "told as the bulletin" in told("any:name", chain.upper(), training=True)
    assert set(ends_told()) <= {told_as(alert.identifier)}
