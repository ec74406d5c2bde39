"""What writers do: draft, rewrite, submit, follow up, discard."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from hues.engines.bulletins.actions.keeping import (
    Moved,
    check_content,
    check_role,
    check_turn,
    columns_of,
    lock,
    record,
    write,
)
from hues.engines.bulletins.models import Bulletin
from hues.engines.bulletins.queries.doubts import is_doubted
from hues.engines.bulletins.queries.following import targets
from hues.engines.bulletins.queries.rows import content_of
from hues.engines.bulletins.rules.content import LONGEST_HEADLINE, LONGEST_IN_FORCE, Content, Text
from hues.engines.bulletins.rules.states import MsgType, State, Verb
from hues.kernel.errors import Invalid, WrongState
from hues.kernel.languages import spoken
from hues.kernel.people.asker import Asker, Role
from hues.kit.ids import new_id

# A cancellation is worth reading for as long as the alert would have been in force, and for a day at least; no longer
# than anything may be in force from now on.
CANCELLED_FOR = timedelta(hours=24)


@transaction.atomic
def draft(*, content: Content, by: Asker, at: datetime) -> Moved:
    """
    Begin an alert; a draft may lack whatever it likes except a level and an end.

    :raises NotAllowed: if the asker writes no alerts
    :raises Invalid: if it ends before it begins to exist
    """
    writer = check_role(by, Role.ALERT_WRITER)
    _check_end(content, at)
    return begin(content, MsgType.ALERT, follows=None, writer=writer, at=at)


@transaction.atomic
def rewrite(*, bulletin_id: UUID, content: Content, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Change a draft; whoever has changed it can no longer approve it.

    :raises NotAllowed: if the asker writes no alerts
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it is no draft any more
    :raises Invalid: if a follow-up was to change between training and earnest
    """
    writer = check_role(by, Role.ALERT_WRITER)
    row = lock(bulletin_id)
    state = check_turn(Verb.WRITE, row, seen)
    _check_end(content, row.made_at)
    if row.follows_id:
        content = replace(content, training=row.training)
    writers = row.writers if writer in row.writers else [*row.writers, writer]
    return write(row, Verb.WRITE, state, by=writer, at=at, writers=writers, **columns_of(content))


