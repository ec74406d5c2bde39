"""The city's words for answers, as the centre keeps them."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hues.engines.cases import actions, queries
from hues.engines.cases.actions.templating import MAY_EDIT
from hues.engines.cases.actions.wording import invalid
from hues.engines.cases.queries import TemplateCard
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.templates import LONGEST_TITLE, Slot, Template, labelled, read_slots, written_slots
from hues.kernel.errors import Invalid, NotFound, Stale
from hues.kernel.people.asker import IOC_ROLES, Role
from hues.kit.clock import now
from hues.kit.text import number, pick
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.forms import Line, Prose, choice, choose_from
from hues.surfaces.operations.places import places
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import mark

READERS: Final = (*IOC_ROLES, Role.ADMIN)


class TemplateForm(forms.Form):
    """Words with fields in braces, and what the fields are."""

    title = Line(label=_("Title in Vietnamese"), max_length=LONGEST_TITLE, help_text=_("Agencies choose by it."))
    title_en = Line(
        label=_("Title in English"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=_("Without one, the Vietnamese title stands in English too."),
    )
    category = choice(_("Category"), required=False)
    outcome = choice(_("Outcome"))
    text_vi = Prose(rows=8, label=_("Words in Vietnamese"), help_text=_("A field stands in braces: {street}."))
    text_en = Prose(rows=5, label=_("Words in English"), required=False)
    slots = Prose(
        rows=6,
        label=_("Fields, one a line"),
        required=False,
        help_text=_("key* | label | English label | text, date, agency or number. The star: it must be filled in."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = addresses.language()
        tree = [(card.code, ("" if not card.parent else "– ") + pick(card.title, language)) for card in _tree()]
        choose_from(self, "category", [("", _("For every category")), *tree])
        words = [(card.code, pick(card.title, language)) for card in queries.outcomes() if card.for_agency]
        choose_from(self, "outcome", [("", _("Choose …")), *words])

    def clean_slots(self) -> tuple[Slot, ...]:
        """Return the fields that the lines tell of."""
        try:
            return read_slots(self.cleaned_data["slots"])
        except Breach as breach:
            raise ValidationError(str(invalid([breach]))) from breach

    def template(self) -> Template:
        """Return what was typed."""
        said = self.cleaned_data
        text = {"vi": said["text_vi"], "en": said["text_en"]}
        return Template(
            title=said["title"],
            title_in={"en": said["title_en"]},
            category=said["category"],
            outcome=said["outcome"],
            text=text,
            slots=said["slots"],
        )


@open_to(*READERS)
@require_safe
def template_list(request: AskedRequest) -> HttpResponse:
    """List the templates by category."""
    language = addresses.language()
    titles = {card.code: pick(card.title, language) for card in queries.categories("report")}
    words = {card.code: pick(card.title, language) for card in queries.outcomes()}
    rows = [
        (card, titles.get(card.template.category, ""), words.get(card.template.outcome, ""), labelled(card.template))
        for card in queries.answer_templates()
    ]
    removed = queries.removed_templates() if request.asker.may(*MAY_EDIT) else ()
    context = {
        "rows": rows,
        "removed": [(card, titles.get(card.template.category, "")) for card in removed],
        "may_edit": request.asker.may(*MAY_EDIT),
        "places": places(request.asker, "templates"),
    }
    return render(request, "operations/templates.html", context)


@open_to(*MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: AskedRequest) -> HttpResponse:
    """Write a new template."""
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_template(form.template(), by=request.asker, at=now())
        except Invalid as refusal:
            mark(form, refusal)
        else:
            return _done(request, gettext("Added, and written into the journal."))
    return _page(request, form, None)


@open_to(*MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def one(request: AskedRequest, template_id: UUID) -> HttpResponse:
    """Change a template."""
    card = queries.answer_template(template_id)
    if card is None:
        raise NotFound
    form = TemplateForm(request.POST or None, initial=_typed(card))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            actions.change_template(template_id, form.template(), seen=seen, by=request.asker, at=now())
        except (Invalid, Stale) as refusal:
            mark(form, refusal)
        else:
            return _done(request, gettext("Changed, and written into the journal."))
    return _page(request, form, card)


@open_to(*MAY_EDIT)
@require_POST
def remove(request: AskedRequest, template_id: UUID) -> HttpResponse:
    """Take a template out of use."""
    try:
        title = actions.remove_template(
            template_id, seen=number(request.POST.get("seen", "")), by=request.asker, at=now()
        )
    except Stale as refusal:
        messages.error(request, str(refusal))
        return see_other(reverse("operations:template", args=[template_id]))
    messages.success(request, gettext("“%(title)s” is no longer offered.") % {"title": title})
    return see_other(reverse("operations:templates"))


def _tree() -> list[Any]:
    cards = queries.categories("report")
    groups = [(group, [card for card in cards if card.parent == group.code]) for group in cards if not group.parent]
    return [card for group, leaves in groups for card in (group, *leaves)]


def _typed(card: TemplateCard) -> dict[str, Any]:
    template = card.template
    return {
        "title": template.title,
        "title_en": template.title_in.get("en", ""),
        "category": template.category,
        "outcome": template.outcome,
        "text_vi": template.text.get("vi", ""),
        "text_en": template.text.get("en", ""),
        "slots": written_slots(template.slots),
        "seen": card.version,
    }


def _done(request: AskedRequest, what: str) -> HttpResponse:
    messages.success(request, what)
    return see_other(reverse("operations:templates"))


def _page(request: AskedRequest, form: TemplateForm, card: TemplateCard | None) -> HttpResponse:
    context = {"form": form, "card": card, "places": places(request.asker, "templates")}
    return render(request, "operations/template.html", context, status=422 if form.errors else 200)
