"""Words that suggest a category: found whole, marks or not, the most specific first; edited on the desk, journalled."""

import csv
import io
import re
import unicodedata
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from hues.engines.cases.testing import MONDAY, the_city
from hues.functions.field_reports import actions, catalogue, queries
from hues.functions.field_reports.keywords import Book, Keyword
from hues.kernel import city
from hues.kernel.agencies import testing as cast
from hues.kernel.people.asker import Asker
from hues.kernel.people.testing import sign_in
from hues.kit.ids import new_id

HERE = "/ops/field_reports/keywords/"


def book(*listed: tuple[str, str]) -> Book:
    return Book(
        Keyword(id=new_id(), words=words, category=category, order=n, version=1)
        for n, (words, category) in enumerate(listed)
    )


def found(known: Book, story: str) -> list[str]:
    return [match.category for match in known.matches(story)]


@pytest.mark.parametrize(
    ("story", "meant"),
    [
        ("Đèn đường tắt ba đêm", ["lights"]),
        ("den duong tat ba dem", ["lights"]),
        ("ĐÈN ĐƯỜNG!", ["lights"]),
        (unicodedata.normalize("NFD", "đèn đường"), ["lights"]),
        ("đen đường", ["lights"]),  # a mark is missing
        ("đèn, đường", ["lights"]),
        ("đèn của đường", []),
        ("xeo ga vao gadget", []),  # never inside of other words
        ("có muỗi", ["mosquito"]),
        ("co muoi", ["mosquito"]),
        ("lúc mười giờ", []),  # another word
        ("nhà hoà bình", ["peace"]),
        ("nhà hòa bình", ["peace"]),
        ("sạt lở bờ sông", ["bank"]),
        ("sạt lở bờ sông, sạt lở cả đường", ["bank", "slide"]),
        ("muỗi ở ổ gà có đèn đường", ["lights", "pothole", "mosquito"]),
        ("", []),
    ],
)
def test_words_are_found_whole_and_the_most_specific_comes_first(story: str, meant: list[str]) -> None:
    known = book(
        ("ổ gà", "pothole"),
        ("muỗi", "mosquito"),
        ("sạt lở", "slide"),
        ("đèn đường", "lights"),
        ("sạt lở bờ sông", "bank"),
        ("hòa bình", "peace"),
    )
    assert found(known, story) == meant


def test_of_equally_long_words_the_earlier_wins_and_words_listed_bare_are_found_with_marks() -> None:
    known = book(("đổ trộm", "dumped"), ("đổ trộm", "rubble"), ("loa keo", "noise"))
    assert found(known, "lại đổ trộm") == ["dumped", "rubble"]
    assert found(known, "loa kéo") == ["noise"]


pytestmark = pytest.mark.django_db


@pytest.fixture
def listed() -> None:
    the_city()
    actions.seed_keywords(city.rows("keywords.csv"), at=MONDAY)


def at_desk(asker: Asker) -> Client:
    client = Client()
    sign_in(client, asker)
    return client


def noted(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry WHERE event = %s", [name])
        return int(cursor.fetchone()[0])


def entry(words: str) -> Keyword:
    return next(one for one in queries.keywords() if one.words == words)


def suggests(text: str) -> list[str]:
    return [card.code for card in catalogue.listed_for(text)]


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("story", "meant"),
    [
        ("Tôi yêu cầu xử lý đèn đường tắt ở ngõ 5", "lights-out"),
        ("Nguoi ta do trom xa ban dau ngo", "rubbish-rubble"),
        ("Chó thả rông cắn người ở công viên", "animals-dogs"),
        ("Nước đục, có mùi clo từ hôm qua", "water-quality"),
        ("Hàng xóm hát karaoke, mở nhạc to tới khuya", "noise-karaoke"),
        ("Sạt lở bờ sông Bồ", "drainage-bank"),
        ("Hồ sơ nộp từ mười ngày nay bị chậm", "services-late"),
    ],
)
def test_the_words_of_the_city_find_what_people_mean(story: str, meant: str) -> None:
    assert suggests(story)[0] == meant


