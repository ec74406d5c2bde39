"""How many messages wait is told to their reader alone, on every page that leads to the inbox."""

from django.test import Client

from hues.kernel.agencies.testing import lan
from hues.kernel.delivery import actions as delivery
from hues.kit import clock


def test_the_reader_is_told_how_many_wait(as_lan: Client) -> None:
    words, reader = {"vi": "Tin mới", "en": "News"}, lan().person_id
    assert reader
    for n in range(3):
        delivery.plan([reader], reason=f"r{n}", title=words, body=words, link="/", at=clock.now())
    answer = as_lan.get("/me/unread")
    assert 'data-badge-inbox="3"' in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_a_stranger_is_told_nothing_and_forgets_what_was_told(client: Client) -> None:
    for address in ("/me/unread", "/me/fragment"):
        assert 'data-badge-inbox=""' in client.get(address).content.decode()
