"""Danger comes first: whoever writes is told whom to ring, by every way in, and no word keeps such a report out."""

import pytest
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import the_city
from hues.functions.field_reports.tests.lettering import (
    QUEUE,
    TOLD,
    a_waiting_letter,
    at_desk,
    number_in,
    sender,
)
from hues.kernel.agencies import testing as cast
from hues.kernel.delivery.queries import inbox
from hues.kernel.journal.testing import drain
from hues.kit import clock

pytestmark = pytest.mark.django_db
CALL, NEAR = "/ops/field_reports/", "/ops/field_reports/near/"
RING, HAVE_THEM_RING = 'href="tel:114"', "Hãy bảo họ gọi ngay số này trước."
SWORN = "Đồ ngu, dây điện đứt nằm giữa đường mà không ai đến!"
CALLED = {"key": "0c6a3d52-6b0e-4b44-9df3-0d0d6ad7b4a2", "channel": "phone", "phone": "0905 123 456", "follow": "on"}


@pytest.fixture
def desk() -> Client:
    the_city()
    return at_desk(cast.operator())


@pytest.mark.parametrize("near", [NEAR, "letter"])
def test_an_operator_is_told_as_soon_as_the_category_is_chosen_or_the_words_speak_of_it(
    desk: Client, near: str
) -> None:
    near = near if near == NEAR else f"{QUEUE}{a_waiting_letter()}/near/"
    chosen = desk.post(near, {"category": "power-danger"}).content.decode()
    assert HAVE_THEM_RING in chosen
    assert RING in chosen
    spoken = desk.post(near, {"text": "Dây điện đứt nằm trên đường"}).content.decode()
    assert RING in spoken
    for harmless in ({"category": "roads-pothole"}, {"category": "roads-pothole", "text": "dây điện"}, {}):
        assert HAVE_THEM_RING not in desk.post(near, harmless).content.decode()


def test_the_pages_of_a_call_and_a_letter_say_so_without_a_script(desk: Client) -> None:
    typed = {**CALLED, "category": "power-danger", "text": "", "pick": "power-danger"}
    assert HAVE_THEM_RING in desk.post(CALL, typed).content.decode()
    letter = a_waiting_letter(text="Dây điện đứt nằm trên đường")
    assert HAVE_THEM_RING in desk.get(f"{QUEUE}{letter}/").content.decode()


def test_whoever_writes_a_letter_is_told_at_once_whom_to_ring() -> None:
    the_city()
    a_waiting_letter(text=SWORN)
    drain()
    (told,) = [card for card in inbox(sender()).rows if card.reason.startswith("letters:")]
    assert "hãy gọi ngay: 112, 113, 114, 115." in told.body["vi"]
    assert "ring first: 112, 113, 114, 115." in told.body["en"]


def test_no_word_keeps_an_emergency_out_by_phone_or_letter(desk: Client) -> None:
    about = {"category": "power-danger", "text": SWORN, "address": "12 Lê Lợi", "ward": "19753"}
    letter = a_waiting_letter(text=SWORN)
    numbers = [number_in(desk.post(CALL, CALLED | about)), number_in(desk.post(f"{QUEUE}{letter}/", TOLD | about))]
    for number in numbers:
        case = queries.ops_case(cast.operator(), number, at=clock.now())
        assert (case.state, case.look, case.text) == (State.RECEIVED, "", SWORN)  # an operator has read it
        agency = queries.suggested_agency("report", case.category, case.ward_code)
        assert agency is not None
        sent = {"pick": f"{number}.{case.version}", "sure": "1", "agency_id": "", "note": ""}
        assert desk.post("/ops/together/accept/", sent).status_code == 303
        assert queries.ops_case(cast.operator(), number, at=clock.now()).state == State.ASSIGNED
    page = at_desk(sender()).get(f"/f/field_reports/{numbers[1]}/").content.decode()
    assert SWORN in page


def test_no_word_keeps_an_emergency_out_that_waited_for_a_network() -> None:
    the_city()
    said = {"category": "power-danger", "text": SWORN, "lat": "16.4698", "lng": "107.5776", "source": "gps"}
    headers = {"accept": "application/json", "idempotency-key": "0c6a3d52-6b0e-4b44-9df3-0d0d6ad7b4a3"}
    eve = at_desk(cast.eve())
    answer = eve.post("/f/field_reports/new/offline/send/", said, headers=headers)
    assert answer.status_code == 201, answer.content.decode()
    number = answer.json()["number"]
    case = queries.ops_case(cast.operator(), number, at=clock.now())
    assert (case.state, case.look, case.text) == (State.RECEIVED, "words", SWORN)
    assert RING in eve.get(f"/f/field_reports/{number}/").content.decode()
    assert 'data-ring="114"' in eve.get("/f/field_reports/new/offline/").content.decode()
    desk = at_desk(cast.operator())
    sent = {"pick": f"{number}.{case.version}", "sure": "1", "agency_id": "", "note": ""}
    assert desk.post("/ops/together/accept/", sent).status_code == 303  # marked for its words, it is not held up
    assert queries.ops_case(cast.operator(), number, at=clock.now()).state == State.ASSIGNED
