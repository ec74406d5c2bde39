"""A case that several agencies answer: parts of their own, one answer for its reporter."""

from datetime import date

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.actions import Share
from hues.engines.cases.models import Case, CaseSeal
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules import splitting
from hues.engines.cases.rules.deadlines import Standing
from hues.engines.cases.rules.splitting import Piece
from hues.engines.cases.rules.workflow import State, Verb
from hues.engines.cases.testing import (
    DAI_NOI,
    MONDAY,
    POTHOLE,
    WORDS,
    Known,
    a_case,
    a_case_in,
    answered_part,
    part,
    split,
)
from hues.engines.cases.tests.sharing import DAY, OTHER, TUESDAY, WEDNESDAY, both_answered, published, titles, whole
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from hues.kernel.media.testing import a_photo

pytestmark = pytest.mark.django_db


def test_each_agency_has_its_part_with_the_words_and_photos_of_the_whole_and_no_reporter() -> None:
    lan = cast.lan()
    photo = a_photo(by=lan.person_id, at=MONDAY).id
    case = split(a_case(by=lan, photos=(photo,)))
    mine = queries.desk_case(cast.minh(), f"{case.number}-1", at=TUESDAY)
    assert (mine.text, mine.state, mine.task) == (WORDS, State.ASSIGNED, f"Phần việc của {cast.WARD_OFFICE}.")
    assert [shot.photo_id for shot in mine.photos] == [photo]
    assert mine.whole is not None
    assert (mine.whole.number, mine.whole.may_open) == (case.number, False)
    assert [name["vi"] for name in mine.whole.others] == ["UBND phường Phú Xuân"]
    rows = queries.desk_inbox(cast.minh(), at=TUESDAY).rows
    assert [(row.number, row.excerpt, row.is_part) for row in rows] == [(mine.number, mine.task, True)]
    assert not CaseSeal.objects.filter(pk=mine.id).exists()
    with pytest.raises(NotFound):
        actions.unseal(case_id=mine.id, purpose="Gọi lại để hỏi thêm.", by=cast.operator(), at=TUESDAY)
    for number in (case.number, f"{case.number}-2"):
        with pytest.raises(NotFound):
            queries.desk_case(cast.minh(), number, at=TUESDAY)


def test_the_answers_of_all_become_one_for_the_centre_to_read_and_edit_and_the_reporter_hears_once() -> None:
    lan = cast.lan()
    case = split(a_case_in(State.ASSIGNED, by=lan))
    before = titles(lan)
    answered_part(case, 1, cast.WARD_OFFICE, text="Đã vá ổ gà.", at=TUESDAY)
    assert queries.ops_case(cast.operator(), case.number, at=TUESDAY).waits_for == 1
    assert queries.my_case(lan, case.number, at=TUESDAY).waits_for == 1
    with pytest.raises(WrongState):
        published(whole(case))
    answered_part(case, 2, OTHER, text="Đã cắt cành cây.", at=WEDNESDAY)
    found = queries.ops_case(cast.operator(), case.number, at=WEDNESDAY)
    assert found.state is State.ANSWERED
    assert found.answer == (
        "1. Phòng Kinh tế, Hạ tầng và Đô thị phường Phú Xuân:\nĐã vá ổ gà.\n\n"
        "2. UBND phường Phú Xuân:\nĐã cắt cành cây."
    )
    assert titles(lan) == before
    edited = actions.edit_answer(
        case_id=case.id, text="Ổ gà đã vá, cành cây đã cắt.", by=cast.operator(), seen=found.version, at=WEDNESDAY
    )
    published(Known(id=case.id, number=case.number, version=edited.version))
    assert titles(lan) == [*before, f"{case.number}: đã có trả lời cho bạn"]
    told = queries.public_case(case.number, at=WEDNESDAY)
    assert told.answer == "Ổ gà đã vá, cành cây đã cắt."
    assert told.agency["vi"].startswith("Phòng Kinh tế")
    shared = next(step for step in told.timeline if step.verb is Verb.SPLIT)
    assert [name["vi"][:10] for name in shared.agencies] == ["Phòng Kinh", "UBND phườn"]
    assert "Đã vá ổ gà." not in repr(told)


