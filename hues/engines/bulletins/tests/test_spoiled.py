"""What is half spoiled, or pressed twice, does no harm to the rest."""

import pytest

from hues.engines.bulletins import actions
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.rules.states import State
from hues.engines.bulletins.testing import MONDAY, issued, received, words
from hues.engines.bulletins.tests.receiving import REFERS, issued_from
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db
GOOD = REFERS["references"]


@pytest.mark.parametrize("bad", ["met@example,X,yesterday", "met@example,X,2026-03-02T08:00:00", "rubbish", "a,b"])
@pytest.mark.parametrize("first", [True, False])
def test_a_bad_reference_does_not_keep_a_cancellation_from_what_it_cancels(bad: str, first: bool) -> None:  # noqa: FBT001
    alert = issued_from(received())
    references = f"{bad} {GOOD}" if first else f"{GOOD} {bad}"
    card = received(identifier="MET-2", msg_type="Cancel", references=references)
    assert (card.outcome, card.bulletin, card.reason) == ("marked", alert.id, "reference")


def test_good_references_say_nothing_of_bad_ones() -> None:
    issued_from(received())
    assert received(identifier="MET-2", msg_type="Cancel", references=GOOD).reason == ""


def test_a_second_press_on_update_finds_the_same_draft_until_it_is_changed() -> None:
    alert, writer, at = issued(words(at=MONDAY), at=MONDAY), cast.alert_writer(), MONDAY
    first, again = (actions.start_update(bulletin_id=alert.id, by=writer, at=at) for _ in range(2))
    assert first == again
    assert Bulletin.objects.filter(follows=alert.id, state=State.DRAFT).count() == 1
    changed = words(at=at, risk=4)
    actions.rewrite(bulletin_id=first.id, content=changed, by=writer, seen=first.version, at=at)
    assert actions.start_update(bulletin_id=alert.id, by=writer, at=at).id != first.id
