"""Moves of a case as a desk offers them: a form, a key, and nothing lost when somebody else was faster."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import DeskCase
from hues.engines.cases.rules.workflow import State
from hues.kernel.errors import Invalid, Refusal, Stale
from hues.kernel.people.asker import Asker
from hues.kit.text import Words
from hues.surfaces.desks.choices import Choice
from hues.surfaces.desks.forms import MoveForm


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What a move is made on: the case, and the version of it that the page showed."""

    case_id: UUID
    seen: int
    by: Asker
    at: datetime


class KeptElsewhere(Stale):
    """The same person has kept other words of the same move on another device."""

    code = "kept-elsewhere"
    sentence = _("You kept other words on another device meanwhile. Both are here; nothing has been sent.")


type Act = Callable[[Target, Mapping[str, Any]], object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """
    One verb as a desk offers it.

    `code` is the last part of its address and `key` what the keyboard knows it by. `tone` is primary, secondary or
    danger. After a move that `stays` the case is still on the screen; after any other the next one is. One that `keeps`
    has a form of photos, and what is written in it is kept until it is made. `again` is its title once an agency has
    the case.
    """

    code: str
    title: Words
    done: Words
    key: str
    icon: str
    form: type[MoveForm]
    act: Act
    send: Words
    hint: Words = ""
    tone: str = "secondary"
    stays: bool = False
    keeps: bool = False
    again: Words = ""

    def on(self, case: DeskCase) -> Self:
        """Return the move as a case calls for it: what was done once already is called so, and waits quietly."""
        if not self.again or case.state == State.RECEIVED:
            return self
        return replace(self, title=self.again, send=self.again, tone="secondary")


@dataclass(frozen=True, kw_only=True, slots=True)
class Together:
    """
    A move that may be made on many cases at once.

    `asked` are the fields that are filled in once for all; every other one stays as each case has it. `own` gives
    the choices of a field that may be left to each case; the first of them says so. `spares` says why a case
    is left out, if it is.
    """

    asked: tuple[str, ...] = ()
    own: Mapping[str, Callable[[], list[Choice]]] = field(default_factory=dict)
    spares: Callable[[DeskCase], Words] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Other:
    """What the same person has written on another device meanwhile, field by field."""

    page: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """What a page says of the version that it was drawn with, and what others have that its form does not show."""

    kept: str
    others: tuple[Other, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """
    A move on the screen; `late` if it was sent and the case has gone where it is no longer possible.

    `beside` is what was kept of it on other devices.
    """

    move: Move
    form: MoveForm
    opened: bool = False
    late: bool = False
    beside: Beside | None = None

    @property
    def bare(self) -> bool:
        """Test if there is nothing to fill in."""
        return not self.form.visible_fields()


def offers(
    possible: Iterable[Move], *, new: Callable[[Move], MoveForm], sent: tuple[Move, MoveForm] | None, asked: str = ""
) -> list[Offer]:
    """
    Return what the page offers: every possible move, the sent one with everything that was typed.

    A sent move that is no longer possible stays on the page, marked as late. `asked` opens a move by its code; else
    the first one is open, if that is what the case waits for.
    """
    found = list(possible)
    expected = found[0].code if found and found[0].tone == "primary" else ""
    opened = sent[0].code if sent else asked or expected
    shown = [
        Offer(move=move, form=sent[1] if sent and sent[0] == move else new(move), opened=move.code == opened)
        for move in found
    ]
    if sent and sent[0] not in found:
        shown.insert(0, Offer(move=sent[0], form=sent[1], opened=True, late=True))
    return shown


def attempt(move: Move, form: MoveForm, target: Target) -> Refusal | None:
    """Make a move; return why it was refused, with the form's own fields marked, or None if it was made."""
    try:
        move.act(target, form.values())
    except Refusal as refusal:
        if isinstance(refusal, Invalid):
            _mark(form, refusal)
        return refusal
    return None


def faults(sent: tuple[object, MoveForm, Refusal | None] | None) -> dict[str, Any]:
    """Return what a page says of a move that was refused: each fault with a way to its field, or why it was so."""
    form, refusal = (sent[1], sent[2]) if sent else (None, None)
    marked = form is not None and form.is_bound and form.errors
    return {"refusal": None if marked and isinstance(refusal, Invalid) else refusal, "wrong": form if marked else None}


def _mark(form: MoveForm, refusal: Invalid) -> None:
    for name, sentence in refusal.fields.items():
        form.add_error(name if name in form.fields else None, str(sentence))
