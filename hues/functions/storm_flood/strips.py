"""What the centre reads over its pages while a call for rescue waits in danger of life."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hues.engines.rescue.queries import in_danger_count
from hues.kernel.people.asker import Asker
from hues.surfaces.citizen.slots import Strip


def waiting(asker: Asker) -> tuple[Strip, ...]:
    """Return the strip, for rescuers, as long as somebody waits."""
    waits = in_danger_count(asker)
    if not waits:
        return ()
    said = ngettext(
        "%(n)s call for rescue waits: life in danger", "%(n)s calls for rescue wait: life in danger", waits
    ) % {"n": waits}
    text = _("Nobody has called back yet.")
    return (Strip(title=said, text=text, address=reverse("rescue_desk:queue"), icon="bell-ringing", tone="bad"),)
