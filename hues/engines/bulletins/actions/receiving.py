"""Take in what others warn of: a draft for our writers, or a word at the bulletin that was made from an earlier one."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from hues.engines.bulletins.actions.keeping import lock
from hues.engines.bulletins.actions.writing import begin
from hues.engines.bulletins.events import MessageReceived
from hues.engines.bulletins.models import Bulletin, Incoming, Source
from hues.engines.bulletins.queries import catalogue
from hues.engines.bulletins.rules import adopting, incoming
from hues.engines.bulletins.rules.incoming import Received, Unreadable
from hues.engines.bulletins.rules.states import OPEN, MsgType, State
from hues.kernel.journal import actions as journal
from hues.kernel.turns import take_turn
from hues.kit.text import tidy

LONGEST_HEADLINE = 500


@transaction.atomic
def receive(*, source: str, link: str, body: bytes, at: datetime) -> None:
    """
    Take in a message that a source of the city sent; one that came before changes nothing.

    An alert becomes a draft. An update of what is in force becomes the draft of our update, any other update or
    cancellation is noted at the bulletin that was made from what it refers to: neither is ever a fresh alert.
    """
    take_turn("bulletins.incoming")
    try:
        said = incoming.read(body)
    except Unreadable as bad:
        _keep_bad(source, link, body, bad.code, at)
        return
    except (ValueError, ArithmeticError):
        # A number that no message has: this one is told as unreadable, and the others are heard.
        _keep_bad(source, link, body, "xml", at)
        return
    Incoming.objects.filter(source=source, link=link, identifier="").delete()
    if Incoming.objects.filter(sender=said.sender, identifier=said.identifier).exists():
        return
    outcome, reason, bulletin = _follow(said, at)
    Incoming.objects.create(
        source=source,
        link=link,
        sender=said.sender,
        identifier=said.identifier,
        msg_type=said.msg_type[:16],
        headline=tidy(said.told[0].text.headline or said.told[0].event)[:LONGEST_HEADLINE] if said.told else "",
        places="; ".join(said.places),
        lost=said.lost,
        outcome=outcome,
        reason=reason,
        bulletin=bulletin,
        body=body,
        sent_at=said.sent_at,
        at=at,
    )
    subject = bulletin.pk if bulletin else None
    journal.record(MessageReceived(at=at, subject=subject, source=source, outcome=outcome, reason=reason))


@transaction.atomic
def note_look(*, source: str, problem: str, etag: str, modified: str, at: datetime) -> None:
    """Note what came of a look at a source; "" is no problem."""
    row = Source.objects.select_for_update().filter(pk=source).first() or Source(code=source)
    if row.problem != problem:
        row.since = at if problem else None
        journal.record(MessageReceived(at=at, source=source, outcome="unread" if problem else "well", reason=problem))
    row.problem, row.etag, row.modified, row.at = problem, etag, modified, at
    row.save()


def _keep_bad(source: str, link: str, body: bytes, reason: str, at: datetime) -> None:
    _row, is_new = Incoming.objects.get_or_create(
        source=source,
        link=link,
        identifier="",
        defaults={"outcome": "unread", "reason": reason, "body": body[: incoming.LARGEST], "at": at},
    )
    if is_new:
        journal.record(MessageReceived(at=at, source=source, outcome="unread", reason=reason))


def _follow(said: Received, at: datetime) -> tuple[str, str, Bulletin | None]:
    """Do what a message asks for; return what was done, why nothing was, and the bulletin."""
    known = catalogue.known()
    if reason := adopting.why_not(said, known, at=at):
        about = _about(said) if said.msg_type == MsgType.UPDATE and reason in adopting.MOVED_AWAY else None
        still = about is not None and (about.state == State.ISSUED or about.state in OPEN)
        return ("marked", reason, about) if still else ("noted", reason, None)
    if said.msg_type == MsgType.ALERT:
        content = adopting.content_of(said, known, catalogue.called(), at=at)
        begun = begin(content, MsgType.ALERT, follows=None, writer=None, at=at)
        return "drafted", "", lock(begun.id)
    about = _about(said)
    if about is None:
        return "noted", "unknown", None
    if said.status == adopting.TRAINING and not about.training:
        return "noted", "not-actual", None
    if about.state != State.ISSUED:
        return ("marked", "", about) if about.state in OPEN else ("noted", "ended", about)
    if said.msg_type == MsgType.CANCEL or Bulletin.objects.filter(follows=about, state__in=OPEN).exists():
        return "marked", "", about
    content = adopting.content_of(said, known, catalogue.called(), at=at)
    content = replace(content, training=about.training, event=content.event or about.event)
    begun = begin(content, MsgType.UPDATE, follows=about, writer=None, at=at)
    return "update-drafted", "", lock(begun.id)


def _about(said: Received) -> Bulletin | None:
    """Return the bulletin in force of the story that a message refers to, else the last one of it."""
    earlier = Q(pk__in=())
    for one in said.references:
        earlier |= Q(sender=one.sender, identifier=one.identifier)
    made = Incoming.objects.filter(earlier, bulletin__isnull=False)
    story = Bulletin.objects.filter(chain__in=made.values("bulletin__chain"))
    found = story.filter(state=State.ISSUED).first() or story.order_by("-made_at").first()
    return lock(found.pk) if found else None
