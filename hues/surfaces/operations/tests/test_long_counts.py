"""Counts that a browser sends may be of any length: what is none is a page out of date, and nothing is done."""

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.testing import MONDAY, the_city
from hues.kernel import city
from hues.kernel.agencies import testing as cast
from hues.kernel.media import actions as media
from hues.kernel.media import queries as files
from hues.kernel.media.testing import a_recording
from hues.kit import clock
from hues.kit.ids import new_id
from hues.surfaces.desks.testing import at_desk

pytestmark = pytest.mark.django_db
LONG = ("9" * 5000, "²", "-1", "")


@pytest.mark.parametrize("seen", LONG)
def test_a_template_is_neither_removed_nor_restored(seen: str) -> None:
    the_city()
    actions.seed_templates(city.document("answer_templates.toml")["template"], at=MONDAY)
    (card, *_rest) = queries.answer_templates()
    leader, address = at_desk(cast.duty_leader()), f"/ops/templates/{card.id}/"
    assert leader.post(f"{address}remove/", {"seen": seen}).status_code == 303
    assert card in queries.answer_templates()
    actions.remove_template(card.id, seen=card.version, by=cast.admin(), at=MONDAY)
    assert leader.post(f"{address}restore/", {"seen": seen}).status_code == 303
    assert card.id not in {one.id for one in queries.answer_templates()}


def test_the_whole_of_a_file_is_sent_for_a_part_that_no_file_has(client: Client) -> None:
    card = media.store_clip(a_recording(), by=new_id(), at=clock.now())
    address = files.link_to(card, "clip", clock.now())
    for asked in (f"bytes={'9' * 5000}-", f"bytes=0-{'9' * 5000}", f"bytes=-{'9' * 5000}"):
        assert client.get(address, headers={"Range": asked}).status_code == 200
