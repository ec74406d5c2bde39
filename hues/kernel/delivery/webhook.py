"""Tell other systems: JSON signed with the secret shared with each (HMAC of instant and body)."""

import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from hues.kernel.delivery import bounded
from hues.kernel.delivery.channels import Message, Outcome, Result

SECONDS = 10
PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


class NoRedirects(HTTPRedirectHandler):
    """What is signed for one address is told to no other."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@cache
def _opener() -> OpenerDirector:
    """Return what opens addresses, made when the first one is: it reads whom this machine trusts."""
    return build_opener(NoRedirects, *bounded.handlers())


def open_without_redirects(asked: Request, timeout: float) -> Any:
    """
    Open an address, and follow it nowhere; what is read of it too comes within so many seconds of the beginning.

    :raises OSError: if it cannot be reached or answers with an error
    """
    return _opener().open(asked, timeout=timeout)


class Webhooks:
    """Calls hooks, given as id → (address, secret)."""

    def __init__(self, hooks: Mapping[str, tuple[str, bytes]]) -> None:
        self._hooks = hooks

    def __call__(self, messages: Sequence[Message], *, at: datetime) -> list[Result]:
        """Call each hook once; one that was removed meanwhile is gone."""
        return [self._one(message, at) for message in messages]

    def _one(self, message: Message, at: datetime) -> Result:
        line = f"webhook:{message.address}"
        if message.address not in self._hooks:
            return Result(ref=message.ref, outcome=Outcome.GONE, line=line, said="removed")
        url, secret = self._hooks[message.address]
        body = written(message)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": message.words.key,
            "Hues-Signature": signature(secret, int(at.timestamp()), body),
        }
        try:
            with open_without_redirects(Request(url, body, headers, method="POST"), timeout=SECONDS):  # noqa: S310
                return Result(ref=message.ref, outcome=Outcome.SENT, line=line)
        except HTTPError as error:
            error.close()
            final = error.code < HTTPStatus.INTERNAL_SERVER_ERROR and error.code not in PASSING
            outcome = Outcome.REFUSED if final else Outcome.AGAIN
            return Result(ref=message.ref, outcome=outcome, line=line, said=f"HTTP {error.code}")
        except ValueError as wrong:  # no request can be made of its address
            return Result(ref=message.ref, outcome=Outcome.REFUSED, line=line, said=f"unfit: {type(wrong).__name__}")
        except (OSError, HTTPException) as error:
            return Result(ref=message.ref, outcome=Outcome.AGAIN, line=line, said=type(error).__name__)


def written(message: Message) -> bytes:
    """Return what a hook is told."""
    words = message.words
    told = {
        "key": words.key,
        "topic": words.topic,
        "urgency": words.urgency.value,
        "title": words.title,
        "body": words.body,
        "link": words.link,
        "at": words.at.isoformat(),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def signature(secret: bytes, at: int, body: bytes) -> str:
    """Return "t=<seconds>,v1=<hex>": who knows the secret can tell that body and instant are ours."""
    return f"t={at},v1={hmac.new(secret, f'{at}.'.encode() + body, sha256).hexdigest()}"
