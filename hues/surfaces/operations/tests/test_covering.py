"""Faces and plates are covered at the centre: drawn, looked at, kept, undone; the original for a purpose only."""

import io
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from PIL import Image

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import MONDAY, Known, a_case, a_proof, routed
from hues.kernel.agencies import testing as cast
from hues.kernel.consent import queries as consent
from hues.kernel.errors import NotAllowed
from hues.kernel.journal import queries as journal
from hues.kernel.journal.testing import drain
from hues.kernel.media import queries as media
from hues.kernel.media.covering import Box
from hues.kernel.media.testing import a_photo
from hues.kit.clock import now
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
LEFT_HALF = {"left": "0", "top": "0", "width": "50", "height": "100"}
WHY = "Công an phường hỏi biển số xe trong ảnh."


def a_report(*, published: bool = False) -> tuple[Known, str]:
    """Return a report with one photo, and the photo's name."""
    lan, minh = cast.lan(), cast.minh()
    photo = a_photo(by=lan.person_id, at=MONDAY).id
    case = routed(a_case(by=lan, photos=(photo,)))
    if published:
        moved = actions.take(case_id=case.id, by=minh, seen=case.version, at=MONDAY)
        moved = actions.answer_case(
            case_id=case.id,
            text="Đã xem.",
            outcome="not_ours",
            proof=a_proof(minh),
            by=minh,
            seen=moved.version,
            at=MONDAY,
        )
        actions.publish(case_id=case.id, by=cast.operator(), seen=moved.version, at=MONDAY)
    return case, str(photo)


def address(case: Known, photo: str, rest: str = "") -> str:
    return f"/ops/{case.number}/photos/{photo}/{rest}"


def left_of(answer: Any) -> int:
    """Return how bright the left half of the sent picture is."""
    content = b"".join(answer) if answer.streaming else answer.content
    image = Image.open(io.BytesIO(content)).convert("RGB")
    return max(image.getpixel((image.width // 4, image.height // 2)))  # type: ignore[arg-type]


def test_the_result_is_seen_before_it_is_kept_and_kept_everywhere(thao: Client) -> None:
    case, photo = a_report(published=True)
    old = f"/media/p/{photo}/full.jpg"
    assert left_of(Client().get(old)) > 100
    drawn = urlencode(LEFT_HALF)
    page = text_of(thao.get(address(case, photo) + f"?look=1&{drawn}"))
    assert f"look.jpg?{urlencode({'left': 0.0, 'top': 0.0, 'width': 50.0, 'height': 100.0})}" in page.replace(
        "&amp;", "&"
    )
    assert left_of(thao.get(address(case, photo, f"look.jpg?{drawn}"))) < 20
    assert left_of(Client().get(old)) > 100
    kept = thao.post(address(case, photo), LEFT_HALF)
    assert kept.status_code == 302
    assert left_of(Client().get(old)) < 20
    link = media.link(queries.public_case(case.number, at=now()).photos[0].photo_id, "full", now())
    assert link != old
    assert left_of(Client().get(link)) < 20
    assert link in text_of(Client().get(f"/f/field_reports/{case.number}/"))


def test_what_is_covered_stands_in_the_history_for_staff_only(thao: Client) -> None:
    case, photo = a_report(published=True)
    thao.post(address(case, photo), LEFT_HALF)
    assert queries.ops_case(cast.operator(), case.number, at=now()).timeline[-1].verb == Verb.COVER
    assert Verb.COVER not in [step.verb for step in queries.my_case(cast.lan(), case.number, at=now()).timeline]
    assert Verb.COVER not in [step.verb for step in queries.public_case(case.number, at=now()).timeline]


def test_home_is_drawn_anew_when_a_photo_is_covered(thao: Client) -> None:
    case, photo = a_report(published=True)
    drain()
    thao.post(address(case, photo), LEFT_HALF)
    drain()
    home = text_of(Client().get("/"))
    shown = media.link(queries.public_case(case.number, at=now()).photos[0].photo_id, "tiny", now())
    assert shown in home.replace("&amp;", "&")


@pytest.mark.parametrize(
    "boxes",
    [{}, {**LEFT_HALF, "left": "120"}, {**LEFT_HALF, "width": "0"}, {**LEFT_HALF, "top": "nhiều"}],
    ids=["none", "outside", "flat", "no number"],
)
def test_boxes_that_cover_nothing_are_refused(thao: Client, boxes: dict[str, str]) -> None:
    case, photo = a_report()
    refused = thao.post(address(case, photo), boxes)
    assert refused.status_code == 422
    assert 'role="alert"' in text_of(refused)
    assert not media.covered([queries.ops_case(cast.operator(), case.number, at=now()).photos[0].photo_id])


def test_the_original_is_seen_for_a_purpose_that_the_reporter_reads(thao: Client) -> None:
    case, photo = a_report()
    thao.post(address(case, photo), LEFT_HALF)
    refused = thao.post(address(case, photo, "original/"), {"purpose": "xem"})
    assert refused.status_code == 422
    lan = cast.lan()
    assert lan.person_id is not None
    assert list(consent.accesses_of(lan.person_id)) == []
    page = text_of(thao.post(address(case, photo, "original/"), {"purpose": WHY}))
    link = "/media/s/" + page.split('class="whole" src="/media/s/')[1].split('"')[0]
    assert left_of(Client().get(link)) > 100
    assert [looked.purpose for looked in consent.accesses_of(lan.person_id)] == [WHY]
    assert "cases.original.seen" in [entry.event for entry in journal.entries_about(case.id)]


def test_it_is_undone_with_a_reason(thao: Client) -> None:
    case, photo = a_report(published=True)
    thao.post(address(case, photo), LEFT_HALF)
    assert thao.post(address(case, photo, "uncover/"), {"reason": ""}).status_code == 422
    assert left_of(Client().get(f"/media/p/{photo}/full.jpg")) < 20
    assert thao.post(address(case, photo, "uncover/"), {"reason": "Che nhầm biển báo."}).status_code == 302
    assert left_of(Client().get(f"/media/p/{photo}/full.jpg")) > 100
    step = queries.ops_case(cast.operator(), case.number, at=now()).timeline[-1]
    assert (step.verb, step.internal) == (Verb.UNCOVER, "Che nhầm biển báo.")


def test_a_photo_of_another_case_is_not_covered_from_here(thao: Client) -> None:
    (case, _), (_, other) = a_report(), a_report()
    assert thao.get(address(case, other)).status_code == 404
    assert thao.post(address(case, other), LEFT_HALF).status_code == 404
    assert thao.get(address(case, other, "look.jpg?left=0&top=0&width=9&height=9")).status_code == 404
    assert queries.ops_case(cast.operator(), case.number, at=now()).state == State.ASSIGNED


@pytest.mark.parametrize("rest", ["", "look.jpg", "original/", "uncover/"])
def test_an_agency_covers_and_uncovers_nothing(rest: str) -> None:
    case, photo = a_report()
    browser = at_desk(cast.minh())
    assert browser.post(address(case, photo, rest), LEFT_HALF | {"purpose": WHY, "reason": WHY}).status_code in (
        403,
        405,
    )
    assert "/photos/" not in text_of(browser.get(f"/desk/{case.number}/"))
    with pytest.raises(NotAllowed):
        photo_id = queries.ops_case(cast.operator(), case.number, at=now()).photos[0].photo_id
        box = Box(left=0, top=0, width=9, height=9)
        actions.cover_photo(case_id=case.id, photo_id=photo_id, boxes=[box], by=cast.minh(), at=now())
