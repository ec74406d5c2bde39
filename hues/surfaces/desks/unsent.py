"""What somebody is writing in a move, its photos too: kept for them alone, until the move is made."""

from datetime import datetime
from typing import Any
from uuid import UUID

from hues.engines.cases import actions, queries
from hues.kernel.media import queries as media
from hues.kernel.people.asker import Asker
from hues.surfaces.desks.forms import MOST_PHOTOS
from hues.surfaces.desks.moves import Move
from hues.surfaces.desks.photoform import PhotoForm


def keep(move: Move, form: PhotoForm, case_id: UUID, at: datetime) -> None:
    """Keep a form as it was sent, however much of it is wrong or missing."""
    key, typed = queries.key_of_move(case_id, move.code), form.data
    own = [name for name in form.base_fields if name not in ("seen", form.picker)]
    fields = {name: typed[name] for name in own if typed.get(name)}
    actions.save_draft(by=form.by, key=key, fields=fields, at=at)
    actions.add_to_draft(by=form.by, key=key, photos=form.stored, without=form.dropped, most=MOST_PHOTOS, at=at)


def kept(move: Move, by: Asker, case_id: UUID) -> dict[str, Any]:
    """Return what a form of the move begins with, if its writer left something; photos that are gone are left out."""
    draft = queries.draft(by, queries.key_of_move(case_id, move.code)) if move.keeps else None
    if draft is None:
        return {}
    there = media.photos(draft.photos) if draft.photos else {}
    return {"initial": draft.fields, "photos": [photo for photo in draft.photos if photo in there]}


def drop(move: Move, by: Asker, case_id: UUID) -> None:
    """Forget what was written in a move that was made."""
    if move.keeps:
        actions.drop_draft(by=by, key=queries.key_of_move(case_id, move.code))
