"""Addresses that are put together once."""

import pytest
from django.urls import reverse
from django.utils import translation

from hues.surfaces.shell import addresses


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("name", "about"), [("operations:queue", ""), ("operations:case", "PA-2026-000123")])
def test_an_address_is_the_one_of_the_readers_language(language: str, name: str, about: str) -> None:
    with translation.override(language):
        for _again in range(2):
            assert addresses.of(name, about) == reverse(name, args=[about] if about else None)
