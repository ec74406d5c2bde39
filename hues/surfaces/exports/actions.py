"""Ask for a list as a file, write it, give it up, and let it go when its days are over."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hues.engines.cases import actions as cases
from hues.engines.cases import queries as known
from hues.kernel.agencies.queries import asker_for
from hues.kernel.city import document
from hues.kernel.clocks import actions as clocks
from hues.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from hues.kernel.journal import actions as journal
from hues.kernel.owing import owe
from hues.kernel.people.asker import Asker
from hues.kernel.turns import take_turn
from hues.kit.ids import new_id
from hues.surfaces.exports import events, writing
from hues.surfaces.exports.models import PENDING, ListFile, State

logger = logging.getLogger(__name__)
WRITE = "hues.exports.write"
GO = "exports.file.go"
MOST_TRIES = 3  # of workers that died over it
DAYS = 7
AGENCY_DESK = "agency"


@transaction.atomic
def ask(*, space: str, query: str, kind: str, language: str, by: Asker, at: datetime) -> UUID:
    """
    Ask for what an address of a queue shows as a file; a worker writes it.

    :raises NotAllowed: if the asker may not read that queue
    :raises Invalid: if there is no such kind of file
    :raises WrongState: if a file of theirs is being written
    """
    if by.person_id is None:
        raise NotAllowed
    if kind not in writing.KINDS:
        raise Invalid(fields={"kind": _("Choose one of these kinds.")})
    take_turn(f"exports.file:{by.person_id}")
    _check_free(by.person_id)
    desk = writing.desk_of(space)
    shown = writing.shown_of(desk, query)
    row = ListFile(
        id=new_id(),
        person_id=by.person_id,
        space=space,
        tab=shown.tab,
        query=query or f"?tab={shown.tab}",
        kind=kind,
        language=language,
        agencies=sorted(str(agency) for agency in by.agencies),
        about=desk.about_rows(by, shown, writing.MOST_ROWS, at),
        at=at,
        until=at + timedelta(days=days()),
    )
    row.save(force_insert=True)
    journal.record(events.FileAsked(at=at, by=by.person_id, subject=row.pk, desk=space, tab=shown.tab, kind=kind))
    _begin(row, at)
    return row.pk


@transaction.atomic
def ask_again(*, file_id: UUID, by: Asker, at: datetime) -> None:
    """
    Have a file written that failed, or is out of date.

    :raises NotFound: if the asker has no such file
    :raises WrongState: if it is neither, what it was to hold was erased, or another file of theirs is being written
    """
    take_turn(f"exports.file:{by.person_id}")
    row = _own(file_id, by)
    if row.state not in (State.FAILED, State.STALE) or not row.query:
        raise WrongState
    _check_free(row.person_id)
    _clear(row)
    row.state, row.tries, row.done, row.ended_at = State.WAITING, 0, 0, None
    row.until = at + timedelta(days=days())
    row.save(update_fields=["state", "tries", "done", "ended_at", "until"])
    journal.record(events.FileAskedAgain(at=at, by=by.person_id, subject=row.pk))
    _begin(row, at)


@transaction.atomic
def cancel(*, file_id: UUID, by: Asker, at: datetime) -> None:
    """
    Give a file up that is not ready; the worker stops at its next step.

    :raises NotFound: if the asker has no such file
    :raises WrongState: if it is ready, or given up already
    """
    row = _own(file_id, by)
    if row.state not in PENDING:
        raise WrongState
    row.state, row.ended_at, row.query = State.CANCELLED, at, ""
    row.save(update_fields=["state", "ended_at", "query"])
    journal.record(events.FileCancelled(at=at, by=by.person_id, subject=row.pk))


@transaction.atomic
def note_taken(*, file_id: UUID, by: Asker, at: datetime) -> None:
    """
    Write down that the asker takes the file out of the house, as with a list that is sent at once.

    :raises NotFound: if the asker has no such file that is ready
    :raises NotAllowed: if the asker has left an agency whose cases are in it
    """
    row = _own(file_id, by)
    if row.state != State.READY:
        raise NotFound
    if not set(row.agencies) <= {str(agency) for agency in by.agencies}:
        raise NotAllowed
    cases.note_export(desk=row.space, tab=row.tab, by=by, at=at)


def write(file_id: UUID, at: datetime) -> None:
    """Write a file from its beginning; what an earlier worker left behind counts for nothing."""
    row = _claim(file_id, at)
    if row is None:
        return
    name = path_of(row.pk, row.tries, row.kind)
    try:
        desk = writing.desk_of(row.space)
        asker = asker_for(row.person_id, at)
        if not set(row.agencies) <= {str(agency) for agency in asker.agencies}:
            raise NotAllowed
        shown = writing.shown_of(desk, row.query)
        size = writing.write(
            desk, asker, shown, kind=row.kind, language=row.language, to=name, tell=lambda n: _tell(row, n), at=at
        )
        if not _finish(row, size, at):
            default_storage.delete(name)
    except writing.Stop:
        logger.info("file %s is no longer written by this worker", file_id)
    except Exception:
        logger.exception("file %s could not be written", file_id)
        _fail(row, at)


@transaction.atomic
def let_go(file_id: UUID, at: datetime) -> None:
    """Delete the bytes of a file whose days are over, and what was searched for; its row says that it was there."""
    row = ListFile.objects.select_for_update().filter(pk=file_id).first()
    if row is None:
        return
    _clear(row)
    row.query = ""
    if gone := row.state in (*PENDING, State.READY, State.FAILED, State.STALE):
        row.state = State.GONE
    row.save(update_fields=["state", "query"])
    if gone:
        journal.record(events.FileGone(at=at, subject=row.pk))


@transaction.atomic
def end_outdated(*, at: datetime) -> None:
    """End every file that may hold words which were covered after it was begun."""
    counted: dict[tuple[str, tuple[str, ...]], int] = {}
    for row in _written():
        about = _about(row)
        if about not in counted:
            counted[about] = _covers(*about)
        if row.covers != counted[about]:
            _outdate(row, at)


@transaction.atomic
def end_those_of(agencies: Iterable[UUID], *, at: datetime) -> None:
    """End every file of an agency's desk that may hold a case which these agencies have no more."""
    gone = {str(agency) for agency in agencies}
    for row in _written().filter(space=AGENCY_DESK):
        if gone.intersection(row.agencies):
            _outdate(row, at)


