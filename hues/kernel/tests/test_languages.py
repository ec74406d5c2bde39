"""Sentences in every language."""

from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import trans_real

from hues.kernel.languages import in_each, join_catalogues


def test_a_sentence_is_said_in_each_language_whoever_asks() -> None:
    for reader in ("vi", "en"):
        with translation.override(reader):
            assert in_each(_("Sign in to go on")) == {"vi": "Đăng nhập để tiếp tục", "en": "Sign in to go on"}


def test_what_is_named_is_the_same_or_in_the_words_of_each() -> None:
    said = in_each("%(number)s: %(what)s, 100%%", number="PA-1", what={"vi": "đèn", "en": "light"})
    assert said == {"vi": "PA-1: đèn, 100%", "en": "PA-1: light, 100%"}
    assert in_each("100%") == {"vi": "100%", "en": "100%"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_one_catalogue_says_what_those_of_the_rooms_said(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    django: Any = trans_real
    rooms = django.DjangoTranslation(language)
    monkeypatch.setitem(django._translations, language, django.DjangoTranslation(language))
    join_catalogues()
    joined = django.translation(language)
    assert len(joined._catalog._catalogs) == 1
    said = {key: rooms._catalog.get(key) for key, _said in rooms._catalog.items()}
    assert said == {key: joined._catalog.get(key) for key, _said in joined._catalog.items()}
    for number in (0, 1, 2, 11):
        for one, more in (("%(n)s day", "%(n)s days"), ("no such", "no such things")):
            assert joined.ngettext(one, more, number) == rooms.ngettext(one, more, number)
