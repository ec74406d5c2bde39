"""Sentences in every language."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hues.kernel.languages import in_each


def test_a_sentence_is_said_in_each_language_whoever_asks() -> None:
    for reader in ("vi", "en"):
        with translation.override(reader):
            assert in_each(_("Sign in to go on")) == {"vi": "Đăng nhập để tiếp tục", "en": "Sign in to go on"}


def test_what_is_named_is_the_same_or_in_the_words_of_each() -> None:
    said = in_each("%(number)s: %(what)s, 100%%", number="PA-1", what={"vi": "đèn", "en": "light"})
    assert said == {"vi": "PA-1: đèn, 100%", "en": "PA-1: light, 100%"}
    assert in_each("100%") == {"vi": "100%", "en": "100%"}
