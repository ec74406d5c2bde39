"""Whatever is asked, the answer is by the book and never a fault of ours."""

import pytest
from django.test import Client

from hues.surfaces.open.tests.programs import POTHOLE, as_sent, error, get, post, tree

WORST = [
    "\x00",
    "\ud7ff\uffff",
    "²",
    "1e999",
    "-1",
    "9" * 40,
    "' OR 1=1 --",
    "<x/>",
    "%",
    "PA-2026-000001\x00",
    "ế" * 300,
]


@pytest.mark.parametrize("form", ["json", "xml"])
@pytest.mark.parametrize("value", WORST, ids=ascii)
def test_no_parameter_of_a_question_breaks_it(form: str, value: str) -> None:
    for name in (
        "service_request_id",
        "service_code",
        "start_date",
        "end_date",
        "status",
        "page",
        "page_size",
        "locale",
    ):
        for path in ("/requests", "/servicerequestupdates", "/services"):
            answer = get(f"{path}.{form}", **{name: value})
            if answer.status_code != 200:
                assert error(answer, 400)
    assert error(get(f"/services.{form}", jurisdiction_id=value), 404)


@pytest.mark.parametrize("value", WORST, ids=ascii)
def test_no_field_of_a_request_breaks_it(value: str) -> None:
    for name in (*POTHOLE, "address_string", "media_url", "first_name", "attribute[size]", "jurisdiction_id"):
        answer = post("xml", "", **{name: value})
        if answer.status_code != 200:
            assert error(answer, answer.status_code)
            assert answer.status_code in (400, 403, 404)


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-01-01T00:00:00+99:99", "2026-W01", "0"]
)
@pytest.mark.parametrize("name", ["start_date", "end_date"])
def test_no_date_is_too_far_away(name: str, when: str) -> None:
    for path in ("/requests.json", "/servicerequestupdates.json"):
        answer = get(path, **{name: when})
        if answer.status_code != 200:
            assert error(answer, 400)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"api_key": "demo-key"}'),
        ("application/x-www-form-urlencoded", b"api_key=demo-key&service_code=%ff%fe"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"api_key=demo-key"),
        ("multipart/form-data", b"api_key=demo-key"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data"),
        ("application/x-www-form-urlencoded", b"description=" + b"x" * 1_100_000),
    ],
    ids=["json", "bytes", "charset", "no boundary", "cut off", "huge"],
)
def test_no_body_breaks_it(kind: str, body: bytes) -> None:
    answer = Client().generic("POST", "/open311/v2/requests.xml", body, content_type=kind)
    assert answer.status_code in (400, 403, 404)
    assert error(answer, answer.status_code)  # type: ignore[arg-type]


def test_what_is_written_in_xml_is_read_back_as_it_was() -> None:
    hard = "a < b & c > d ]]> \"e\" 'f' \u2028 🏮 ngập"
    number = post(description=hard).json()[0]["service_request_id"]  # type: ignore[attr-defined]
    assert tree(as_sent(number, "xml")).findtext("request/description") == hard
    assert as_sent(number).json()[0]["description"] == hard  # type: ignore[attr-defined]
