"""Pages that are the same bytes for everybody, rendered once and kept in every front's memory."""

from hues.kernel.published.rendering import Rendering, address, publishes, through_the_doors

HOME = "/"


@publishes(HOME, "vi", "en")
def home(language: str) -> Rendering:
    """Return Home as a stranger's browser gets it."""
    return through_the_doors(address(HOME, language))
