"""Sentences for whoever reads them later, in a language not known yet."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from hues.kit.text import Bilingual, Words, pick


def in_each(words: Words, **named: str | Bilingual) -> Bilingual:
    """Return a lazy sentence in every language, with what it names: the same in each, or words of each language."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            values = {name: told if isinstance(told, str) else pick(told, language) for name, told in named.items()}
            said[language] = str(words) % values if named else str(words)
    return said


def spoken(code: str) -> str:
    """Return which language of ours somebody is spoken to who reads `code` (fr-FR): that one, else English."""
    ours = [language for language, _name in settings.LANGUAGES]
    return code[:2] if code[:2] in ours else "en"


def join_catalogues() -> None:
    """
    Let each language look every sentence up in one catalogue, not in that of each room in turn.

    Django means to, but compares the rules of plurals such that no two are ever the same.
    """
    for language, _name in settings.LANGUAGES:
        found: Any = trans_real.translation(language)._catalog  # type: ignore[attr-defined]
        if len({tuple(map(plural, range(200))) for plural in found._plurals}) == 1:
            joined = {key: said for room in reversed(found._catalogs) for key, said in room.items()}
            found._catalogs, found._plurals = [joined], found._plurals[:1]
