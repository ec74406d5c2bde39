"""How a public page becomes bytes: its renderer, and the way through Django's own views."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.utils import translation

type Renderer = Callable[[str], Rendering]

_renderers: dict[str, tuple[Renderer, str]] = {}
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendering:
    """The bytes of a page, and the headers they are sent with (their length and ETag come by themselves)."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "text/html; charset=utf-8"})


class NotPublic(RuntimeError):
    """A page that carries something personal, or no page at all, was about to be published."""


def publishes(path: str, *languages: str) -> Callable[[Renderer], Renderer]:
    """
    Register the decorated `fn(language) -> Rendering` as the page at `path`.

    With languages, Vietnamese is published at `path` itself and others below their prefix; without, the
    page has one form for everybody and the renderer gets "".
    """

    def register(renderer: Renderer) -> Renderer:
        for language in languages or ("",):
            _renderers[address(path, language)] = (renderer, language)
        return renderer

    return register


def address(path: str, language: str) -> str:
    """Return where the page at `path` stands in a language."""
    return path if language in ("", "vi") else f"/{language}{path}"


def registered() -> tuple[str, ...]:
    """Return every address that has a renderer."""
    return tuple(sorted(_renderers))


def render(path: str) -> Rendering:
    """
    Return the page at a registered address as it is now.

    :raises LookupError: if nobody renders it
    """
    renderer, language = _renderers[path]
    return renderer(language)


def through_the_doors(path: str) -> Rendering:
    """
    Return what a stranger's browser would get at `path` from the views, with all their headers.

    :raises NotPublic: if the answer is not 200, or sets a cookie
    """
    with translation.override(translation.get_language()):  # the doors leave theirs switched on
        response = _handler().get_response(_a_strangers_request(path))
    if not isinstance(response, HttpResponse) or response.status_code != 200 or response.cookies:
        raise NotPublic(f"{path} answers {response.status_code}, cookies: {sorted(response.cookies)}")
    headers = {name.lower(): value for name, value in response.items()}
    for name in ("content-length", "etag", "vary"):
        headers.pop(name, None)
    return Rendering(body=response.content, headers=headers)


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def _a_strangers_request(path: str) -> WSGIRequest:
    origin = urlsplit(settings.HUES.origin)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": "",
            "SERVER_NAME": origin.hostname or "localhost",
            "SERVER_PORT": str(origin.port or (443 if origin.scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": origin.netloc,
            "HTTP_X_FORWARDED_PROTO": origin.scheme,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": origin.scheme,
            "wsgi.input": io.BytesIO(),
        }
    )
