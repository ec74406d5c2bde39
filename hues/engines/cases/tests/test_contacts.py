"""Telephone numbers, addresses and numbers of identity in words are published only if somebody lets them stand."""

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, WORDS, Known, a_case_in, a_proof
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid
from hues.kernel.journal import queries as journal

MINE = "0905 111 222"


def answered(words: str, report: str = WORDS) -> Known:
    case = a_case_in(State.IN_PROGRESS, text=report)
    by = cast.minh()
    moved = actions.answer_case(
        case_id=case.id, text=words, outcome="not_ours", proof=a_proof(by), by=by, seen=case.version, at=MONDAY
    )
    return Known(id=case.id, number=case.number, version=moved.version)


def publish(case: Known, **more: object) -> None:
    actions.publish(case_id=case.id, by=cast.operator(), seen=case.version, at=MONDAY, **more)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_an_answer_with_a_number_is_published_only_if_somebody_lets_it_stand_which_is_written_down() -> None:
    case = answered(f"Đã kiểm tra, mời chị gọi cán bộ {MINE}.")
    with pytest.raises(Invalid) as refused:
        publish(case)
    assert set(refused.value.fields) == {"agreed"}
    assert queries.ops_case(cast.operator(), case.number, at=MONDAY).state == State.ANSWERED
    with pytest.raises(Invalid):
        publish(case, agreed=["0905 111 333"])
    publish(case, agreed=[MINE])
    assert MINE in queries.public_case(case.number, at=MONDAY).answer
    (entry,) = [e for e in journal.entries_about(case.id) if e.event == "cases.contacts.let_stand"]
    assert entry.facts["contacts"] == 1
    assert "905" not in str(entry.facts["contacts"])


@pytest.mark.django_db
def test_the_numbers_of_the_city_and_its_agencies_need_no_word() -> None:
    case = answered("Mời gọi 19001075, hoặc viết cho so-xay-dung@hue.gov.vn.")
    publish(case)
    assert not [e for e in journal.entries_about(case.id) if e.event == "cases.contacts.let_stand"]


@pytest.mark.django_db
def test_words_are_offered_without_contacts_and_those_put_back_need_a_word() -> None:
    case = answered("Đã kiểm tra.", report=f"Ổ gà trước cổng, gọi tôi số {MINE} nhé.")
    with pytest.raises(Invalid):
        publish(case, public_text=f"Ổ gà trước cổng, gọi {MINE}.")
    publish(case)
    assert MINE not in queries.public_case(case.number, at=MONDAY).text
