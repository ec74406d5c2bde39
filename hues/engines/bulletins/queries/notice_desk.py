"""Notices as the desk sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from hues.engines.bulletins.models import Notice
from hues.engines.bulletins.queries.corrections import spoken_of
from hues.engines.bulletins.queries.desk import check_reader
from hues.engines.bulletins.queries.notice_cards import (
    CONTENT,
    ROW,
    TopicCard,
    notice_content,
    notice_languages,
    shared,
    topics,
)
from hues.engines.bulletins.queries.reach import reach_of_notice
from hues.engines.bulletins.rules.content import Fault
from hues.engines.bulletins.rules.notice_warnings import notice_warnings
from hues.engines.bulletins.rules.notices import NOTICE_OPEN, NoticeContent, NoticeState, Why, notice_faults
from hues.engines.bulletins.rules.numbers import elsewhere, told_as_notice
from hues.engines.bulletins.rules.warnings import Reach, Warn
from hues.kernel.areas import queries as areas
from hues.kernel.delivery import queries as delivery
from hues.kernel.delivery.queries import Board
from hues.kernel.errors import NotFound
from hues.kernel.people import queries as people
from hues.kernel.people.asker import Asker
from hues.kit import pages
from hues.kit.pages import Page
from hues.kit.text import Bilingual

_DESK: Final = (*ROW, "follows_id", "writers", "submitted_by", "approved_by", "returned_because", "version")


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskNotice:
    """A notice as its writers and approvers see it; one alone also with whom it would reach, and what it follows."""

    id: UUID
    number: str
    state: NoticeState
    content: NoticeContent
    topic: TopicCard
    made_at: datetime
    sent_at: datetime | None
    why: Why | None = None
    version: int = 0
    follows: UUID | None = None
    is_astray: bool = False  # what it was to replace is published no more
    writers: tuple[str, ...] = ()
    submitted_by: str = ""
    approved_by: str = ""
    returned_because: str = ""
    wrote: bool = False
    reach: Reach | None = None
    warnings: tuple[Warn, ...] = ()
    before: NoticeContent | None = None

    @property
    def title(self) -> Bilingual:
        """Return the title by reader's language."""
        return {language: text.title for language, text in self.content.texts.items()}


def lacks_of_notice(content: NoticeContent, at: datetime) -> list[Fault]:
    """Return all that keeps a notice from being sent as it is, each fault by its field, in the order of the form."""
    return notice_faults(
        content,
        languages=notice_languages(),
        topics=[card.code for card in topics()],
        wards=[ward.code for ward in areas.wards()],
        about_known=spoken_of(content.about) is not None,
        at=at,
    )


def desk_notices(asker: Asker, after: str = "", limit: int = 30) -> Page[DeskNotice]:
    """
    Return all notices, newest first, drafts among them.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has nothing to do with notices
    """
    check_reader(asker)
    found = Notice.objects.order_by("-made_at", "-id")
    if last := pages.place(after):
        found = found.filter(Q(made_at__lt=last[0]) | Q(made_at=last[0], id__lt=last[1]))
    rows = [DeskNotice(**shared(row)) for row in found.values(*ROW)[: limit + 1]]
    shown = tuple(rows[:limit])
    return Page(rows=shown, next=pages.mark(shown[-1].made_at, shown[-1].id) if len(rows) > limit else None)


def desk_notice(asker: Asker, notice_id: UUID) -> DeskNotice:
    """
    Return one notice with who had a hand in it, whom it would reach, and what its approver is warned of.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has nothing to do with notices
    :raises NotFound: if there is no such notice
    """
    check_reader(asker)
    row = Notice.objects.filter(pk=notice_id).values(*_DESK).first()
    if row is None:
        raise NotFound
    content = notice_content(row)
    reach = reach_of_notice(content)
    before = (
        Notice.objects.filter(pk=row["follows_id"]).values("state", *CONTENT).first() if row["follows_id"] else None
    )
    earlier = notice_content(before) if before else None
    names = people.names_of({*row["writers"], row["submitted_by"], row["approved_by"]} - {None})
    return DeskNotice(
        **shared(row),
        version=row["version"],
        follows=row["follows_id"],
        is_astray=before is not None and before["state"] != NoticeState.ISSUED and row["state"] in NOTICE_OPEN,
        writers=tuple(names.get(person, "") for person in row["writers"]),
        submitted_by=names.get(row["submitted_by"], ""),
        approved_by=names.get(row["approved_by"], ""),
        returned_because=row["returned_because"],
        wrote=asker.person_id in row["writers"],
        reach=reach,
        warnings=notice_warnings(content, reach, earlier),
        before=earlier,
    )


def notice_board(asker: Asker, notice_id: UUID) -> tuple[DeskNotice, Board]:
    """
    Return a notice, and how it reached people.

    :raises SignInNeeded: if nobody is signed in
    :raises NotAllowed: if the asker has nothing to do with notices
    :raises NotFound: if there is no such notice
    """
    found = desk_notice(asker, notice_id)
    if not found.number or found.sent_at is None:
        return found, Board()
    key = told_as_notice(found.number)
    return found, delivery.board([key, elsewhere(key)])


def how_many_notices() -> int:
    """Return how many notices there are, whatever their state."""
    return Notice.objects.count()
