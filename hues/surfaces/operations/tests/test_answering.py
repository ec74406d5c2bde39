"""The centre keeps the city's words for answers."""

import pytest
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.testing import the_city
from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in

pytestmark = pytest.mark.django_db
LIST = "/ops/templates/"
SAID = {
    "title": "Đã sửa đèn",
    "category": "lights-out",
    "outcome": "fixed",
    "text_vi": "Đèn tại {street} đã sáng.",
    "text_en": "",
    "slots": "street* | Đoạn đường | Street | text",
}


def client_of(asker: Asker) -> Client:
    the_city()
    client = Client()
    sign_in(client, asker)
    return client


def test_a_duty_leader_writes_changes_and_removes_one() -> None:
    client = client_of(cast.duty_leader())
    assert client.post(f"{LIST}new/", SAID).status_code == 303
    assert "Đã thêm và ghi vào nhật ký." in client.get(LIST).content.decode()
    (card,) = queries.answer_templates()
    assert card.template.slots[0].required
    page = client.get(f"{LIST}{card.id}/").content.decode()
    assert "street* | Đoạn đường | Street | text" in page
    again = client.post(f"{LIST}{card.id}/", SAID | {"title": "Đã thay bóng", "seen": card.version})
    assert again.status_code == 303
    stale = client.post(f"{LIST}{card.id}/", SAID | {"title": "Khác", "seen": card.version})
    assert stale.status_code == 422
    assert "Khác" in stale.content.decode()
    assert "Đã thay bóng" in client.get(LIST).content.decode()
    assert client.post(f"{LIST}{card.id}/remove/", {"seen": 2}).status_code == 303
    assert queries.answer_templates() == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"slots": "street"},
        {"slots": ""},
        {"text_vi": "Không có ô."},
        {"outcome": "spam"},
        {"category": "nowhere"},
    ],
)
def test_what_does_not_fit_is_said_and_kept(wrong: dict[str, str]) -> None:
    page = client_of(cast.admin()).post(f"{LIST}new/", SAID | wrong)
    assert page.status_code == 422
    assert (SAID | wrong)["text_vi"] in page.content.decode()
    assert queries.answer_templates() == ()


def test_an_operator_reads_them_and_changes_none() -> None:
    client_of(cast.duty_leader()).post(f"{LIST}new/", SAID)
    operator = client_of(cast.operator())
    page = operator.get(LIST).content.decode()
    assert "Đèn tại [Đoạn đường] đã sáng." in page
    assert "{street}" not in page
    assert f"{LIST}new/" not in page
    assert operator.post(f"{LIST}new/", SAID).status_code == 403


def test_the_fields_that_do_not_fit_are_named() -> None:
    client = client_of(cast.admin())
    lacking = client.post(f"{LIST}new/", SAID | {"text_vi": "Đã sửa."}).content.decode()
    assert "Các ô này có trong danh mục nhưng chưa có trong câu chữ: {street}." in lacking
    unknown = client.post(f"{LIST}new/", SAID | {"text_vi": "{street}, {ward}, {day}"}).content.decode()
    assert "Các ô này có trong câu chữ nhưng chưa có trong danh mục: {ward}, {day}." in unknown
    assert "{braces}" not in lacking + unknown
