"""Pages that change with every notice, renewed in the transaction that changes it."""

from datetime import datetime

from hues.kernel.published import actions as published
from hues.kernel.published.rendering import LANGUAGES, Rendering, address, publishes, through_the_doors

LIST = "/f/notices/"
HOME = "/"


@publishes(LIST, *LANGUAGES)
def listed(language: str) -> Rendering:
    """Return the list of notices as a stranger's browser gets it."""
    return through_the_doors(address(LIST, language))


def show(*, at: datetime) -> None:
    """Show what began, changed or ended; called by the engine in its own transaction."""
    published.refresh(*(address(path, language) for path in (HOME, LIST) for language in LANGUAGES), at=at)
