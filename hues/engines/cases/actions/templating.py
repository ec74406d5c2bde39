"""Change the city's words for answers."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from hues.engines.cases.actions import wording
from hues.engines.cases.events import TemplateAdded, TemplateChanged, TemplateRemoved, TemplateRestored
from hues.engines.cases.models import AnswerTemplate
from hues.engines.cases.queries import catalogue
from hues.engines.cases.queries.templates import card_of, has_templates
from hues.engines.cases.rules import templates
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.templates import Kind, Slot, Template
from hues.kernel.errors import NotAllowed, NotFound, Stale
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import Asker, Role
from hues.kernel.turns import take_turn
from hues.kit.text import tidy

MAY_EDIT = (Role.DUTY_LEADER, Role.ADMIN)
TURN = "cases.templates"
STEP = 10


@transaction.atomic
def add_template(template: Template, *, by: Asker, at: datetime) -> UUID:
    """
    Add a template; it stands last.

    :raises NotAllowed: if the asker is neither duty leader nor administrator
    :raises Invalid: if it can't be used so, or the category has one of that title
    """
    check_may_edit(by)
    row = _add(template)
    journal.record(TemplateAdded(at=at, by=by.person_id, subject=row.pk, category=template.category))
    return row.pk


@transaction.atomic
def change_template(template_id: UUID, template: Template, *, seen: int, by: Asker, at: datetime) -> None:
    """
    Change a template.

    :raises NotAllowed: if the asker is neither duty leader nor administrator
    :raises NotFound: if there is no such template
    :raises Stale: if somebody changed it after the page was drawn
    :raises Invalid: if it can't be used so, or the category has another one of that title
    """
    check_may_edit(by)
    take_turn(TURN)
    _held(template_id, seen)
    columns = _columns(template, template_id)
    AnswerTemplate.objects.filter(pk=template_id).update(**columns, version=seen + 1)
    journal.record(TemplateChanged(at=at, by=by.person_id, subject=template_id, category=template.category))


@transaction.atomic
def remove_template(template_id: UUID, *, seen: int, by: Asker, at: datetime) -> str:
    """
    Take a template out of use and return its title.

    :raises NotAllowed: if the asker is neither duty leader nor administrator
    :raises NotFound: if there is no such template
    :raises Stale: if somebody changed it after the page was drawn
    """
    check_may_edit(by)
    row = _held(template_id, seen)
    AnswerTemplate.objects.filter(pk=template_id).update(is_active=False, version=seen + 1)
    journal.record(TemplateRemoved(at=at, by=by.person_id, subject=template_id, category=row.category))
    return row.title


@transaction.atomic
def restore_template(template_id: UUID, *, seen: int, by: Asker, at: datetime) -> str:
    """
    Offer a template again that was taken out of use, and return its title.

    :raises NotAllowed: if the asker is neither duty leader nor administrator
    :raises NotFound: if there is no such template out of use
    :raises Stale: if somebody changed it after the page was drawn
    :raises Invalid: if it can't be used any more, or the category has another one of that title by now
    """
    check_may_edit(by)
    take_turn(TURN)
    template = _held(template_id, seen, is_active=False)
    columns = _columns(template, template_id)
    AnswerTemplate.objects.filter(pk=template_id).update(**columns, is_active=True, version=seen + 1)
    journal.record(TemplateRestored(at=at, by=by.person_id, subject=template_id, category=template.category))
    return template.title


@transaction.atomic
def seed_templates(document: Iterable[Mapping[str, Any]], *, at: datetime) -> int:
    """
    Take the city's own templates if there never were any, and return how many.

    :raises Invalid: if one can't be used
    """
    take_turn(TURN)
    if has_templates():
        return 0
    rows = [_add(_read(one)) for one in document]
    for row in rows:
        journal.record(TemplateAdded(at=at, by=None, subject=row.pk, category=row.category))
    return len(rows)


def _read(one: Mapping[str, Any]) -> Template:
    slots = tuple(
        Slot(key=key, label=said["label"], kind=Kind(said.get("kind", "text")), required=said.get("required", True))
        for key, said in one.get("fields", {}).items()
    )
    text = {language: words.strip() for language, words in one["text"].items()}
    return Template(
        title=one["title"],
        title_in=one.get("title_in", {}),
        category=one.get("category", ""),
        outcome=one["outcome"],
        text=text,
        slots=slots,
    )


def _add(template: Template) -> AnswerTemplate:
    take_turn(TURN)
    last = AnswerTemplate.objects.aggregate(last=Max("order"))["last"] or 0
    return AnswerTemplate.objects.create(**_columns(template, None), order=last + STEP)


def _columns(template: Template, own: UUID | None) -> dict[str, Any]:
    said = {language: tidy(words) for language, words in template.text.items() if tidy(words)}
    template = Template(
        title=tidy(template.title),
        title_in={language: tidy(title) for language, title in template.title_in.items() if tidy(title)},
        category=template.category,
        outcome=template.outcome,
        text=said,
        slots=template.slots,
    )
    try:
        templates.check(template)
    except Breach as breach:
        raise wording.invalid([breach]) from breach
    if template.category and template.category not in catalogue.by_code():
        raise wording.invalid([Breach("category", "category-unknown")])
    same = AnswerTemplate.objects.filter(category=template.category, title=template.title, is_active=True)
    if (same.exclude(pk=own) if own else same).exists():
        raise wording.invalid([Breach("title", "template-twice")])
    fields = [asdict(slot) for slot in template.slots]
    return {
        "title": template.title,
        "title_in": template.title_in,
        "category": template.category,
        "outcome": template.outcome,
        "text": template.text,
        "fields": fields,
    }


def _held(template_id: UUID, seen: int, *, is_active: bool = True) -> Template:
    row = AnswerTemplate.objects.select_for_update().filter(pk=template_id, is_active=is_active).first()
    if row is None:
        raise NotFound
    if row.version != seen:
        raise Stale
    return card_of(row).template


def check_may_edit(by: Asker) -> None:
    """
    Test if somebody may change words for answers.

    :raises NotAllowed: if the asker is neither duty leader nor administrator
    """
    if not by.may(*MAY_EDIT):
        raise NotAllowed
