"""What follows when a file is ready, or will not be: whoever asked for it hears of it."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hues.kernel.delivery import actions as delivery
from hues.kernel.delivery.channels import Urgency
from hues.kernel.journal.actions import reacts_to
from hues.kit.text import Bilingual, Words
from hues.surfaces.exports import queries
from hues.surfaces.exports.events import FileFailed, FileReady


@reacts_to(FileReady)
def tell_it_is_ready(event: FileReady) -> None:
    """Tell whoever asked that the file can be fetched."""
    _tell(event, f"exports.ready:{event.subject}", _("Your file is ready"), _("Fetch it within the days it is kept."))


@reacts_to(FileFailed)
def tell_it_failed(event: FileFailed) -> None:
    """Tell whoever asked that there is no file."""
    reason = f"exports.failed:{event.subject}:{event.at.isoformat()}"
    _tell(event, reason, _("Your file could not be written"), _("Ask for it again on its page."))


def _tell(event: FileReady | FileFailed, reason: str, title: Words, body: Words) -> None:
    asked = queries.owner_of(event.subject) if event.subject else None
    if asked is None:
        return
    person, space = asked
    delivery.plan(
        [person],
        reason=reason,
        title=_both(title),
        body=_both(body),
        link=_address(space, event.subject),
        urgency=Urgency.LOW,
        at=event.at,
    )


def _address(space: str, file_id: UUID | None) -> str:
    with translation.override("vi"):
        return reverse(f"{space}:file", args=[file_id])


def _both(words: Words) -> Bilingual:
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(words)
    return said
