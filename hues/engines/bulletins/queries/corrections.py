"""What the city has set right of what is being told about its alerts and notices."""

from dataclasses import dataclass
from datetime import datetime

from hues.engines.bulletins.models import Bulletin, Notice, PublicBulletin
from hues.engines.bulletins.queries import catalogue, notice_cards
from hues.engines.bulletins.queries.notice_cards import NoticeCard
from hues.kit.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """The alert or notice that a correction speaks of, and its page (a path without the language)."""

    code: str
    title: Bilingual
    link: str


def corrections_about(code: str, *, at: datetime) -> tuple[NoticeCard, ...]:
    """Return the corrections that hold now about an alert or notice, or another message of its story, newest first."""
    return notice_cards.corrections_among(_story(code), at=at)


def spoken_of(code: str) -> Spoken | None:
    """Return the public alert or notice of that code, or None."""
    row = PublicBulletin.objects.filter(bulletin__identifier=code).values_list("bulletin__texts", flat=True).first()
    if row is not None and code:
        alerts = catalogue.alert_type()
        title = {language[:2]: words["headline"] for language, words in row.items()}
        return Spoken(code=code, title=title, link=alerts.link.format(identifier=code) if alerts else "")
    texts = Notice.objects.filter(number=code, sent_at__isnull=False).values_list("texts", flat=True).first()
    if texts is None or not code:
        return None
    notices = notice_cards.notice_type()
    title = {language: words["title"] for language, words in texts.items()}
    return Spoken(code=code, title=title, link=notices.link.format(number=code) if notices else "")


def _story(code: str) -> list[str]:
    public = PublicBulletin.objects.values("pk")
    chain = Bulletin.objects.filter(identifier=code).values("chain")
    alerts = Bulletin.objects.filter(chain__in=chain, pk__in=public).values_list("identifier", flat=True)
    story = Notice.objects.filter(number=code).values("chain")
    notices = Notice.objects.filter(chain__in=story, sent_at__isnull=False).values_list("number", flat=True)
    return [*alerts, *notices] if code else []
