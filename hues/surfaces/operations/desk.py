"""The desk of the operations centre: its tabs, and all cases of the city."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from hues.engines.cases import queries
from hues.engines.cases.queries import CaseFilters, CaseRow, Counts, DeskCase, Wording, is_emergency
from hues.engines.cases.rules.workflow import AT_AGENCY, OPEN, State, Verb
from hues.kernel.people.asker import IOC_ROLES, Asker
from hues.kit.pages import Page
from hues.kit.text import Words
from hues.surfaces.desks.choices import Choice, open_agencies
from hues.surfaces.desks.desk import Desk, Section
from hues.surfaces.desks.moves import Together
from hues.surfaces.operations.moves import MOVES


def _listed(asker: Asker, filters: CaseFilters, after: str, limit: int, order: str, at: datetime) -> Page[CaseRow]:
    return queries.ops_queue(asker, filters, after, limit, order=order, at=at)


def _copied(
    asker: Asker, filters: CaseFilters, order: str, language: str, wording: Wording, at: datetime
) -> Iterator[bytes]:
    return queries.ops_table(asker, filters, order=order, language=language, wording=wording, at=at)


def _told(asker: Asker, filters: CaseFilters, order: str, language: str, at: datetime) -> Iterator[dict[str, Any]]:
    return queries.ops_rows(asker, filters, order=order, language=language, at=at)


def _about(asker: Asker, filters: CaseFilters, order: str, most: int, at: datetime) -> int:
    return queries.ops_about(asker, filters, order=order, most=most, at=at)


def _found(asker: Asker, number: str, at: datetime) -> DeskCase:
    return queries.ops_case(asker, number, at=at)


def _counted(asker: Asker, at: datetime) -> Counts:
    return queries.counts(asker, at=at)


def _own_agency() -> list[Choice]:
    return [("", _("The agency suggested for each")), *open_agencies()]


def _needs_a_look(case: DeskCase) -> Words:
    needed = case.look and case.state == State.RECEIVED and not is_emergency(case.category)
    return _("It needs a look of its own before it goes on.") if needed else ""


RECEIVED = frozenset({State.RECEIVED})

DESK: Final = Desk(
    space="operations",
    template="operations",
    title=_("Operations centre"),
    whose="ioc",
    moves=MOVES,
    movers=IOC_ROLES,
    together={
        Verb.ACCEPT: Together(asked=("agency_id", "note"), own={"agency_id": _own_agency}, spares=_needs_a_look),
        Verb.REFUSE: Together(asked=("outcome", "text")),
        Verb.NOTE: Together(asked=("text",)),
    },
    listed=_listed,
    copied=_copied,
    told=_told,
    about=_about,
    counted=_counted,
    found=_found,
    sections={
        "accept": Section(
            title=_("To accept"),
            filters=CaseFilters(states=RECEIVED),
            order="opened",
            count=lambda n: n.of(State.RECEIVED),
            calls=True,
            empty=_("Every report is accepted. Well done."),
        ),
        "look": Section(
            title=_("Needs a look"),
            filters=CaseFilters(states=RECEIVED, looked_at=True),
            order="opened",
            count=lambda n: n.to_look_at,
            empty=_("Nothing needs a look of its own."),
        ),
        "extensions": Section(
            title=_("More time"),
            filters=CaseFilters(extension_asked=True),
            count=lambda n: n.extension_asked,
            calls=True,
        ),
        "review": Section(
            title=_("To review"),
            filters=CaseFilters(states=frozenset({State.ANSWERED}), whole=True),
            order="answered",
            count=lambda n: n.of(State.ANSWERED),
            calls=True,
        ),
        "returned": Section(title=_("Given back"), filters=CaseFilters(states=RECEIVED, returned=True), order="opened"),
        "overdue": Section(
            title=_("Overdue"),
            filters=CaseFilters(answer_late=True, states=AT_AGENCY | RECEIVED, whole=True),
            count=lambda n: n.answers_late,
        ),
        "many": Section(
            title=_("Met by many"),
            filters=CaseFilters(states=OPEN, many=True, whole=True),
            order="met",
            empty=_("No open report was met by three others or more."),
        ),
        "promises": Section(
            title=_("Promises to check"),
            filters=CaseFilters(states=frozenset({State.PUBLISHED, State.CLOSED}), promise_shown=True),
            order="answered",
        ),
        "all": Section(title=_("All"), filters=CaseFilters(whole=True), order="newest"),
    },
)
