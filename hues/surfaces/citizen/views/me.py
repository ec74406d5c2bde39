"""What is mine: my account, my inbox, and who looked at what I entrusted to the city."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from hues.kernel.areas import queries as areas
from hues.kernel.consent import queries as consent
from hues.kernel.delivery import actions as sending
from hues.kernel.delivery import queries as delivery
from hues.kernel.errors import Invalid
from hues.kernel.people import actions as people_actions
from hues.kernel.people import queries as people
from hues.kernel.people.asker import Role
from hues.kit import clock
from hues.kit.text import fold, tidy
from hues.surfaces.citizen.views.following import subjects
from hues.surfaces.shell import addresses, late
from hues.surfaces.shell.access import AskedRequest, open_to

PER_PAGE = 20
SEE_OTHER = 303


class AccountForm(forms.Form):
    """What an account says of its owner."""

    name = forms.CharField(label=_("Your name"), required=False, max_length=120)
    ward = forms.ChoiceField(label=_("My ward"), required=False)
    language = forms.ChoiceField(label=_("The city writes to me in"), choices=settings.LANGUAGES)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        wards = sorted(areas.wards(), key=lambda ward: fold(ward.name["vi"]))
        language = addresses.language()
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["ward"].choices = [("", gettext("None"))] + [  # type: ignore[attr-defined]
            (ward.code, ward.name.get(language) or ward.name["vi"]) for ward in wards
        ]

    def clean_name(self) -> str:
        """Return the name on one line."""
        return " ".join(tidy(self.cleaned_data["name"]).split())


@open_to(Role.CITIZEN)
def me(request: AskedRequest) -> HttpResponse:
    """Show my account, and change what it says."""
    asker = request.asker
    assert asker.person_id is not None  # noqa: S101
    card = people.person_card(asker.person_id)
    kept = {"name": card.name, "ward": card.home_ward, "language": card.language} if card else {}
    form = AccountForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid() and _saved(form, asker.person_id):
        messages.success(request, gettext("Saved."))
        return HttpResponseRedirect(reverse("citizen:me"), status=SEE_OTHER)
    waits = len(late.waiting_for(request))
    context = {"form": form, "card": card, "unread": delivery.unread_count(asker), "late": waits}
    answer = render(request, "citizen/me.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_safe
@open_to(Role.CITIZEN)
def inbox(request: AskedRequest) -> HttpResponse:
    """Show what the city told me, newest first."""
    found = delivery.inbox(request.asker, request.GET.get("after", "")[:200], PER_PAGE)
    assert request.asker.person_id is not None  # noqa: S101
    names, left = subjects(), delivery.wishes(request.asker.person_id).unfollowed
    lines = [(item, names.get(item.subject, ""), item.subject not in left) for item in found.rows]
    context = {"items": lines, "next": found.next, "unread": delivery.unread_count(request.asker)}
    answer = render(request, "citizen/inbox.html", context)
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_POST
@open_to(Role.CITIZEN)
def open_item(request: AskedRequest, item_id: UUID) -> HttpResponse:
    """Note that I read an item, and go where it points."""
    sending.mark_read(by=request.asker, items=[item_id], at=clock.now())
    to = request.POST.get("next", "")
    ours = to.startswith("/") and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return HttpResponseRedirect(addresses.to(to) if ours else reverse("citizen:inbox"), status=SEE_OTHER)


@require_POST
@open_to(Role.CITIZEN)
def read_all(request: AskedRequest) -> HttpResponse:
    """Note that I read everything."""
    sending.mark_read(by=request.asker, at=clock.now())
    return HttpResponseRedirect(reverse("citizen:inbox"), status=SEE_OTHER)


@require_safe
@open_to(Role.CITIZEN)
def privacy(request: AskedRequest) -> HttpResponse:
    """Show who looked at what I entrusted to the city, and what for."""
    person_id = request.asker.person_id
    looked = list(consent.accesses_of(person_id)) if person_id else []
    names = people.names_of(access.by for access in looked)
    rows = [(access, names.get(access.by, "")) for access in looked]
    answer = render(request, "citizen/privacy.html", {"rows": rows})
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _saved(form: AccountForm, person_id: UUID) -> bool:
    """Save what the form says; put the city's refusal beside its field and return False if it can't be taken."""
    at, said = clock.now(), form.cleaned_data
    try:
        people_actions.rename(person_id=person_id, name=said["name"], at=at)
        people_actions.set_home_ward(person_id=person_id, ward=said["ward"], at=at)
        people_actions.set_language(person_id=person_id, language=said["language"], at=at)
    except Invalid as refusal:
        for field, sentence in refusal.fields.items():
            form.add_error(field if field in form.fields else None, str(sentence))
        return False
    return True