def test_a_report_split_as_it_is_taken_on_is_told_so_once() -> None:
    lan = cast.lan()
    case = split(a_case(by=lan))
    assert titles(lan)[-1] == f"{case.number}: đã chuyển cho nhiều cơ quan"
    assert Case.objects.get(pk=case.id).accepted_at == MONDAY


def test_parts_are_nowhere_where_everybody_looks() -> None:
    lan, operator = cast.lan(), cast.operator()
    case = split(a_case(by=lan))
    box = (DAI_NOI.lat - 0.01, DAI_NOI.lng - 0.01, DAI_NOI.lat + 0.01, DAI_NOI.lng + 0.01)
    for asker in (cast.eve(), operator):
        near = queries.near_duplicates(
            category=POTHOLE, text=WORDS, lat=DAI_NOI.lat, lng=DAI_NOI.lng, asker=asker, at=TUESDAY
        )
        assert [one.number for one in near] == [case.number]
    assert [point.number for point in queries.map_points(box, asker=operator, at=TUESDAY) or ()] == [case.number]
    assert [row.number for row in queries.my_cases(lan, at=TUESDAY).rows] == [case.number]
    published(both_answered(case))
    assert [row.number for row in queries.public_cases(at=WEDNESDAY).rows] == [case.number]
    assert b"".join(queries.public_table(language="vi", at=WEDNESDAY)).decode().count(case.number) == 1
    (tally,) = queries.public_figures("month")
    assert (tally.opened, tally.answered, queries.how_many()) == (1, 1, 1)
    every = queries.open_requests_between(MONDAY - DAY, WEDNESDAY)
    assert [request.number for request in every] == [case.number]
    news = queries.open_updates(MONDAY - DAY, WEDNESDAY, number=case.number)
    assert [(one.step.verb, "Đã vá ổ gà." in one.text) for one in news] == [(Verb.SPLIT, False), (Verb.PUBLISH, True)]
    for number in (f"{case.number}-1", f"{case.number}-2"):
        for ask in (queries.public_case, queries.nearby_case):
            with pytest.raises(NotFound):
                ask(number, **({"at": WEDNESDAY} if ask is queries.public_case else {}))
        with pytest.raises(NotFound):
            queries.my_case(lan, number, at=WEDNESDAY)
        with pytest.raises(NotFound):
            actions.support(number=number, by=lan, written_by=operator, at=WEDNESDAY)
    assert {part(case, turn).version for turn in (1, 2)} == {5}
    assert {row.state for row in Case.objects.filter(parent=case.id)} == {"closed"}


def test_the_centre_counts_a_report_once_and_finds_its_parts_by_their_numbers() -> None:
    operator = cast.operator()
    case = split(a_case())
    rows = queries.ops_queue(operator, CaseFilters(whole=True), at=TUESDAY).rows
    assert [(row.number, row.parts) for row in rows] == [(case.number, 2)]
    found = queries.ops_queue(operator, CaseFilters(whole=True, text=f"{case.number}-2"), at=TUESDAY).rows
    assert [row.number for row in found] == [f"{case.number}-2"]
    counted = queries.counts(operator, at=MONDAY + 30 * DAY)
    assert (counted.by_state, counted.overdue) == ({State.SPLIT: 1}, 1)
    assert [burden.open for burden in queries.burdens(operator, at=TUESDAY)] == [1, 1]


