"""What follows on the pages of citizens when something becomes public."""

from hues.engines.cases.events import AnswerPublished, CaseReopened, PartCovered, PartUncovered
from hues.kernel.journal.actions import reacts_to
from hues.kernel.published import actions as published
from hues.kernel.published.rendering import LANGUAGES, address
from hues.surfaces.citizen.pages import HOME


@reacts_to(AnswerPublished)
def show_it_on_home(event: AnswerPublished) -> None:
    """Render Home anew, for it shows what was answered last."""
    published.refresh(*(address(HOME, language) for language in LANGUAGES), at=event.at)


@reacts_to(CaseReopened)
def show_on_home_that_it_goes_on(event: CaseReopened) -> None:
    """Render Home anew, for what it called answered is open again."""
    published.refresh(*(address(HOME, language) for language in LANGUAGES), at=event.at)


@reacts_to(PartCovered)
def cover_it_on_home(event: PartCovered) -> None:
    """Render Home anew, for it may show what was covered."""
    published.refresh(*(address(HOME, language) for language in LANGUAGES), at=event.at)


@reacts_to(PartUncovered)
def uncover_it_on_home(event: PartUncovered) -> None:
    """Render Home anew, for what was covered has another address."""
    published.refresh(*(address(HOME, language) for language in LANGUAGES), at=event.at)
