"""Home, search, the map, and what is mine."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from hues.engines.cases import actions as cases
from hues.engines.cases.declare import STATE_WORDS
from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import MONDAY, WORDS, a_case_in
from hues.kernel.agencies.testing import eve, lan, operator
from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery import queries as inbox
from hues.kernel.people import actions as people
from hues.kernel.people.queries import person_card
from hues.kernel.published import actions as publishing
from hues.kernel.published import queries as published
from hues.kit import clock

PUBLIC = ["/", "/en/", "/map/", "/search/?q=den", "/f/field_reports/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_the_same_bytes_for_everybody(path: str, as_lan: Client) -> None:
    a_case_in(State.PUBLISHED)
    theirs, mine = Client().get(path), as_lan.get(path)
    assert theirs.status_code == 200
    assert theirs.content == mine.content
    for answer in (theirs, mine):
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert b"csrf" not in answer.content


def test_home_shows_functions_and_what_was_answered() -> None:
    case = a_case_in(State.PUBLISHED)
    page = Client().get("/").content.decode()
    assert 'href="/f/field_reports/new/"' in page
    assert f'href="/f/field_reports/{case.number}/"' in page


def homes() -> dict[str, str]:
    """Return Home as it is served in both languages, without a job having run."""
    publishing.settle(at=clock.now())
    return {page.path: page.body.decode() for page in published.since(0) if page.path in ("/", "/en/")}


def test_home_is_published_anew_when_an_answer_is_although_no_worker_runs() -> None:
    case = a_case_in(State.PUBLISHED)
    pages = homes()
    assert f"/f/field_reports/{case.number}/" in pages["/"]
    assert f"/en/f/field_reports/{case.number}/" in pages["/en/"]


def test_home_says_that_a_report_goes_on_and_covers_what_is_covered() -> None:
    case, at, goes_on = a_case_in(State.PUBLISHED), MONDAY, str(STATE_WORDS[State.ASSIGNED])
    shown = homes()["/"]
    assert WORDS in shown
    assert goes_on not in shown
    moved = cases.reopen(case_id=case.id, text="Vẫn còn hỏng như cũ, chưa ai sửa.", by=lan(), seen=case.version, at=at)
    assert goes_on in homes()["/"]
    texts = {"text": WORDS.replace("Ổ gà", "[…]")}
    cases.cover_words(case_id=case.id, seq=1, texts=texts, by=operator(), seen=moved.version, at=at)
    assert WORDS not in homes()["/"]


def test_what_moves_before_it_is_public_renews_nothing() -> None:
    a_case_in(State.ANSWERED)
    assert publishing.settle(at=clock.now()) == 0


def test_what_is_mine_comes_as_a_part_of_its_own(as_lan: Client) -> None:
    people.set_home_ward(person_id=lan().person_id, ward="19753", at=clock.now())  # type: ignore[arg-type]
    waiting, public = a_case_in(State.WAITING), a_case_in(State.PUBLISHED, by=eve())
    answer = as_lan.get("/me/fragment")
    page = answer.content.decode()
    assert waiting.number in page
    assert public.number in page
    assert "<html" not in page
    assert "no-store" in answer["Cache-Control"]


def test_a_stranger_is_offered_to_sign_in_and_learns_of_nobody() -> None:
    case = a_case_in(State.WAITING)
    page = Client().get("/me/fragment").content.decode()
    assert case.number not in page
    assert 'href="/me/"' in page


def test_home_leads_back_to_the_report_a_stranger_left_unfinished() -> None:
    stranger = Client()
    stranger.post("/f/field_reports/new/category/", {"category": "lights-out"})
    assert "/f/field_reports/new/place/" in stranger.get("/me/fragment").content.decode()


def test_search_finds_functions_wards_and_reports_without_tone_marks() -> None:
    case = a_case_in(State.PUBLISHED)
    page = Client().get("/search/", {"q": "phan anh"}).content.decode()
    assert 'href="/f/field_reports/new/"' in page
    assert "Phường Vỹ Dạ" in Client().get("/search/", {"q": "vy da"}).content.decode()
    assert case.number in Client().get("/search/", {"q": "o ga"}).content.decode()
    assert case.number in Client().get("/search/", {"q": case.number}).content.decode()


@pytest.mark.parametrize("q", ["", "   ", "\x00", "%", "_" * 500, "zzzz qqqq", "' OR 1=1 --", "<script>"])
def test_search_takes_whatever_is_typed(q: str) -> None:
    answer = Client().get("/search/", {"q": q})
    assert answer.status_code == 200
    assert b"<script>'" not in answer.content


def test_the_map_tells_counts_from_afar_and_reports_from_near() -> None:
    case = a_case_in(State.PUBLISHED)
    far = Client().get("/map/cells.json", {"bbox": "107,16,108.2,16.8", "zoom": "9"}).json()
    assert [feature["properties"] for feature in far["features"]] == [{"count": 1}]
    near = Client().get("/map/cells.json", {"bbox": "107.57,16.46,107.58,16.48", "zoom": "16"}).json()
    (feature,) = near["features"]
    assert feature["properties"]["href"] == f"/f/field_reports/{case.number}/"
    assert Client().get("/map/cells.json", {"bbox": "107.6,16.5,107.7,16.6", "zoom": "16"}).json()["features"] == []


@pytest.mark.parametrize(
    "query",
    [
        "bbox=1,2,3",
        "bbox=a,b,c,d",
        "bbox=nan,nan,nan,nan",
        "bbox=inf,-inf,inf,inf",
        "zoom=x",
        "zoom=99",
        "bbox=9,9,1,1",
    ],
)
def test_a_box_that_is_none_is_refused(query: str) -> None:
    assert Client().get(f"/map/cells.json?{query}", headers={"accept": "application/json"}).status_code == 422


def test_the_map_can_be_read_as_a_list_of_wards() -> None:
    a_case_in(State.PUBLISHED)
    page = Client().get("/map/").content.decode()
    assert page.count('href="/f/field_reports/?ward=') == 40


def test_the_inbox_is_read_by_opening(as_lan: Client) -> None:
    asker = lan()
    words = {"vi": "Đã có trả lời", "en": "Answered"}
    link = "/f/field_reports/PA-2026-000001/"
    delivery.plan([asker.person_id], reason="r1", title=words, body=words, link=link, at=clock.now())  # type: ignore[list-item]
    assert "Đã có trả lời" in as_lan.get("/me/inbox/").content.decode()
    (item,) = inbox.inbox(asker).rows
    answer = as_lan.post(f"/me/inbox/{item.id}/", {"next": link})
    assert (answer.status_code, answer["Location"]) == (303, link)
    assert inbox.unread_count(asker) == 0


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_the_inbox_leads_nowhere_else(as_lan: Client, link: str) -> None:
    answer = as_lan.post("/me/inbox/018f0000-0000-7000-8000-000000000000/", {"next": link})
    assert answer["Location"] == "/me/inbox/"


def test_eve_can_not_read_the_inbox_of_lan_away() -> None:
    words = {"vi": "Tin", "en": "News"}
    delivery.plan([lan().person_id], reason="r1", title=words, body=words, link="/", at=clock.now())  # type: ignore[list-item]
    (item,) = inbox.inbox(lan()).rows
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=str(eve().person_id)))
    browser.post(f"/me/inbox/{item.id}/", {"next": "/"})
    browser.post("/me/inbox/read/")
    assert inbox.unread_count(lan()) == 1


def test_i_change_what_my_account_says(as_lan: Client) -> None:
    answer = as_lan.post("/me/", {"name": "  Trần  Thị Lan Anh ", "ward": "19777", "language": "en"})
    assert answer.status_code == 303
    card = person_card(lan().person_id)  # type: ignore[arg-type]
    assert card is not None
    assert (card.name, card.home_ward, card.language) == ("Trần Thị Lan Anh", "19777", "en")


@pytest.mark.parametrize("given", [{"name": "x" * 121}, {"ward": "99999"}, {"language": "fr"}])
def test_what_an_account_can_not_say_stays_in_the_form(as_lan: Client, given: dict[str, str]) -> None:
    answer = as_lan.post("/me/", {"name": "Lan", "ward": "", "language": "vi", **given})
    assert answer.status_code == 422
    assert b'role="alert"' in answer.content


@pytest.mark.parametrize("path", ["/me/", "/me/inbox/", "/me/privacy/", "/en/me/inbox/"])
def test_a_stranger_is_led_to_sign_in_and_back(path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert "/login/?next=" in answer["Location"]


def test_a_long_inbox_goes_on_page_by_page(as_lan: Client) -> None:
    asker, start = lan(), clock.now()
    words = {"vi": "Tin", "en": "News"}
    for n in range(23):
        at = start + timedelta(seconds=n)
        delivery.plan([asker.person_id], reason=f"r{n}", title=words, body=words, link="/", at=at)  # type: ignore[list-item]
    first = as_lan.get("/me/inbox/")
    second = as_lan.get("/me/inbox/", {"after": first.context["next"]})
    assert [len(first.context["items"]), len(second.context["items"])] == [20, 3]
