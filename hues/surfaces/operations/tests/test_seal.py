"""Who reported stays sealed until an operator opens it for a purpose."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hues.engines.cases import queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import testing as cast
from hues.kit.clock import now
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db


def test_the_reporter_is_on_no_page_until_the_seal_is_opened(thao: Client) -> None:
    case, lan = a_case_in(State.ANSWERED), cast.lan()
    addresses = ("/ops/?tab=all", f"/ops/{case.number}/", f"/ops/{case.number}/reporter/", "/ops/wall/")
    for page in (text_of(thao.get(address)) for address in addresses):
        assert lan.name not in page
        assert "901000001" not in page.replace(" ", "")
        assert str(lan.person_id) not in page


def test_the_seal_is_opened_with_a_purpose_which_the_citizen_reads(thao: Client) -> None:
    case, lan = a_case_in(State.IN_PROGRESS), cast.lan()
    purpose = "Gọi lại để hỏi đúng số nhà."
    page = text_of(thao.post(f"/ops/{case.number}/reporter/", {"purpose": purpose}))
    assert lan.name in page
    assert "0901000001" in page.replace(" ", "")
    assert [access.purpose for access in queries.my_case(lan, case.number, at=now()).accesses] == [purpose]


def test_without_a_purpose_the_seal_stays(thao: Client) -> None:
    case, lan = a_case_in(State.IN_PROGRESS), cast.lan()
    refused = thao.post(f"/ops/{case.number}/reporter/", {"purpose": "gọi"})
    assert refused.status_code == 422
    assert lan.name not in text_of(refused)


@pytest.mark.parametrize("asker", [cast.minh, cast.leader, cast.auditor, cast.admin])
def test_only_operators_open_a_seal(asker: Callable[[], Any]) -> None:
    case = a_case_in(State.IN_PROGRESS)
    address = f"/ops/{case.number}/reporter/"
    assert at_desk(asker()).post(address, {"purpose": "Tôi muốn biết là ai."}).status_code == 403


def test_the_page_of_an_opened_seal_is_never_kept(thao: Client) -> None:
    case = a_case_in(State.IN_PROGRESS)
    page = thao.post(f"/ops/{case.number}/reporter/", {"purpose": "Gọi lại để hỏi đúng số nhà."})
    assert "no-store" in page.headers["Cache-Control"]