def test_a_bad_part_goes_back_and_the_whole_waits_for_it_again() -> None:
    operator, minh = cast.operator(), cast.worker(cast.WARD_OFFICE)
    photos = [a_photo(by=minh.person_id, at=MONDAY).id for _ in range(2)]
    case = split(a_case())
    first = part(case, 1)
    taken = actions.take(case_id=first.id, by=minh, seen=first.version, at=MONDAY)
    actions.answer_case(
        case_id=first.id, text="Đã vá.", outcome="fixed", proof=photos[:1], by=minh, seen=taken.version, at=MONDAY
    )
    answered_part(case, 2, OTHER, text="Đã cắt cành cây.", at=MONDAY)
    gathered = queries.ops_case(operator, case.number, at=MONDAY)
    fixed, others = [shot.photo_id for shot in gathered.photos if shot.role == "proof"]
    assert fixed == photos[0]
    due = gathered.clock.due_at
    with pytest.raises(NotAllowed):
        actions.return_answer(case_id=first.id, reason="Thử.", by=minh, seen=part(case, 1).version, at=TUESDAY)
    with pytest.raises(WrongState):
        actions.return_answer(case_id=case.id, reason="Thiếu ảnh.", by=operator, seen=gathered.version, at=TUESDAY)
    actions.return_answer(case_id=first.id, reason="Thiếu ảnh.", by=operator, seen=part(case, 1).version, at=TUESDAY)
    again = queries.ops_case(operator, case.number, at=TUESDAY)
    assert (again.state, again.answer, again.waits_for) == (State.SPLIT, "", 1)
    assert [shot for shot in again.photos if shot.role == "proof"] == []
    # A day of review is given back to the whole, and the part may have it too, but no more.
    assert again.clock.due_at > due
    assert again.parts[0].due_at == again.clock.due_at
    back = part(case, 1)
    actions.answer_case(
        case_id=back.id, text="Đã vá kỹ.", outcome="fixed", proof=photos[1:], by=minh, seen=back.version, at=TUESDAY
    )
    found = queries.ops_case(operator, case.number, at=TUESDAY)
    assert "Đã vá kỹ." in found.answer
    assert [shot.photo_id for shot in found.photos if shot.role == "proof" and not shot.hidden] == [others, photos[1]]
    with pytest.raises(Stale):
        actions.publish(case_id=case.id, by=operator, seen=gathered.version, at=TUESDAY)


def test_a_part_that_its_agency_gives_back_comes_to_the_centre_alone() -> None:
    case = split(a_case())
    first, minh = part(case, 1), cast.minh()
    actions.give_back(case_id=first.id, reason="Thuộc Sở Xây dựng.", by=minh, seen=first.version, at=TUESDAY)
    assert whole(case).version == case.version
    rows = queries.ops_queue(cast.operator(), CaseFilters(states=frozenset({State.RECEIVED})), at=TUESDAY).rows
    assert [row.number for row in rows] == [first.number]
    found = queries.ops_case(cast.operator(), first.number, at=TUESDAY)
    assert set(found.moves) == {Verb.ACCEPT, Verb.NOTE, Verb.COVER, Verb.UNCOVER}
    agency = cast.an_agency("ubnd-kim-long").id
    actions.accept_and_route(case_id=first.id, agency_id=agency, by=cast.operator(), seen=found.version, at=TUESDAY)
    assert queries.desk_case(cast.worker("ubnd-kim-long"), first.number, at=TUESDAY).task == found.task


