"""An answer that is begun with a template: by an agency that signs in, and by link."""

import html
import re

import pytest
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.templates import Kind, Slot, Template
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, Known, a_case_in
from hues.kernel.agencies import testing as cast
from hues.kernel.people.testing import sign_in
from hues.surfaces.agency.tests.desk import a_file

pytestmark = pytest.mark.django_db
HOLE = Template(
    title="Đã vá ổ gà",
    category="roads-pothole",
    outcome="not_ours",
    text={"vi": "Ngày {date}, đã vá {street}, {area} m². {extra}"},
    slots=(
        Slot(key="date", label={"vi": "Ngày làm"}, kind=Kind.DATE),
        Slot(key="street", label={"vi": "Đoạn đường đã vá"}),
        Slot(key="area", label={"vi": "Diện tích"}, kind=Kind.NUMBER),
        Slot(key="extra", label={"vi": "Nói thêm"}, required=False),
    ),
)
TYPED = {"slot_date": "2026-03-02", "slot_street": "23 Tháng 8", "slot_area": "12,5", "slot_extra": ""}
WORDS = "Ngày 02/03/2026, đã vá 23 Tháng 8, 12,5 m²."


def desk() -> tuple[Client, Known, str]:
    case = a_case_in(State.IN_PROGRESS)
    template = actions.add_template(HOLE, by=cast.duty_leader(), at=MONDAY)
    client = Client()
    sign_in(client, cast.minh())
    return client, case, str(template)


def text_in(page: str) -> str:
    found = re.search(r'<textarea[^>]*name="text"[^>]*id="answer-text"[^>]*>(.*?)</textarea>', page, re.S) or re.search(
        r'<textarea[^>]*id="answer-text"[^>]*>(.*?)</textarea>', page, re.S
    )
    assert found
    return html.unescape(found[1]).strip()


def test_choosing_one_shows_its_fields_and_keeps_what_was_written() -> None:
    client, case, template = desk()
    address = f"/desk/{case.number}/answer/fill/"
    assert "Đã vá ổ gà" in client.get(f"/desk/{case.number}/").content.decode()
    page = client.post(address, {"template": template, "text": "Chào bạn.", "seen": case.version})
    assert page.status_code == 200
    assert "Đoạn đường đã vá" in page.content.decode()
    assert 'name="slot_date"' in page.content.decode()
    assert text_in(page.content.decode()) == "Chào bạn."


def test_filling_in_writes_the_words_which_stay_editable_and_can_be_sent() -> None:
    client, case, template = desk()
    address, sent = f"/desk/{case.number}/answer/fill/", {"template": template, "seen": case.version}
    page = client.post(address, sent | TYPED).content.decode()
    assert text_in(page) == WORDS
    assert 'value="not_ours" selected' in page
    again = client.post(address, sent | TYPED | {"slot_street": "Lê Lợi", "text": WORDS, "filled": WORDS})
    assert text_in(again.content.decode()) == WORDS.replace("23 Tháng 8", "Lê Lợi")
    own = client.post(address, sent | TYPED | {"text": "Kính gửi bạn.", "filled": ""}).content.decode()
    assert text_in(own) == f"Kính gửi bạn.\n\n{WORDS}"
    new = TYPED | {"slot_street": "Lê Lợi", "text": f"Kính gửi bạn.\r\n\r\n{WORDS}", "filled": WORDS}
    assert text_in(client.post(address, sent | new).content.decode()) == text_in(own).replace("23 Tháng 8", "Lê Lợi")
    assert text_in(client.post(address, sent | TYPED | {"text": "", "filled": WORDS}).content.decode()) == WORDS
    kept = client.get(f"/desk/{case.number}/").content.decode()
    assert text_in(kept).endswith(WORDS)
    assert "Lê Lợi" not in kept
    last = {"outcome": "not_ours", "text": f"{WORDS} Trân trọng.", "proof": [a_file(1)]}
    answered = client.post(f"/desk/{case.number}/answer/", sent | TYPED | last)
    assert answered.status_code == 303
    assert queries.ops_case(cast.operator(), case.number, at=MONDAY).answer == f"{WORDS} Trân trọng."


def test_what_is_missing_is_said_and_nothing_is_lost() -> None:
    client, case, template = desk()
    sent = {"template": template, "seen": case.version, "text": "Kính gửi bạn."}
    page = client.post(f"/desk/{case.number}/answer/fill/", sent | TYPED | {"slot_street": "", "slot_date": "hôm qua"})
    assert page.status_code == 422
    shown = page.content.decode()
    assert "Đây không phải là ngày." in shown or 'id="answer-slot_date_error"' in shown
    assert 'id="answer-slot_street_error"' in shown
    assert 'value="12,5"' in shown
    assert text_in(shown) == "Kính gửi bạn."


def test_what_still_stands_in_braces_is_refused_with_a_sentence() -> None:
    client, case, template = desk()
    typed = {"template": template, "outcome": "not_ours", "text": "Đã vá {street}.", "seen": case.version}
    page = client.post(f"/desk/{case.number}/answer/", typed)
    assert page.status_code == 422
    assert "Hãy điền hoặc bỏ những chỗ còn để trong ngoặc nhọn { }." in page.content.decode()
    assert text_in(page.content.decode()) == "Đã vá {street}."


def test_a_template_that_is_gone_meanwhile_keeps_nobody_from_sending() -> None:
    client, case, template = desk()
    (card,) = queries.answer_templates()
    actions.remove_template(card.id, seen=1, by=cast.duty_leader(), at=MONDAY)
    typed = {"template": template, "slot_date": "x", "outcome": "not_ours", "text": WORDS, "seen": case.version}
    typed |= {"proof": [a_file(1)]}
    assert client.post(f"/desk/{case.number}/answer/", typed).status_code == 303


def test_other_moves_and_other_agencies_have_no_templates() -> None:
    client, case, template = desk()
    assert client.post(f"/desk/{case.number}/note/fill/", {"seen": case.version}).status_code == 404
    stranger = Client()
    sign_in(stranger, cast.worker("ubnd-kim-long"))
    sent = {"template": template, "seen": case.version}
    assert stranger.post(f"/desk/{case.number}/answer/fill/", sent).status_code == 404


def test_what_was_filled_in_before_never_keeps_an_answer_back() -> None:
    client, case, template = desk()
    said = {"template": template, "text": "Đã kiểm tra.", "outcome": "not_ours", "seen": case.version}
    for filled in ("x" * 9000, "a\x00b"):
        page = client.post(f"/desk/{case.number}/answer/fill/", said | TYPED | {"filled": filled})
        assert page.status_code == 200
        assert text_in(page.content.decode()) == f"Đã kiểm tra.\n\n{WORDS}"
    answer = client.post(f"/desk/{case.number}/answer/", said | {"filled": "x" * 9000, "proof": [a_file(1)]})
    assert answer.status_code == 303
    assert queries.ops_case(cast.operator(), case.number, at=MONDAY).answer == "Đã kiểm tra."
