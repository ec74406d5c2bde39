"""What the centre reads over its pages while a call for rescue waits in danger of life."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hues.engines.rescue.queries import in_danger
from hues.kernel.people.asker import Asker
from hues.surfaces.citizen.slots import Strip


def waiting(asker: Asker) -> tuple[Strip, ...]:
    """Return the strip, for rescuers, as long as somebody waits."""
    first, behind = in_danger(asker)
    waits = first + behind
    if not waits:
        return ()
    said = ngettext(
        "%(n)s call for rescue waits: life in danger", "%(n)s calls for rescue wait: life in danger", waits
    ) % {"n": waits}
    text = _("Nobody has called back yet.")
    if behind:
        text += " " + _("In the second line: %(n)s.") % {"n": behind}
    address = reverse("rescue_desk:queue") + ("" if first else "?line=behind")
    return (Strip(title=said, text=text, address=address, icon="bell-ringing", tone="bad"),)