def test_joined_again_its_parts_are_called_off_and_one_agency_has_it() -> None:
    case = split(a_case())
    due = Case.objects.get(pk=case.id).due_at
    answered_part(case, 2, OTHER, text="Đã cắt cành cây.", at=TUESDAY)
    agency, seen = cast.an_agency(cast.WARD_OFFICE).id, whole(case).version
    actions.join(
        case_id=case.id, agency_id=agency, reason="Một đơn vị làm được hết.", by=cast.operator(), seen=seen, at=TUESDAY
    )
    found = queries.ops_case(cast.operator(), case.number, at=TUESDAY)
    assert (found.state, found.agency_id, found.clock.due_at) == (State.ASSIGNED, agency, due)
    assert {(one.state, one.answer, one.standing) for one in found.parts} == {(State.CLOSED, "", Standing.NO_CLOCK)}
    assert f"{case.number}-2: không cần xử lý nữa" in titles(cast.worker(OTHER))
    assert [row.number for row in queries.desk_inbox(cast.minh(), at=TUESDAY).rows] == [case.number]
    # Split again, the numbers go on.
    split(whole(case), at=TUESDAY)
    numbered = [one.number for one in queries.ops_case(cast.operator(), case.number, at=TUESDAY).parts]
    assert numbered == [f"{case.number}-{turn}" for turn in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("codes", "task"),
    [
        ((cast.WARD_OFFICE,), "Vá ổ gà."),
        ((cast.WARD_OFFICE, cast.WARD_OFFICE), "Vá ổ gà."),
        ((cast.WARD_OFFICE, OTHER), "  "),
        ((cast.WARD_OFFICE, OTHER), "x" * 4001),
    ],
)
def test_what_cannot_be_split_so_stays_as_it_is(codes: tuple[str, ...], task: str) -> None:
    case = a_case()
    shares = [Share(agency_id=cast.an_agency(code).id, task=task) for code in codes]
    with pytest.raises(Invalid):
        actions.split(case_id=case.id, shares=shares, by=cast.operator(), seen=1, at=MONDAY)
    assert Case.objects.count() == 1


def test_only_the_centre_splits_and_joins() -> None:
    case = a_case_in(State.IN_PROGRESS)
    shares = [Share(agency_id=cast.an_agency(code).id, task="Vá ổ gà.") for code in (cast.WARD_OFFICE, OTHER)]
    with pytest.raises(NotAllowed):
        actions.split(case_id=case.id, shares=shares, by=cast.minh(), seen=case.version, at=MONDAY)
    with pytest.raises(Stale):
        actions.split(case_id=case.id, shares=shares, by=cast.operator(), seen=case.version - 1, at=MONDAY)
    divided = split(case)
    agency = cast.an_agency(OTHER).id
    for by in (cast.lan(), cast.worker(OTHER)):
        with pytest.raises(NotAllowed if by == cast.lan() else NotFound):
            actions.join(case_id=case.id, agency_id=agency, by=by, seen=divided.version, at=MONDAY)
    with pytest.raises(WrongState):
        actions.split(
            case_id=part(divided, 1).id, shares=shares, by=cast.operator(), seen=part(divided, 1).version, at=MONDAY
        )


def piece(outcome: str, promise_on: date | None = None) -> Piece:
    return Piece(agency_id=cast.an_agency().id, agency="Sở Xây dựng", text="", outcome=outcome, promise_on=promise_on)


def test_the_whole_is_called_by_the_weakest_of_its_parts() -> None:
    assert splitting.outcome_of([piece("fixed"), piece("fixed")]) == "fixed"
    assert splitting.outcome_of([piece("fixed"), piece("answered")]) == "answered"
    assert splitting.outcome_of([piece("fixed"), piece("not_ours")]) == "not_ours"
    early, late = piece("promised", date(2026, 5, 1)), piece("promised", date(2026, 6, 1))
    assert splitting.outcome_of([piece("fixed"), early, late]) == "promised"
    assert splitting.answers_for_it([piece("fixed"), early, late]) is late


@pytest.mark.parametrize("days_late", [(-1, 1), (1, -1), (1, 2), (2, 1), (-1, -1)])
def test_a_late_split_case_is_counted_for_the_agency_that_was_late(days_late: tuple[int, int]) -> None:
    case, codes = split(a_case()), (cast.WARD_OFFICE, OTHER)
    due = Case.objects.get(pk=case.id).due_at
    last = max(due + days * DAY for days in days_late)
    for turn, (code, days) in sorted(enumerate(zip(codes, days_late, strict=True), 1), key=lambda one: one[1][1]):
        answered_part(case, turn, code, text="Đã kiểm tra.", at=due + days * DAY)
    operator = cast.operator()
    actions.publish(case_id=case.id, by=operator, seen=Case.objects.get(pk=case.id).version, at=last)
    (tally,) = queries.public_figures("agency")
    blamed = codes[0] if days_late[0] >= days_late[1] else codes[1]
    assert (tally.key, tally.late) == (str(cast.an_agency(blamed).id), int(last > due))
