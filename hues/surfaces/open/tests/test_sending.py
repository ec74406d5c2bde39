"""Programs send requests: what is taken, what is refused, and with which words."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hues.engines.cases import actions as cases
from hues.engines.cases import queries as cases_queries
from hues.kernel.agencies import testing as cast
from hues.kernel.media.testing import a_picture
from hues.kit import clock
from hues.surfaces.open import actions
from hues.surfaces.open.tests.programs import WORDS, as_sent, error, get, listed, post, sent, tree

FORMS = pytest.mark.parametrize("form", ["json", "xml"])


def test_what_was_sent_is_read_at_once() -> None:
    number = sent()
    (found,) = as_sent(number).json()  # type: ignore[attr-defined]
    assert found["description"] == WORDS
    assert (found["lat"], found["long"]) == (16.4637, 107.5909)
    assert (found["status"], found["service_code"]) == ("open", "roads-pothole")
    assert found["media_url"] is None


def test_in_xml_one_id_and_no_token_come_back() -> None:
    answer = post("xml")
    (request,) = tree(answer).findall("request")
    assert request.findtext("service_request_id", "").startswith("PA-")
    assert request.find("token") is None
    assert request.findtext("service_notice")


@FORMS
@pytest.mark.parametrize("key", [None, "", "wrong", "demo-key-"])
def test_without_a_key_in_force_nothing_is_taken(form: str, key: str | None) -> None:
    assert "api_key" in error(post(form, api_key=key), 403)
    assert listed("/requests.json") == []


@FORMS
@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("service_code", None, 400),
        ("service_code", "", 400),
        ("service_code", "nope", 404),
        ("service_code", "roads", 404),
        ("lat", None, 400),
        ("lat", "", 400),
        ("lat", "north", 400),
        ("lat", "nan", 400),
        ("lat", "91", 400),
        ("lat", "10.77", 400),
        ("long", "108.9", 400),
        ("description", "x" * 4001, 400),
        ("description", "ổ gà", 400),
        ("description", "ổ gà \ufffd rất sâu ở đây", 400),
        ("media_url", "javascript:alert(1)", 400),
        ("media_url", "http://[", 400),
        ("attribute[size]", "ocean", 400),
        ("jurisdiction_id", "elsewhere.example", 404),
    ],
)
def test_what_does_not_fit_is_refused_by_the_book(form: str, field: str, value: str | None, status: int) -> None:
    assert error(post(form, "", **{field: value}), status)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    told = error(post(lat=None, description="x" * 4001, **{"attribute[size]": "ocean"}), 400)
    assert all(field in told for field in ("lat,long", "description", "attribute[size]"))


def test_a_broken_body_is_refused_by_the_book() -> None:
    many = {f"f{n}": "1" for n in range(1200)}
    assert error(post("json", "", **many), 400)


def test_an_address_alone_is_placed_in_the_ward_it_names() -> None:
    number = sent(lat=None, long=None, address_string="12 Hai Bà Trưng, phường Thuận Hóa")
    (found,) = listed(f"/requests/{number}.json", extensions="true")
    assert found["address"] == "Hai Bà Trưng"
    assert found["extended_attributes"]["ward_code"]
    assert "address_string" in error(post(lat=None, long=None, address_string="12 Rue de Rivoli"), 400)


def test_an_answer_comes_with_or_without_brackets_and_only_once() -> None:
    for name in ("attribute[size]", "attribute[size][]"):
        number = sent(**{name: "door"})
        (found,) = listed(f"/requests/{number}.json", extensions="true")
        assert found["extended_attributes"]["attributes"] == [{"code": "size", "value": "door"}]
    assert "attribute[size]" in error(post("json", "", **{"attribute[size][]": ["door", "car"]}), 400)


def test_an_attribute_may_have_several_values() -> None:
    (attribute,) = get("/services/traffic-signal.json").json()["attributes"]  # type: ignore[attr-defined]
    assert (attribute["code"], attribute["datatype"]) == ("lamps", "multivaluelist")
    for name in ("attribute[lamps]", "attribute[lamps][]"):
        number = sent(service_code="traffic-signal", **{name: ["red", "count"]})
        (found,) = listed(f"/requests/{number}.json", extensions="true")
        assert found["extended_attributes"]["attributes"] == [{"code": "lamps", "value": "red, count"}]
    wrong = post("json", "", service_code="traffic-signal", **{"attribute[lamps]": ["red", "blue"]})
    assert "attribute[lamps]" in error(wrong, 400)


def test_an_attribute_that_nobody_asked_for_is_let_pass() -> None:
    assert sent(**{"attribute[fixmystreet_id]": "4711"})


def test_a_request_without_a_description_says_so() -> None:
    (found,) = as_sent(sent(description=None)).json()  # type: ignore[attr-defined]
    assert "Ổ gà" in found["description"]


def test_the_same_key_and_body_open_one_request_and_another_body_is_a_conflict() -> None:
    first, again = post(once="a" * 90), post("xml", once="a" * 90)
    assert tree(again).findtext("request/service_request_id") == first.json()[0]["service_request_id"]  # type: ignore[attr-defined]
    assert error(post(once="a" * 90, description="Một chuyện khác hẳn ở đây."), 409)
    assert error(post(once="a" * 90, first_name="Ai đó khác"), 409)
    other = post(once="a" * 90 + "b")
    assert other.json()[0] != first.json()[0]  # type: ignore[attr-defined]
    assert len(listed("/requests.json")) == 2


def test_a_picture_elsewhere_is_told_to_staff_and_not_to_everybody() -> None:
    link = "https://pictures.example/1.jpg"
    number = sent(media_url=link)
    assert link not in str(listed(f"/requests/{number}.json", extensions="true"))
    (row,) = cases_seen_by_the_centre()
    assert link in row


def cases_seen_by_the_centre() -> list[str]:
    """Return the words of all that waits at the centre."""
    operator = cast.operator()
    found = cases_queries.ops_queue(operator, at=clock.now()).rows
    return [cases_queries.ops_case(operator, row.number, at=clock.now()).text for row in found]


def test_photos_that_are_sent_as_files_go_with_the_report_once() -> None:
    def files() -> dict[str, Any]:
        shots = [SimpleUploadedFile(f"{n}.jpg", a_picture(seed=n), "image/jpeg") for n in range(2)]
        return {"media": shots[:1], "photo2": shots[1]}

    first = post("json", "one-key", **files())
    assert first.json() == post("json", "one-key", **files()).json()  # type: ignore[attr-defined]
    number = first.json()[0]["service_request_id"]  # type: ignore[attr-defined]
    assert len(cases_queries.ops_case(cast.operator(), number, at=clock.now()).photos) == 2
    (found,) = listed(f"/requests/{number}.json")
    assert found["media_url"] is None
    assert error(post("json", "one-key", media=files()["photo2"]), 409)


@FORMS
def test_a_file_that_is_no_picture_is_told_by_its_field_and_nothing_is_taken(form: str) -> None:
    for content in (b"GIF89a", b"%PDF-1.4", a_picture()[:200]):
        sent_along = SimpleUploadedFile("1.jpg", content, "image/jpeg")
        assert error(post(form, media=sent_along), 400).startswith("media: ")
    many = [SimpleUploadedFile(f"{n}.jpg", a_picture((32, 24), seed=n), "image/jpeg") for n in range(11)]
    assert "media" in error(post(form, media=many), 400)
    assert listed("/requests.json") == []


def test_who_sent_it_is_behind_the_seal_alone() -> None:
    number = sent(first_name="Nguyễn", last_name="Ánh", phone="0905 123 456", email="anh@example.vn")
    case = cases_queries.ops_case(cast.operator(), number, at=clock.now())
    reporter = cases.unseal(case_id=case.id, purpose="Gọi lại hỏi vị trí.", by=cast.operator(), at=clock.now())
    assert reporter.contact == "0905 123 456 · anh@example.vn · Nguyễn Ánh"


def test_a_key_sends_so_much_a_minute_and_no_more() -> None:
    at = clock.now()
    key = actions.issue_key(label="Ứng dụng phường", phone="0901 999 888", per_minute=2, at=at - timedelta(days=1))
    answers = [post(api_key=key.secret) for _ in range(5)]
    refused = [a for a in answers if a.status_code == 429]
    assert 1 <= len(refused) <= 3  # a new minute may begin meanwhile
    assert error(refused[0], 429)
    assert refused[0].headers["retry-after"] == "60"
    assert post().status_code == 200
