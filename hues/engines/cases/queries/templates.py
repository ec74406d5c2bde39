"""The city's words for answers."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from hues.engines.cases.models import AnswerTemplate
from hues.engines.cases.queries import catalogue
from hues.engines.cases.rules.templates import Kind, Slot, Template

EVERY = Q()


@dataclass(frozen=True, kw_only=True, slots=True)
class TemplateCard:
    """A template as it stands in the list."""

    id: UUID
    version: int
    order: int
    template: Template


def templates_for(category: str) -> tuple[TemplateCard, ...]:
    """Return what fits an answer about a category: its own, then those of its branch, then those for anything."""
    leaf = catalogue.category(category)
    near = [category, leaf.parent if leaf else "", ""]
    found = _cards(Q(category__in=near))
    return tuple(sorted(found, key=lambda card: (near.index(card.template.category), card.order)))


def slots_for(category: str) -> frozenset[str]:
    """Return the keys of all fields that an answer about a category may have been begun with."""
    return frozenset(slot.key for card in templates_for(category) for slot in card.template.slots)


def answer_templates() -> tuple[TemplateCard, ...]:
    """Return all templates in the city's order."""
    return _cards(EVERY)


def removed_templates() -> tuple[TemplateCard, ...]:
    """Return what was taken out of use, by title; the last of those that are alike."""
    rows = AnswerTemplate.objects.filter(is_active=False).order_by("title", "category", "id")
    return tuple(card_of(row) for row in rows)


def answer_template(template_id: UUID) -> TemplateCard | None:
    """Return one template, if it is in use."""
    return next(iter(_cards(Q(pk=template_id))), None)


def has_templates() -> bool:
    """Test if there ever were any; those that were taken out of use count."""
    return AnswerTemplate.objects.exists()


def card_of(row: AnswerTemplate) -> TemplateCard:
    """Return a row as a card."""
    template = Template(
        title=row.title,
        title_in=row.title_in,
        category=row.category,
        outcome=row.outcome,
        text=row.text,
        slots=tuple(_slot(one) for one in row.fields),
    )
    return TemplateCard(id=row.pk, version=row.version, order=row.order, template=template)


def _cards(which: Q) -> tuple[TemplateCard, ...]:
    rows = AnswerTemplate.objects.filter(which, is_active=True).order_by("order", "title", "id")
    return tuple(card_of(row) for row in rows)


def _slot(one: dict[str, Any]) -> Slot:
    return Slot(key=one["key"], label=one["label"], kind=Kind(one["kind"]), required=one["required"])
