"""Take in what others warn of: drafts for our writers, or a word at the bulletin that was made from an earlier one."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import OperationalError, transaction
from django.db.models import Q

from hues.engines.bulletins.actions.keeping import lock
from hues.engines.bulletins.actions.writing import begin
from hues.engines.bulletins.events import MessageReceived
from hues.engines.bulletins.models import Bulletin, Incoming
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.queries.incoming import REREAD
from hues.engines.bulletins.rules import adopting, incoming, matching
from hues.engines.bulletins.rules.incoming import Received, Unreadable
from hues.engines.bulletins.rules.states import OPEN, MsgType, State
from hues.kernel.journal import actions as journal
from hues.kernel.turns import take_turn
from hues.kit.text import tidy

logger = logging.getLogger(__name__)
LONGEST_HEADLINE = 500
MOST_LOST = 32_767  # counted; at the desk it says "some"
FAILED = "failed"  # in a way that nobody foresaw
MADE = ("drafted", "update-drafted", "unsure")  # a piece of which we made a bulletin


@dataclass(frozen=True, kw_only=True, slots=True)
class Became:
    """What became of one piece of a message, why nothing did, and the bulletin that it made or concerns."""

    piece: Received
    outcome: str
    reason: str = ""
    bulletin: Bulletin | None = None


def receive(*, source: str, link: str, body: bytes, at: datetime) -> str:
    """
    Take in a message that a source of the city sent, and return why it can't be read, or "".

    One that came before changes nothing; the same identifier sent later is the newer word. An alert becomes a draft,
    one of several dangers a draft for each. An update of what is in force becomes the draft of our update of the same
    danger, or where that is not certain a draft of which a person says what it goes on with. Any other update or
    cancellation is noted at the bulletin that was made from what it refers to: none is ever a fresh alert by itself. A
    source speaks of its own messages only, whatever sender it names.

    One that fails in a way that nobody foresaw is kept as unread, and its words are tried again now and then only.
    """
    lately = Incoming.objects.filter(source=source, link=link, identifier="", reason=FAILED, at__gt=at - REREAD)
    if lately.filter(body=body).exists():
        return FAILED
    try:
        return _receive(source, link, body, at)
    except OperationalError:
        raise  # the database failed, not the message
    except Exception:
        logger.exception("a message of %s could not be taken in: %s", source, link)
        return _keep_bad(source, link, body, FAILED, at)


@transaction.atomic
def _receive(source: str, link: str, body: bytes, at: datetime) -> str:
    take_turn("bulletins.incoming")
    certificates = catalogue.certificates_of(source)
    try:
        if certificates is None:
            raise Unreadable("certificate")
        said = incoming.read(body, certificates)
    except Unreadable as bad:
        return _keep_bad(source, link, body, bad.code, at)
    except (ValueError, ArithmeticError):
        # A number that no message has: this one is told as unreadable, and the others are heard.
        return _keep_bad(source, link, body, "xml", at)
    Incoming.objects.filter(source=source, link=link, identifier="").delete()
    if _is_known(source, said):
        return ""
    became = _follow(source, said, at)
    if rest := incoming.left_out(said):
        became.append(Became(piece=rest, outcome="unread", reason="many"))
    for part, one in enumerate(became):
        _keep(source, link, body, part, one, at)
    return ""


def _keep(source: str, link: str, body: bytes, part: int, became: Became, at: datetime) -> None:
    said, bulletin = became.piece, became.bulletin
    Incoming.objects.create(
        source=source,
        link=link,
        sender=said.sender,
        identifier=said.identifier,
        part=part,
        msg_type=said.msg_type[:16],
        headline=tidy(said.told[0].text.headline or said.told[0].event)[:LONGEST_HEADLINE] if said.told else "",
        places="; ".join(said.places)[: incoming.LONGEST_WORDS],
        lost=min(said.lost, MOST_LOST),
        outcome=became.outcome,
        reason=became.reason or ("reference" if said.skipped else ""),
        bulletin=bulletin,
        body=body,
        sent_at=said.sent_at,
        at=at,
    )
    subject = bulletin.pk if bulletin else None
    journal.record(MessageReceived(at=at, subject=subject, source=source, outcome=became.outcome, reason=became.reason))


@transaction.atomic
def _keep_bad(source: str, link: str, body: bytes, reason: str, at: datetime) -> str:
    kept = {"outcome": "unread", "reason": reason, "body": body[: incoming.LARGEST], "at": at}
    bad = Incoming.objects.filter(source=source, link=link, identifier="").first()
    if bad is None or bad.reason != reason or reason == FAILED:
        Incoming.objects.update_or_create(source=source, link=link, identifier="", defaults=kept)
        journal.record(MessageReceived(at=at, source=source, outcome="unread", reason=reason))
    return reason


def _is_known(source: str, said: Received) -> bool:
    """Test if this, or something later of the same identifier, came before; sent later with the same words is known."""
    last = Incoming.objects.filter(source=source, sender=said.sender, identifier=said.identifier)
    row = last.order_by("-sent_at", "part").first()
    if row is None or row.sent_at is None or row.sent_at >= said.sent_at:
        return row is not None
    return replace(incoming.read(bytes(row.body)), sent_at=said.sent_at) == said


def _follow(source: str, said: Received, at: datetime) -> list[Became]:
    """Do what a message asks for, and return what became of each piece."""
    about = _about(source, said)
    if said.msg_type == MsgType.CANCEL:
        return [_change(said, one, at) for _before, one in about] or [_change(said, None, at)]
    pieces = incoming.pieces(said)
    if said.msg_type not in (MsgType.ALERT, MsgType.UPDATE) or (said.msg_type == MsgType.ALERT and not about):
        return [_begin(piece, at) for piece in pieces]
    if not about:
        return [_change(piece, None, at) for piece in pieces]
    pairs = matching.matches(pieces, [before for before, _one in about], catalogue.called())
    found = [
        _change(piece, about[pairs[number]][1], at) if number in pairs else _unsure(piece, at)
        for number, piece in enumerate(pieces)
    ]
    # What the update does not surely speak of any more is told where it matters; a person decides.
    return [*found, *(_gone(said, one) for number, (_before, one) in enumerate(about) if number not in pairs.values())]


def _unsure(piece: Received, at: datetime) -> Became:
    """Draft a danger that may go on with one of ours or be another: a person says which."""
    begun = _begin(piece, at)
    return replace(begun, outcome="unsure") if begun.bulletin else begun


def _begin(piece: Received, at: datetime) -> Became:
    known = catalogue.known()
    if reason := adopting.why_not(piece, known, at=at):
        return Became(piece=piece, outcome="noted", reason=reason)
    content = adopting.content_of(piece, known, catalogue.called(), at=at)
    begun = begin(content, MsgType.ALERT, follows=None, writer=None, at=at)
    return Became(piece=piece, outcome="drafted", bulletin=lock(begun.id))


def _change(piece: Received, about: Bulletin | None, at: datetime) -> Became:
    """Follow an update or a cancellation of what one bulletin of ours was made from."""
    known = catalogue.known()
    if reason := adopting.why_not(piece, known, at=at):
        moved = piece.msg_type != MsgType.CANCEL and reason in adopting.MOVED_AWAY
        if moved and about is not None and (about.state == State.ISSUED or about.state in OPEN):
            return Became(piece=piece, outcome="marked", reason=reason, bulletin=about)
        return Became(piece=piece, outcome="noted", reason=reason)
    if about is None:
        return Became(piece=piece, outcome="noted", reason="unknown")
    if piece.status == adopting.TRAINING and not about.training:
        return Became(piece=piece, outcome="noted", reason="not-actual")
    if about.state != State.ISSUED or piece.msg_type == MsgType.CANCEL:
        return _gone(piece, about)
    if Bulletin.objects.filter(follows=about, state__in=OPEN).exists():
        return Became(piece=piece, outcome="marked", bulletin=about)
    content = adopting.content_of(piece, known, catalogue.called(), at=at)
    content = replace(content, training=about.training, event=content.event or about.event)
    begun = begin(content, MsgType.UPDATE, follows=about, writer=None, at=at)
    return Became(piece=piece, outcome="update-drafted", bulletin=lock(begun.id))


def _gone(piece: Received, about: Bulletin) -> Became:
    if about.state == State.ISSUED or about.state in OPEN:
        return Became(piece=piece, outcome="marked", bulletin=about)
    return Became(piece=piece, outcome="noted", reason="ended", bulletin=about)


def _about(source: str, said: Received) -> list[tuple[Received, Bulletin]]:
    """
    Return what we made of messages of this source that a message refers to or replaces, each with what was said then.

    Of each story it is the bulletin in force, else the last one.
    """
    earlier = Q(sender=said.sender, identifier=said.identifier)
    for one in said.references:
        earlier |= Q(sender=one.sender, identifier=one.identifier)
    told = Incoming.objects.filter(earlier, source=source, bulletin__isnull=False)
    chains = sorted(set(told.values_list("bulletin__chain", flat=True)))
    made = Incoming.objects.filter(source=source, bulletin__chain__in=chains, outcome__in=MADE)
    found = []
    for chain, row in {row.bulletin.chain: row for row in made.order_by("at", "-part") if row.bulletin}.items():
        story = Bulletin.objects.filter(chain=chain)
        last = story.filter(state=State.ISSUED).first() or story.order_by("-made_at").first()
        if last:
            before = incoming.pieces(incoming.read(bytes(row.body)))
            found.append((row.part, before[min(row.part, len(before) - 1)], lock(last.pk)))
    return [(before, one) for _part, before, one in sorted(found, key=lambda made: made[0])]
