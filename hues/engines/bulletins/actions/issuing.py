"""Speak for the city: the message is built, signed, kept and shown in one transaction, or nothing is."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hues.engines.bulletins.actions.keeping import Moved, check_content, check_role, check_turn, lock, write
from hues.engines.bulletins.actions.keys import current_key
from hues.engines.bulletins.actions.showing import show
from hues.engines.bulletins.models import Bulletin, PublicBulletin, SignedMessage
from hues.engines.bulletins.queries import catalogue, messages, reach
from hues.engines.bulletins.queries.rows import CONTENT, content_of
from hues.engines.bulletins.rules import cap, numbers, signing
from hues.engines.bulletins.rules.content import Content
from hues.engines.bulletins.rules.states import MsgType, State, Verb, ends_with, next_state
from hues.kernel.clocks import actions as clocks
from hues.kernel.clocks.queries import calendar
from hues.kernel.errors import WrongState
from hues.kernel.people.asker import Asker, Role

EXPIRE = "bulletins.expire"
COUNT = """
    INSERT INTO bulletins_count AS c (year, last) VALUES (%s, 1)
    ON CONFLICT (year) DO UPDATE SET last = c.last + 1 RETURNING last
"""


@transaction.atomic
def issue(*, bulletin_id: UUID, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Issue an approved bulletin: from here on it cannot change, and what it follows is no longer in force.

    One for training is signed and kept like any other, and shown to nobody outside of the desk.

    :raises NotAllowed: if the asker approves no alerts
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it is not approved, or what it follows is no longer in force
    :raises Invalid: if its time has run out meanwhile
    """
    approver = check_role(by, Role.ALERT_APPROVER)
    row = lock(bulletin_id)
    check_turn(Verb.ISSUE, row, seen)
    return speak(row, by=approver, at=at)


def speak(row: Bulletin, *, by: UUID, at: datetime) -> Moved:
    """
    Issue a locked, approved bulletin.

    :raises WrongState: if it is not approved, or what it follows is no longer in force
    :raises Invalid: if its time has run out meanwhile
    """
    at = at.replace(microsecond=0)  # the instant that the message can say
    state = check_turn(Verb.ISSUE, row, None)
    content = content_of({name: getattr(row, name) for name in CONTENT})
    check_content(content, at=at)
    if row.follows_id:
        _end(row.follows_id, MsgType(row.msg_type), by=by, at=at)
    references = messages.references_of(row.chain, at) if row.follows_id else ()
    identifier = _next_identifier(at)
    message = messages.message_of(
        content, identifier=identifier, msg_type=MsgType(row.msg_type), references=references, sent_at=at
    )
    moved = write(row, Verb.ISSUE, state, by=by, at=at, sent_at=at, identifier=identifier)
    key, private = current_key(at)
    body = signing.sign(cap.build(message), key=private, certificate=key.certificate)
    SignedMessage.objects.create(bulletin=row, key=key, body=body, at=at)
    clocks.set_timer(kind=EXPIRE, subject=row.pk, due_at=row.expires_at, at=at)
    if not row.training:
        _make_public(row, content, at)
        show(identifier, at)
    return moved


@transaction.atomic
def expire(*, bulletin_id: UUID, at: datetime) -> Moved | None:
    """End a bulletin whose time is over; None if it is not in force, or not over yet."""
    row = lock(bulletin_id)
    state = next_state(Verb.EXPIRE, State(row.state))
    if state is None or row.expires_at > at:
        return None
    moved = write(row, Verb.EXPIRE, state, by=None, at=at)
    if not row.training:
        show(row.identifier, at)
    return moved


def _end(earlier_id: UUID, by_what: MsgType, *, by: UUID, at: datetime) -> None:
    earlier = lock(earlier_id)
    # A cancellation that is issued again is replaced: what it has ended stays so.
    verb = Verb.REPLACE if earlier.msg_type == MsgType.CANCEL else ends_with(by_what)
    state = next_state(verb, State(earlier.state))
    if state is None:
        raise WrongState(
            _("What this follows is no longer in force. Open this alert again: it says what can follow what.")
        )
    write(earlier, verb, state, by=by, at=at)
    clocks.cancel_timers(earlier.pk, EXPIRE)


def _make_public(row: Bulletin, content: Content, at: datetime) -> None:
    reached = reach.reach_of(content)
    PublicBulletin.objects.create(
        bulletin=row, training=row.training, audience=list(reached.wards), everywhere=reached.everywhere, at=at
    )


def _next_identifier(at: datetime) -> str:
    year = at.astimezone(calendar().zone).year
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [year])
        (count,) = cursor.fetchone()
    return numbers.identifier(catalogue.alert_settings().prefix, year, count)
