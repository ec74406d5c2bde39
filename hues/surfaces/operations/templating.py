"""The city's words for answers as a file, out and in; and those taken out of use, back again."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hues.engines.cases import actions, queries
from hues.engines.cases.actions.template_files import COLUMNS, LONGEST_FILE, NEEDED
from hues.engines.cases.actions.templating import MAY_EDIT
from hues.engines.cases.queries import TemplateCard
from hues.engines.cases.rules.templates import Template, written_slots
from hues.kernel.errors import Invalid, Stale
from hues.kit.clock import now
from hues.kit.differences import marked
from hues.kit.tables import csv_lines, read_back
from hues.kit.text import number
from hues.surfaces.desks.answers import see_other
from hues.surfaces.desks.filed import rows_of, text_of
from hues.surfaces.operations.answering import READERS
from hues.surfaces.operations.places import places
from hues.surfaces.shell.access import AskedRequest, open_to

MOST_TOLD: Final = 20

type Mark = tuple[str, str]  # a part of a text: "same", "out" or "in", and its words


@open_to(*READERS)
@require_safe
def as_csv(request: AskedRequest) -> StreamingHttpResponse:
    """Send the templates as a file that can be brought back."""
    rows = (_row(card) for card in queries.answer_templates())
    answer = StreamingHttpResponse(csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="templates.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@open_to(*MAY_EDIT)
@require_POST
@never_cache
def bring(request: AskedRequest) -> HttpResponse:
    """Show what a file would change; confirmed, take it, unless somebody changed templates meanwhile."""
    try:
        text = request.POST.get("text", "") or text_of(request.FILES.get("file"))
        rows = list(islice(_rows(text), LONGEST_FILE + 1))
    except Invalid as refusal:
        return _page(request, wrong=(str(refusal),))
    same = request.POST.get("edition") == _edition()
    dry = "sure" not in request.POST or not same
    found = actions.bring_templates(rows, dry=dry, by=request.asker, at=now())
    if found.errors:
        return _page(request, wrong=found.errors)
    if dry:
        return _page(request, found=found, text=text, late="sure" in request.POST)
    said = gettext("Added: %(added)s, changed: %(changed)s. It is written into the journal.")
    messages.success(request, said % {"added": len(found.added), "changed": len(found.changed)})
    return see_other(reverse("operations:templates"))


@open_to(*MAY_EDIT)
@require_POST
def restore(request: AskedRequest, template_id: UUID) -> HttpResponse:
    """Offer a template again that was taken out of use."""
    try:
        title = actions.restore_template(
            template_id, seen=number(request.POST.get("seen", "")), by=request.asker, at=now()
        )
    except (Invalid, Stale) as refusal:
        said = refusal.fields.values() if isinstance(refusal, Invalid) else ()
        messages.error(request, " ".join(str(words) for words in said) or str(refusal))
    else:
        messages.success(request, gettext("“%(title)s” is offered again.") % {"title": title})
    return see_other(reverse("operations:templates"))


def _differing(pairs: Sequence[tuple[Template, Template]]) -> list[tuple[str, list[tuple[str, list[Mark]]]]]:
    """Return of each template that would be changed its title, and what differs by its column."""
    told = []
    for before, after in pairs:
        columns = zip(COLUMNS[1:], _cells(before), _cells(after), strict=True)
        told.append((before.title, [(name, marked(then, now)) for name, then, now in columns if then != now]))
    return told


def _row(card: TemplateCard) -> tuple[str, ...]:
    return (str(card.id), *_cells(card.template))


def _cells(one: Template) -> tuple[str, ...]:
    texts = (one.text.get("vi", ""), one.text.get("en", ""))
    title_en = one.title_in.get("en", "")
    return (one.title, title_en, one.category, one.outcome, *texts, written_slots(one.slots))


def _rows(text: str) -> Iterator[dict[str, str | None]]:
    """
    Yield the rows of a file.

    :raises Invalid: if it is no such table
    """
    names, rows = rows_of(text)
    if lacking := [name for name in NEEDED if name not in names]:
        raise Invalid(_("The first row lacks the columns %(names)s.") % {"names": ", ".join(lacking)})
    for row in rows:
        yield {name: read_back(value) for name, value in row.items() if name and value is not None}


def _edition() -> str:
    """Return what differs as soon as any template does."""
    known = [f"{card.id}:{card.version}" for card in queries.answer_templates()]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()[:24]


def _page(
    request: AskedRequest,
    *,
    found: actions.Brought | None = None,
    text: str = "",
    wrong: tuple[str, ...] = (),
    late: bool = False,
) -> HttpResponse:
    context = {
        "found": found,
        "differing": _differing(found.pairs) if found else (),
        "text": text,
        "edition": _edition(),
        "late": late,
        "wrong": wrong[:MOST_TOLD],
        "more": len(wrong[MOST_TOLD:]),
        "places": places(request.asker, "templates"),
    }
    status = 422 if wrong else 409 if late else 200
    return render(request, "operations/templates_file.html", context, status=status)
