"""Home, and the part of it that is the reader's own."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hues.engines.cases import queries as cases
from hues.engines.cases.queries import CaseFilters
from hues.engines.cases.rules.workflow import ENDED, State
from hues.kernel import visits
from hues.kernel.areas import queries as areas
from hues.kernel.delivery import queries as delivery
from hues.kit import clock
from hues.kit.text import Words
from hues.surfaces.citizen import slots
from hues.surfaces.citizen.cards import lines
from hues.surfaces.citizen.slots import GROUP_WORDS, HomeCard, HomeGroup
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to

RECENT = 6
MY_OPEN = 3
MY_WARD = 4
SETTLED = ENDED | {State.PUBLISHED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """A tile as shell/_tile.html draws it."""

    href: str
    label: Words
    icon: str
    tone: str


@require_safe
@open_to(ANYONE)
def home(request: AskedRequest) -> HttpResponse:
    """Show Home: the same bytes for everybody, so nothing here may ask who reads."""
    at = clock.now()
    recent = cases.public_cases(CaseFilters(kind="report"), limit=RECENT, at=at)
    context = {"strips": slots.strips(at), "groups": _groups(), "lines": lines(recent.rows, at)}
    answer = render(request, "citizen/home.html", context)
    answer["Cache-Control"] = "public, max-age=0, must-revalidate"
    return answer


@require_safe
@open_to(ANYONE)
def fragment(request: AskedRequest) -> HttpResponse:
    """Show the part of Home that is mine; a stranger is offered to sign in."""
    at = clock.now()
    visits.count("home", "citizen")
    strips = slots.my_strips(request, at)
    if not request.asker.signed_in:
        answer = render(request, "citizen/_fragment_stranger.html", {"strips": strips})
    else:
        asker = request.asker
        mine = cases.my_cases(asker, limit=12, at=at)
        ward = areas.ward(asker.home_ward) if asker.home_ward else None
        near = cases.public_cases(CaseFilters(kind="report", ward=ward.code), limit=MY_WARD, at=at) if ward else None
        context = {
            "strips": strips,
            "unread": delivery.unread_count(asker),
            "mine": lines([row for row in mine.rows if row.state not in SETTLED][:MY_OPEN], at),
            "any": bool(mine.rows),
            "ward": ward,
            "near": lines(near.rows, at) if near else (),
        }
        answer = render(request, "citizen/_fragment.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@open_to(ANYONE)
def unread(request: AskedRequest) -> HttpResponse:
    """Say how many messages wait for the reader, for the pages that are the same for everybody."""
    count = delivery.unread_count(request.asker) if request.asker.signed_in else ""
    answer = render(request, "citizen/_unread.html", {"unread": count})
    answer["Cache-Control"] = "private, no-store"
    return answer


def _groups() -> list[tuple[Words, list[Tile]]]:
    """Return the groups that hold anything, each with its tiles."""
    every = [card for _function, card in slots.cards()]
    grouped = [(GROUP_WORDS[group], [_tile(card) for card in every if card.group == group]) for group in HomeGroup]
    return [(words, tiles) for words, tiles in grouped if tiles]


def _tile(card: HomeCard) -> Tile:
    return Tile(href=reverse(card.name), label=card.title, icon=card.icon, tone="gold" if card.first else "")