@pytest.mark.usefixtures("listed")
def test_the_citys_words_are_taken_once_and_an_emptied_list_stays_empty() -> None:
    assert len(queries.keywords()) == len(city.rows("keywords.csv"))
    actions.import_keywords([], replace=True, by=cast.admin(), at=MONDAY)
    assert queries.keywords() == ()
    actions.seed_keywords(city.rows("keywords.csv"), at=MONDAY)
    assert queries.keywords() == ()


@pytest.mark.usefixtures("listed")
def test_a_duty_leader_adds_changes_and_removes_and_the_journal_knows() -> None:
    desk = at_desk(cast.duty_leader())
    assert desk.post(HERE, {"words": "  Ổ  Voi ", "category": "roads-pothole"}).status_code == 303
    assert suggests("một ổ voi to") == ["roads-pothole"]
    added = entry("ổ voi")
    assert added.order > max(one.order for one in queries.keywords() if one.id != added.id)
    change = {"words": "ổ voi", "category": "roads-trench", "order": "5", "seen": str(added.version)}
    assert desk.post(f"{HERE}{added.id}/", change).status_code == 303
    assert suggests("một ổ voi to") == ["roads-trench"]
    late = desk.post(f"{HERE}{added.id}/", {**change, "words": "ổ trâu"})
    assert late.status_code == 422
    assert "ổ trâu" in late.content.decode()
    assert "Người khác vừa thay đổi" in late.content.decode()
    desk.post(f"{HERE}{added.id}/remove/", {"seen": "1"})
    assert suggests("một ổ voi to") == ["roads-trench"]
    assert desk.post(f"{HERE}{added.id}/remove/", {"seen": "2"}).status_code == 303
    assert suggests("một ổ voi to") == []
    assert [noted(f"field_reports.keyword.{verb}") for verb in ("added", "changed", "removed")] == [1, 1, 1]


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    "said",
    [
        {"words": "", "category": "roads-pothole"},
        {"words": "?!", "category": "roads-pothole"},
        {"words": "ổ gà", "category": "roads-pothole"},
        {"words": "x" * 81, "category": "roads-pothole"},
        {"words": "mới", "category": "roads"},
        {"words": "mới", "category": "none"},
        {"words": "mới", "category": "roads-pothole", "order": "-1"},
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_listed(said: dict[str, str]) -> None:
    before = queries.keywords()
    answer = at_desk(cast.admin()).post(HERE, said)
    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert queries.keywords() == before


@pytest.mark.usefixtures("listed")
def test_operators_read_and_try_but_change_nothing_and_others_do_not_come_in() -> None:
    desk = at_desk(cast.operator())
    page = desk.get(HERE, {"text": "den duong tat ca tuyen", "q": "den duong"}).content.decode()
    assert "Đèn đường không sáng" in page
    assert "ổ gà" not in page.replace("“ổ gà”", "")
    assert 'name="words"' not in page
    before = queries.keywords()
    some = before[0].id
    desk.post(HERE, {"words": "mới", "category": "roads-pothole"})
    assert desk.post(f"{HERE}{some}/", {}).status_code == 403
    assert desk.post(f"{HERE}{some}/remove/", {"seen": "1"}).status_code == 403
    assert desk.post(f"{HERE}import/", {}).status_code == 403
    assert queries.keywords() == before
    for who in (cast.lan(), cast.minh(), cast.leader()):
        assert at_desk(who).get(HERE).status_code == 403


def sent(desk: Client, text: str | bytes, how: str = "add") -> Any:
    content = text.encode() if isinstance(text, str) else text
    return desk.post(f"{HERE}import/", {"file": SimpleUploadedFile("k.csv", content), "how": how})


@pytest.mark.usefixtures("listed")
def test_the_list_goes_out_as_a_file_and_comes_back_as_it_was() -> None:
    desk = at_desk(cast.admin())
    whole = b"".join(desk.get(f"{HERE}table.csv"))
    rows = list(csv.DictReader(io.StringIO(whole.decode("utf-8-sig"))))
    assert [(row["words"], row["category"]) for row in rows] == [(o.words, o.category) for o in queries.keywords()]
    ids: set[UUID] = {one.id for one in queries.keywords()}
    assert sent(desk, whole, "replace").status_code == 303
    assert {one.id for one in queries.keywords()} == ids


@pytest.mark.usefixtures("listed")
def test_a_file_adds_words_behind_or_is_the_whole_list() -> None:
    desk, before = at_desk(cast.admin()), queries.keywords()
    assert sent(desk, "words,category\nổ voi,roads-pothole\nổ gà,roads-pothole\n").status_code == 303
    assert [one.words for one in queries.keywords()] == [*(one.words for one in before), "ổ voi"]
    assert sent(desk, "words,category\nổ gà,roads-pothole\nmuỗi,health-mosquito\n", "replace").status_code == 303
    assert [(one.words, one.order) for one in queries.keywords()] == [("ổ gà", 10), ("muỗi", 20)]
    assert noted("field_reports.keywords.imported") == 3


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("words,category\nổ voi,roads-pothole\nổ voi,nowhere\n", "Dòng 3"),
        ("words,category\n,roads-pothole\n", "Dòng 2"),
        ("# của phường\n\nwords,category\n# đường\nổ voi,roads-pothole\n\nổ voi,nowhere\n", "Dòng 7"),
        ("a;b\n1;2\n", "words và category"),
        ("", "chọn tệp"),
        (b"words,category\n\xff\xfe,roads-pothole\n", "UTF-8"),
    ],
)
def test_a_file_with_a_wrong_row_changes_nothing(text: str | bytes, told: str) -> None:
    before = queries.keywords()
    answer = sent(at_desk(cast.admin()), text, "replace")
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert queries.keywords() == before


