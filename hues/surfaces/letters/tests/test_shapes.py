"""A signed event may have any shape: whatever stands in one place of it, the door answers and nothing breaks."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as present

from hues.kernel.agencies import testing as cast
from hues.kernel.letters import queries
from hues.kit import clock
from hues.surfaces.letters.testing import SECRET, facebook_event, facebook_posts, zalo_event, zalo_posts

pytestmark = pytest.mark.django_db
TEXTS: list[Any] = ["", "\x00", "\ud83d", "x" * 5000]
NUMBERS: list[Any] = [0, -1, 7.5, True, 10**400, float("inf"), float("nan")]
ODD: list[Any] = [None, *NUMBERS, *TEXTS, [], ["a"], [[]], {}, {"type": ["a"]}, {"a": {"b": [1]}}]
CAME: list[Any] = [
    {"type": "image", "payload": {"url": "https://picture.example/1.jpg"}},
    {"type": "location", "payload": {"coordinates": dict.fromkeys(("lat", "long", "latitude", "longitude"), 16.4)}},
    {"type": "file", "payload": {"url": "https://picture.example/2.pdf"}},
]


@pytest.fixture(autouse=True)
def channels(settings: Any) -> None:
    settings.HUES = replace(present.HUES, zalo_secret=SECRET, facebook_secret=SECRET)


def places(found: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to everything in an event."""
    inside = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for name, what in inside:
        yield (*above, name)
        yield from places(what, (*above, name))


def changed(event: Any, way: tuple[Any, ...], what: Any) -> bytes:
    whole = deepcopy(event)
    inside = whole
    for name in way[:-1]:
        inside = inside[name]
    inside[way[-1]] = what
    return json.dumps(whole).encode()


@pytest.mark.parametrize("channel", ["zalo", "facebook"])
def test_whatever_stands_in_a_place_of_an_event_the_door_answers(channel: str) -> None:
    made, posts = (zalo_event, zalo_posts) if channel == "zalo" else (facebook_event, facebook_posts)
    event = json.loads(made(at=clock.now(), text="Ngập", attachments=CAME))
    broken, tried = [], 0
    # What Zalo signs by is text, or the digest of these tests cannot be made.
    for way in [way for way in places(event) if way not in (("app_id",), ("timestamp",))]:
        for odd in ODD:
            tried += 1
            status = posts(changed(event, way, odd)).status_code
            if status >= 500:
                broken.append((way, odd, status))
    assert broken == []
    assert tried > 300
    assert queries.waiting(cast.operator())
