"""What a reporter adds to a report that is on its way: a reply, a verdict, or why it is not over."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hues.kernel.people.asker import Asker
from hues.surfaces.desks.forms import Pictures
from hues.surfaces.desks.photoform import PhotoForm


class AddForm(forms.Form):
    """Something that `by` says of the own report; `seen` is the version that the page showed."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Asker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def keep_files(self, at: datetime) -> None:
        """Store what was uploaded, so that a refused form has it still."""


class WithPhotos(PhotoForm, AddForm):
    """Words with photos."""

    picker = "pictures"
    pictures = Pictures(
        label=_("Photos"),
        help_text=_("Show how it looks now. JPEG, PNG, WebP or HEIC, up to 10 MB each."),
    )
