"""A form of the desks with mistakes lists them where a reader begins, and each beside its field."""

import re

import pytest
from django.test import Client

from hues.kernel.agencies import testing as cast
from hues.surfaces.desks.testing import at_desk

pytestmark = pytest.mark.django_db

FORMS = ["/ops/people/", "/ops/agencies/changes/plan/", "/ops/field_reports/keywords/", "/ops/alerts/keys/"]


def page_of(browser: Client, path: str) -> str:
    answer = browser.post(path, {"phone": "12"})
    assert answer.status_code == 422
    return answer.content.decode()


@pytest.mark.parametrize("path", [*FORMS, "/desk/leave/"])
def test_mistakes_are_listed_and_lead_to_their_fields(path: str) -> None:
    who = cast.minh() if path.startswith("/desk/") else cast.admin()
    page = page_of(at_desk(who), path)
    summary = re.search(r'<div class="summary" role="alert" tabindex="-1" data-focus.*?</div>', page, re.DOTALL)
    assert summary
    for name in re.findall(r'href="#([^"]+)"', summary[0]):
        assert f'id="{name}"' in page
    for name, said in re.findall(r'href="#([^"]+)">([^<]+)<', summary[0]):
        for label in re.findall(rf'<label for="{name}">([^<]+)<', page):
            assert said.startswith(f"{label.strip()}: ")
    described = re.findall(
        r'aria-describedby="([^"]+)"[^>]*aria-invalid|aria-invalid[^>]*aria-describedby="([^"]+)"', page
    )
    assert described
    for ids in ("".join(pair).split() for pair in described):
        assert all(f'id="{one}"' in page for one in ids)


def test_two_fields_with_one_sentence_are_told_apart() -> None:
    page = at_desk(cast.alert_writer()).post("/ops/alerts/new/", {"submit": "1"}).content.decode()
    said = re.findall(r'href="#id_(?:event|risk)">([^<]+)<', page)
    assert said == ["Loại thiên tai, sự cố: Chọn một mục.", "Cấp độ rủi ro: Chọn một mục."]
