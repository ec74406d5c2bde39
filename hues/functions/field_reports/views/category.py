"""Third question: what is it?"""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hues.functions.field_reports import catalogue, writing
from hues.functions.field_reports.drafting import Draft
from hues.kit import clock
from hues.kit.text import tidy
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to

LONGEST_SEARCH = 80


@open_to(ANYONE)
def category(request: AskedRequest) -> HttpResponse:
    """Ask for the category: a tree to look through, or words to search by."""
    at = clock.now()
    draft = writing.found_draft(request, at)
    wrong = ""
    if request.method == "POST":
        if draft.sent:
            return writing.see_other(reverse("field_reports:report", args=[draft.sent]))
        chosen = catalogue.leaf(request.POST.get("category", ""))
        if chosen is not None:
            changed = chosen.code != draft.category
            draft = replace(draft, category=chosen.code, answers={} if changed else draft.answers)
            return writing.go_on(request, draft, done="category", at=at)
        wrong = _("Choose what it is.")
    if request.headers.get("HX-Target") == "found":
        return render(request, "field_reports/_categories.html", _tree(request, draft))
    return writing.page(request, draft, "category", {**_tree(request, draft), "wrong": wrong}, wrong=bool(wrong))


def _tree(request: AskedRequest, draft: Draft) -> dict[str, object]:
    asked = tidy(request.GET.get("q", ""))[:LONGEST_SEARCH]
    chosen = catalogue.leaf(draft.category) if draft.category else None
    return {
        "q": asked,
        "groups": () if asked else catalogue.groups(),
        "found": catalogue.matching(asked, get_language() or "vi") if asked else (),
        "chosen": draft.category,
        "open_group": chosen.parent if chosen else "",
    }
