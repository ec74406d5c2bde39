"""Messages in force that somebody else may have signed: the key was known to others by then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from hues.engines.bulletins.models import Bulletin, Notice, SignedMessage
from hues.engines.bulletins.rules.notices import NoticeState
from hues.engines.bulletins.rules.states import State
from hues.kit.text import Bilingual

LATE = SignedMessage.objects.filter(bulletin=OuterRef("pk"), key__trusted_until__lt=F("at"))
DOUBTED = Exists(LATE)
DOUBTED_NOTICE = Q(key__trusted_until__isnull=False, key__trusted_until__lt=F("sent_at"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubted:
    """An alert or a cancellation among them, which is to be said anew under the new key."""

    id: UUID
    identifier: str
    version: int
    risk: int
    headline: Bilingual
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class DoubtedNotice:
    """A notice among them; one without `expires_at` holds until it is taken back."""

    id: UUID
    number: str
    title: Bilingual
    expires_at: datetime | None


def doubted(at: datetime) -> tuple[Doubted, ...]:
    """Return the alerts and cancellations, the gravest first; whoever checks one is told not to rely on it."""
    real = Bulletin.objects.filter(DOUBTED, state=State.ISSUED, expires_at__gt=at, training=False)
    found = real.order_by("-risk", "sent_at")
    return tuple(map(_named, found.values("id", "identifier", "version", "risk", "texts", "expires_at")))


def doubted_notices(at: datetime) -> tuple[DoubtedNotice, ...]:
    """Return the notices, the oldest first; whoever checks one is told not to rely on it."""
    late = Notice.objects.filter(DOUBTED_NOTICE, state=NoticeState.ISSUED)
    found = late.filter(Q(expires_at=None) | Q(expires_at__gt=at)).order_by("sent_at", "id")
    return tuple(
        DoubtedNotice(
            id=row["id"],
            number=row["number"],
            title={language: words["title"] for language, words in row["texts"].items()},
            expires_at=row["expires_at"],
        )
        for row in found.values("id", "number", "texts", "expires_at")
    )


def is_doubted(bulletin_id: UUID) -> bool:
    """Test if somebody else may have signed a bulletin, whatever became of it."""
    return Bulletin.objects.filter(DOUBTED, pk=bulletin_id).exists()


def is_doubted_notice(notice_id: UUID) -> bool:
    """Test if somebody else may have signed a notice, whatever became of it."""
    return Notice.objects.filter(DOUBTED_NOTICE, pk=notice_id).exists()


def _named(row: Mapping[str, Any]) -> Doubted:
    headline = {language[:2]: words["headline"] for language, words in row["texts"].items()}
    return Doubted(**{name: value for name, value in row.items() if name != "texts"}, headline=headline)
