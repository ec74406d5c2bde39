"""Fourth question: what should we know?"""

from dataclasses import replace
from http import HTTPStatus

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from hues.functions.field_reports import catalogue, drafting, writing
from hues.functions.field_reports.drafting import Draft
from hues.functions.field_reports.forms import ASKED, LONGEST_TEXT, WordsForm, typed_so_far
from hues.functions.field_reports.looked import whom_to_ring
from hues.kit import clock
from hues.kit.text import tidy
from hues.surfaces.shell.access import ANYONE, AskedRequest, open_to


@open_to(ANYONE)
def words(request: AskedRequest) -> HttpResponse:
    """Ask for the story, the category's own questions, and whether to show the name."""
    at = clock.now()
    draft = writing.found_draft(request, at)
    if request.method == "POST" and draft.sent:
        return writing.see_other(reverse("field_reports:report", args=[draft.sent]))
    chosen = catalogue.leaf(draft.category)
    form = _form(request, draft)
    if request.method == "POST" and form.is_valid():
        said = replace(
            draft,
            text=form.cleaned_data["text"],
            answers=form.answers,
            show_name=form.cleaned_data["show_name"],
        )
        return writing.go_on(request, said, done="words", at=at)
    more = {"form": form, "chosen": chosen, "emergency": whom_to_ring(chosen.emergency if chosen else "")}
    return writing.page(request, draft, "words", more, wrong=bool(form.errors))


@require_POST
@open_to(ANYONE)
def keep_words(request: AskedRequest) -> HttpResponse:
    """Keep what has been typed so far, finished or not."""
    at = clock.now()
    draft = writing.found_draft(request, at)
    if not draft.sent and not writing.has_lost_session(request):
        answered = {name: value for name, value in typed_so_far(request.POST).items() if name.startswith(ASKED)}
        typed = {name.removeprefix(ASKED): tidy(value)[:400] for name, value in answered.items()}
        text = tidy(request.POST.get("text", ""))[:LONGEST_TEXT]
        shown = "show_name" in request.POST
        drafting.keep(request, replace(draft, text=text, answers=_asked(draft, typed), show_name=shown), at)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _asked(draft: Draft, typed: dict[str, str]) -> dict[str, str]:
    chosen = catalogue.leaf(draft.category)
    keys = [question.key for question in chosen.questions] if chosen else []
    return {key: typed[key] for key in keys if typed.get(key)}


def _form(request: AskedRequest, draft: Draft) -> WordsForm:
    chosen = catalogue.leaf(draft.category)
    kept = {f"{ASKED}{key}": value for key, value in draft.answers.items()}
    return WordsForm(
        request.POST or None,
        initial={"text": draft.text, "show_name": draft.show_name, **kept},
        questions=chosen.questions if chosen else (),
        language=get_language() or "vi",
    )
