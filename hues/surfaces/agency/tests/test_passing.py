"""A link that opens one case for an agency that never signs in."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import Side, State
from hues.engines.cases.testing import Known, a_case, routed, split
from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies import testing as cast
from hues.kernel.clocks.testing import let_it_be
from hues.kernel.delivery.queries import texts_to
from hues.kernel.errors import NotAllowed, NotFound, SignInNeeded
from hues.kernel.journal.queries import entries_about
from hues.kernel.journal.testing import drain
from hues.kernel.media.testing import a_photo, a_picture
from hues.kernel.people.asker import Asker
from hues.kit.clock import now
from hues.surfaces.agency.tests.desk import a_file
from hues.surfaces.agency.tests.passing import CLOSED, OFFICE, TYPED, a_phone, found, linked, links, send
from hues.surfaces.desks.testing import seen_on, text_of
from hues.surfaces.shell.access import ANYONE
from tests.conformance.doors import Door, doors
from tests.town import build

pytestmark = pytest.mark.django_db
HUE = ZoneInfo("Asia/Ho_Chi_Minh")


def holder(link: str) -> Asker:
    return holder_at(link, now())


def holder_at(link: str, at: datetime) -> Asker:
    return queries.pass_of(link.split("/")[2], at=at).asker


def test_the_office_gets_a_text_message_with_a_link_to_the_one_case() -> None:
    case = linked()
    (text,) = texts_to(OFFICE)
    assert text.body.startswith(f"{case.number}: phản ánh mới chuyển đến. ")
    answer = a_phone().get(links()[0])
    page = text_of(answer)
    assert case.number in page
    assert "Ổ gà sâu ngay trước cổng" in page
    assert "Trần Thị Lan" not in page
    assert 'id="do-take"' in page
    assert 'id="do-note"' not in page


def test_nobody_learns_the_address_and_nothing_keeps_the_page() -> None:
    linked()
    answer = a_phone().get(links()[0])
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_an_agency_that_signs_in_gets_no_link() -> None:
    routed(a_case())
    drain()
    assert links() == []


def test_the_office_takes_and_answers_with_proof_and_the_journal_says_by_link() -> None:
    case = linked()
    (link,) = links()
    assert send(link, "take").status_code == 303
    photo = SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    assert send(link, "answer", outcome="fixed", text=TYPED, proof=[photo]).status_code == 303
    after = found(case)
    assert (after.state, after.answer) == (State.ANSWERED, TYPED)
    assert [photo.role for photo in after.photos] == ["proof"]
    acts = [entry for entry in entries_about(case.id) if entry.facts.get("side") == "link"]
    by = [(entry.by, entry.facts["agency"]) for entry in acts]
    assert by == [(None, str(cast.an_agency().id))] * 2
    assert [step.side for step in after.timeline][-2:] == [Side.LINK, Side.LINK]


def test_a_photo_of_a_refused_answer_need_not_be_sent_again_and_opens_no_other_case() -> None:
    first, second = linked(), linked()
    second_link, first_link = links()
    photo = SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    send(first_link, "take")
    send(second_link, "take")
    refused = text_of(send(first_link, "answer", outcome="fixed", text="", proof=[photo]))
    kept = refused.split('name="photos" value="')[1].split('"')[0]
    assert send(second_link, "answer", outcome="fixed", text=TYPED, photos=kept).status_code == 422
    assert send(first_link, "answer", outcome="fixed", text=TYPED, photos=kept).status_code == 303
    assert (found(first).state, found(second).state) == (State.ANSWERED, State.IN_PROGRESS)


def test_whoever_has_answered_is_thanked_and_reads_what_was_sent_and_nothing_else() -> None:
    linked()
    (link,) = links()
    send(link, "take")
    photo = SimpleUploadedFile("after.jpg", a_picture(), "image/jpeg")
    typed = {"seen": seen_on(text_of(a_phone().get(link))), "outcome": "fixed", "text": TYPED, "proof": [photo]}
    assert a_phone().post(f"{link}answer/", typed).headers["Location"] == link
    answer = a_phone().get(link)
    page = text_of(answer)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    for words in ("Cảm ơn", TYPED, "Đã xử lý xong", "1 ảnh"):
        assert words in page
    for words in ("Ổ gà", 'class="bar"', CLOSED):
        assert words not in page
    agencies.send_links_to(agency_id=cast.an_agency().id, address="0905111333", by=cast.admin(), at=now())
    assert TYPED not in text_of(a_phone().get(link))


def test_the_pages_behind_a_link_carry_nothing_of_the_citizens_frame() -> None:
    linked()
    (link,) = links()
    assert 'class="bar"' not in text_of(a_phone().get(link))
    assert 'class="bar"' in text_of(a_phone().get("/offline/"))


def promised(at: datetime) -> Known:
    """Return a case that was published at `at`, of which its office promised something by link for ten days later."""
    case = linked(at=at)
    asker, shot = holder_at(links()[0], at), a_photo(by=None, at=at, seed=4)
    on = (at + timedelta(days=10)).astimezone(HUE).date()
    said: dict[str, Any] = {"text": "Sẽ vá.", "outcome": "promised", "promise_on": on, "proof": [shot.id]}
    actions.take(case_id=case.id, by=asker, seen=2, at=at)
    actions.answer_case(case_id=case.id, by=asker, seen=3, at=at, **said)
    actions.publish(case_id=case.id, by=cast.operator(), seen=4, at=at)
    drain()
    return case


def test_an_office_shows_by_link_that_its_promise_was_kept() -> None:
    at = now()
    case, operator = promised(at - timedelta(days=10)), cast.operator()
    before = links()
    let_it_be(max(at, datetime.combine(at.astimezone(HUE).date(), time(9), HUE)))  # the promised day's morning
    (link,) = set(links()) - set(before)
    page = text_of(a_phone().get(link))
    assert 'id="do-keep"' in page
    assert 'id="do-answer"' not in page
    photo = SimpleUploadedFile("after.jpg", a_picture(seed=5), "image/jpeg")
    assert send(link, "keep", text="Đã vá như đã hứa.", proof=[photo]).status_code == 303
    assert "Đã vá như đã hứa." in text_of(a_phone().get(link))
    shown = found(case)
    assert (shown.timeline[-1].verb, shown.timeline[-1].side) == ("keep_promise", Side.LINK)
    actions.check_promise(
        case_id=case.id, granted=False, text="Ảnh mờ, xin chụp lại.", by=operator, seen=shown.version, at=now()
    )
    drain()
    (again,) = set(links()) - {*before, link}
    assert send(again, "keep", text="Đây là ảnh rõ.", proof=[a_file(6)]).status_code == 303
    actions.check_promise(case_id=case.id, granted=True, by=operator, seen=found(case).version, at=now())
    assert queries.public_case(case.number, at=now()).promise in ("kept", "late")


def test_an_answer_without_its_proof_keeps_what_was_typed() -> None:
    case = linked()
    send(links()[0], "take")
    refused = send(links()[0], "answer", outcome="fixed", text=TYPED)
    assert refused.status_code == 422
    assert TYPED in text_of(refused)
    assert found(case).state == State.IN_PROGRESS


def test_an_answer_that_was_sent_back_brings_a_new_link() -> None:
    case = linked()
    (link,) = links()
    send(link, "take")
    send(link, "answer", outcome="not_ours", text=TYPED, proof=[a_file(1)])
    actions.return_answer(
        case_id=case.id, reason="Xin kèm ảnh.", by=cast.operator(), seen=found(case).version, at=now()
    )
    drain()
    newest, *_rest = links()
    assert newest != link
    assert "Cảm ơn" not in text_of(a_phone().get(link))
    assert 'id="do-answer"' in text_of(a_phone().get(newest))
    assert a_phone().get(link).status_code == 410


def test_a_move_from_an_older_page_is_refused_with_what_was_typed() -> None:
    case = linked()
    (link,) = links()
    send(link, "take")
    typed = {"seen": 2, "text": TYPED, "outcome": "not_ours"}
    stale = a_phone().post(f"{link}answer/", typed)
    assert stale.status_code == 409
    assert TYPED in text_of(stale)
    assert found(case).state == State.IN_PROGRESS


@pytest.mark.parametrize("code", ["ask", "resume", "extend", "keep", "note", "nothing"])
def test_a_link_allows_no_other_move(code: str) -> None:
    case = linked()
    (link,) = links()
    send(link, "take")
    answer = send(link, code, text=TYPED, until=f"{now() + timedelta(days=30):%Y-%m-%d}")
    assert answer.status_code >= 400
    assert found(case).version == 3


def test_whoever_has_a_link_comes_in_at_no_other_door() -> None:
    town, let_in = build(), []
    linked()
    visitor = holder(links()[0])
    assert visitor.errand
    for door in doors():
        if door.open_to and ANYONE not in door.open_to and not _refused(door, visitor, town.samples):
            let_in.append(str(door))
    assert let_in == []


def _refused(door: Door, visitor: Asker, samples: dict[str, str]) -> bool:
    arguments = {name: samples[name] for name in door.arguments}
    for method in ("get", "post"):
        request: Any = getattr(RequestFactory(), method)("/")
        request.asker = visitor
        try:
            if door.view(request, **arguments).status_code != 405:
                return False
        except SignInNeeded:
            continue
    return True


def test_whoever_has_a_link_can_ask_for_no_other_case() -> None:
    other = linked()
    linked()
    visitor = holder(links()[0])
    mine = queries.passed_case(visitor, at=now())
    assert mine.number != other.number
    with pytest.raises(NotAllowed):
        queries.desk_inbox(visitor, at=now())
    for number in (other.number, mine.number):
        with pytest.raises(NotFound):
            queries.desk_case(visitor, number, at=now())
        with pytest.raises(NotAllowed):
            queries.ops_case(visitor, number, at=now())
    with pytest.raises(NotFound):
        actions.take(case_id=other.id, by=visitor, seen=other.version, at=now())
    assert queries.whole_texts(visitor, [other.number]) == {}


def test_an_office_with_a_part_of_a_report_reads_what_it_is_to_do() -> None:
    at = now()
    agencies.send_links_to(agency_id=cast.an_agency().id, address=OFFICE, at=at)
    case = split(a_case(at=at), at=at)
    drain()
    page = text_of(a_phone().get(links()[0]))
    assert f"{case.number}-1" in page
    assert f"Phần việc của {cast.WARD_OFFICE}." in page
    assert "Phần việc của ubnd-phu-xuan." not in page
    assert send(links()[0], "take").status_code == 303
