"""How a refusal reaches who asked; none of these tests may touch the database."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from hues.kernel.errors import Invalid, NotAllowed, Refusal, SignInNeeded, Stale, TooMany
from hues.surfaces.shell import middleware, refusing, views


def asked(path: str, method: str = "get", **headers: str) -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(headers=headers), method)(path)
    return request


@pytest.mark.parametrize("kind", [Stale, NotAllowed, TooMany, Invalid])
def test_a_reader_gets_a_page_in_words(kind: type[Refusal]) -> None:
    answer = refusing.tell(asked("/ops/1/"), kind())
    page = answer.content.decode()
    assert answer.status_code == kind.status
    assert page.count("<h1>") == 1
    assert "Trang chủ" in page
    assert str(kind.sentence) in page


def test_htmx_gets_a_part_that_goes_to_its_own_place() -> None:
    answer = refusing.tell(asked("/ops/1/", **{"HX-Request": "true"}), Stale())
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#refusal"
    assert "<html" not in answer.content.decode()


def test_machines_get_a_problem_with_the_fields() -> None:
    answer = refusing.tell(asked("/open311/v2/requests.json", "post"), Invalid(fields={"phone": "?"}))
    body = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (body["status"], body["type"], body["errors"]) == (422, "/errors/invalid", {"phone": "?"})


def test_who_accepts_json_gets_json_from_any_address() -> None:
    answer = refusing.tell(asked("/ops/1/", accept="application/json"), NotAllowed())
    assert json.loads(answer.content)["type"] == "/errors/not-allowed"


def test_a_stranger_who_reads_is_led_to_the_sign_in_page_and_back() -> None:
    answer = refusing.tell(asked("/me/?tab=2"), SignInNeeded())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/?next=%2Fme%2F%3Ftab%3D2")


def test_the_way_to_the_sign_in_page_keeps_the_language() -> None:
    with translation.override("en"):
        answer = refusing.tell(asked("/en/me/"), SignInNeeded())
    assert answer.headers["Location"] == "/en/login/?next=%2Fen%2Fme%2F"


def test_a_stranger_who_writes_is_told_so_and_nothing_is_lost_by_a_redirect() -> None:
    answer = refusing.tell(asked("/f/field_reports/new/", "post"), SignInNeeded())
    assert answer.status_code == 401
    assert "/login/" in answer.content.decode()


def test_htmx_is_led_to_the_sign_in_page_as_a_whole() -> None:
    answer = refusing.tell(asked("/me/part/", **{"HX-Request": "true"}), SignInNeeded())
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login/")


def test_a_machine_without_a_token_is_told_how_to_come_back() -> None:
    answer = refusing.tell(asked("/api/v1/cases"), SignInNeeded())
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_refusal_from_elsewhere_is_no_place_to_return_to() -> None:
    request = asked("/f/x/", "post", referer="//evil.example/")
    assert "evil" not in refusing.tell(request, SignInNeeded()).content.decode()


def test_what_is_no_refusal_stays_a_bug() -> None:
    guard = middleware.RefusalMiddleware(lambda request: refusing.page(request, status=500, code="x", sentence=""))
    assert guard.process_exception(asked("/"), ValueError("secret")) is None


@pytest.mark.parametrize(("method", "says"), [("get", "tự thử lại"), ("post", "gửi lại không bị trùng")])
def test_while_the_records_are_away_one_is_asked_to_try_again(method: str, says: str) -> None:
    try:
        raise OperationalError("the connection is closed")
    except OperationalError:
        answer = views.broken(asked("/desk/PA-2026-000001/", method))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert says in answer.content.decode()
    assert "connection" not in answer.content.decode()


def test_any_other_bug_is_ours() -> None:
    try:
        raise ValueError("secret")
    except ValueError:
        answer = views.broken(asked("/desk/"))
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()


def test_no_refusal_is_kept_by_anybody() -> None:
    assert refusing.tell(asked("/x"), NotAllowed()).headers["Cache-Control"] == "no-store"


def test_every_kind_of_refusal_is_explained(client: Client) -> None:
    codes = {kind.code for kind in refusing.kinds() if kind.__module__.startswith("hues.")}
    assert "stale" in codes
    for code in codes:
        assert client.get(f"/errors/{code}").status_code == 200


def test_an_unknown_code_is_not_explained(client: Client) -> None:
    assert client.get("/errors/none-such").status_code == 404


def test_a_missing_page_says_so_in_both_languages(client: Client) -> None:
    assert "Không tìm thấy" in client.get("/khong-co").content.decode()
    assert "There is nothing here" in client.get("/en/khong-co").content.decode()


def test_a_missing_address_is_a_problem_to_a_machine(client: Client) -> None:
    answer = client.get("/api/v9/none")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_a_form_without_its_token_is_told_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/offline/")
    assert answer.status_code == 403
    assert "tải lại trang rồi gửi lần nữa" in answer.content.decode()


def test_a_part_of_a_form_without_its_token_is_told_in_its_place() -> None:
    answer = Client(enforce_csrf_checks=True, headers={"HX-Request": "true"}).post("/offline/")
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (403, "#refusal")


def test_a_host_that_is_not_ours_is_not_repeated(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize(
    "body", [{"pick": ["1"] * 1_001}, {"text": "a" * (1024 * 1024 + 1)}], ids=["fields", "characters"]
)
def test_too_much_at_once_is_told_in_words(body: dict[str, Any]) -> None:
    told = urlencode(body, doseq=True)
    answer = Client(enforce_csrf_checks=True).post("/offline/", told, "application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "quá nhiều cùng lúc" in answer.content.decode()
