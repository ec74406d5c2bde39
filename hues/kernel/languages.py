"""Sentences for whoever reads them later, in a language not known yet."""

from django.conf import settings
from django.utils import translation

from hues.kit.text import Bilingual, Words, pick


def in_each(words: Words, **named: str | Bilingual) -> Bilingual:
    """Return a lazy sentence in every language, with what it names: the same in each, or words of each language."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            values = {name: told if isinstance(told, str) else pick(told, language) for name, told in named.items()}
            said[language] = str(words) % values if named else str(words)
    return said
