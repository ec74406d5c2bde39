"""The desk of an agency: its tabs, and whose cases it has."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hues.engines.cases import queries
from hues.engines.cases.queries import CaseFilters, CaseRow, Counts, DeskCase, Wording
from hues.engines.cases.queries.figures import desk_counts
from hues.engines.cases.rules.workflow import AT_AGENCY, State, Verb
from hues.kernel.people.asker import AGENCY_ROLES, Asker
from hues.kit.pages import Page
from hues.surfaces.agency.moves import MOVES
from hues.surfaces.desks.desk import Desk, Section
from hues.surfaces.desks.moves import Together


def _listed(asker: Asker, filters: CaseFilters, after: str, limit: int, order: str, at: datetime) -> Page[CaseRow]:
    return queries.desk_inbox(asker, filters, after, limit, order=order, at=at)


def _copied(
    asker: Asker, filters: CaseFilters, order: str, language: str, wording: Wording, at: datetime
) -> Iterator[bytes]:
    return queries.desk_table(asker, filters, order=order, language=language, wording=wording, at=at)


def _told(asker: Asker, filters: CaseFilters, order: str, language: str, at: datetime) -> Iterator[dict[str, Any]]:
    return queries.desk_rows(asker, filters, order=order, language=language, at=at)


def _about(asker: Asker, filters: CaseFilters, order: str, most: int, at: datetime) -> int:
    return queries.desk_about(asker, filters, order=order, most=most, at=at)


def _found(asker: Asker, number: str, at: datetime) -> DeskCase:
    return queries.desk_case(asker, number, at=at)


def _counted(asker: Asker, at: datetime) -> Counts:
    return desk_counts(asker, at=at)


def _of(*states: State) -> CaseFilters:
    return CaseFilters(states=frozenset(states))


ENDED_WELL = frozenset({State.PUBLISHED, State.CLOSED})
DESK: Final = Desk(
    space="agency",
    template="agency",
    title=_("Agency desk"),
    whose="",
    moves=MOVES,
    movers=AGENCY_ROLES,
    together={Verb.TAKE: Together(), Verb.NOTE: Together(asked=("text",))},
    listed=_listed,
    copied=_copied,
    told=_told,
    about=_about,
    counted=_counted,
    found=_found,
    sections={
        "todo": Section(
            title=_("To do"),
            filters=_of(State.ASSIGNED, State.IN_PROGRESS),
            count=lambda n: n.of(State.ASSIGNED, State.IN_PROGRESS),
            calls=True,
            empty=_("Everything is answered. Well done."),
        ),
        "mine": Section(
            title=_("Mine"),
            filters=CaseFilters(states=AT_AGENCY, mine=True),
            count=lambda n: n.mine,
            empty=_("Nothing was given to you, and you took nothing."),
        ),
        "take": Section(title=_("To take"), filters=_of(State.ASSIGNED), count=lambda n: n.of(State.ASSIGNED)),
        "progress": Section(
            title=_("In progress"), filters=_of(State.IN_PROGRESS), count=lambda n: n.of(State.IN_PROGRESS)
        ),
        "waiting": Section(title=_("Waiting"), filters=_of(State.WAITING), count=lambda n: n.of(State.WAITING)),
        "many": Section(
            title=_("Met by many"),
            filters=CaseFilters(states=AT_AGENCY, many=True),
            order="met",
            empty=_("Nothing of yours was met by three others or more."),
        ),
        "answered": Section(
            title=_("Answered"), filters=_of(State.ANSWERED), order="answered", count=lambda n: n.of(State.ANSWERED)
        ),
        "promises": Section(
            title=_("Promises"), filters=CaseFilters(states=ENDED_WELL, promise_owed=True), order="answered"
        ),
        "all": Section(title=_("All"), filters=_of(*State), order="newest"),
    },
)
