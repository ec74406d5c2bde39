"""How I want to be told: on this device, by mail or text message, of which places, and when not."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hues.engines.bulletins.declare import CIRCLE_WORDS
from hues.kernel.areas import queries as areas
from hues.kernel.delivery import actions, mail, queries
from hues.kernel.delivery.channels import Urgency, Way
from hues.kernel.delivery.queries import Wishes
from hues.kernel.delivery.ways import texts_work, ways_out
from hues.kernel.errors import Invalid, NotFound
from hues.kernel.people.asker import Asker, Role
from hues.kernel.people.queries import person_card
from hues.kit import clock
from hues.kit.text import fold, pick
from hues.surfaces.citizen.views.following import subjects
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to

LEAST = (
    (Urgency.LOW, _("Every message")),
    (Urgency.NORMAL, _("Messages and warnings")),
    (Urgency.HIGH, _("Only warnings")),
    (Urgency.EXTREME, _("Only danger to life")),
)


class TellingForm(forms.Form):
    """How somebody wants to be told."""

    email = forms.EmailField(label=_("E-mail"), required=False, max_length=200)
    sms = forms.BooleanField(label=_("Text me when lives are in danger"), required=False)
    work = forms.BooleanField(label=_("Text me about my cases at work"), required=False)
    wards = forms.MultipleChoiceField(
        label=_("Wards I follow"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    # Says that the list was on the page: only then does an empty one mean that nothing is followed.
    topics_shown = forms.BooleanField(required=False, widget=forms.HiddenInput, initial=True)
    topics = forms.MultipleChoiceField(
        label=_("Topics of notices I follow"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    only = forms.BooleanField(label=_("Only what names my wards, not what is for the whole city"), required=False)
    circles = forms.MultipleChoiceField(
        label=_("What I am"), required=False, widget=forms.CheckboxSelectMultiple, choices=list(CIRCLE_WORDS.items())
    )
    least = forms.ChoiceField(label=_("Send me"), choices=LEAST)
    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, asker: Asker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = addresses.language()
        wards = sorted(areas.wards(), key=lambda ward: fold(ward.name["vi"]))
        self.fields["wards"].choices = [(ward.code, pick(ward.name, language)) for ward in wards]  # type: ignore[attr-defined]
        self.fields["topics"].choices = list(subjects().items())  # type: ignore[attr-defined]
        ways = ways_out()
        for way, field in ((Way.MAIL, "email"), (Way.SMS, "sms")):
            if way not in ways:
                del self.fields[field]
        if asker.roles <= {Role.CITIZEN} or not texts_work():
            del self.fields["work"]


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(Role.CITIZEN)
def telling(request: AskedRequest) -> HttpResponse:
    """Show how I want to be told, and change it."""
    assert request.asker.person_id is not None  # noqa: S101
    kept = queries.wishes(request.asker.person_id)
    form = TellingForm(request.POST or None, initial=_initial(kept), asker=request.asker)
    if request.method == "POST" and form.is_valid() and _saved(request, form, kept):
        messages.success(request, gettext("Saved."))
        return HttpResponseRedirect(reverse("citizen:telling"), status=HTTPStatus.SEE_OTHER)
    context = {"form": form, "devices": kept.devices, "followed": len(kept.wards), "left": len(kept.unfollowed)}
    context |= {"zalo": Way.OA in ways_out(), "joined": kept.zalo}
    answer = render(request, "citizen/telling.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(Role.CITIZEN)
def mail_on(request: AskedRequest, token: str) -> HttpResponse:
    """
    Ask whether messages shall go to the address that the link was sent to, and see to it.

    :raises NotFound: if the link is not one of ours
    """
    address, _person, _at = mail.on_in(token)
    if not address:
        raise NotFound
    if request.method == "POST":
        asker = request.asker
        assert asker.person_id is not None  # noqa: S101
        try:
            actions.confirm_mail(token=token, person_id=asker.person_id, language=asker.language, at=clock.now())
        except Invalid as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("From now on messages also go to %(address)s.") % {"address": address})
        return HttpResponseRedirect(reverse("citizen:telling"), status=HTTPStatus.SEE_OTHER)
    answer = render(request, "citizen/mail_on.html", {"address": address})
    answer["Cache-Control"] = "no-store"
    return answer


# The mail provider presses this button for its reader (RFC 8058); the signed address is all it has.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ANYONE)
def mail_off(request: AskedRequest, token: str) -> HttpResponse:
    """
    Ask if no more e-mail shall come, and see to it.

    :raises NotFound: if the link is not one of ours
    """
    address = mail.address_in(token)
    if not address:
        raise NotFound
    done = request.method == "POST"
    if done:
        actions.unsubscribe(way=Way.MAIL, address=address)
    answer = render(request, "citizen/mail_off.html", {"done": done, "address": address})
    answer["Cache-Control"] = "no-store"
    return answer


def _initial(kept: Wishes) -> dict[str, object]:
    return {
        "email": kept.mail,
        "sms": bool(kept.sms),
        "work": kept.work_by_text,
        "wards": kept.wards,
        "topics_shown": True,
        "topics": [subject for subject in subjects() if subject not in kept.unfollowed],
        "only": kept.only_my_places,
        "circles": kept.circles,
        "least": kept.least,
        "quiet_from": kept.quiet_from,
        "quiet_until": kept.quiet_until,
    }


def _saved(request: AskedRequest, form: TellingForm, kept: Wishes) -> bool:
    """Save what the form says; put a refusal beside its field and return False if it can't be taken."""
    said, person_id, at = form.cleaned_data, request.asker.person_id, clock.now()
    assert person_id is not None  # noqa: S101
    card = person_card(person_id)
    phone = card.phone if card else ""
    try:
        if "email" in said:
            _remail(request, kept.mail, said["email"])
        if "sms" in said:
            _readdress(request, Way.SMS, kept.sms, phone if said["sms"] else "")
        actions.follow_wards(person_id=person_id, wards=said["wards"], at=at)
        if said["topics_shown"]:
            # What the list does not name, for it has left the city's list since, stays as it was.
            left = kept.unfollowed - subjects().keys() | subjects().keys() - set(said["topics"])
            actions.unfollow(person_id=person_id, subjects=left, at=at)
            actions.only_my_places(person_id=person_id, only=said["only"], at=at)
            actions.belong(person_id=person_id, circles=said["circles"], at=at)
    except Invalid as refusal:
        for field, sentence in refusal.fields.items():
            form.add_error(field if field in form.fields else None, str(sentence))
        return False
    actions.prefer(
        person_id=person_id,
        least=Urgency(said["least"]),
        quiet_from=said["quiet_from"],
        quiet_until=said["quiet_until"],
        work_by_text=said.get("work"),
        at=at,
    )
    return True


def _remail(request: AskedRequest, old: str, new: str) -> None:
    """End an address at once; take a new one only after a link sent there was opened."""
    person_id = request.asker.person_id
    assert person_id is not None  # noqa: S101
    if old and not new:
        actions.unsubscribe(way=Way.MAIL, address=old, person_id=person_id)
    if new and new != old:
        actions.ask_mail(address=new, person_id=person_id, at=clock.now())
        told = gettext("We have sent a link to %(address)s. Open it to get messages there; until then nothing changes.")
        messages.info(request, told % {"address": new})


def _readdress(request: AskedRequest, way: Way, old: str, new: str) -> None:
    if old and old != new:
        actions.unsubscribe(way=way, address=old, person_id=request.asker.person_id)
    if new and new != old:
        person, language = request.asker.person_id, request.asker.language
        actions.subscribe(way=way, address=new, person_id=person, language=language, at=clock.now())
