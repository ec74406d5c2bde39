"""Take in what others warn of: drafts for our writers, or a word at the bulletin that was made from an earlier one."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from hues.engines.bulletins.actions.keeping import lock
from hues.engines.bulletins.actions.writing import begin
from hues.engines.bulletins.events import MessageReceived
from hues.engines.bulletins.models import Bulletin, Incoming
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.rules import adopting, incoming
from hues.engines.bulletins.rules.incoming import Received, Unreadable
from hues.engines.bulletins.rules.states import OPEN, MsgType, State
from hues.kernel.journal import actions as journal
from hues.kernel.turns import take_turn
from hues.kit.text import tidy

LONGEST_HEADLINE = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Became:
    """What became of one piece of a message, why nothing did, and the bulletin that it made or concerns."""

    piece: Received
    outcome: str
    reason: str = ""
    bulletin: Bulletin | None = None


@transaction.atomic
def receive(*, source: str, link: str, body: bytes, at: datetime) -> str:
    """
    Take in a message that a source of the city sent, and return why it can't be read, or "".

    One that came before changes nothing. An alert becomes a draft, one of several dangers a draft for each. An update
    of what is in force becomes the draft of our update, any other update or cancellation is noted at the bulletin that
    was made from what it refers to: neither is ever a fresh alert. A source speaks of its own messages only, whatever
    sender it names.
    """
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
    if Incoming.objects.filter(source=source, sender=said.sender, identifier=said.identifier).exists():
        return ""
    for part, became in enumerate(_follow(source, said, at)):
        _keep(source, link, body, part, became, at)
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
        places="; ".join(said.places),
        lost=said.lost,
        outcome=became.outcome,
        reason=became.reason,
        bulletin=bulletin,
        body=body,
        sent_at=said.sent_at,
        at=at,
    )
    subject = bulletin.pk if bulletin else None
    journal.record(MessageReceived(at=at, subject=subject, source=source, outcome=became.outcome, reason=became.reason))


def _keep_bad(source: str, link: str, body: bytes, reason: str, at: datetime) -> str:
    kept = {"outcome": "unread", "reason": reason, "body": body[: incoming.LARGEST], "at": at}
    bad = Incoming.objects.filter(source=source, link=link, identifier="").first()
    if bad is None or bad.reason != reason:
        Incoming.objects.update_or_create(source=source, link=link, identifier="", defaults=kept)
        journal.record(MessageReceived(at=at, source=source, outcome="unread", reason=reason))
    return reason


def _follow(source: str, said: Received, at: datetime) -> list[Became]:
    """Do what a message asks for, and return what became of each piece."""
    if said.msg_type not in (MsgType.UPDATE, MsgType.CANCEL):
        return [_begin(piece, at) for piece in incoming.pieces(said)]
    about = _about(source, said)
    pieces = incoming.pieces(said) if said.msg_type == MsgType.UPDATE else (said,)
    if len(pieces) == len(about) == 1:
        return [_change(pieces[0], about[0][1], at)]
    if said.msg_type == MsgType.CANCEL:
        return [_change(said, one, at) for _part, one in about] or [_change(said, None, at)]
    found = []
    for part, piece in enumerate(pieces):
        mine = next((pair for pair in about if pair[0] == part), None)
        found.append(_change(piece, mine[1] if mine else None, at))
        about = [pair for pair in about if pair is not mine]
    # What the update does not speak of any more is told where it matters; a person decides.
    return [*found, *(_gone(said, one) for _part, one in about)]


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
        moved = piece.msg_type == MsgType.UPDATE and reason in adopting.MOVED_AWAY
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


def _about(source: str, said: Received) -> list[tuple[int, Bulletin]]:
    """
    Return what we made of the messages of this source that a message refers to, each with its part.

    Of each story it is the bulletin in force, else the last one.
    """
    earlier = Q(pk__in=())
    for one in said.references:
        earlier |= Q(sender=one.sender, identifier=one.identifier)
    made = Incoming.objects.filter(earlier, source=source, bulletin__isnull=False).order_by("-at", "part")
    parts = dict(made.values_list("bulletin__chain", "part"))
    found = []
    for chain, part in sorted(parts.items(), key=lambda story: (story[1], story[0])):
        story = Bulletin.objects.filter(chain=chain)
        last = story.filter(state=State.ISSUED).first() or story.order_by("-made_at").first()
        if last:
            found.append((part, lock(last.pk)))
    return found
