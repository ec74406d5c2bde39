"""Answers by Zalo and by Facebook: to those who wrote to the city there, as text with a link."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote, urlencode, urlsplit
from urllib.request import Request

from django.conf import settings

from hues.kernel.delivery.channels import Message, Outcome, Result
from hues.kernel.delivery.webhook import SECONDS, open_without_redirects
from hues.kit.reading import json_object
from hues.kit.text import pick

ZALO, OA, FACEBOOK = "zalo", "oa", "facebook"
LONGEST = 2_000  # characters, at both
HEAD, SAID = 100, 250  # characters of a head and of a text, by Zalo's rules
AGAIN = {"vi": "(Gửi lại, có thể bạn đã nhận.) ", "en": "(Sent again: you may have had it.) "}
MORE = {"vi": "Xem việc cần làm", "en": "What to do"}
# What they say when it may go through later: the token has run out, too much at once, trouble on their side.
ZALO_EXPIRED = frozenset({-216, -124})
ZALO_LEFT = -213  # whoever it is follows the account no more
ZALO_PASSING = frozenset({-32, -211, -1})
FACEBOOK_PASSING = frozenset({1, 2, 4, 17, 32, 190, 341, 368, 613})


@dataclass(frozen=True, kw_only=True, slots=True)
class Fresh:
    """Tokens as Zalo gives them out: `access` for so many `seconds`, and `refresh` to ask once for the next."""

    access: str
    refresh: str
    seconds: int


class Refused(Exception):
    """The other side does not give what is asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Zalo:
    """
    The way to Zalo; `access` gives a token that holds, `spoil` says that it did not.

    By the line OA go warnings, as what Zalo calls news of a transaction: at any hour and to whoever follows the
    account. Answers may be written only to who wrote within the last days, and what it calls broadcasts go out by day,
    one a day.
    """

    access: Callable[[], str]
    spoil: Callable[[], None]
    line: str = ZALO

    def __call__(self, messages: Sequence[Message], *, at: datetime) -> list[Result]:
        """Send one text for each; Zalo has no key that makes a repeat harmless, so a lost answer may mean two."""
        try:
            token = self.access() if messages else ""
        except (Refused, OSError, HTTPException) as error:
            said = str(error) or type(error).__name__
            return [_result(message, self.line, Outcome.AGAIN, said) for message in messages]
        return [self._one(message, token) for message in messages]

    def _one(self, message: Message, token: str) -> Result:
        base, _user, _secret = parts(settings.HUES.zalo_url)
        kind, words = ("transaction", warning(message)) if self.line == OA else ("cs", {"text": text(message)})
        said = json.dumps({"recipient": {"user_id": message.address}, "message": words}).encode()
        try:
            answer = _post(f"{base}/v3.0/oa/message/{kind}", said, {"access_token": token})
        except (OSError, HTTPException) as error:
            return _result(message, self.line, Outcome.AGAIN, type(error).__name__)
        code = answer.get("error")
        if code == 0:
            named = answer.get("data")
            name = str(named.get("message_id") or "") if isinstance(named, Mapping) else ""
            return Result(ref=message.ref, outcome=Outcome.SENT, line=self.line, name=name)
        if code == ZALO_LEFT and self.line == OA:
            return _result(message, self.line, Outcome.GONE, f"Zalo {code}")
        if code in ZALO_EXPIRED:
            self.spoil()
        again = code in ZALO_EXPIRED | ZALO_PASSING or not isinstance(code, int)
        return _result(message, self.line, Outcome.AGAIN if again else Outcome.REFUSED, f"Zalo {code}")


def zalo_tokens(refresh: str) -> Fresh:
    """
    Ask Zalo for new tokens; `refresh` is used up by it.

    :raises Refused: if Zalo gives none
    """
    base, app, secret = parts(settings.HUES.zalo_url)
    base = base.replace("//openapi.zalo.me", "//oauth.zaloapp.com")
    asked = urlencode({"refresh_token": refresh, "app_id": app, "grant_type": "refresh_token"}).encode()
    headers = {"secret_key": secret, "Content-Type": "application/x-www-form-urlencoded"}
    answer = _post(f"{base}/v4/oa/access_token", asked, headers)
    try:
        return Fresh(
            access=answer["access_token"], refresh=answer["refresh_token"], seconds=int(answer.get("expires_in", 3600))
        )
    except (KeyError, ValueError) as error:
        raise Refused(f"Zalo gives no token ({answer.get('error', '?')})") from error


