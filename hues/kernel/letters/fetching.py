"""Fetch a picture that a channel names, and nothing from inside of this house."""

import ipaddress
import socket
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request

from django.conf import settings

from hues.kernel.delivery.webhook import PASSING, open_without_redirects
from hues.kernel.media.pictures import MOST_BYTES

SECONDS = 30  # for the whole picture


class Refused(Exception):
    """That picture will never be had."""


class Unreachable(Exception):
    """That picture could not be had this time."""


def fetch(address: str) -> bytes:
    """
    Return what lies at an address; a byte more than a photo may have is enough to know that it is too large.

    :raises Refused: if it can't be had
    :raises Unreachable: if it may be had later
    """
    _check(address)
    try:
        with open_without_redirects(Request(address), timeout=SECONDS) as answer:  # noqa: S310
            found: bytes = answer.read(MOST_BYTES + 1)
            return found
    except HTTPError as error:
        error.close()
        final = error.code < HTTPStatus.INTERNAL_SERVER_ERROR and error.code not in PASSING
        raise (Refused if final else Unreachable)(f"HTTP {error.code}") from error
    except (OSError, HTTPException) as error:
        raise Unreachable(type(error).__name__) from error


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError as error:
        raise Refused("no address") from error
    if settings.HUES.demo and parts.scheme == "http":
        return
    if parts.scheme != "https" or not host or not address.isascii() or not address.isprintable():
        raise Refused("no address")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable(type(error).__name__) from error
    if not all(ipaddress.ip_address(place[4][0]).is_global for place in found):
        raise Refused("no address outside of this house")
