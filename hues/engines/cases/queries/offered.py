"""What a report would be published as, before anybody looks it over; and what contacts public words still hold."""

from functools import cache

from hues.engines.cases.rules import contacts, houses
from hues.kernel import city
from hues.kernel.agencies import queries as agencies
from hues.kit.text import fold

CITY, CHANNELS, STREETS = "city.toml", "official_channels.csv", "streets.csv"


def words(text: str, address: str) -> str:
    """Return the words of a report without the numbers of houses, telephone numbers and the like."""
    return houses.words_without_houses(contacts.without(text, _official()), address, _streets())


def street(address: str) -> str:
    """Return an address without the number of a house, nor anybody's telephone number."""
    return houses.street_of(contacts.without(address, _official()))


def contacts_in(*texts: str) -> tuple[str, ...]:
    """Return the contacts in texts (see `rules/contacts`) that are nobody official's."""
    found = [one for text in texts for one in contacts.found(text, _official())]
    if not found:
        return ()
    theirs = {contacts.bare(link) for link in agencies.links().values()}
    return tuple(dict.fromkeys(one for one in found if contacts.bare(one) not in theirs))


@cache
def _official() -> frozenset[str]:
    """Return the numbers and addresses that the city itself makes known."""
    said = [str(value) for name, value in city.document(CITY).items() if name.endswith(("hotline", "mail", "phone"))]
    if city.path(CHANNELS).exists():
        said += [row["address"].partition(":")[2] for row in city.rows(CHANNELS)]
    return frozenset(contacts.bare(one) for one in said if one)


@cache
def _streets() -> frozenset[str]:
    return frozenset(fold(row["street"]) for row in city.rows(STREETS)) if city.path(STREETS).exists() else frozenset()
