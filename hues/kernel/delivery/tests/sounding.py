"""Have sirens sound, and see what became of it."""

from datetime import datetime, timedelta

from hues.kernel.delivery import actions
from hues.kernel.delivery.channels import Sirens, Urgency, Whom, Words
from hues.kernel.delivery.tests.telling import BODY, NOON, TITLE
from hues.kernel.journal.models import Entry

SITES = ("S1", "S2", "S3", "S4")
SECOND = timedelta(seconds=1)


def sound(
    key: str = "storm",
    *,
    wards: list[str] | None = None,
    pattern: str = "emergency",
    topic: str = "s",
    hush: bool = False,
    warned: tuple[str, ...] = (),
    ends_at: datetime | None = None,
    at: datetime = NOON,
) -> None:
    words = Words(
        key=key, topic=topic, urgency=Urgency.EXTREME, title=TITLE, body=BODY, link="/x/", at=at, ends_at=ends_at
    )
    sirens = Sirens(pattern=pattern, hush=hush, warned=warned)
    actions.broadcast(words, Whom(wards=wards), sirens=sirens)


def silent() -> list[str]:
    return [entry.facts["site"] for entry in Entry.objects.filter(event="delivery.siren.silent").order_by("id")]
