"""The city's categories as services, and their questions as attributes."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hues.engines.cases import queries as cases
from hues.engines.cases.queries import SEVERAL, CategoryCard, Question
from hues.kernel.errors import Invalid, NotFound
from hues.kit.text import Words, pick, tidy
from hues.kit.years import meant
from hues.surfaces.open import asking
from hues.surfaces.open.rendering import Value
from hues.surfaces.shell import addresses

TYPES: Final[Mapping[str, str]] = {
    "one": "singlevaluelist",
    "many": "multivaluelist",
    "text": "string",
    "date": "datetime",
    "number": "number",
}
HINTS: Final[Mapping[str, Words]] = {
    "one": _("Choose one."),
    "many": _("Choose one or more."),
    "text": _("A few words."),
    "date": _("A date, such as 2026-01-31."),
    "number": _("A number."),
}
LISTS: Final = frozenset({"one", "many"})


def leaves() -> tuple[CategoryCard, ...]:
    """Return the categories that something can be reported under."""
    return tuple(card for card in cases.categories() if card.parent)


def leaf(code: str) -> CategoryCard:
    """
    Return the category of a service code.

    :raises NotFound: if there is none
    """
    found = cases.category(code)
    if found is None or found not in leaves():
        raise NotFound(_("There is no service of this code."))
    return found


def service(card: CategoryCard) -> dict[str, Value]:
    """Return a category as a service."""
    group = cases.category(card.parent)
    return {
        "service_code": card.code,
        "service_name": _said(card.title),
        "description": _said(card.hint),
        "metadata": bool(card.questions),
        "type": "realtime",
        "keywords": ",".join(card.keywords),
        "group": _said(group.title) if group else "",
    }


def definition(card: CategoryCard) -> dict[str, Value]:
    """Return what is asked of a category."""
    questions = enumerate(card.questions, start=1)
    return {"service_code": card.code, "attributes": [_attribute(question, place) for place, question in questions]}


def answers(card: CategoryCard, sent: QueryDict) -> dict[str, str]:
    """
    Return what was answered, each `attribute[code]` checked against its question.

    :raises Invalid: if an answer that is required is missing, or one does not fit
    """
    found, wrong = {}, {}
    for question in card.questions:
        name = f"attribute[{question.key}]"
        values = [value for value in (tidy(v) for n in (name, f"{name}[]") for v in sent.getlist(n)) if value]
        fault = _fault(question, values)
        if fault:
            wrong[name] = fault
        elif values:
            found[question.key] = SEVERAL.join(values)
    if wrong:
        raise Invalid(fields=wrong)
    return found


def answered(code: str, given: Mapping[str, Any]) -> list[dict[str, Value]]:
    """Return the answers that were chosen from a list; what somebody typed freely stays with the city."""
    card = cases.category(code)
    listed = [q for q in card.questions if q.kind in LISTS and q.key in given] if card else []
    return [{"code": q.key, "value": str(given[q.key])} for q in listed]


def _attribute(question: Question, place: int) -> dict[str, Value]:
    kind = TYPES.get(question.kind, "string")
    found: dict[str, Value] = {
        "variable": True,
        "code": question.key,
        "datatype": kind,
        "required": question.required,
        "datatype_description": str(HINTS.get(question.kind, HINTS["text"])),
        "order": place,
        "description": _said(question.title),
    }
    if question.kind in LISTS:
        found["values"] = [{"key": key, "name": _said(words)} for key, words in question.options]
    return found


def _fault(question: Question, values: list[str]) -> str:
    if not values:
        return gettext("This is required.") if question.required else ""
    if len(values) > 1 and question.kind != "many":
        return gettext("Only one value can be given here.")
    if question.kind in LISTS and not set(values) <= {key for key, _words in question.options}:
        return gettext("This is none of the values to choose from.")
    if question.kind == "date" and not _is_day(values[0]):
        return gettext("This is not a date.")
    if question.kind == "number" and not values[0].replace(".", "", 1).isdecimal():
        return gettext("This is not a number.")
    return ""


def _is_day(text: str) -> bool:
    try:
        day = parse_date(text)
        return meant(day) if day else asking.instant(text) is not None
    except (Invalid, ValueError):
        return False


def _said(words: Mapping[str, str]) -> str:
    return pick(dict(words), addresses.language())
