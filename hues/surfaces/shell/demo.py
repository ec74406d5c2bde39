"""The demo's own pages: step into anybody's shoes, and read the text messages that were sent."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hues.kernel.agencies.queries import AgencyCard, agencies, asker_for
from hues.kernel.delivery.queries import texts_to
from hues.kernel.errors import NotFound
from hues.kernel.people.asker import Role
from hues.kernel.people.phones import normal, shown
from hues.kernel.people.queries import accounts_of
from hues.kit.clock import now
from hues.kit.text import Bilingual, Words, fold
from hues.surfaces.shell.access import ANYONE, open_to
from hues.surfaces.shell.accounts import Adapter, door_of
from hues.surfaces.shell.demo_people import DemoPerson, demo_people, one_each
from hues.surfaces.shell.login import next_of

ROLES: dict[Role, Words] = {
    Role.CITIZEN: _("Citizen"),
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
KINDS: dict[str, Words] = {
    "ioc": _("Operations centre"),
    "department": _("City departments"),
    "police_city": _("City police"),
    "centre": _("City centres and boards"),
    "company": _("Companies"),
    "peoples_committee": _("People's Committees of wards and communes"),
    "economy_office": _("Economy and infrastructure offices"),
    "service_centre": _("Public administration service centres"),
    "police": _("Police of wards and communes"),
    "health_station": _("Health stations"),
}
LONGEST_SEARCH = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Shoes:
    """One person of the demo, ready to be stepped into."""

    person: DemoPerson
    group: Words
    role: Words
    phone: str
    agency: Bilingual | None

    def answers(self, asked: str) -> bool:
        """Test if each word that somebody looks for stands in the name, role, agency or number."""
        said = fold(" ".join((self.person.name, str(self.role), *(self.agency or {}).values(), self.phone)))
        number = self.person.phone.replace("+84", "0")
        return all(word in said or word in number for word in fold(asked).split())


@never_cache
@require_http_methods(["GET", "POST"])
@open_to(ANYONE)
def people(request: HttpRequest) -> HttpResponse:
    """List the people of the demo, and sign in as the one that was chosen."""
    if request.method == "POST":
        return _step_in(request, request.POST.get("phone", ""))
    cards = {card.code: card for card in agencies()}
    shoes = [_shoes(person, cards.get(person.agency)) for person in demo_people()]
    asked = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    groups: dict[Words, list[Shoes]] = {}
    for one in shoes:
        groups.setdefault(one.group, []).append(one)
    words = {
        "one_each": [_shoes(person, cards.get(person.agency)) for person in one_each()],
        "groups": list(groups.items()),
        "q": asked,
        "found": [one for one in shoes if asked and one.answers(asked)],
        "next": next_of(request),
        "loaded": _loaded(),
    }
    return render(request, "shell/demo.html", words)


@never_cache
@require_safe
@open_to(ANYONE)
def outbox(request: HttpRequest) -> JsonResponse:
    """Return the text messages to one number, newest first."""
    # An unescaped "+" of an address arrives as a space.
    asked = request.GET.get("to", "")
    phone = normal(f"+{asked[1:]}" if asked.startswith(" ") else asked)
    sent = [{"to": text.to, "body": text.body, "at": text.at.isoformat()} for text in texts_to(phone) if text.body]
    return JsonResponse(sent, safe=False, json_dumps_params={"ensure_ascii": False})


def _shoes(person: DemoPerson, card: AgencyCard | None) -> Shoes:
    group = KINDS.get(card.kind, _("Other agencies")) if card else _("Citizens")
    return Shoes(
        person=person,
        group=group,
        role=ROLES[person.role],
        phone=shown(person.phone).replace(" ", "\N{NO-BREAK SPACE}"),
        agency=card.name if card else None,
    )


def _loaded() -> bool:
    return bool(accounts_of(person.phone for person in demo_people()))


def _step_in(request: HttpRequest, phone: str) -> HttpResponse:
    # Only the demo's own people: accounts that visitors open with their numbers are theirs.
    found = accounts_of({phone} & {person.phone for person in demo_people()})
    user = get_user_model().objects.filter(pk__in=found.values(), is_active=True).first()
    if user is None:
        raise NotFound
    Adapter(request).login(request, user)
    return HttpResponseRedirect(next_of(request) or door_of(asker_for(user.pk, now())), status=303)
