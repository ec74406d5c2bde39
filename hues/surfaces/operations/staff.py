"""Who works where: administrators appoint and dismiss."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hues.kernel.agencies import actions, queries
from hues.kernel.agencies.queries import AgencyCard, MemberCard
from hues.kernel.errors import Invalid, NotFound
from hues.kernel.people import actions as people
from hues.kernel.people import phones
from hues.kernel.people.asker import AGENCY_ROLES, Asker, Role
from hues.kit.clock import now
from hues.kit.text import Words, pick
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.forms import Line, choice
from hues.surfaces.operations.places import places
from hues.surfaces.shell.access import AskedRequest, open_to

ROLE_NAMES: dict[Role, Words] = {
    Role.CASE_WORKER: _("Case worker"),
    Role.AGENCY_HEAD: _("Head of the agency"),
    Role.OPERATOR: _("Operator"),
    Role.DUTY_LEADER: _("Duty leader"),
    Role.ALERT_WRITER: _("Alert writer"),
    Role.ALERT_APPROVER: _("Alert approver"),
    Role.LEADER: _("City leadership"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMIN: _("Administrator"),
}


class AppointForm(forms.Form):
    """A person, by the phone they sign in with, and what they are to be."""

    phone = Line(label=_("Mobile number"), max_length=32, error_messages={"required": _("Enter a mobile number.")})
    name = Line(
        label=_("Full name"),
        required=False,
        max_length=120,
        help_text=_("Only needed for a number that has no account yet."),
    )
    role = choice(_("Role"))

    def __init__(self, *args: Any, agency: AgencyCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}
        roles = set(ROLE_NAMES) if agency.code == queries.ioc_code() else AGENCY_ROLES
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(role.value, name) for role, name in ROLE_NAMES.items() if role in roles]


@open_to(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def staff(request: AskedRequest) -> HttpResponse:
    """Show who works for an agency, and appoint one more."""
    at = now()
    agency = _agency(request.GET.get("agency", "") or queries.ioc_code())
    form = AppointForm(request.POST if request.method == "POST" else None, agency=agency)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _appoint(form, agency, request.asker, at):
            messages.success(request, _("The appointment holds from now on."))
            return see_other(_address(agency))
        status = 422
    context = _page(agency, form, at) | {"places": places(request.asker, "staff")}
    return render(request, "operations/staff.html", context, status=status)


@open_to(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: AskedRequest, agency: str, person_id: UUID, role: str) -> HttpResponse:
    """Say what a dismissal means; sent back, end the role."""
    at, card = now(), _agency(agency)
    held = [m for m in queries.members_of(card.id, at) if m.person_id == person_id and m.role == role]
    if not held:
        raise NotFound
    if request.method == "POST":
        actions.dismiss(person_id=person_id, agency_id=card.id, role=held[0].role, by=request.asker, at=at)
        messages.success(request, _("The role has ended."))
        return see_other(_address(card))
    page: dict[str, Any] = {"agency": card, "member": _line(held[0]), "back": _address(card)}
    page["places"] = places(request.asker, "staff")
    return render(request, "operations/dismiss.html", page)


def _appoint(form: AppointForm, agency: AgencyCard, by: Asker, at: datetime) -> bool:
    given = form.cleaned_data
    try:
        with transaction.atomic():  # no account without the role it was opened for
            person_id = people.open_account(phone=given["phone"], name=given["name"], at=at)
            actions.appoint(person_id=person_id, agency_id=agency.id, role=Role(given["role"]), by=by, at=at)
    except Invalid as wrong:
        for field, sentence in (wrong.fields or {"phone": wrong.message}).items():
            form.add_error(field if field in form.fields else None, str(sentence))
        return False
    return True


def _agency(code: str) -> AgencyCard:
    found = queries.agency_by_code(code)
    if found is None:
        raise NotFound
    return found


def _address(agency: AgencyCard) -> str:
    return f"{reverse('operations:staff')}?{urlencode({'agency': agency.code})}"


def _page(agency: AgencyCard, form: AppointForm, at: datetime) -> dict[str, Any]:
    language = get_language() or "vi"
    everybody = queries.agencies()
    return {
        "agency": agency,
        "agency_name": pick(agency.name, language),
        "members": [_line(member) for member in queries.members_of(agency.id, at)],
        "agencies": sorted((pick(card.name, language), card.code) for card in everybody if card.is_active),
        "form": form,
    }


def _line(member: MemberCard) -> dict[str, Any]:
    return {
        "id": member.person_id,
        "name": member.name,
        "phone": phones.shown(member.phone),
        "role": member.role.value,
        "role_name": ROLE_NAMES.get(member.role, member.role.value),
        "since": member.from_at,
    }