def facebook(messages: Sequence[Message], *, at: datetime) -> list[Result]:
    """Send one text for each, as news of a thing that the person has asked for."""
    return [_by_facebook(message) for message in messages]


def _by_facebook(message: Message) -> Result:
    base, _page, token = parts(settings.HUES.facebook_url)
    said = {
        "recipient": {"id": message.address},
        # The one kind that gets through a day after the person wrote; an answer takes longer than that.
        "messaging_type": "MESSAGE_TAG",
        "tag": "ACCOUNT_UPDATE",
        "message": {"text": text(message)},
    }
    try:
        answer = _post(f"{base}/me/messages", json.dumps(said).encode(), {"Authorization": f"Bearer {token}"})
    except (OSError, HTTPException) as error:
        return _result(message, FACEBOOK, Outcome.AGAIN, type(error).__name__)
    if "message_id" in answer:
        return _result(message, FACEBOOK, Outcome.SENT, "")
    wrong = answer.get("error")
    code = wrong.get("code") if isinstance(wrong, Mapping) else None
    again = code in FACEBOOK_PASSING or code is None
    return _result(message, FACEBOOK, Outcome.AGAIN if again else Outcome.REFUSED, f"Facebook {code}")


def warning(message: Message) -> dict[str, Any]:
    """Return a warning as Zalo lays out news of an event: a head, the words, and a button that opens its page."""
    words, language = message.words, message.language
    prefix = "" if language == "vi" else f"/{language}"
    page = {"url": f"{settings.HUES.origin}{prefix}{words.link}"}
    again = pick(AGAIN, language) if message.unsure else ""
    head, said = pick(words.title, language)[:HEAD], f"{again}{pick(words.body, language)}"[:SAID]
    elements = [
        {"type": "header", "align": "left", "content": head},
        {"type": "text", "align": "left", "content": said},
    ]
    payload = {
        "template_type": "transaction_event",
        "language": "VI" if language == "vi" else "EN",
        "elements": elements,
        "buttons": [{"title": MORE.get(language, MORE["en"]), "type": "oa.open.url", "payload": page}],
    }
    return {"attachment": {"type": "template", "payload": payload}}


def text(message: Message) -> str:
    """Return title, words and link, as much as fits; the link is never cut, nor that it may come a second time."""
    words, language = message.words, message.language
    prefix = "" if language == "vi" else f"/{language}"
    link = f"\n{settings.HUES.origin}{prefix}{words.link}" if words.link else ""
    said = "\n".join(part for part in (pick(words.title, language), pick(words.body, language)) if part)
    again = pick(AGAIN, language) if message.unsure else ""
    return f"{again}{said}"[: LONGEST - len(link)] + link


def parts(url: str) -> tuple[str, str, str]:
    """Return the address without user and password, the user, and the password."""
    found = urlsplit(url)
    bare = found._replace(netloc=found.netloc.rpartition("@")[2]).geturl().rstrip("/")
    return bare, unquote(found.username or ""), unquote(found.password or "")


def _post(url: str, body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any]:
    """Post and return the JSON that was answered, whatever the status; {} if it is none."""
    asked = Request(url, body, {"Content-Type": "application/json; charset=utf-8", **headers}, method="POST")  # noqa: S310
    try:
        with open_without_redirects(asked, timeout=SECONDS) as answer:
            raw = answer.read(64 * 1024)
    except HTTPError as error:
        raw = error.read(64 * 1024)
        error.close()
    return json_object(raw)


def _result(message: Message, line: str, outcome: Outcome, said: str) -> Result:
    return Result(ref=message.ref, outcome=outcome, line=line, said=said)
