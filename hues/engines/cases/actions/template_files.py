"""Words for answers from a file: tried first, then taken whole or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from hues.engines.cases.actions import wording
from hues.engines.cases.actions.templating import TURN, add_template, change_template, check_may_edit
from hues.engines.cases.queries.templates import TemplateCard, answer_templates
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.outcomes import ANSWERS
from hues.engines.cases.rules.templates import LANGUAGES, Template, read_slots
from hues.kernel.errors import Invalid
from hues.kernel.people.asker import Asker
from hues.kernel.turns import take_turn
from hues.kit.text import tidy

COLUMNS: Final = ("id", "title", "title_en", "category", "outcome", "text_vi", "text_en", "fields")
NEEDED: Final = ("title", "outcome", "text_vi")
LONGEST_FILE: Final = 500  # rows
LONGEST_SHOWN: Final = 40  # characters of a cell that is wrong


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """What a file changes, by title; with errors, each a sentence, nothing."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    pairs: tuple[tuple[Template, Template], ...] = ()  # of each that is changed: as it is, and as it would be
    kept: int = 0
    errors: tuple[str, ...] = ()


@transaction.atomic
def bring_templates(rows: Iterable[Mapping[str, str | None]], *, dry: bool, by: Asker, at: datetime) -> Brought:
    """
    Add and change templates as the rows of a file say; `dry`, only tell what would be.

    A row changes the template of its `id` or, without one, that of the same category and title; else it adds one.
    What stands in no row stays.

    :raises NotAllowed: if the asker is neither duty leader nor administrator
    """
    check_may_edit(by)
    listed = list(islice(rows, LONGEST_FILE + 1))
    if len(listed) > LONGEST_FILE:
        return Brought(errors=(_("A list has at most %(most)s rows.") % {"most": LONGEST_FILE},))
    take_turn(TURN)
    found = _bring(listed, by, at)
    if dry or found.errors:
        transaction.set_rollback(True)
    return found


def _bring(rows: Iterable[Mapping[str, str | None]], by: Asker, at: datetime) -> Brought:
    there = {card.id: card for card in answer_templates()}
    added, pairs, errors, kept = list[str](), list[tuple[Template, Template]](), list[str](), 0
    met: set[UUID] = set()
    for n, row in enumerate(rows, start=2):
        try:
            template = _read(row)
            card = _meant(row, template, there)
            if card is None:
                new = add_template(template, by=by, at=at)
                there[new] = TemplateCard(id=new, version=1, order=0, template=template)
                met.add(new)
                added.append(template.title)
                continue
            if card.id in met:
                raise Invalid(_("it is in the file twice."))
            met.add(card.id)
            if card.template == template:
                kept += 1
                continue
            change_template(card.id, template, seen=card.version, by=by, at=at)
            pairs.append((card.template, template))
        except Invalid as refusal:
            errors.append(_("Row %(n)s: %(wrong)s") % {"n": n, "wrong": _wrong(refusal, row)})
    changed = tuple(after.title for _before, after in pairs)
    return Brought(added=tuple(added), changed=changed, pairs=tuple(pairs), kept=kept, errors=tuple(errors))


def _wrong(refusal: Invalid, row: Mapping[str, str | None]) -> str:
    """Return what is wrong with a row: each by its column and by what stands there."""
    said = []
    for name, words in refusal.fields.items():
        column = "fields" if name == "slots" else name
        cell = tidy(row.get(column) or "")
        shown = f"{cell[:LONGEST_SHOWN]}…" if len(cell) > LONGEST_SHOWN else cell
        these = {"these": ", ".join(sorted(ANSWERS))}
        sentence = _("it can be %(these)s.") % these if column == "outcome" else words
        said.append(f"{column} “{shown}”: {sentence}" if shown else f"{column}: {sentence}")
    return " ".join(said) or str(refusal)


def _read(row: Mapping[str, str | None]) -> Template:
    said = {name: tidy(row.get(name) or "") for name in COLUMNS}
    try:
        slots = read_slots(said["fields"])
    except Breach as breach:
        raise wording.invalid([breach]) from breach
    text = {language: said[f"text_{language}"] for language in LANGUAGES if said[f"text_{language}"]}
    title_in = {"en": said["title_en"]} if said["title_en"] else {}
    return Template(
        title=said["title"],
        title_in=title_in,
        category=said["category"],
        outcome=said["outcome"],
        text=text,
        slots=slots,
    )


def _meant(
    row: Mapping[str, str | None], template: Template, there: Mapping[UUID, TemplateCard]
) -> TemplateCard | None:
    if named := tidy(row.get("id") or ""):
        try:
            card = there.get(UUID(named))
        except ValueError:
            card = None
        if card is None:
            raise Invalid(
                _("there is no template “%(id)s” in use; leave the id empty to add one.") % {"id": named[:64]}
            )
        return card
    like = (template.category, template.title)
    return next((card for card in there.values() if (card.template.category, card.template.title) == like), None)
