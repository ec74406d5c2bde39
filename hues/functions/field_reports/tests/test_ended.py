"""What became of an agency, as the public finds it."""

from django.test import Client

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.agencies.actions import changing
from hues.kernel.agencies.checking import Share, Wanted

OFFICE, HEIR = cast.WARD_OFFICE, "kinh-te-kim-long"


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_links_to_an_agency_that_ended_lead_to_who_followed_it() -> None:
    own = f"/f/field_reports/agencies/{OFFICE}/"
    assert "kết thúc hoạt động" not in page(own)
    case = a_case_in(State.PUBLISHED)
    new = Share(code="kinh-te-moi", name={"vi": "Phòng Kinh tế mới", "en": "New office"})
    later = Wanted(ends=(HEIR,), shares=(new,), on=MONDAY.date().replace(year=2027))
    assert changing.plan(wanted=later, at=MONDAY).mistakes == ()
    wanted = Wanted(ends=(OFFICE,), shares=(Share(code=HEIR),), on=MONDAY.date())
    assert changing.plan(wanted=wanted, at=MONDAY).done
    for address in (own, f"/f/field_reports/?agency={OFFICE}"):
        told = page(address)
        assert "Cơ quan này kết thúc hoạt động ngày 02/03/2026" in told
        assert f"/f/field_reports/agencies/{HEIR}/" in told
    assert case.number in page(f"/f/field_reports/?agency={OFFICE}")
    assert case.number not in page(f"/f/field_reports/?agency={HEIR}")
    assert f"/f/field_reports/agencies/{OFFICE}/" in page(f"/f/field_reports/agencies/{HEIR}/")
    # One that is still to begin is not there yet.
    assert Client().get("/f/field_reports/agencies/kinh-te-moi/").status_code == 404
    assert Client().get("/f/field_reports/agencies/gibts-nicht/").status_code == 404
