"""A program of somebody else, as tests play it."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from lxml import etree

V2 = "/open311/v2"
WORDS = "Ngã tư Lê Lợi – Hà Nội ngập 0,5 m\ndòng hai <b>&amp;</b>"
POTHOLE: dict[str, str] = {
    "api_key": "demo-key",
    "service_code": "roads-pothole",
    "lat": "16.4637",
    "long": "107.5909",
    "description": WORDS,
}


def get(path: str, **query: str) -> HttpResponse:
    """Return the answer to a question."""
    answer: HttpResponse = Client().get(V2 + path, query)  # type: ignore[assignment]
    return answer


def as_sent(number: str, form: str = "json") -> HttpResponse:
    """Return a request as the program reads it that sent it: with its key."""
    return get(f"/requests/{number}.{form}", api_key=POTHOLE["api_key"])


def listed(path: str, **query: str) -> list[dict[str, Any]]:
    """Return what a question lists."""
    answer = get(path, **query)
    assert answer.status_code == 200, answer.content.decode()
    found = json.loads(answer.content)
    assert isinstance(found, list)
    return found


def post(form: str = "json", once: str = "", **changed: Any) -> HttpResponse:
    """Return the answer to a request that is a pothole but for what is changed; None leaves a field out."""
    fields = {name: value for name, value in {**POTHOLE, **changed}.items() if value is not None}
    headers = {"Idempotency-Key": once} if once else {}
    answer: HttpResponse = Client(enforce_csrf_checks=True).post(  # type: ignore[assignment]
        f"{V2}/requests.{form}", fields, headers=headers
    )
    return answer


def sent(**changed: str | list[str] | None) -> str:
    """Return the number of a request that was taken."""
    answer = post(**changed)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.content.decode()
    number: str = answer.json()[0]["service_request_id"]  # type: ignore[attr-defined]
    return number


def tree(answer: HttpResponse) -> etree._Element:
    """Return the document of an answer in XML."""
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    return etree.fromstring(answer.content)


def error(answer: HttpResponse, status: int) -> str:
    """Return the sentences of an error that is told by the book, in either form."""
    assert answer.status_code == status, answer.content.decode()
    if "xml" in answer.headers["content-type"]:
        told = [{child.tag: child.text for child in e} for e in tree(answer).findall("error")]
    else:
        told = answer.json()  # type: ignore[attr-defined]
    assert told
    assert all(str(one["code"]) == str(status) for one in told)
    return " ".join(str(one["description"]) for one in told)
