"""Alerts in force that somebody else may have signed: the key was known to others by then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from hues.engines.bulletins.models import Bulletin, SignedMessage
from hues.engines.bulletins.rules.states import MsgType, State
from hues.kit.text import Bilingual

DOUBTED = Exists(SignedMessage.objects.filter(bulletin=OuterRef("pk"), key__trusted_until__lt=F("at")))


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubted:
    """One of them, which is to be issued anew under the new key."""

    id: UUID
    identifier: str
    version: int
    risk: int
    headline: Bilingual
    expires_at: datetime


def doubted(at: datetime) -> tuple[Doubted, ...]:
    """Return them, the gravest first; whoever checks one is told not to rely on it."""
    real = Bulletin.objects.filter(DOUBTED, state=State.ISSUED, expires_at__gt=at, training=False)
    found = real.exclude(msg_type=MsgType.CANCEL).order_by("-risk", "sent_at")
    return tuple(_named(row) for row in found.values("id", "identifier", "version", "risk", "texts", "expires_at"))


def is_doubted(bulletin_id: UUID) -> bool:
    """Test if somebody else may have signed a bulletin, whatever became of it."""
    return Bulletin.objects.filter(DOUBTED, pk=bulletin_id).exists()


def _named(row: Mapping[str, Any]) -> Doubted:
    headline = {language[:2]: words["headline"] for language, words in row["texts"].items()}
    return Doubted(**{name: value for name, value in row.items() if name != "texts"}, headline=headline)
