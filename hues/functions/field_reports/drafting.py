"""
The report somebody is still writing: kept on the server at every step, whoever writes it.

A person's draft lives in the engine, a stranger's in their session until they sign in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from hues.engines.cases import actions, queries
from hues.kernel.media import actions as media
from hues.kernel.people.asker import Asker
from hues.kit.ids import new_id
from hues.surfaces.shell import visiting
from hues.surfaces.shell.access import AskedRequest

IN_SESSION = "field_report_draft"
MOST_PHOTOS = 5
STEPS = ("photos", "place", "category", "words", "check")


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """
    Where it is, as the reporter showed us: degrees WGS 84, words, and how we know.

    `source` is photo, gps, map or address; for an address the point stands for its ward or landmark.
    """

    lat: float
    lng: float
    address: str = ""
    source: str = "address"
    ward: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """
    Everything given so far; empty means not given.

    `key` makes sending twice the same as sending once; `sent` is the number it became. `typed` is the address and
    the ward as they stand in the form, not asked for yet.
    """

    key: str
    photos: tuple[UUID, ...] = ()
    spot: Spot | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    category: str = ""
    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    show_name: bool = False
    sent: str = ""

    @property
    def begun(self) -> bool:
        """Test if there is anything to lose."""
        return not self.sent and bool(self.photos or self.spot or self.typed or self.category or self.text)

    @property
    def gap(self) -> str:
        """Return the first step that still lacks what a report needs, or was left in the middle of a change."""
        if self.spot is None or self.typed:
            return "place"
        if not self.category:
            return "category"
        return "check" if self.text else "words"

    def with_photos(self, photos: tuple[UUID, ...]) -> "Draft":
        """Return the draft with those photos, each once."""
        return replace(self, photos=tuple(dict.fromkeys(photos))[:MOST_PHOTOS])


def new_draft() -> Draft:
    """Return an empty draft."""
    return Draft(key=str(new_id()))


def load(request: AskedRequest, at: datetime, named: str = "") -> Draft | None:
    """
    Return what this reader was writing: under the key `named` if there is such a draft, else what they wrote last.

    What was written before signing in joins what the account holds: the same report is completed, another is written
    first, and what the account held comes back when that one is sent.
    """
    left = _read(request.session.get(IN_SESSION))
    if not request.asker.signed_in:
        return left
    if left is None:
        return held(request.asker, named) or held(request.asker)
    before = held(request.asker, left.key)
    if before and before.sent:  # what was written since is another report
        before, left = None, replace(left, key=str(new_id()))
    draft = _joined(before, left) if before else left
    if request.asker.person_id is not None:
        media.adopt(left.photos, by=request.asker.person_id, at=at)
    keep(request, draft, at)
    actions.add_to_draft(by=request.asker, key=draft.key, photos=left.photos, most=MOST_PHOTOS, at=at)
    del request.session[IN_SESSION]
    return draft


def keep(request: AskedRequest, draft: Draft, at: datetime) -> None:
    """Keep the draft where this reader will find it again."""
    if request.asker.signed_in:
        actions.save_draft(by=request.asker, key=draft.key, fields=_fields(draft), photos=draft.photos, at=at)
    else:
        visiting.change(request, IN_SESSION, lambda kept: _with_fields(_read(kept) or draft, draft))


def forget(request: AskedRequest, draft: Draft) -> None:
    """Forget what this reader was writing, because they said so."""
    request.session.pop(IN_SESSION, None)
    if request.asker.signed_in:
        actions.drop_draft(by=request.asker, key=draft.key)


def held(asker: Asker, key: str = "", *, sent: bool = False) -> Draft | None:
    """Return a draft of the account: of that key, else the last that is to be sent, or with `sent` the very last."""
    found = queries.draft(asker, key, unsent=not key and not sent)
    if found is None:
        return None
    return _read({**found.fields, "key": found.key, "photos": [str(p) for p in found.photos], "sent": found.sent})


def add_photos(request: AskedRequest, draft: Draft, new: Sequence[UUID], gone: Sequence[UUID], at: datetime) -> Draft:
    """Keep the draft with photos more and less; those that are sent at the same time by another page stay."""
    if not request.asker.signed_in:
        kept = visiting.change(request, IN_SESSION, lambda kept: _with_photos(_read(kept) or draft, new, gone))
        return _read(kept) or draft
    staying = tuple(photo for photo in draft.photos if photo not in gone)
    keep(request, draft.with_photos((*staying, *new)), at)
    kept = actions.add_to_draft(by=request.asker, key=draft.key, photos=new, without=gone, most=MOST_PHOTOS, at=at)
    return draft.with_photos(kept)


def _joined(held: Draft, left: Draft) -> Draft:
    """Return `held` with whatever was given later, before signing in again."""
    return replace(
        held,
        photos=tuple(dict.fromkeys((*held.photos, *left.photos)))[:MOST_PHOTOS],
        spot=left.spot or held.spot,
        typed=left.typed or held.typed,
        category=left.category or held.category,
        text=left.text or held.text,
        answers={**held.answers, **left.answers},
        show_name=left.show_name or held.show_name,
    )


def _with_fields(kept: Draft, said: Draft) -> dict[str, Any]:
    """Return what the session holds of a draft: everything as it was said, the photos as they are kept."""
    return {**_fields(said), "key": said.key, "photos": [str(photo) for photo in kept.photos]}


def _with_photos(kept: Draft, new: Sequence[UUID], gone: Sequence[UUID]) -> dict[str, Any]:
    staying = tuple(photo for photo in kept.photos if photo not in gone)
    return _with_fields(kept.with_photos((*staying, *new)), kept)


def _fields(draft: Draft) -> dict[str, Any]:
    spot = draft.spot
    return {
        "spot": spot
        and {"lat": spot.lat, "lng": spot.lng, "address": spot.address, "source": spot.source, "ward": spot.ward},
        "typed": dict(draft.typed),
        "category": draft.category,
        "text": draft.text,
        "answers": dict(draft.answers),
        "show_name": draft.show_name,
    }


def _read(kept: object) -> Draft | None:
    if not isinstance(kept, dict):
        return None
    values = cast(dict[str, Any], kept)
    return Draft(
        key=values["key"],
        photos=tuple(UUID(p) for p in values.get("photos", ())),
        spot=Spot(**values["spot"]) if values.get("spot") else None,
        typed=values.get("typed") or {},
        category=values.get("category", ""),
        text=values.get("text", ""),
        answers=values.get("answers") or {},
        show_name=bool(values.get("show_name")),
        sent=values.get("sent", ""),
    )
