"""What programs may know of a request, and what they may not."""

from collections.abc import Iterator

import pytest

from hues.engines.cases import actions
from hues.engines.cases import queries as cases
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, a_case, a_case_in, a_proof, routed
from hues.kernel.agencies import testing as cast
from hues.kernel.journal import queries as journal
from hues.kit import clock
from hues.surfaces.open import queries
from hues.surfaces.open.tests.programs import as_sent, get, listed, sent

SPRING = {"start_date": "2026-02-01T00:00:00+07:00", "end_date": "2026-04-01T00:00:00+07:00"}
MARKS = {
    name: f"MARK-{name}-77"
    for name in ("first_name", "last_name", "phone", "email", "device_id", "account_id", "attribute[pole]")
}
SEALED = [*MARKS.values(), "pictures.example", "Open311 demo", "901100311"]


def everything(number: str) -> Iterator[str]:
    """Yield all that anybody may read of a request without a key."""
    for form in ("json", "xml"):
        for path in (f"/requests/{number}", "/requests", f"/tokens/{number}", "/servicerequestupdates"):
            yield get(f"{path}.{form}", extensions="true").content.decode()
        for path in ("/requests", "/servicerequestupdates"):
            for query in (SPRING, {"service_request_id": number}, {"service_request_id": number, **SPRING}):
                yield get(f"{path}.{form}", extensions="true", **query).content.decode()


def test_no_mark_of_whoever_sent_it_is_readable() -> None:
    number = sent(service_code="lights-out", media_url="https://pictures.example/1.jpg", **MARKS)
    told = "".join(everything(number))
    assert number in told
    assert [mark for mark in SEALED if mark in told] == []
    case = cases.ops_case(cast.operator(), number, at=clock.now())
    written = repr(list(journal.entries_about(case.id)))
    client = queries.key_of("demo-key", clock.now())
    assert client is not None
    assert [mark for mark in (*SEALED, str(client.person_id), str(client.id)) if mark in told + written] == []


@pytest.mark.parametrize("state", sorted(set(State) - {State.PUBLISHED, State.CLOSED}))
def test_a_report_of_a_citizen_is_not_there_before_it_is_published(state: State) -> None:
    case = a_case_in(state, at=MONDAY)
    assert get(f"/requests/{case.number}.json").status_code == 404
    assert get(f"/tokens/{case.number}.json").status_code == 404
    told = "".join(get(f"/requests.{form}", **SPRING).content.decode() for form in ("json", "xml"))
    told += get("/servicerequestupdates.json", service_request_id=case.number, **SPRING).content.decode()
    assert case.number not in told


def test_of_what_is_published_only_the_public_words_and_place_are_told() -> None:
    private = "Nhà ông MARK-neighbour-77 số 5 đổ rác ra ổ gà này."
    case = routed(a_case(text=private, place=DAI_NOI))
    taken = actions.take(case_id=case.id, by=cast.minh(), seen=case.version, at=MONDAY)
    noted = actions.note(case_id=case.id, text="MARK-note-77 nội bộ", by=cast.minh(), seen=taken.version, at=MONDAY)
    answer = "Đã kiểm tra và chuyển cho đơn vị quản lý."
    done = actions.answer_case(
        case_id=case.id,
        text=answer,
        outcome="not_ours",
        proof=a_proof(cast.minh()),
        by=cast.minh(),
        seen=noted.version,
        at=MONDAY,
    )
    actions.publish(
        case_id=case.id,
        public_text="Ổ gà trước cổng.",
        public_address="",
        by=cast.operator(),
        seen=done.version,
        at=MONDAY,
    )
    told = "".join(everything(case.number))
    assert "Ổ gà trước cổng." in told
    assert [mark for mark in ("MARK-", DAI_NOI.address) if mark in told] == []


def test_where_the_place_may_be_a_home_neither_it_nor_the_words_are_told_before_publication() -> None:
    coarse = next(c.code for c in cases.categories() if c.coarse)
    number = sent(
        service_code=coarse, description="Nhà MARK-home-77 ồn cả đêm.", address_string="MARK-home-77 Kim Long"
    )
    (found,) = listed(f"/requests/{number}.json")
    assert (found["description"], found["address"]) == ("", None)
    assert abs(found["lat"] - 16.4637) > 1e-6
    assert "MARK-home-77" not in "".join(everything(number))


def test_what_is_refused_is_over_and_its_words_are_gone() -> None:
    number = sent(description="MARK-spam-77 mua bán đủ loại.")
    assert "MARK-spam-77" in as_sent(number).content.decode()
    case = cases.ops_case(cast.operator(), number, at=clock.now())
    actions.refuse(
        case_id=case.id, outcome="spam", text="MARK-reason-77 quảng cáo", by=cast.operator(), seen=1, at=clock.now()
    )
    (found,) = listed(f"/requests/{number}.json")
    assert (found["status"], found["status_notes"]) == ("closed", "Không phải phản ánh")
    assert "MARK-" not in "".join(everything(number))
    (update,) = listed("/servicerequestupdates.json", service_request_id=number)
    assert update["status"] == "closed"
