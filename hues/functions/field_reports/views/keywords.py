"""The words by which a story suggests its category, as the centre edits them."""

import io
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hues.functions.field_reports import actions, catalogue, queries
from hues.functions.field_reports.actions.keywording import LAST, LONGEST, MAY_EDIT
from hues.functions.field_reports.keywords import Keyword, words_of
from hues.kernel.errors import Invalid, NotFound, Stale, TooMany
from hues.kernel.people.asker import IOC_ROLES, Role
from hues.kit import clock
from hues.kit.tables import csv_lines
from hues.kit.text import number, pick, tidy
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.choices import leaves
from hues.surfaces.desks.filed import rows_of, text_of
from hues.surfaces.desks.forms import Line, choice, choose_from
from hues.surfaces.desks.widgets import Box
from hues.surfaces.operations import places as centre
from hues.surfaces.shell import addresses
from hues.surfaces.shell.access import AskedRequest, open_to
from hues.surfaces.shell.refusing import mark

READERS: Final = (*IOC_ROLES, Role.ADMIN)
MOST_TOLD: Final = 20
PAGE: Final = 50
COLUMNS: Final = ("words", "category")


class KeywordForm(forms.Form):
    """Words, and the category they speak of."""

    words = Line(
        label=_("Keyword"),
        max_length=LONGEST,
        help_text=_("As people write them, with tone marks; one or several words."),
    )
    category = choice(_("Category"))
    order = forms.IntegerField(
        label=_("Order"),
        required=False,
        min_value=0,
        max_value=LAST,
        help_text=_("Of equally long words the lowest comes first. Empty: last."),
        widget=Box(attrs={"type": "number", "min": 0, "inputmode": "numeric"}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "category", [("", _("Choose …")), *leaves(catalogue.KIND)])
        self.fields["category"].widget.attrs["data-find"] = True


@open_to(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def listing(request: AskedRequest) -> HttpResponse:
    """Show the list, what a text would suggest, and a form to add words."""
    form = KeywordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_keyword(
                words=said["words"], category=said["category"], order=said["order"], by=request.asker, at=clock.now()
            )
        except (Invalid, TooMany) as refusal:
            mark(form, refusal)
        else:
            messages.success(request, gettext("“%(words)s” is listed.") % {"words": said["words"].lower()})
            return see_other(reverse("calls:keywords"))
    return _page(request, form)


@open_to(*MAY_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def one(request: AskedRequest, keyword_id: UUID) -> HttpResponse:
    """Change an entry of the list."""
    known = queries.keyword(keyword_id)
    if known is None:
        raise NotFound
    form = KeywordForm(request.POST or None, initial=_typed(known))
    form.fields["order"].required = True
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.change_keyword(
                keyword_id=keyword_id,
                words=said["words"],
                category=said["category"],
                order=said["order"],
                seen=said["seen"] or 0,
                by=request.asker,
                at=clock.now(),
            )
        except (Invalid, Stale) as refusal:
            mark(form, refusal)
        else:
            messages.success(request, gettext("Changed, and written into the journal."))
            return see_other(reverse("calls:keywords"))
    context = {"form": form, "known": known, "places": centre.places(request.asker, "calls:keywords")}
    return render(request, "field_reports/keyword.html", context, status=422 if form.errors else 200)


@open_to(*MAY_EDIT)
@require_POST
def remove(request: AskedRequest, keyword_id: UUID) -> HttpResponse:
    """Take an entry off the list."""
    try:
        words = actions.remove_keyword(
            keyword_id=keyword_id, seen=number(request.POST.get("seen", "")), by=request.asker, at=clock.now()
        )
    except Stale as refusal:
        messages.error(request, str(refusal))
        return see_other(reverse("calls:keyword", args=[keyword_id]))
    messages.success(request, gettext("“%(words)s” is no longer listed.") % {"words": words})
    return see_other(reverse("calls:keywords"))


@open_to(*READERS)
@require_safe
def as_csv(request: AskedRequest) -> StreamingHttpResponse:
    """Send the list as a file that can be brought back."""
    rows = ((one.words, one.category) for one in queries.keywords())
    answer = StreamingHttpResponse(csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="keywords.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@open_to(*MAY_EDIT)
@require_POST
def bring(request: AskedRequest) -> HttpResponse:
    """Take a file of words: more of them, or the whole list."""
    try:
        lines, rows = _rows(request.FILES.get("file"))
    except Invalid as refusal:
        return _page(request, KeywordForm(), wrong=(str(refusal),))
    found = actions.import_keywords(
        rows, lines=lines, replace=request.POST.get("how") == "replace", by=request.asker, at=clock.now()
    )
    if found.errors:
        return _page(request, KeywordForm(), wrong=found.errors[:MOST_TOLD], more=len(found.errors[MOST_TOLD:]))
    said = gettext("%(added)s added, %(kept)s there already, %(removed)s removed.")
    messages.success(request, said % {"added": found.added, "kept": found.kept, "removed": found.removed})
    return see_other(reverse("calls:keywords"))


def _rows(file: "UploadedFile[bytes] | None") -> tuple[list[int], list[dict[str, str | None]]]:
    """
    Return the rows of a file, and in which lines of it they stand; empty lines and comments are none.

    :raises Invalid: if there is none, or it is no such table
    """
    every = enumerate(io.StringIO(text_of(file), newline=""), start=1)
    said = {number: line for number, line in every if line.strip() and not line.startswith("#")}
    names, rows = rows_of("".join(said.values()))
    if not set(COLUMNS) <= names:
        raise Invalid(_("The first row must name the columns words and category."))
    return list(said)[1:], rows


def _typed(known: Keyword) -> dict[str, Any]:
    return {"words": known.words, "category": known.category, "order": known.order, "seen": known.version}


def _page(request: AskedRequest, form: KeywordForm, *, wrong: tuple[str, ...] = (), more: int = 0) -> HttpResponse:
    language = addresses.language()
    asked, story = tidy(request.GET.get("q", ""))[:80], tidy(request.GET.get("text", ""))[:4000]
    titles = {code: pick(card.title, language) for code, card in _cards()}
    every = queries.keywords()
    shown = [one for one in every if _speaks(one, titles.get(one.category, ""), asked)]
    first = min(max(number(request.GET.get("after", "")), 0), max(len(shown) - 1, 0) // PAGE * PAGE)
    context = {
        "form": form,
        "rows": [(one, titles.get(one.category, one.category)) for one in shown[first : first + PAGE]],
        "count": len(shown),
        "next": str(first + PAGE) if first + PAGE < len(shown) else "",
        "total": len(every),
        "asked": asked,
        "story": story,
        "found": [(match, titles.get(match.category, match.category)) for match in queries.suggested(story)],
        "wrong": wrong,
        "more": more,
        "may_edit": request.asker.may(*MAY_EDIT),
        "places": centre.places(request.asker, "calls:keywords"),
    }
    status = 422 if form.errors or wrong else 200
    return render(request, "field_reports/keywords.html", context, status=status)


def _cards() -> Iterator[tuple[str, Any]]:
    return ((card.code, card) for group in catalogue.groups() for card in group.leaves)


def _speaks(keyword: Keyword, title: str, asked: str) -> bool:
    wanted = " ".join(word.bare for word in words_of(asked))
    said = " ".join(word.bare for word in words_of(f"{keyword.words} {title} {keyword.category}"))
    return wanted in said