@pytest.mark.usefixtures("listed")
def test_the_list_is_used_at_the_phone_in_the_search_and_while_a_citizen_writes() -> None:
    actions.add_keyword(words="ổ voi", category="roads-trench", by=cast.admin(), at=MONDAY)
    beside = at_desk(cast.operator()).post("/ops/field_reports/near/", {"text": "một ổ voi to lắm"}).content.decode()
    assert re.findall(r'name="pick" value="([^"]+)"', beside)[0] == "roads-trench"
    search = Client().get("/f/field_reports/new/category/", {"q": "o voi"}).content.decode()
    assert "roads-trench" in search
    lan = at_desk(cast.lan())
    lan.post("/f/field_reports/new/category/", {"category": "lights-out"})
    near = lan.post("/f/field_reports/new/near/", {"text": "một ổ voi to lắm"}, headers={"HX-Request": "true"})
    assert "ổ voi" in near.content.decode()
    same = lan.post("/f/field_reports/new/near/", {"text": "đèn đường tắt, có ổ voi"}, headers={"HX-Request": "true"})
    assert "ổ voi" not in same.content.decode()


@pytest.mark.django_db
def test_a_list_is_read_to_its_end_before_anything_is_taken() -> None:
    the_city()
    before = queries.keywords()
    right, wrong = {"words": "ổ gà", "category": "roads-pothole"}, {"words": "đèn", "category": "nothing"}
    rows = [right] * 6_000 + [wrong]
    report = actions.import_keywords(rows, replace=True, by=cast.admin(), at=MONDAY)
    assert len(report.errors) == 1
    assert "6002" in str(report.errors[0])
    assert queries.keywords() == before
    assert actions.import_keywords(rows[:-1] * 4, replace=True, by=cast.admin(), at=MONDAY).errors
    assert queries.keywords() == before


def test_a_long_list_comes_in_pages_below_the_forms_and_the_search_finds_over_all_of_them() -> None:
    the_city()
    category = next(leaf.code for group in catalogue.groups() for leaf in group.leaves)
    rows = [{"words": f"chuyện thứ {n:03}", "category": category} for n in range(120)]
    actions.import_keywords(rows, replace=True, by=cast.duty_leader(), at=MONDAY)
    desk, seen = at_desk(cast.duty_leader()), []
    href: str | None = HERE
    while href:
        page = desk.get(href).content.decode()
        listed = re.findall(r">(chuyện thứ \d{3})<", page)
        assert len(listed) <= 50
        assert page.index('id="try"') < page.index(listed[0])
        seen += listed
        following = re.search(r'href="([^"]+)" rel="next"', page)
        href = HERE + following[1] if following else None
    assert seen == [row["words"] for row in rows]
    assert "chuyện thứ 119" in desk.get(f"{HERE}?q=119").content.decode()
    for odd in ("after=9999", "after=x", "after=-3"):
        assert "chuyện thứ" in desk.get(f"{HERE}?{odd}").content.decode()
