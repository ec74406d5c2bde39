"""The page that is the same bytes for everybody and tells of reports: Home."""

from datetime import datetime

from hues.kernel.published import actions as published
from hues.kernel.published.rendering import LANGUAGES, address

HOME = "/"


def show(*, at: datetime) -> None:
    """Have Home rendered anew; called by the engine in its own transaction, which Home must not make slow."""
    published.owe(*(address(HOME, language) for language in LANGUAGES), at=at)
