"""Words for answers: what can be written down, how they are filled in, and that nothing unfilled is ever sent."""

from dataclasses import replace
from datetime import date

import pytest

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.outcomes import ANSWERS
from hues.engines.cases.rules.templates import Kind, Slot, Template, check, filled, read_slots, unfilled, written_slots
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case_in, a_proof, the_city
from hues.kernel import city
from hues.kernel.agencies import testing as cast
from hues.kernel.errors import Invalid, NotAllowed, Stale

WORDS = "Đèn tại {street} đã sáng từ ngày {date}. {extra} Cảm ơn bạn."
SLOTS = (
    Slot(key="street", label={"vi": "Đoạn đường", "en": "Street"}),
    Slot(key="date", label={"vi": "Ngày"}, kind=Kind.DATE),
    Slot(key="extra", label={"vi": "Nói thêm"}, required=False),
)
LIGHT = Template(title="Đã sửa đèn", category="lights-out", outcome="fixed", text={"vi": WORDS}, slots=SLOTS)


def test_fields_are_filled_in_and_an_empty_one_leaves_no_gap() -> None:
    said: dict[str, str | date | int | None] = {"street": "23 Tháng 8", "date": date(2026, 3, 2), "extra": None}
    assert filled(WORDS, said) == "Đèn tại 23 Tháng 8 đã sáng từ ngày 02/03/2026. Cảm ơn bạn."
    assert unfilled(WORDS) == ("street", "date", "extra")
    assert unfilled("Không còn ô nào.") == ()
    assert filled("Gồm {a}{b}.", {"a": "{b}", "b": "x"}) == "Gồm {b}x."


def test_fields_are_read_as_they_are_written() -> None:
    assert read_slots(written_slots(SLOTS)) == SLOTS
    assert read_slots("a* | Nhãn\n\n") == (Slot(key="a", label={"vi": "Nhãn"}),)
    for wrong in ("a", "a |", "a | b | c | colour", "a | b | c | text | more", f"a | {'x' * 81}"):
        with pytest.raises(Breach):
            read_slots(wrong)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", {"title": ""}),
        ("outcome", {"outcome": "spam"}),
        ("text_vi", {"text": {"en": WORDS}}),
        ("text_vi", {"text": {"vi": "Không có ô nào."}}),
        ("text_en", {"text": {"vi": WORDS, "en": "Only {street}."}}),
        ("slots", {"slots": (*SLOTS, SLOTS[0])}),
        ("slots", {"slots": (Slot(key="Đường", label={"vi": "x"}),)}),
        ("slots", {"slots": tuple(Slot(key=f"k{n}", label={"vi": "x"}) for n in range(13))}),
    ],
)
def test_a_template_whose_parts_do_not_fit_is_refused(field: str, wrong: dict[str, object]) -> None:
    check(LIGHT)
    with pytest.raises(Breach) as refused:
        check(replace(LIGHT, **wrong))  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.django_db
def test_the_citys_own_templates_can_be_used_and_are_read_once() -> None:
    the_city()
    document = city.document("answer_templates.toml")["template"]
    assert actions.seed_templates(document, at=MONDAY) == len(document) == 10
    assert {card.template.outcome for card in queries.answer_templates()} <= ANSWERS
    for card in queries.answer_templates():
        actions.remove_template(card.id, seen=1, by=cast.duty_leader(), at=MONDAY)
    assert actions.seed_templates(document, at=MONDAY) == 0
    assert queries.answer_templates() == ()


@pytest.mark.django_db
def test_those_of_the_category_come_first_then_of_its_branch_then_for_anything() -> None:
    the_city()
    leader = cast.duty_leader()
    for title, category in (("Chung", ""), ("Nhánh", "lights"), ("Lá", "lights-out"), ("Khác", "roads")):
        actions.add_template(replace(LIGHT, title=title, category=category), by=leader, at=MONDAY)
    assert [card.template.title for card in queries.templates_for("lights-out")] == ["Lá", "Nhánh", "Chung"]
    assert [card.template.title for card in queries.templates_for("rubbish")] == ["Chung"]


@pytest.mark.django_db
def test_only_duty_leaders_and_administrators_change_them_and_of_two_one_wins() -> None:
    the_city()
    for stranger in (cast.operator(), cast.minh(), cast.lan()):
        with pytest.raises(NotAllowed):
            actions.add_template(LIGHT, by=stranger, at=MONDAY)
    template_id = actions.add_template(LIGHT, by=cast.duty_leader(), at=MONDAY)
    with pytest.raises(Invalid):
        actions.add_template(LIGHT, by=cast.admin(), at=MONDAY)
    with pytest.raises(Invalid):
        actions.add_template(replace(LIGHT, title="Khác", category="nowhere"), by=cast.admin(), at=MONDAY)
    changed = replace(LIGHT, title="Đã thay bóng")
    actions.change_template(template_id, changed, seen=1, by=cast.admin(), at=MONDAY)
    with pytest.raises(Stale):
        actions.change_template(template_id, LIGHT, seen=1, by=cast.admin(), at=MONDAY)
    found = queries.answer_template(template_id)
    assert found is not None
    assert (found.template, found.version) == (changed, 2)


@pytest.mark.django_db
def test_what_still_stands_in_braces_is_never_sent() -> None:
    case = a_case_in(State.IN_PROGRESS)
    actions.add_template(replace(LIGHT, category=""), by=cast.admin(), at=MONDAY)
    with pytest.raises(Invalid) as refused:
        actions.answer_case(
            case_id=case.id,
            text=WORDS,
            outcome="not_ours",
            proof=a_proof(cast.minh()),
            by=cast.minh(),
            seen=case.version,
            at=MONDAY,
        )
    assert "text" in refused.value.fields


@pytest.mark.django_db
def test_braces_of_the_writers_own_are_sent_as_they_are() -> None:
    case = a_case_in(State.IN_PROGRESS)
    actions.add_template(replace(LIGHT, category=""), by=cast.admin(), at=MONDAY)
    actions.add_template(
        replace(LIGHT, category="lights-out", text={"vi": "Đèn {y}"}, slots=(Slot(key="y", label={"vi": "Y"}),)),
        by=cast.admin(),
        at=MONDAY,
    )
    words = "Sức chịu tải tính theo f(x)={y}."
    actions.answer_case(
        case_id=case.id,
        text=words,
        outcome="not_ours",
        proof=a_proof(cast.minh()),
        by=cast.minh(),
        seen=case.version,
        at=MONDAY,
    )
    assert queries.ops_case(cast.operator(), case.number, at=MONDAY).answer == words
