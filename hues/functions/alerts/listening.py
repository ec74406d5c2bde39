"""Look at what others warn of: their feed, and each message in it that is new or has changed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from time import monotonic
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request

from hues.engines.bulletins import actions, queries
from hues.engines.bulletins.queries import SourceState
from hues.engines.bulletins.rules import incoming
from hues.engines.bulletins.rules.incoming import LARGEST, LONGEST_LINK, Unreadable
from hues.kernel.delivery.webhook import open_without_redirects

log = logging.getLogger(__name__)
SECONDS = 10
MOST = 20  # messages in one look; the rest wait for the next
FOREIGN = "foreign-link"
ACCEPTED = "application/cap+xml, application/atom+xml, application/rss+xml, application/xml"


class Failed(Exception):
    """Nothing that could be used came back; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back, and what to ask with the next time; no body where nothing has changed."""

    body: bytes | None
    etag: str
    modified: str


def listen(at: datetime) -> None:
    """Look at every source of the city once; one that fails keeps no other from being heard."""
    for state in queries.source_states():
        etag = modified = ""
        try:
            with _failing_alone(state.source.url):
                problem, etag, modified = _heard(state, at)
        except Failed as failed:
            problem = failed.code
        actions.note_look(source=state.source.code, problem=problem, etag=etag, modified=modified, at=at)


@contextmanager
def _failing_alone(address: str) -> Iterator[None]:
    """Let what nobody foresaw be a failure like any other, so that all else is still heard."""
    try:
        yield
    except Failed:
        raise
    except Exception as bug:
        log.exception("what came from %s could not be taken in", address)
        raise Failed("failed") from bug


def _heard(state: SourceState, at: datetime) -> tuple[str, str, str]:
    """Look at one source; return what is wrong with it, and what to ask with the next time."""
    code = state.source.code
    found = _fetch(state.source.url, state.etag, state.modified)
    # Where nothing has changed, only what was wrong with the list itself is still wrong.
    kept = state.problem if state.problem == FOREIGN else ""
    problem, is_whole = (kept, True) if found.body is None else _take(state, found.body, at)
    _look_at_links(code, at)
    problem = problem or ("unread" if queries.broken(code) else "")
    return (problem, found.etag, found.modified) if is_whole else (problem, "", "")


def _take(state: SourceState, body: bytes, at: datetime) -> tuple[str, bool]:
    """Take in what a source sent; return what is wrong with it, and whether it need not be asked for again."""
    code, url = state.source.code, state.source.url
    try:
        links = incoming.links(body)
    except Unreadable as bad:
        return bad.code, False
    if links is None:
        bad_because = actions.receive(source=code, link=url, body=body, at=at)
        actions.list_links(source=code, links=())
        return ("unread", False) if bad_because else ("", True)
    there = dict.fromkeys(_whole(url, link) for link in links)
    here = [link for link in there if link.startswith(_root_of(url))]
    actions.list_links(source=code, links=here)
    return FOREIGN if len(here) < len(there) else "", True


def _look_at_links(code: str, at: datetime) -> None:
    # Feeds begin with the newest, and an update is understood only after what it changes: new ones come oldest first.
    for card in queries.turns(code, at, MOST):
        problem = etag = modified = ""
        try:
            with _failing_alone(card.link):
                found = _fetch(card.link, *(("", "") if card.problem else (card.etag, card.modified)))
                etag, modified = found.etag, found.modified
                if found.body is not None:
                    problem = actions.receive(source=code, link=card.link, body=found.body, at=at)
        except Failed as failed:
            problem = failed.code
        actions.note_link(source=code, link=card.link, problem=problem, etag=etag, modified=modified, at=at)


def _whole(url: str, link: str) -> str:
    """Return a link of a feed as a whole address, "" where it is none."""
    try:
        whole = urljoin(url, link)
        return whole if len(whole) <= LONGEST_LINK and urlsplit(whole).hostname else ""
    except ValueError:
        return ""


def _root_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _whole_of(answer: HTTPResponse) -> bytes:
    """Return what comes within the time of one look, a little more than may be read at most."""
    parts, size, until = list[bytes](), 0, monotonic() + SECONDS
    while size <= LARGEST and (part := answer.read1(64 * 1024)):
        parts.append(part)
        size += len(part)
        if monotonic() > until:
            raise TimeoutError
    return b"".join(parts)


def _fetch(url: str, etag: str = "", modified: str = "") -> Fetched:
    headers = {"Accept": ACCEPTED, "If-None-Match": etag, "If-Modified-Since": modified}
    asked = Request(url, headers={name: value for name, value in headers.items() if value})  # noqa: S310
    try:
        with open_without_redirects(asked, timeout=SECONDS) as answer:
            body = _whole_of(answer)
            said = answer.headers
    except HTTPError as error:
        error.close()
        if error.code == HTTPStatus.NOT_MODIFIED:
            return Fetched(None, etag, modified)
        raise Failed("refused") from error
    except (OSError, HTTPException, ValueError) as error:
        raise Failed("no-answer") from error
    if len(body) > LARGEST:
        raise Failed("large")
    return Fetched(body, said.get("ETag", "")[:200], said.get("Last-Modified", "")[:64])
