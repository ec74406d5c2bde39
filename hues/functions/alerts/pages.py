"""Pages of alerts that are the same bytes for everybody, renewed in the transaction that changes an alert."""

from datetime import datetime

from hues.kernel.published import actions as published
from hues.kernel.published.rendering import LANGUAGES, Rendering, address, publishes, through_the_doors

LIST = "/f/alerts/"
ATOM = "/cap/feed.atom"
RSS = "/cap/feed.rss"
HOME = "/"


@publishes(LIST, *LANGUAGES)
def listed(language: str) -> Rendering:
    """Return the list of alerts as a stranger's browser gets it."""
    return through_the_doors(address(LIST, language))


@publishes(ATOM)
def atom(_language: str) -> Rendering:
    """Return the Atom feed."""
    return through_the_doors(ATOM)


@publishes(RSS)
def rss(_language: str) -> Rendering:
    """Return the RSS feed."""
    return through_the_doors(RSS)


def show(*, identifier: str, at: datetime) -> None:
    """Show what began, changed or ended; called by the engine in its own transaction."""
    message = f"/cap/alerts/{identifier}.xml"
    published.publish(path=message, page=through_the_doors(message), at=at)
    everywhere = [address(path, language) for path in (HOME, LIST) for language in LANGUAGES]
    published.refresh(*everywhere, ATOM, RSS, at=at)
