"""Write a notice, hand it in, give it back, give it up: one verb, one function, one transaction."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hues.engines.bulletins.actions.keeping import check_role
from hues.engines.bulletins.actions.notice_rows import check, columns_of, content_of, lock, move, record, with_writer
from hues.engines.bulletins.actions.publishing import PUBLISH
from hues.engines.bulletins.declare import NOTICE_APPROVERS, NOTICE_WRITERS
from hues.engines.bulletins.models import Notice
from hues.engines.bulletins.queries.doubts import is_doubted_notice
from hues.engines.bulletins.rules.notices import NoticeContent, NoticeState, NoticeVerb, next_notice_state
from hues.kernel.clocks import actions as clocks
from hues.kernel.errors import Invalid, WrongState
from hues.kernel.media import actions as media
from hues.kernel.people.asker import Asker
from hues.kit.ids import new_id
from hues.kit.text import tidy

LONGEST_REASON = 1_000


@transaction.atomic
def draft_notice(*, content: NoticeContent, by: Asker, at: datetime) -> UUID:
    """
    Begin a notice, in its version 1, and return its id; a draft may lack whatever it likes.

    :raises NotAllowed: if the asker writes no notices, or the picture is somebody else's
    """
    writer = check_role(by, *NOTICE_WRITERS)
    return _begin(content, follows=None, writer=writer, at=at)


@transaction.atomic
def rewrite_notice(*, notice_id: UUID, content: NoticeContent, by: Asker, seen: int, at: datetime) -> int:
    """
    Change a draft and return its version now; whoever has changed it can no longer approve it.

    :raises NotAllowed: if the asker writes no notices
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it is no draft any more
    """
    writer = check_role(by, *NOTICE_WRITERS)
    row = lock(notice_id, seen)
    if fresh := {*content.pictures, *content.papers} - {*row.pictures, *row.papers}:
        media.attach(sorted(fresh), by=writer, at=at)
    move(row, NoticeVerb.WRITE, by=writer, at=at, writers=with_writer(row, writer), **columns_of(content))
    return row.version


@transaction.atomic
def submit_notice(*, notice_id: UUID, by: Asker, seen: int, at: datetime) -> None:
    """
    Hand a draft to those who approve.

    :raises NotAllowed: if the asker writes no notices
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it is no draft any more
    :raises Invalid: if something is missing or wrong, each fault by its field
    """
    writer = check_role(by, *NOTICE_WRITERS)
    row = lock(notice_id, seen)
    check(row, at)
    writers = with_writer(row, writer)
    move(row, NoticeVerb.SUBMIT, by=writer, at=at, writers=writers, submitted_by=writer, returned_because="")


@transaction.atomic
def discard_notice(*, notice_id: UUID, by: Asker, seen: int, at: datetime) -> None:
    """
    Give up what was never published.

    :raises NotAllowed: if the asker writes no notices
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it was published
    """
    writer = check_role(by, *NOTICE_WRITERS)
    move(lock(notice_id, seen), NoticeVerb.DISCARD, by=writer, at=at)
    clocks.cancel_timers(notice_id, PUBLISH)


@transaction.atomic
def return_notice(*, notice_id: UUID, because: str, by: Asker, seen: int, at: datetime) -> None:
    """
    Give a notice back to its writers, and say why; one that waits for its time does not go out then.

    :raises NotAllowed: if the asker approves no notices
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it does not wait
    :raises Invalid: if no reason is given
    """
    approver = check_role(by, *NOTICE_APPROVERS)
    row = lock(notice_id, seen)
    reason = tidy(because)[:LONGEST_REASON]
    if not reason:
        raise Invalid(fields={"because": _("Say what has to change.")})
    back: dict[str, Any] = {"returned_because": reason, "submitted_by": None, "approved_by": None}
    move(row, NoticeVerb.RETURN, by=approver, at=at, **back)
    clocks.cancel_timers(notice_id, PUBLISH)


@transaction.atomic
def update_notice(*, notice_id: UUID, by: Asker, at: datetime) -> UUID:
    """
    Begin an update of a published notice, as a draft with the same content; one that the asker has not changed yet is
    returned, so that a second press begins no other.

    :raises NotAllowed: if the asker writes no notices
    :raises WrongState: if it is not what the city says any more
    """
    writer = check_role(by, *NOTICE_WRITERS)
    row = lock(notice_id)
    if next_notice_state(NoticeVerb.FOLLOW, NoticeState(row.state)) is None:
        raise WrongState
    content = replace(content_of(row), publish_at=None)
    for there in Notice.objects.filter(follows=row, state=NoticeState.DRAFT, writers=[writer]):
        if content_of(there) == content:
            return there.pk
    return _begin(content, follows=row, writer=writer, at=at)


@transaction.atomic
def retarget_notice(*, notice_id: UUID, by: Asker, seen: int, at: datetime) -> None:
    """
    Let an update keep its words when what it was to replace is published no more: it becomes a draft that follows what
    the city says instead, or stands alone.

    :raises NotAllowed: if the asker writes no notices
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it was published, is no update, or can replace what it follows
    """
    writer = check_role(by, *NOTICE_WRITERS)
    row = lock(notice_id, seen)
    if row.follows is None or row.follows.state == NoticeState.ISSUED:
        raise WrongState
    ahead = Notice.objects.filter(chain=row.chain, state=NoticeState.ISSUED).first()
    onto: dict[str, Any] = {"follows": ahead, "chain": row.chain if ahead else row.pk}
    back: dict[str, Any] = {"submitted_by": None, "approved_by": None}
    move(row, NoticeVerb.RETARGET, by=writer, at=at, writers=with_writer(row, writer), **onto, **back)
    clocks.cancel_timers(notice_id, PUBLISH)


@transaction.atomic
def renew_notice(*, notice_id: UUID, by: Asker, at: datetime) -> UUID:
    """
    Hand in a published notice, whose key others may know, with the same words once more, to be signed by the key in
    use; if it waits already, that is returned.

    :raises NotAllowed: if the asker writes no notices
    :raises WrongState: if it is not what the city says any more or its key is trusted, or an update with other words
        waits
    :raises Invalid: if it would not be published as it stands
    """
    check_role(by, *NOTICE_WRITERS)
    row = lock(notice_id)
    if not is_doubted_notice(notice_id):
        raise WrongState(_("The key that signed this notice is trusted: it need not be published again."))
    content = replace(content_of(row), publish_at=None)
    if there := Notice.objects.filter(follows=row, state__in=(NoticeState.SUBMITTED, NoticeState.SCHEDULED)).first():
        if content_of(there) != content:
            raise WrongState(_("An update with other words waits already: approve it, or return it first."))
        return there.pk
    begun = update_notice(notice_id=notice_id, by=by, at=at)
    submit_notice(notice_id=begun, by=by, seen=lock(begun).version, at=at)
    return begun


def _begin(content: NoticeContent, *, follows: Notice | None, writer: UUID, at: datetime) -> UUID:
    notice_id = new_id()
    if follows is None and (brought := [*content.pictures, *content.papers]):
        media.attach(brought, by=writer, at=at)
    row = Notice(
        id=notice_id,
        state=NoticeState.DRAFT,
        chain=follows.chain if follows else notice_id,
        follows=follows,
        writers=[writer],
        made_at=at,
        **columns_of(content),
    )
    row.save(force_insert=True)
    record(row, NoticeVerb.WRITE, by=writer, at=at)
    return notice_id
