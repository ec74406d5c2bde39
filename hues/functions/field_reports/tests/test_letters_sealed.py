"""A later letter of who denounced: the desk learns nothing of the report under seal."""

import pytest
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.actions import seal_case
from hues.functions.field_reports.tests.lettering import QUEUE, TOLD, a_waiting_letter, number_in, sender
from hues.kernel.agencies import testing as cast
from hues.kernel.journal.testing import drain
from hues.kit import clock

pytestmark = pytest.mark.django_db


def test_a_report_under_seal_is_none_of_the_senders_at_the_desk(desk: Client) -> None:
    opened = number_in(desk.post(f"{QUEUE}{a_waiting_letter(key='open')}/", TOLD))
    number = number_in(desk.post(f"{QUEUE}{a_waiting_letter(key='opened')}/", TOLD))
    case = queries.ops_case(cast.operator(), number, at=clock.now())
    under = {"outcome": "denunciation", "passed_to": "Thanh tra thành phố", "text": "Đã chuyển Thanh tra."}
    seal_case(case_id=case.id, by=cast.operator(), seen=case.version, at=clock.now(), **under)
    letter = a_waiting_letter(key="again", text="Việc của tôi tới đâu rồi?")
    drain()
    desk.get(QUEUE)  # what was said of taking it in is said there
    page = desk.get(f"{QUEUE}{letter}/").content.decode()
    assert opened in page
    assert number not in page
    assert "Đã chuyển xử lý theo luật" not in page
    pressed = [desk.post(f"{QUEUE}{letter}/{way}/{number}/") for way in ("add", "join")]
    assert [answer.status_code for answer in pressed] == [404, 404]
    assert number in {row.number for row in queries.my_cases(sender(), at=clock.now()).rows}
