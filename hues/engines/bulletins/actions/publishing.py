"""Let a notice pass, publish it now or at its time, and take it back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hues.engines.bulletins.actions.keeping import check_proof, check_role
from hues.engines.bulletins.actions.keys import current_key
from hues.engines.bulletins.actions.notice_rows import (
    check,
    content_of,
    lock,
    move,
    next_state_of,
    show,
    write,
)
from hues.engines.bulletins.declare import NOTICE_APPROVERS, NOTICE_WRITERS
from hues.engines.bulletins.events import NoticeIssued
from hues.engines.bulletins.models import Notice
from hues.engines.bulletins.queries.messages import document_of
from hues.engines.bulletins.rules import signing
from hues.engines.bulletins.rules.notices import NoticeState, NoticeVerb, Why, next_notice_state
from hues.engines.bulletins.rules.numbers import NOTICES, identifier
from hues.kernel.clocks import actions as clocks
from hues.kernel.clocks.queries import calendar
from hues.kernel.errors import Invalid, NotAllowed, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.media import actions as media
from hues.kernel.people.asker import Asker

PUBLISH, EXPIRE = "bulletins.notice.publish", "bulletins.notice.expire"


@transaction.atomic
def approve_notice(*, notice_id: UUID, by: Asker, seen: int, proved_at: datetime | None, at: datetime) -> NoticeState:
    """
    Approve what somebody else wrote: it is published now, or at its time; return which of the two.

    `proved_at` is when the approver last showed, besides being signed in, who they are.

    :raises NotAllowed: if the asker approves no notices, or had a hand in this one
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it does not wait for approval, or what it follows is no longer what the city says
    :raises Invalid: if its time has run out meanwhile
    :raises ProofNeeded: if the approver has not shown who they are within the last minutes
    """
    approver = check_role(by, *NOTICE_APPROVERS)
    row = lock(notice_id, seen)
    if approver in row.writers:
        raise NotAllowed(_("You had a hand in this notice. A different person has to approve it."))
    next_state_of(row, NoticeVerb.APPROVE)
    check(row, at)
    check_proof(proved_at, at=at)
    move(row, NoticeVerb.APPROVE, by=approver, at=at, approved_by=approver)
    if row.publish_at and row.publish_at > at:
        clocks.set_timer(kind=PUBLISH, subject=row.pk, due_at=row.publish_at, at=at)
    else:
        _publish(row, by=approver, at=at)
    return NoticeState(row.state)


@transaction.atomic
def publish_in_time(*, notice_id: UUID, at: datetime) -> None:
    """Publish what was approved for this instant; what can't be published any more goes back to its writers."""
    row = lock(notice_id)
    if row.state != NoticeState.SCHEDULED or (row.publish_at and row.publish_at > at):
        return
    try:
        with transaction.atomic():
            check(row, at)
            _publish(row, by=None, at=at)
    except (Invalid, WrongState) as wrong:
        row = lock(notice_id)
        said = [str(words) for words in wrong.fields.values()] if isinstance(wrong, Invalid) else [str(wrong)]
        back: dict[str, Any] = {"returned_because": "\n".join(said), "submitted_by": None, "approved_by": None}
        move(row, NoticeVerb.RETURN, by=None, at=at, **back)


@transaction.atomic
def withdraw_notice(
    *, notice_id: UUID, because: str, by: Asker, seen: int, proved_at: datetime | None, at: datetime
) -> None:
    """
    Take a published notice back: its page stays and says why (a `Why`), and whoever was told of it is told that too.

    :raises NotAllowed: if the asker neither writes nor approves notices
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it is not published
    :raises Invalid: if no reason of the list is given
    :raises ProofNeeded: if the asker has not shown who they are within the last minutes
    """
    person = check_role(by, *NOTICE_WRITERS, *NOTICE_APPROVERS)
    row = lock(notice_id, seen)
    next_state_of(row, NoticeVerb.WITHDRAW)
    if because not in Why:
        raise Invalid(fields={"why": _("Say why it is withdrawn.")})
    check_proof(proved_at, at=at)
    move(row, NoticeVerb.WITHDRAW, by=person, at=at, withdrawn_because=because)
    clocks.cancel_timers(notice_id, EXPIRE)
    show(at)


@transaction.atomic
def expire_notice(*, notice_id: UUID, at: datetime) -> None:
    """End a notice whose time is over; nothing happens to one that is not."""
    row = lock(notice_id)
    if row.state == NoticeState.ISSUED and row.expires_at and row.expires_at <= at:
        move(row, NoticeVerb.EXPIRE, by=None, at=at)
        show(at)


def _publish(row: Notice, *, by: UUID | None, at: datetime) -> None:
    at = at.replace(microsecond=0)
    earlier = lock(row.follows_id) if row.follows_id else None
    if earlier:
        if next_notice_state(NoticeVerb.REPLACE, NoticeState(earlier.state)) is None:
            raise WrongState(_("What this follows is no longer published. Write a new notice instead."))
        move(earlier, NoticeVerb.REPLACE, by=by, at=at)
        clocks.cancel_timers(earlier.pk, EXPIRE)
    number = _next_number(at)
    body = document_of(content_of(row), number=number, sent_at=at, replaces=earlier.number if earlier else "")
    key, private = current_key(at)
    signed = signing.sign(body, key=private, certificate=key.certificate)
    state = next_state_of(row, NoticeVerb.ISSUE)
    columns = {"number": number, "sent_at": at, "signed": signed, "key": key}
    write(row, state, **columns)
    journal.record(NoticeIssued(at=at, by=by, subject=row.pk, number=number, version=row.version))
    if brought := [*row.pictures, *row.papers]:
        media.publish(brought, at=at, by=by)
    if row.expires_at:
        clocks.set_timer(kind=EXPIRE, subject=row.pk, due_at=row.expires_at, at=at)
    show(at)


def _next_number(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('bulletins_notice_number_seq')")
        (count,) = cursor.fetchone()
    return identifier(NOTICES, at.astimezone(calendar().zone).year, count)
