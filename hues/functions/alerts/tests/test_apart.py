"""At the desk: what may go on with one of ours asks which, and is submitted once that is said."""

import pytest

from hues.engines.bulletins.queries import desk_bulletin
from hues.engines.bulletins.tests.test_changing import FLOOD, RAIN, in_force, said
from hues.functions.alerts.tests.desk import at_desk, seen
from hues.kernel.agencies import testing as cast

pytestmark = pytest.mark.django_db


def test_the_page_asks_what_it_goes_on_with_before_it_can_be_submitted() -> None:
    in_force(*said(FLOOD, identifier="M1", kind="Alert"))
    _told, unsure = said(RAIN)
    page = f"/ops/alerts/{unsure.bulletin}/"
    writer, approver = at_desk(cast.alert_writer()), at_desk(cast.alert_approver())
    refused = writer.post(f"{page}submit/", {"seen": seen(writer, page)})
    assert refused.status_code == 422
    assert "Hãy chọn trước" in refused.content.decode()
    empty = writer.post(f"{page}set-apart/", {"seen": seen(writer, page), "own_because": ""})
    assert empty.status_code == 422
    assert "Hãy nói vì sao" in empty.content.decode()
    form = {"seen": seen(writer, page), "own_because": "Mưa ở vùng khác."}
    assert approver.post(f"{page}set-apart/", form).status_code == 403
    assert writer.post(f"{page}set-apart/", form).status_code == 303
    shown = writer.get(page).content.decode()
    assert "Mưa ở vùng khác." in shown
    assert 'name="own_because"' not in shown
    assert unsure.bulletin
    assert desk_bulletin(cast.alert_writer(), unsure.bulletin).own_because == "Mưa ở vùng khác."
