"""Let what waits follow what is in force: a draft whose ground is gone, or one of which nobody knew what it changes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hues.engines.bulletins.actions.keeping import Moved, check_role, check_turn, columns_of, lock, write
from hues.engines.bulletins.actions.writing import cancelling, discard, draft, submit
from hues.engines.bulletins.models import Bulletin, Incoming
from hues.engines.bulletins.queries import targets
from hues.engines.bulletins.queries.rows import CONTENT, content_of
from hues.engines.bulletins.rules.content import Content
from hues.engines.bulletins.rules.states import MsgType, Verb
from hues.kernel.errors import Invalid, WrongState
from hues.kernel.people.asker import Asker, Role
from hues.kit.text import tidy

LONGEST_REASON = 1_000


@transaction.atomic
def follow(*, bulletin_id: UUID, onto: UUID | None, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Let what is not issued follow `onto`, or the one thing in force that it may follow; it is to be approved anew.

    A cancellation is worded anew and waits for approval at once; an update keeps its words as a draft.

    :raises NotAllowed: if the asker writes no alerts
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it was issued or discarded
    :raises Invalid: if there is nothing in force that it may follow
    """
    writer = check_role(by, Role.ALERT_WRITER)
    choices = [one.id for one in targets(by, bulletin_id).choices]
    if onto is None and len(choices) == 1:
        (onto,) = choices
    # In the order in which issuing locks the two, so that neither waits for the other.
    row = lock(bulletin_id)
    state = check_turn(Verb.RETARGET, row, seen)
    if onto is None or onto not in choices:
        raise Invalid(_("Nothing that this may follow is in force any more. Discard it, and write a new alert."))
    ahead = lock(onto)
    check_turn(Verb.FOLLOW, ahead, None)
    over = row.msg_type == MsgType.CANCEL
    said = columns_of(cancelling(_content(ahead), at)) if over else {"msg_type": MsgType.UPDATE}
    moved = write(
        row,
        Verb.RETARGET,
        state,
        by=writer,
        at=at,
        follows=ahead,
        chain=ahead.chain,
        writers=row.writers if writer in row.writers else [*row.writers, writer],
        submitted_by=None,
        approved_by=None,
        own_because="",
        **said,
    )
    return submit(bulletin_id=row.pk, by=by, seen=moved.version, at=at) if over else moved


@transaction.atomic
def set_apart(*, bulletin_id: UUID, because: str, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Say that a draft made from somebody's update is about nothing of ours, and why: it can go out as an alert.

    :raises NotAllowed: if the asker writes no alerts
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it is no draft, or nobody has to say what it goes on with
    :raises Invalid: if no reason is given
    """
    writer = check_role(by, Role.ALERT_WRITER)
    row = lock(bulletin_id)
    state = check_turn(Verb.SET_APART, row, seen)
    if not targets(by, bulletin_id).is_unsure:
        raise WrongState
    reason = tidy(because)[:LONGEST_REASON]
    if not reason:
        raise Invalid(fields={"own_because": _("Say why it is about none of them.")})
    writers = row.writers if writer in row.writers else [*row.writers, writer]
    return write(row, Verb.SET_APART, state, by=writer, at=at, writers=writers, own_because=reason)


@transaction.atomic
def begin_anew(*, bulletin_id: UUID, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Give an update up whose alert is over, and begin an alert of its own with the same words.

    What others sent about the one is about the other from now on: what they change or cancel is told there.

    :raises NotAllowed: if the asker writes no alerts
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it is no update, was issued, or has something in force to follow
    :raises Invalid: if its own end has passed
    """
    row = lock(bulletin_id)
    there = targets(by, bulletin_id)
    if row.msg_type != MsgType.UPDATE or not there.is_astray or there.choices:
        raise WrongState
    discard(bulletin_id=bulletin_id, by=by, seen=seen, at=at)
    fresh = draft(content=_content(row), by=by, at=at)
    Incoming.objects.filter(bulletin=row).update(bulletin=fresh.id)
    return fresh


def _content(row: Bulletin) -> Content:
    return content_of({name: getattr(row, name) for name in CONTENT})