def path_of(file_id: UUID, tried: int, kind: str) -> str:
    """Return where the file of that try lies in storage."""
    return f"{writing.FOLDER}/{file_id}-{tried}.{kind}"


def days() -> int:
    """Return for how many days a file can be fetched, as the city decides."""
    return int(document("city.toml").get("exports", {}).get("days", DAYS))


def _begin(row: ListFile, at: datetime) -> None:
    clocks.set_timer(kind=GO, subject=row.pk, due_at=row.until, at=at)
    # One after the other over the whole city, behind everything else: a list never holds up a warning.
    owe(WRITE, lane="exports", lock=WRITE, priority=-10, file_id=str(row.pk))


def _about(row: ListFile) -> tuple[str, tuple[str, ...]]:
    """Return what never changes of the cases in a file: their ward, and at an agency's desk which ones had them."""
    ward = writing.shown_of(writing.desk_of(row.space), row.query).ward
    return ward, tuple(sorted(row.agencies)) if row.space == AGENCY_DESK else ()


def _covers(ward: str, agencies: tuple[str, ...]) -> int:
    return known.covers_of_words(ward=ward, agencies=[UUID(agency) for agency in agencies] if agencies else None)


def _written() -> QuerySet[ListFile]:
    return ListFile.objects.select_for_update().filter(state__in=(State.RUNNING, State.READY)).order_by("pk")


def _outdate(row: ListFile, at: datetime) -> None:
    _clear(row)
    if writing.shown_of(writing.desk_of(row.space), row.query).text:
        row.query = ""  # what was searched for may be what was covered
    row.state, row.ended_at = State.STALE, at
    row.save(update_fields=["query", "state", "ended_at"])
    journal.record(events.FileOutdated(at=at, by=None, subject=row.pk))


def _clear(row: ListFile) -> None:
    for tried in range(1, row.tries + 1):
        name = path_of(row.pk, tried, row.kind)
        default_storage.delete(name)
        writing.drop_draft(name)


def _check_free(person_id: UUID) -> None:
    if ListFile.objects.filter(person_id=person_id, state__in=PENDING).exists():
        raise WrongState(_("A file of yours is being written. Wait for it, or cancel it, before you ask for another."))


def _own(file_id: UUID, by: Asker) -> ListFile:
    if by.person_id is None:
        raise NotFound
    row = ListFile.objects.select_for_update().filter(pk=file_id, person_id=by.person_id).first()
    if row is None:
        raise NotFound
    return row


@transaction.atomic
def _claim(file_id: UUID, at: datetime) -> ListFile | None:
    row = ListFile.objects.select_for_update().filter(pk=file_id, state__in=PENDING).first()
    if row is None:
        return None
    if row.tries >= MOST_TRIES:
        _end(row, State.FAILED, at)
        return None
    _clear(row)
    row.state, row.tries, row.done, row.covers = State.RUNNING, row.tries + 1, 0, _covers(*_about(row))
    row.save(update_fields=["state", "tries", "done", "covers"])
    return row


def _tell(row: ListFile, done: int) -> None:
    mine = ListFile.objects.filter(pk=row.pk, state=State.RUNNING, tries=row.tries)
    if not mine.update(done=done):
        raise writing.Stop


@transaction.atomic
def _finish(row: ListFile, size: int, at: datetime) -> bool:
    held = ListFile.objects.select_for_update().filter(pk=row.pk, state=State.RUNNING, tries=row.tries).first()
    if held is None:
        return False
    held.state, held.size, held.ended_at, held.until = State.READY, size, at, at + timedelta(days=days())
    held.save(update_fields=["state", "size", "ended_at", "until"])
    clocks.set_timer(kind=GO, subject=held.pk, due_at=held.until, at=at)
    journal.record(events.FileReady(at=at, subject=held.pk, rows=held.done, tries=held.tries))
    return True


@transaction.atomic
def _fail(row: ListFile, at: datetime) -> None:
    held = ListFile.objects.select_for_update().filter(pk=row.pk, state=State.RUNNING, tries=row.tries).first()
    if held is not None:
        _end(held, State.FAILED, at)


def _end(row: ListFile, state: State, at: datetime) -> None:
    row.state, row.ended_at = state, at
    row.save(update_fields=["state", "ended_at"])
    journal.record(events.FileFailed(at=at, subject=row.pk, tries=row.tries))
