"""River levels, as operators enter them."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hues.functions.storm_flood import actions, queries
from hues.functions.storm_flood.actions import ENTERERS, NewReading
from hues.functions.storm_flood.board import board
from hues.functions.storm_flood.forms import FileForm, LevelForm
from hues.functions.storm_flood.gauges import gauges
from hues.kernel.errors import Invalid
from hues.kit import clock
from hues.kit.text import pick
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.filed import rows_of, text_of
from hues.surfaces.operations.places import places
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.telling import local


@open_to(*ENTERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def levels(request: AskedRequest) -> HttpResponse:
    """Show what is known of the rivers, and enter one level."""
    at = clock.now()
    form = LevelForm(request.POST if request.method == "POST" else None, initial={"at": local(at)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter(NewReading(**form.cleaned_data), by=request.asker, at=at)
        except Invalid as wrong:
            _show(form, wrong)
        else:
            messages.success(request, _("Entered. The flood page shows it at once."))
            return see_other(reverse("rescue_desk:levels"))
    return _page(request, form, FileForm())


@open_to(*ENTERERS)
@require_POST
def import_file(request: AskedRequest) -> HttpResponse:
    """Enter all levels of a file, or none."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _names, lines = rows_of(text_of(form.cleaned_data["file"]))
            rows = actions.import_levels(lines, by=request.asker, at=clock.now())
        except Invalid as wrong:
            _show(form, wrong)
        else:
            said = ngettext("%(n)s level was entered.", "%(n)s levels were entered.", rows) % {"n": rows}
            messages.success(request, said)
            return see_other(reverse("rescue_desk:levels"))
    return _page(request, LevelForm(initial={"at": local(clock.now())}), form)


def _show(form: forms.Form, wrong: Invalid) -> None:
    for name, sentence in wrong.fields.items() or [("file", wrong.message)]:
        form.add_error(name if name in form.fields else None, str(sentence))


def _page(request: AskedRequest, form: LevelForm, file_form: FileForm) -> HttpResponse:
    names = {gauge.code: pick(gauge.name, addresses.language()) for gauge in gauges()}
    context = {
        "form": form,
        "file_form": file_form,
        "board": board(clock.now()),
        "entered": [(names.get(level.gauge, level.gauge), level) for level in queries.entered()],
        "places": places(request.asker, "rescue_desk:levels"),
    }
    status = 422 if form.errors or file_form.errors else 200
    return render(request, "storm_flood/levels.html", context, status=status)
