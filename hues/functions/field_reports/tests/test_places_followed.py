"""Following a ward or a place: the feed, the page of my ward, the notice in the inbox, and the picture of a link."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from lxml import etree
from PIL import Image

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import DAI_NOI, MONDAY, a_case, a_case_in
from hues.functions.field_reports import actions, around, queries
from hues.kernel.agencies.testing import eve, lan
from hues.kernel.areas.testing import the_wards
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import Invalid, SignInNeeded
from hues.kernel.journal import testing as journal
from hues.kernel.people.asker import STRANGER
from hues.kit import clock

AROUND = "/f/field_reports/around/"
HERE = around.written(DAI_NOI.lat, DAI_NOI.lng)
FAR = "16.5500,107.6000"


@pytest.fixture
def as_eve() -> Client:
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=str(eve().person_id)))
    return browser


def told() -> list[str]:
    """Return what Eve's inbox says of places, newest first."""
    journal.drain()
    return [item.link for item in delivery.inbox(eve()).rows if "field_reports" in item.link]


@pytest.mark.parametrize("what", [{"ward": "19753"}, {"near": HERE}, {"near": around.written(16.4715, 107.5790)}])
def test_who_follows_hears_once_of_what_is_published_there(as_eve: Client, what: dict[str, str]) -> None:
    assert as_eve.post(f"{AROUND}follow/", what).status_code == 303
    a_case()
    assert told() == []
    case = a_case_in(State.PUBLISHED)
    assert told() == [f"/f/field_reports/{case.number}/"]
    as_eve.post(f"{AROUND}follow/", {**what, "leave": "1"})
    a_case_in(State.PUBLISHED)
    assert len(told()) == 1


@pytest.mark.parametrize("what", [{"ward": "19777"}, {"near": FAR}])
def test_who_follows_another_place_hears_nothing(as_eve: Client, what: dict[str, str]) -> None:
    as_eve.post(f"{AROUND}follow/", what)
    a_case_in(State.PUBLISHED)
    assert told() == []


def test_a_place_within_reach_is_found_whichever_cell_it_lies_in() -> None:
    lat, lng = 16.46, 107.58
    south, west, north, east = around.box(lat, lng)
    for step in range(12):
        for corner in ((south + 1e-6, west + 1e-6), (north - 1e-6, east - 1e-6), (south + 1e-6, east - 1e-6)):
            moved = (corner[0] + step * 0.0011, corner[1] + step * 0.0013)
            place = (lat + step * 0.0011, lng + step * 0.0013)
            assert around.cell(*place) in around.cells_near(*moved)


def test_following_twice_is_following_once_and_only_so_many_places() -> None:
    a_case()
    for _ in range(2):
        actions.follow(by=eve(), ward="19753", at=MONDAY)
    assert len(queries.followed(eve())) == 1
    for step in range(19):
        actions.follow(by=eve(), near=around.written(16.46 + step / 1000, 107.58), at=MONDAY)
    with pytest.raises(Invalid):
        actions.follow(by=eve(), near=around.written(16.45, 107.58), at=MONDAY)
    with pytest.raises(SignInNeeded):
        actions.follow(by=STRANGER, ward="19753", at=MONDAY)


@pytest.mark.parametrize("what", [{}, {"ward": "x"}, {"near": "0,0"}, {"near": "nan,inf"}, {"near": "\x00"}])
def test_a_place_outside_of_the_city_is_refused_in_words(as_eve: Client, what: dict[str, str]) -> None:
    answer = as_eve.post(f"{AROUND}follow/", what)
    assert answer.status_code == 422
    assert "Thành phố không có nơi này." in answer.content.decode()


def test_my_ward_is_there_before_i_follow_anything(as_eve: Client) -> None:
    shown = a_case_in(State.PUBLISHED)
    page = as_eve.get(AROUND, {"near": HERE}).content.decode()
    assert shown.number in page
    assert Client().get(AROUND).status_code == 302


def test_a_feed_is_of_its_ward_or_place_only_and_names_nobody() -> None:
    shown = a_case_in(State.PUBLISHED, at=clock.now() - timedelta(days=1))
    a_case()

    def links(**query: str) -> list[str]:
        answer = Client().get("/f/field_reports/feed.rss", query)
        assert answer["Content-Type"].startswith("application/rss+xml")
        assert b"Lan" not in answer.content
        return [item.text or "" for item in etree.fromstring(answer.content).findall(".//item/link")]

    assert links(ward="19753") == links(near=HERE) == links()
    assert links()[0].endswith(f"/f/field_reports/{shown.number}/")
    own = etree.fromstring(Client().get("/f/field_reports/feed.rss").content).findtext("./channel/link") or ""
    assert own.endswith("/f/field_reports/")
    assert links(ward="19777") == links(near=FAR) == []


def test_a_link_without_a_photo_is_given_a_card_of_its_ward() -> None:
    shown = a_case_in(State.PUBLISHED)
    page = Client().get(f"/f/field_reports/{shown.number}/").content.decode()
    assert f'/f/field_reports/{shown.number}/card.png">' in page
    card = Client().get(f"/f/field_reports/{shown.number}/card.png")
    assert Image.open(io.BytesIO(card.content)).size == (1200, 630)
    assert Client().get(f"/f/field_reports/{a_case().number}/card.png").status_code == 404


def test_a_place_is_kept_no_closer_than_ten_metres() -> None:
    a_case()
    actions.follow(by=eve(), near="16.469812345,107.577612345", at=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT near FROM field_reports_following")
        assert cursor.fetchall() == [("16.4698,107.5776",)]


def test_another_ward_is_chosen_and_never_ones_own_again(as_eve: Client) -> None:
    as_eve.post("/f/field_reports/around/follow/", {"ward": "19753"})
    page = as_eve.get("/f/field_reports/around/").content.decode()
    offered = page[page.index('id="follow-ward"') : page.index("</select>", page.index('id="follow-ward"'))]
    assert 'required><option value="">' in offered
    assert 'value="19774"' in offered
    assert 'value="19753"' not in offered


@pytest.mark.parametrize("what", [{"ward": "19753"}, {"near": HERE}])
def test_who_follows_a_place_is_led_to_it_and_told_so(as_eve: Client, what: dict[str, str]) -> None:
    the_wards()
    page = as_eve.post(f"{AROUND}follow/", what, follow=True)
    (address, _status) = page.redirect_chain[-1]
    assert f'id="{address.partition("#")[2]}"' in page.content.decode()
    assert "Bạn đang theo dõi nơi này" in page.content.decode()
    page = as_eve.post(f"{AROUND}follow/", {**what, "leave": "1"}, follow=True)
    assert "Bạn không còn theo dõi nơi này" in page.content.decode()


def test_a_report_is_shared_once_others_can_read_it() -> None:
    seats, share = Client(), "data-share="
    seats.force_login(get_user_model().objects.get(pk=str(lan().person_id)))
    shown = [a_case_in(state, at=clock.now()).number for state in (State.ASSIGNED, State.PUBLISHED)]
    pages = [seats.get(f"/f/field_reports/{number}/").content.decode() for number in shown]
    assert [share in page for page in pages] == [False, True]
