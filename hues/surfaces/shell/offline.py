"""The pages that phones keep before they need them, as the functions declare them."""

from dataclasses import dataclass

from django.urls import reverse

from hues.kernel.registry import functions
from hues.kit.text import Words
from hues.surfaces.shell import addresses


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """A page that opens without a network."""

    address: str
    label: Words
    icon: str


def ways() -> list[Way]:
    """Return what can be opened without a network, in the reader's language."""
    return [
        Way(address=addresses.to(reverse(page.name)), label=page.label, icon=page.icon)
        for function in functions()
        for page in function.offline
    ]


def made_ready(language: str) -> list[tuple[str, str]]:
    """Return, for each page kept before it is needed, what it stands for and its own address; the narrowest first."""
    pages = [page for function in functions() for page in function.offline]
    pairs = [
        (addresses.to(reverse(page.instead_of or page.name), language), addresses.to(reverse(page.name), language))
        for page in pages
    ]
    return sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)
