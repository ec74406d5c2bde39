"""The tick by which contacts stand in words that everybody is about to read: those that it names, and no others."""

from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import contacts_in
from hues.kit.text import tidy
from hues.surfaces.desks.forms import MoveForm, Yes

TICK = "agreed"


def agreed() -> forms.BooleanField:
    """Return the tick; the page gives it the names of the contacts that it is about."""
    return Yes(label=_("Everybody may read these contacts"), required=False)


class AgreeingForm(MoveForm):
    """A move after which everybody reads words; its field `agreed` is there while they hold contacts."""

    _found: tuple[str, ...] = ()

    def ask_about(self, *texts: str) -> None:
        """Ask whether the contacts in words may stand; a tick that was set beside others is taken away again."""
        self._found = contacts_in(*map(tidy, texts))
        if not self._found:
            del self.fields[TICK]
            return
        names = [sha256(contact.encode()).hexdigest()[:16] for contact in self._found]
        if isinstance(self.data, QueryDict) and not set(names).issubset(self.data.get(TICK, "").split()):
            sent = self.data.copy()
            sent.pop(TICK, None)
            self.data = sent
        said = {"contacts": ", ".join(self._found)}
        self.fields[TICK].widget.attrs["value"] = " ".join(names)
        self.fields[TICK].help_text = _("In the words: %(contacts)s. Leave only what is an office's own.") % said

    def values(self) -> dict[str, Any]:
        """Return what was typed, with the contacts that may stand."""
        said = super().values()
        return said | {TICK: self._found} if said.get(TICK) else {n: v for n, v in said.items() if n != TICK}
