"""What somebody is writing in a move, its photos too: kept for them alone, until the move is made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms import ChoiceField
from django.utils.crypto import get_random_string

from hues.engines.cases import actions, queries
from hues.kernel.media import queries as media
from hues.kernel.people.asker import Asker
from hues.kit.text import tidy
from hues.surfaces.desks.forms import MOST_PHOTOS
from hues.surfaces.desks.moves import Beside, Move, Other
from hues.surfaces.desks.photoform import PhotoForm

KEPT = "kept"  # the field in which a page says which version of what is kept it was drawn with, and its own name
LONGEST_PAGE, LONGEST_COUNT = 32, 9  # characters


def keep(move: Move, form: PhotoForm, case_id: UUID, at: datetime) -> bool:
    """Keep a form as it was sent, however much is wrong; return if another device has kept other words meanwhile."""
    key, (seen, page) = queries.key_of_move(case_id, move.code), _read(form)
    late = actions.keep_page(by=form.by, key=key, fields=_typed(form), page=page, seen=seen, at=at)
    actions.add_to_draft(by=form.by, key=key, photos=form.stored, without=form.dropped, most=MOST_PHOTOS, at=at)
    return late


def choose(move: Move, form: PhotoForm, case_id: UUID, at: datetime) -> None:
    """Do with the words of another device what the pressed button says: take them, or leave them out."""
    for pressed in ("take", "leave"):
        if page := form.data.get(pressed):
            key, take = queries.key_of_move(case_id, move.code), pressed == "take"
            actions.choose_page(by=form.by, key=key, page=page, take=take, at=at)


def beside(move: Move, form: PhotoForm, case_id: UUID) -> Beside:
    """Return what stands beside a form that is drawn now."""
    draft = queries.draft(form.by, queries.key_of_move(case_id, move.code)) if form.is_bound else form.draft
    if draft is None:
        return Beside(kept=f"0.{_new_page()}", others=())
    shown = _typed(form) if form.is_bound else draft.fields
    page = _read(form)[1] if form.is_bound else ""
    written = {draft.page: draft.fields} | draft.others
    others = {_words(form, said): name for name, said in written.items() if said and said != shown}  # alike ones once
    told = tuple(Other(page=name, said=said) for said, name in others.items())
    return Beside(kept=f"{draft.version}.{page or _new_page()}", others=told)


def begun(move: Move, by: Asker, case_id: UUID) -> queries.DraftCard | None:
    """Return what its writer left in a move, if they left something."""
    return queries.draft(by, queries.key_of_move(case_id, move.code)) if move.keeps else None


def start(draft: queries.DraftCard | None) -> dict[str, Any]:
    """Return what a form begins with; photos that are gone are left out."""
    if draft is None:
        return {}
    there = media.photos(draft.photos) if draft.photos else {}
    return {"initial": draft.fields, "photos": [photo for photo in draft.photos if photo in there]}


def drop(move: Move, by: Asker, case_id: UUID) -> None:
    """Forget what was written in a move that was made."""
    if move.keeps:
        actions.drop_draft(by=by, key=queries.key_of_move(case_id, move.code))


def _typed(form: PhotoForm) -> dict[str, str]:
    own = [name for name in form.base_fields | form.fields if name not in ("seen", form.picker)]
    return {name: tidy(form.data[name]) for name in own if form.data.get(name)}


def _read(form: PhotoForm) -> tuple[int, str]:
    seen, _dot, page = form.data.get(KEPT, "").partition(".")
    return int(seen) if seen.isdecimal() and len(seen) < LONGEST_COUNT else 0, tidy(page)[:LONGEST_PAGE]


def _new_page() -> str:
    return get_random_string(12)


def _words(form: PhotoForm, said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what was written, in the words of the form's own labels and lists."""
    told: list[tuple[str, str]] = []
    for name, base in (form.base_fields | form.fields).items():
        if value := said.get(name):
            field = form.fields.get(name, base)
            listed: dict[Any, Any] = dict(field.widget.choices) if isinstance(field, ChoiceField) else {}
            told.append((str(field.label or name), str(listed.get(value, value))))
    return tuple(told)