@transaction.atomic
def submit(*, bulletin_id: UUID, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Hand a draft to those who approve.

    :raises NotAllowed: if the asker writes no alerts
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it is no draft any more
    :raises Invalid: if something is missing or wrong, each fault by its field, or nobody has said what it goes on with
    """
    writer = check_role(by, Role.ALERT_WRITER)
    row = lock(bulletin_id)
    state = check_turn(Verb.SUBMIT, row, seen)
    if targets(by, bulletin_id).is_unsure:
        raise Invalid(gettext("Choose first: is it an update of one of ours, or about none of them?"))
    check_content(_content(row), at=at)
    writers = row.writers if writer in row.writers else [*row.writers, writer]
    return write(row, Verb.SUBMIT, state, by=writer, at=at, writers=writers, submitted_by=writer, returned_because="")


@transaction.atomic
def discard(*, bulletin_id: UUID, by: Asker, seen: int, at: datetime) -> Moved:
    """
    Give up what was never issued.

    :raises NotAllowed: if the asker writes no alerts
    :raises Stale: if it was changed since it was seen
    :raises WrongState: if it was issued
    """
    writer = check_role(by, Role.ALERT_WRITER)
    row = lock(bulletin_id)
    return write(row, Verb.DISCARD, check_turn(Verb.DISCARD, row, seen), by=writer, at=at)


@transaction.atomic
def start_update(*, bulletin_id: UUID, by: Asker, at: datetime) -> Moved:
    """
    Begin an update of an alert in force, as a draft with the same content; one that the asker has not changed yet is
    returned, so that a second press begins no other.

    :raises NotAllowed: if the asker writes no alerts
    :raises WrongState: if the alert is not in force
    """
    writer = check_role(by, Role.ALERT_WRITER)
    row = lock(bulletin_id)
    _check_in_force(row)
    content = _content(row)
    for there in Bulletin.objects.filter(follows=row, msg_type=MsgType.UPDATE, state=State.DRAFT, writers=[writer]):
        if _content(there) == content:
            return _as_it_is(there)
    return begin(content, MsgType.UPDATE, follows=row, writer=writer, at=at)


@transaction.atomic
def renew(*, bulletin_id: UUID, by: Asker, at: datetime) -> Moved:
    """
    Submit an alert in force or a cancellation, whose key others may know, with the same words once more, to be signed
    by the key in use; if it waits already, that is returned.

    :raises NotAllowed: if the asker writes no alerts
    :raises WrongState: if the alert is not in force or its key is trusted, or an update with other words waits
    :raises Invalid: if it would not be issued as it stands
    """
    writer = check_role(by, Role.ALERT_WRITER)
    row = lock(bulletin_id)
    check_turn(Verb.FOLLOW, row, None)
    if not is_doubted(row.pk):
        raise WrongState(gettext("The key that signed this alert is trusted: it need not be issued again."))
    content, again = _content(row), MsgType.CANCEL if row.msg_type == MsgType.CANCEL else MsgType.UPDATE
    if there := _waiting(row, again):
        if _content(there) != content:
            raise WrongState(gettext("An update with other words waits already: approve it, or return it first."))
        return _as_it_is(there)
    begun = begin(content, again, follows=row, writer=writer, at=at)
    return submit(bulletin_id=begun.id, by=by, seen=begun.version, at=at)


@transaction.atomic
def cancel(*, bulletin_id: UUID, by: Asker, at: datetime) -> Moved:
    """
    Submit the cancellation of an alert in force, worded by itself; one that waits already is returned.

    :raises NotAllowed: if the asker writes no alerts
    :raises WrongState: if the alert is not in force
    """
    writer = check_role(by, Role.ALERT_WRITER)
    row = lock(bulletin_id)
    _check_in_force(row)
    if there := _waiting(row, MsgType.CANCEL):
        return _as_it_is(there)
    begun = begin(cancelling(_content(row), at), MsgType.CANCEL, follows=row, writer=writer, at=at)
    return submit(bulletin_id=begun.id, by=by, seen=begun.version, at=at)


def cancelling(content: Content, at: datetime) -> Content:
    """Return what a cancellation says of an alert."""
    return replace(
        content,
        texts={language: _over(language, text) for language, text in content.texts.items()},
        onset_at=None,
        expires_at=min(max(content.expires_at, at + CANCELLED_FOR), at + LONGEST_IN_FORCE),
    )


def begin(content: Content, msg_type: MsgType, *, follows: Bulletin | None, writer: UUID | None, at: datetime) -> Moved:
    """Write a new draft; one that a machine begins has no writer yet, whoever submits it becomes one."""
    bulletin_id = new_id()
    row = Bulletin(
        id=bulletin_id,
        state=State.DRAFT,
        msg_type=msg_type,
        chain=follows.chain if follows else bulletin_id,
        follows=follows,
        writers=[writer] if writer else [],
        made_at=at,
        **columns_of(content),
    )
    row.save(force_insert=True)
    return record(row, Verb.WRITE, by=writer, at=at)


def _waiting(row: Bulletin, msg_type: MsgType) -> Bulletin | None:
    """Return what follows it and waits to be issued, if there is any: so that a second press is none."""
    found = Bulletin.objects.filter(follows=row, msg_type=msg_type, state__in=(State.SUBMITTED, State.APPROVED))
    return found.order_by("made_at").first()


def _as_it_is(row: Bulletin) -> Moved:
    return Moved(id=row.pk, state=State(row.state), version=row.version)


def _check_in_force(row: Bulletin) -> None:
    check_turn(Verb.FOLLOW, row, None)
    if row.msg_type == MsgType.CANCEL:
        raise Invalid(gettext("A cancellation is followed by a new alert, not by an update."))


def _check_end(content: Content, made_at: datetime) -> None:
    if content.expires_at.replace(microsecond=0) <= made_at:
        raise Invalid(fields={"expires_at": gettext("The end must lie in the future.")})


def _over(language: str, text: Text) -> Text:
    with translation.override(spoken(language)):
        return Text(
            headline=(gettext("No longer in force: %(headline)s") % {"headline": text.headline})[:LONGEST_HEADLINE],
            description=gettext("The city has cancelled this alert: %(headline)s") % {"headline": text.headline},
            instruction=gettext("You need not follow this alert any more."),
        )


def _content(row: Bulletin) -> Content:
    columns = ("event", "risk", "texts", "wards", "shapes", "onset_at", "expires_at", "training")
    return content_of({name: getattr(row, name) for name in columns})
