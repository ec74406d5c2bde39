"""News for open pages: who may listen to what, and telling them. Ids and counts only, never words or names."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.db import connection

CHANNEL = "live"
VALID = 60  # seconds a ticket opens the door; the stream itself lasts longer
SALT = "hues.live"


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """Something happened: `topic` says who hears it, `kind` what it is about, `subject` which one."""

    topic: str
    kind: str
    subject: str = ""


def ticket(topics: Sequence[str]) -> str:
    """Return a signed ticket to hear `topics`, good for a minute."""
    return signing.dumps(sorted(set(topics)), salt=SALT, compress=True)


def topics_of(text: str) -> frozenset[str]:
    """Return the topics of a ticket, or none if it is forged or old."""
    try:
        return frozenset(signing.loads(text, salt=SALT, max_age=VALID))
    except signing.BadSignature:
        return frozenset()


def tell(news: News) -> None:
    """Tell every open page that listens to the topic, when the transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps([news.topic, news.kind, news.subject])])
