"""Words for answers with fields in them: how they are written down, checked, and filled in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hues.engines.cases.rules import intake
from hues.engines.cases.rules.breach import Breach
from hues.engines.cases.rules.outcomes import ANSWERS
from hues.kit.text import Bilingual

SLOT = re.compile(r"\{([^{}\n]{1,60})\}")
KEY = re.compile(r"[a-z][a-z0-9_]{0,30}")
REQUIRED = "*"
MOST_FIELDS, LONGEST_TITLE, LONGEST_LABEL = 12, 120, 80
LANGUAGES = ("vi", "en")


class Kind(StrEnum):
    """What is filled into a field."""

    TEXT = "text"
    DATE = "date"
    AGENCY = "agency"
    NUMBER = "number"


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One field of a template; without a label of its own in a language it has that of another."""

    key: str
    label: Bilingual
    kind: Kind = Kind.TEXT
    required: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """
    Words for an answer about a category, a whole branch of them, or (empty) about anything.

    `title` is in the city's own language, `title_in` in others.
    """

    title: str
    title_in: Bilingual = field(default_factory=dict)
    category: str = ""
    outcome: str
    text: Bilingual
    slots: tuple[Slot, ...] = field(default=())

    @property
    def named(self) -> Bilingual:
        """Return the title by language."""
        return {LANGUAGES[0]: self.title, **self.title_in}


def unfilled(text: str) -> tuple[str, ...]:
    """Return what still stands in braces, in its order."""
    return tuple(dict.fromkeys(SLOT.findall(text)))


def filled(text: str, values: Mapping[str, str | date | int | None]) -> str:
    """Return the words with their fields filled in; a field that was left empty goes with one space before it."""

    def put(found: re.Match[str]) -> str:
        value = values.get(found[1])
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value if value is not None else "")

    return re.sub(r" +([.,;:])", r"\1", re.sub(r"  +", " ", SLOT.sub(put, text))).strip()


def labelled(template: Template) -> Bilingual:
    """Return the words with the label of each field in its place, for whoever reads what a template is like."""

    def of(language: str, words: str) -> str:
        labels = {slot.key: slot.label.get(language) or slot.label.get("vi", slot.key) for slot in template.slots}
        return SLOT.sub(lambda found: f"[{labels.get(found[1], found[1])}]", words)

    return {language: of(language, words) for language, words in template.text.items()}


def check(template: Template) -> None:
    """
    Test if a template can be used.

    :raises Breach: naming its field if a part is missing or does not fit another
    """
    if not template.title or len(template.title) > LONGEST_TITLE:
        raise Breach("title", "template-title")
    if any(len(title) > LONGEST_TITLE for title in template.title_in.values()):
        raise Breach("title_en", "template-title")
    if template.outcome not in ANSWERS:
        raise Breach("outcome", "unknown-outcome")
    if not template.text.get("vi"):
        raise Breach("text_vi", "text-missing")
    keys = [slot.key for slot in template.slots]
    _check_keys(keys)
    for language in LANGUAGES:
        words = template.text.get(language, "")
        if len(words) > intake.LONGEST_TEXT:
            raise Breach(f"text_{language}", "text-long")
        if words:
            _check_named(f"text_{language}", unfilled(words), keys)


def _check_named(field: str, named: Iterable[str], keys: Iterable[str]) -> None:
    known, met = tuple(keys), tuple(named)
    if unknown := [key for key in met if key not in known]:
        raise Breach(field, "template-unknown", _in_braces(unknown))
    if lacking := [key for key in known if key not in met]:
        raise Breach(field, "template-lacks", _in_braces(lacking))


def _in_braces(keys: Iterable[str]) -> str:
    return ", ".join(f"{{{key}}}" for key in keys)


def _check_keys(keys: list[str]) -> None:
    if len(keys) > MOST_FIELDS:
        raise Breach("slots", "template-many")
    if len(set(keys)) < len(keys) or not all(KEY.fullmatch(key) for key in keys):
        raise Breach("slots", "template-keys")


def read_slots(lines: str) -> tuple[Slot, ...]:
    """
    Return the fields written one a line: `key | label | English label | kind`, a star behind the key of one needed.

    :raises Breach: `slots` if a line is no such one
    """
    return tuple(_slot(line) for line in lines.splitlines() if line.strip())


def written_slots(slots: Iterable[Slot]) -> str:
    """Return fields as `read_slots` reads them."""
    return "\n".join(
        " | ".join(
            (slot.key + (REQUIRED if slot.required else ""), *(slot.label.get(one, "") for one in LANGUAGES), slot.kind)
        )
        for slot in slots
    )


def _slot(line: str) -> Slot:
    parts = [part.strip() for part in line.split("|")]
    key, label, english, kind = [*parts, "", "", "", ""][:4]
    named = {"vi": label, "en": english} if english else {"vi": label}
    kinds = {one.value for one in Kind}
    if len(parts) > 4 or not label or max(len(label), len(english)) > LONGEST_LABEL or (kind or "text") not in kinds:
        raise Breach("slots", "template-line")
    return Slot(key=key.removesuffix(REQUIRED), label=named, kind=Kind(kind or "text"), required=key.endswith(REQUIRED))
