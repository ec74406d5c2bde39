"""One thing has one word in Vietnamese, whichever room speaks of it."""

import re

import pytest
from django.conf import settings

SAID = re.compile(r'^msgstr(?:\[\d\])? ((?:"[^\n]*"\n?)+)', re.MULTILINE)
SEARCHED = "cam kết, lời hứa"  # begins the words by which a page is found: those are everybody's, not ours


@pytest.mark.parametrize(
    ("word", "instead"), [("lời hứa", "cam kết"), ("rồi công khai", "công bố"), ("được công khai ở", "công bố")]
)
def test_no_catalogue_has_a_second_word(word: str, instead: str) -> None:
    catalogues = sorted((settings.ROOT / "hues").rglob("django.po"))
    said = [words.replace('"\n"', "") for file in catalogues for words in SAID.findall(file.read_text())]
    assert len(said) > 1000
    assert not [one for one in said if word in one.lower() and SEARCHED not in one], instead
