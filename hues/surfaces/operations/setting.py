"""The centre changes how fast the city answers: the class of a category, and the time a class has."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hues.engines.cases import actions, queries
from hues.engines.cases.rules.deadlines import AnswerTime
from hues.kernel.errors import Invalid, NotFound
from hues.kernel.people.asker import Role
from hues.kit.clock import now
from hues.kit.text import pick
from hues.surfaces.desks.choices import CLASS_NAMES
from hues.surfaces.desks.forms import choice
from hues.surfaces.desks.widgets import Box
from hues.surfaces.operations.places import places
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to


class ClassForm(forms.Form):
    """How fast reports of a category are answered."""

    service_class = choice(_("How fast"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service_class"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, CLASS_NAMES.get(code, code)) for code in queries.deadlines().answers]


class TimeForm(forms.Form):
    """Working hours, or working days with a longest plan."""

    hours = forms.FloatField(
        label=_("Working hours"),
        required=False,
        min_value=0.5,
        widget=Box(attrs={"type": "number", "min": 0.5, "step": 0.5, "inputmode": "decimal"}),
        help_text=_("For what can't wait for a day; leave the days empty then."),
    )
    days = forms.IntegerField(
        label=_("Working days"),
        required=False,
        min_value=1,
        widget=Box(attrs={"type": "number", "min": 1, "inputmode": "numeric"}),
    )
    max_days = forms.IntegerField(
        label=_("Longest plan, in working days"),
        required=False,
        min_value=1,
        widget=Box(attrs={"type": "number", "min": 1, "inputmode": "numeric"}),
        help_text=_("Only where an agency may plan for longer."),
    )


@open_to(Role.DUTY_LEADER, Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def category(request: AskedRequest, code: str) -> HttpResponse:
    """Change the class of a category."""
    card = queries.category(code)
    if card is None or not card.parent:
        raise NotFound
    form = ClassForm(request.POST or None, initial={"service_class": card.service_class})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["service_class"]
        actions.change_category(code=code, service_class=chosen, by=request.asker, at=now())
        return _changed(request)
    return _page(request, form, pick(card.title, addresses.language()), pick(card.hint, addresses.language()))


@open_to(Role.DUTY_LEADER, Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def time(request: AskedRequest, code: str) -> HttpResponse:
    """Change in how much time answers of a class are due."""
    known = queries.deadlines().answers.get(code)
    if known is None:
        raise NotFound
    initial = {"hours": known.hours, "days": known.days, "max_days": known.max_days}
    form = TimeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_time(service_class=code, by=request.asker, at=now(), **form.cleaned_data)
        except Invalid as wrong:
            for field, sentence in wrong.fields.items():
                form.add_error(field if field in form.fields else None, str(sentence))
        else:
            return _changed(request)
    lead = gettext("Cases that were passed on before keep their due time.")
    return _page(request, form, str(CLASS_NAMES.get(code, code)), lead)


def times() -> list[dict[str, str]]:
    """Return every class of urgency with its time in words."""
    return [
        {"code": code, "title": str(CLASS_NAMES.get(code, code)), "time": in_words(known)}
        for code, known in queries.deadlines().answers.items()
    ]


def in_words(known: AnswerTime) -> str:
    """Return the time of a class in words."""
    if known.hours is not None:
        return gettext("%(n)s working hours") % {"n": f"{known.hours:g}"}
    days = known.days or 0
    said = ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}
    plan = gettext("by plan up to %(n)s") % {"n": known.max_days}
    return f"{said}, {plan}" if known.max_days else said


def _changed(request: AskedRequest) -> HttpResponse:
    messages.success(request, gettext("Changed, and written into the journal."))
    return HttpResponseRedirect(reverse("operations:categories"))


def _page(request: AskedRequest, form: forms.Form, title: str, lead: str) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "places": places(request.asker, "categories")}
    return render(request, "operations/setting.html", context, status=422 if form.errors else 200)
