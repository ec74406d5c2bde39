"""The way to the company that sends our text messages: one POST of JSON for each."""

import base64
import json
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import Request

from hues.kernel.delivery.webhook import open_without_redirects

SECONDS = 10
# Answers after which the same message may still go through; any other refusal is final.
PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


class Refused(Exception):
    """The gateway will never take this message."""


class Unreachable(Exception):
    """The gateway did not take the message this time."""


def send(url: str, *, key: str, to: str, body: str) -> None:
    """
    POST {"id", "to", "body"} to the gateway; a user and password in `url` become basic authentication.

    The key goes along as Idempotency-Key, so that a message sent twice arrives once.

    :raises Refused: if the gateway says that it never will
    :raises Unreachable: if it may next time
    """
    address, headers = _address(url)
    message = json.dumps({"id": key, "to": to, "body": body}).encode()
    request = Request(address, message, {**headers, "Idempotency-Key": key}, method="POST")  # noqa: S310
    try:
        with open_without_redirects(request, timeout=SECONDS):
            return
    except HTTPError as error:
        error.close()
        final = HTTPStatus.BAD_REQUEST <= error.code < HTTPStatus.INTERNAL_SERVER_ERROR and error.code not in PASSING
        raise (Refused if final else Unreachable)(f"HTTP {error.code}") from error
    except (OSError, HTTPException) as error:
        raise Unreachable(type(error).__name__) from error


def _address(url: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise Unreachable("HUES_SMS_URL is not an http address")
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(), headers
