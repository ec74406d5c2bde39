"""What a citizen is still writing: kept, sent once, and never again what it was before."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction

from hues.engines.cases.actions.opening import CaseReceipt, open_case
from hues.engines.cases.models import Draft
from hues.kernel.errors import SignInNeeded
from hues.kernel.people.asker import Asker
from hues.kit.text import tidy

LONGEST_KEY = 64
LONGEST_TOKEN = 24  # characters
MOST_OTHERS = 8  # pages on which one answer is being written at once
SAVE = """
INSERT INTO cases_draft AS kept (person_id, key, fields, photos, sent, at) VALUES (%s, %s, %s::jsonb, %s, '', %s)
ON CONFLICT (person_id, key) DO UPDATE SET fields = EXCLUDED.fields, at = EXCLUDED.at
WHERE kept.sent = ''
"""


@transaction.atomic
def save_draft(*, by: Asker, key: str, fields: Mapping[str, Any], photos: Sequence[UUID] = (), at: datetime) -> None:
    """
    Keep what somebody has written so far, over what they wrote under the same key before; one that was sent stays so.

    It begins with `photos`; more and fewer are said by `add_to_draft`.

    :raises SignInNeeded: if nobody is signed in
    """
    if by.person_id is None:
        raise SignInNeeded
    said = json.dumps(_storable(dict(fields)))
    with connection.cursor() as cursor:
        cursor.execute(SAVE, [by.person_id, key[:LONGEST_KEY], said, list(photos), at])


def _storable(said: Any) -> Any:
    """Return what was said without what no database keeps: somebody still writing is never told to write otherwise."""
    if isinstance(said, str):
        return tidy(said)
    if isinstance(said, dict):
        return {name: _storable(value) for name, value in cast(dict[str, Any], said).items()}
    return said


@transaction.atomic
def keep_page(*, by: Asker, key: str, fields: Mapping[str, Any], page: str, seen: int, at: datetime) -> bool:
    """
    Keep what somebody writes on one `page`, drawn when the draft had the version `seen`; return if it came too late.

    Too late is what is kept after another page has kept other words that this one never showed. Then both stay: the
    other's in `fields`, these in `others`, until one page that showed both goes on.

    :raises SignInNeeded: if nobody is signed in
    """
    if by.person_id is None:
        raise SignInNeeded
    Draft.objects.bulk_create([Draft(person_id=by.person_id, key=key[:LONGEST_KEY], at=at)], ignore_conflicts=True)
    draft = Draft.objects.select_for_update().get(person_id=by.person_id, key=key[:LONGEST_KEY])
    said = _storable(dict(fields))
    if draft.sent:
        return False
    if late := bool(draft.fields) and draft.fields != said and page != draft.page and seen != draft.version:
        draft.others |= {page: said} if said else {}
    else:
        if draft.others.pop(page, None) is not None and draft.fields != said:
            draft.others[draft.page] = draft.fields
        draft.fields, draft.page, draft.version = said, page, draft.version + 1
    _put(draft, at)
    return late


@transaction.atomic
def choose_page(*, by: Asker, key: str, page: str, take: bool, at: datetime) -> None:
    """Take what another page has kept, so that what the draft said until now stands beside it; or leave it out."""
    draft = Draft.objects.select_for_update().filter(person_id__in=[by.person_id], key=key[:LONGEST_KEY]).first()
    if draft is None or page not in draft.others:
        return
    other = draft.others.pop(page)
    if take:
        draft.others[draft.page] = draft.fields
        taken = f"{page[:LONGEST_TOKEN]}-taken"  # no page that is open somewhere: where it came from is told as well
        draft.fields, draft.page, draft.version = other, taken, draft.version + 1
    _put(draft, at)


def _put(draft: Draft, at: datetime) -> None:
    others = dict(list(draft.others.items())[-MOST_OTHERS:])
    found = Draft.objects.filter(person_id=draft.person_id, key=draft.key)
    found.update(fields=draft.fields, page=draft.page, version=draft.version, others=others, at=at)


@transaction.atomic
def add_to_draft(
    *, by: Asker, key: str, photos: Sequence[UUID], without: Sequence[UUID] = (), most: int, at: datetime
) -> tuple[UUID, ...]:
    """
    Add photos to a draft that was saved, and take others away; return those that it has now, `most` of them.

    Several requests may do so at once: none undoes what another did.
    """
    held = Draft.objects.select_for_update().filter(person_id__in=[by.person_id], key=key[:LONGEST_KEY], sent="")
    draft = held.first()
    if draft is None:
        return ()
    kept = [photo for photo in dict.fromkeys((*draft.photos, *photos)) if photo not in without][:most]
    held.update(photos=kept, at=at)
    return tuple(kept)


@transaction.atomic
def send_draft(*, by: Asker, key: str, at: datetime, **report: Any) -> CaseReceipt:
    """Open the case that a draft describes, as `open_case` does; of the draft nothing stays but the number."""
    receipt = open_case(by=by, key=key, at=at, **report)
    if by.person_id is None:
        raise SignInNeeded
    Draft.objects.bulk_create(
        [Draft(person_id=by.person_id, key=key[:LONGEST_KEY], sent=receipt.number, at=at)],
        update_conflicts=True,
        unique_fields=["person_id", "key"],
        update_fields=["fields", "photos", "sent", "at"],
    )
    return receipt


@transaction.atomic
def drop_draft(*, by: Asker, key: str) -> None:
    """Forget what somebody was writing under a key."""
    Draft.objects.filter(person_id__in=[by.person_id], key=key[:LONGEST_KEY]).delete()
