"""Somebody at a desk, for the tests of the desks' doors."""

import re
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from hues.kernel.people.asker import Asker

SEEN = re.compile(r'name="seen" value="(\d+)"')


def at_desk(asker: Asker) -> Client:
    """Return a browser in which the asker has signed in."""
    client = Client(headers={"accept-language": "vi"})
    sign_in(client, asker)
    return client


def sign_in(client: Client, asker: Asker) -> None:
    """Sign the asker in, in a browser that may have been somewhere before."""
    client.force_login(get_user_model()._default_manager.get(pk=str(asker.person_id)))


def text_of(response: Any) -> str:
    """Return a page as text."""
    found: str = response.content.decode()
    return found


def seen_on(page: str) -> str:
    """Return the version of the case that the page shows."""
    found = SEEN.search(page)
    if found is None:
        raise LookupError("the page offers no move")
    return found[1]
