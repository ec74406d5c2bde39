"""Keep a view of a queue, and delete it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel.agencies.queries import heirs_now
from hues.kernel.errors import Invalid, NotAllowed, NotFound, TooMany
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker
from hues.kernel.turns import take_turn
from hues.kit.text import tidy
from hues.surfaces.desks.events import ViewDropped, ViewSaved
from hues.surfaces.desks.models import SavedView

MOST = 20
LONGEST_NAME = 60  # characters


@transaction.atomic
def save_view(*, space: str, name: str, query: str, is_first: bool, by: Asker, at: datetime) -> UUID:
    """
    Keep a view; one of the same name is replaced.

    :raises NotAllowed: if nobody is signed in
    :raises Invalid: if it has no name or one that is too long
    :raises TooMany: if the asker has `MOST` of that desk already
    """
    called = " ".join(tidy(name).split())
    if not called or len(called) > LONGEST_NAME:
        raise Invalid(fields={"name": _("Please name the view, in at most 60 characters.")})
    owner = _owner(by)
    take_turn(f"desks.view:{owner}")
    own = SavedView.objects.filter(person_id=owner, space=space)
    names = set(own.values_list("name", flat=True))
    if called not in names and len(names) >= MOST:
        raise TooMany(_("You have 20 views. Delete one first."))
    if is_first:
        own.filter(is_first=True).update(is_first=False)
    view, _made = SavedView.objects.update_or_create(
        person_id=owner, space=space, name=called, defaults={"query": query, "is_first": is_first, "at": at}
    )
    journal.record(ViewSaved(at=at, by=by.person_id, subject=view.pk, desk=space))
    return view.pk


@transaction.atomic
def drop_view(*, space: str, view_id: UUID, by: Asker, at: datetime) -> str:
    """
    Delete a view and return its name.

    :raises NotFound: if the asker has no such view
    """
    view = SavedView.objects.select_for_update().filter(pk=view_id, person_id=_owner(by), space=space).first()
    if view is None:
        raise NotFound
    view.delete()
    journal.record(ViewDropped(at=at, by=by.person_id, subject=view_id, desk=space))
    return view.name


@transaction.atomic
def follow_views(agency_id: UUID, *, at: datetime) -> int:
    """
    Have kept views that narrow to an agency narrow to the one that followed it; return how many.

    Where several followed, a view stays as it is, and shows what is of the past.
    """
    heirs = heirs_now(agency_id)
    if heirs == (agency_id,) or len(heirs) > 1:
        return 0
    found = SavedView.objects.select_for_update().filter(query__contains=f"agency={agency_id}").order_by("pk")
    for view in found:
        view.query = view.query.replace(f"agency={agency_id}", f"agency={heirs[0]}")
        view.save(update_fields=["query"])
        journal.record(ViewSaved(at=at, subject=view.pk, desk=view.space))
    return len(found)


def _owner(by: Asker) -> UUID:
    if by.person_id is None:
        raise NotAllowed
    return by.person_id
