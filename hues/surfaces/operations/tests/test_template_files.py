"""Words for answers in each language, as a file out and in, and back in use after they were taken out of it."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, a_case_in, the_city
from hues.kernel import city
from hues.kernel.agencies import testing as cast
from hues.kernel.journal import queries as journal
from hues.surfaces.desks.testing import at_desk, text_of

pytestmark = pytest.mark.django_db
LIST, CSV, FILE = "/ops/templates/", "/ops/templates/templates.csv", "/ops/templates/file/"
HEAD = "id,title,title_en,category,outcome,text_vi,text_en,fields\n"
NOT_TAKEN = "Tệp chưa được nhập; không có gì thay đổi."
NEW = ',Đã sửa đèn,Light mended,lights-out,fixed,"- Đèn tại {street} đã sáng.",,street* | Đoạn đường | Street | text\n'


@pytest.fixture
def leader() -> Client:
    the_city()
    return at_desk(cast.duty_leader())


def seeded() -> tuple[queries.TemplateCard, ...]:
    actions.seed_templates(city.document("answer_templates.toml")["template"], at=MONDAY)
    return queries.answer_templates()


def fetched(browser: Client) -> str:
    answer: Any = browser.get(CSV)
    return b"".join(answer).decode("utf-8-sig")


def tried(browser: Client, text: str) -> Any:
    return browser.post(FILE, {"file": SimpleUploadedFile("mau.csv", text.encode(), "text/csv")})


def edition(page: str) -> str:
    return page.split('name="edition" value="')[1].split('"')[0]


def taken(browser: Client, text: str) -> Any:
    """Try a file, then take it."""
    return browser.post(FILE, {"text": text, "sure": "1", "edition": edition(text_of(tried(browser, text)))})


def test_every_template_of_the_city_has_a_title_in_each_language_and_is_offered_by_it() -> None:
    the_city()
    assert all(set(card.template.named) == {"vi", "en"} for card in seeded())
    case = a_case_in(State.IN_PROGRESS)
    minh = at_desk(cast.minh())
    assert "Đã vá xong ổ gà</option>" in text_of(minh.get(f"/desk/{case.number}/"))
    english = text_of(minh.get(f"/en/desk/{case.number}/"))
    assert "Pothole mended</option>" in english
    assert "Đã vá xong ổ gà</option>" not in english


def test_a_file_that_is_brought_back_as_it_was_changes_nothing(leader: Client) -> None:
    before = seeded()
    text = fetched(leader)
    assert [row["title_en"] for row in csv.DictReader(io.StringIO(text))] == [c.template.title_in["en"] for c in before]
    page = text_of(tried(leader, text))
    assert f"Sẽ thêm: 0. Sẽ sửa: 0. Giữ nguyên: {len(before)}." in page
    assert 'name="sure"' not in page
    assert queries.answer_templates() == before


def test_what_a_file_would_change_is_shown_first_and_written_only_when_it_is_taken(leader: Client) -> None:
    before = seeded()
    text = fetched(leader).replace("Pothole mended", "Pothole filled") + NEW
    page = text_of(tried(leader, text))
    assert f"Sẽ thêm: 1. Sẽ sửa: 1. Giữ nguyên: {len(before) - 1}." in page
    changed = page.partition("<h3>Đã vá xong ổ gà</h3>")[2].partition("</dl>")[0]
    assert '<dt>title_en</dt><dd class="prewrap">Pothole <del>mended</del><ins>filled</ins></dd>' in changed
    assert changed.count("<dt>") == 1
    assert queries.answer_templates() == before
    assert taken(leader, text).status_code == 303
    after = {card.template.title: card for card in queries.answer_templates()}
    assert after["Đã vá xong ổ gà"].template.title_in == {"en": "Pothole filled"}
    assert after["Đã sửa đèn"].template.text == {"vi": "- Đèn tại {street} đã sáng."}
    written = [e.event for card in after.values() for e in journal.entries_about(card.id) if e.by]
    assert sorted(written) == ["cases.template.added", "cases.template.changed"]


def test_words_that_look_like_a_formula_come_back_as_they_were(leader: Client) -> None:
    assert taken(leader, HEAD + NEW).status_code == 303
    text = fetched(leader)
    assert "'- Đèn" in text
    assert "Giữ nguyên: 1." in text_of(tried(leader, text))


def test_what_is_wrong_is_told_by_row_and_nothing_is_taken(leader: Client) -> None:
    rows = NEW + NEW + ",,,,fixed,x,,\n" + ",Lạ,,nowhere,fixed,x,,\n" + "abc,Lạ,,,fixed,x,,\n" + ",Lạ,,,fixed,{a},,\n"
    answer = tried(leader, HEAD + rows)
    page = text_of(answer)
    assert answer.status_code == 422
    for n in range(3, 8):
        assert f"Dòng {n}: " in page
    assert "Dòng 2: " not in page
    assert leader.post(FILE, {"text": HEAD + rows, "sure": "1"}).status_code == 422
    assert queries.answer_templates() == ()


def test_a_cell_that_cannot_be_taken_is_told_with_its_column_and_what_stands_there(leader: Client) -> None:
    page = text_of(tried(leader, HEAD + ",Lạ,,nowhere,fixed,x,,\n" + ",Lạ,,,mended,x,,\n" + ",,,,fixed,x,,\n"))
    assert "Dòng 2: category “nowhere”: " in page
    assert "Dòng 3: outcome “mended”: có thể là answered, " in page
    assert "Dòng 4: title: " in page


@pytest.mark.parametrize("wrong", ["", "title,outcome\nx,fixed\n", "\0\0", HEAD.replace("text_vi", "text")])
def test_a_file_that_is_none_is_refused_in_words(leader: Client, wrong: str) -> None:
    answer = tried(leader, wrong)
    assert answer.status_code == 422
    assert NOT_TAKEN in text_of(answer)
    no_text = leader.post(FILE, {"file": SimpleUploadedFile("x.csv", b"\xff\xfe\x00", "text/csv")})
    assert no_text.status_code == 422


def test_a_file_is_looked_at_again_if_a_colleague_was_faster(leader: Client) -> None:
    (card, *_rest) = seeded()
    text = HEAD + NEW
    known = edition(text_of(tried(leader, text)))
    by = cast.admin()
    actions.remove_template(card.id, seen=card.version, by=by, at=MONDAY)
    page = text_of(leader.post(FILE, {"text": text, "sure": "1", "edition": known}))
    assert "Vừa có người sửa các mẫu." in page
    assert "Đã sửa đèn" not in {one.template.title for one in queries.answer_templates()}
    assert leader.post(FILE, {"text": text, "sure": "1", "edition": edition(page)}).status_code == 303


def test_what_was_taken_out_of_use_is_offered_again_once(leader: Client) -> None:
    (card, *_rest) = seeded()
    leader.post(f"{LIST}{card.id}/remove/", {"seen": card.version})
    page = text_of(leader.get(LIST))
    assert f"{LIST}{card.id}/restore/" in page
    again = {"seen": card.version + 1}
    assert leader.post(f"{LIST}{card.id}/restore/", {"seen": card.version}, follow=True).status_code == 200
    assert card.id not in {one.id for one in queries.answer_templates()}
    assert leader.post(f"{LIST}{card.id}/restore/", again).status_code == 303
    (back,) = [one for one in queries.answer_templates() if one.id == card.id]
    assert back.template == card.template
    assert [e.event for e in journal.entries_about(card.id)][-1] == "cases.template.restored"
    assert leader.post(f"{LIST}{card.id}/restore/", again).status_code == 404


def test_one_of_a_title_that_is_taken_by_now_stays_out_and_says_why(leader: Client) -> None:
    (card, *_rest) = seeded()
    actions.remove_template(card.id, seen=card.version, by=cast.admin(), at=MONDAY)
    actions.add_template(card.template, by=cast.admin(), at=MONDAY)
    answer = leader.post(f"{LIST}{card.id}/restore/", {"seen": card.version + 1}, follow=True)
    assert "đã có mẫu" in text_of(answer)
    assert card.id not in {one.id for one in queries.answer_templates()}


def test_operators_take_the_file_and_bring_none(leader: Client) -> None:
    (card, *_rest) = seeded()
    operator = at_desk(cast.operator())
    assert card.template.title in fetched(operator)
    assert tried(operator, HEAD + NEW).status_code == 403
    assert operator.post(f"{LIST}{card.id}/restore/", {"seen": 1}).status_code == 403
    assert FILE not in text_of(operator.get(LIST))
    assert at_desk(cast.minh()).get(CSV).status_code == 403
    assert leader.get(CSV).status_code == 200
