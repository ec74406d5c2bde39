"""What everybody may read: only bulletins with a public row."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from hues.engines.bulletins.models import Bulletin, PublicBulletin, SignedMessage
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.queries.cards import AlertCard, Proof
from hues.engines.bulletins.queries.doubts import LATE
from hues.engines.bulletins.queries.rows import texts_of
from hues.engines.bulletins.rules import shapes, signing
from hues.engines.bulletins.rules.states import MsgType, State
from hues.kernel.errors import NotFound

_BULLETIN = ("identifier", "state", "msg_type", "event", "risk", "texts", "wards", "shapes", "onset_at", "expires_at")


def in_force(at: datetime) -> tuple[AlertCard, ...]:
    """Return the alerts that warn of something now, the gravest first, then the newest."""
    found = _cards(_public().filter(bulletin__state=State.ISSUED, bulletin__expires_at__gt=at))
    warning = [card for card in found if card.valid(at)]
    return tuple(sorted(warning, key=lambda card: (-card.risk, -card.sent_at.timestamp())))


def earlier(at: datetime, limit: int = 20) -> tuple[AlertCard, ...]:
    """Return the latest messages that warn of nothing any more: replaced, cancelled, expired, and cancellations."""
    newest = _cards(_public().order_by("-bulletin__sent_at", "-pk")[: limit * 2])
    return tuple(card for card in newest if not card.valid(at))[:limit]


def alert(identifier: str) -> AlertCard:
    """
    Return one public alert, whatever became of it.

    :raises NotFound: if there is none of that identifier
    """
    found = _cards(_public().filter(bulletin__identifier=identifier))
    if not found:
        raise NotFound
    return found[0]


def is_alert(identifier: str) -> bool:
    """Test if there is a public alert of that identifier, whatever became of it."""
    return _public().filter(bulletin__identifier=identifier).exists()


def feed(at: datetime) -> tuple[AlertCard, ...]:
    """
    Return what the feeds carry, newest first: every story whose last message has not expired.

    The messages before it stay as long as it does, for it refers to them.
    """
    going_on = PublicBulletin.objects.filter(bulletin__state=State.ISSUED, bulletin__expires_at__gt=at)
    stories = going_on.values("bulletin__chain")
    return _cards(_public().filter(bulletin__chain__in=stories).order_by("-bulletin__sent_at", "-pk"))


def proof(identifier: str) -> Proof:
    """
    Return an alert with its signed bytes, checked against the certificate that signed it.

    :raises NotFound: if there is no public alert of that identifier
    """
    card = alert(identifier)
    found = SignedMessage.objects.filter(bulletin__identifier=identifier)
    body, signed_at, key, certificate, until = found.values_list(
        "body", "at", "key_id", "key__certificate", "key__trusted_until"
    ).get()
    return Proof(
        alert=card,
        body=bytes(body),
        holds=signing.holds(bytes(body), certificate=certificate),
        fingerprint=key,
        distrusted_from=until if until is not None and signed_at > until else None,
    )


def _public() -> QuerySet[PublicBulletin]:
    follower = Bulletin.objects.filter(follows=OuterRef("pk"), sent_at__isnull=False).order_by("sent_at")
    told = LATE.values("key__distrusted_at")
    return PublicBulletin.objects.annotate(next=Subquery(follower.values("identifier")[:1]), doubted_at=Subquery(told))


def _cards(found: QuerySet[PublicBulletin]) -> tuple[AlertCard, ...]:
    columns = (*(f"bulletin__{name}" for name in _BULLETIN), "bulletin__sent_at", "bulletin__follows__identifier")
    return tuple(_named(found.values(*columns, "audience", "next", "doubted_at")))


def _named(rows: Iterable[Mapping[str, Any]]) -> Iterable[AlertCard]:
    for full in rows:
        row = {name.removeprefix("bulletin__"): value for name, value in full.items()}
        yield AlertCard(
            identifier=row["identifier"],
            state=State(row["state"]),
            msg_type=MsgType(row["msg_type"]),
            event=catalogue.event(row["event"]),
            risk=row["risk"],
            texts=texts_of(row["texts"]),
            wards=tuple(row["wards"]),
            shapes=shapes.read(row["shapes"]),
            audience=tuple(row["audience"]),
            onset_at=row["onset_at"],
            expires_at=row["expires_at"],
            sent_at=row["sent_at"],
            before=row["follows__identifier"] or "",
            next=row["next"] or "",
            doubted_at=row["doubted_at"],
        )
