"""What a reporter adds to a report that is on its way: a reply, a verdict, or why it is not over."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hues.kernel.errors import Refusal
from hues.kernel.media.actions import store_photo
from hues.kernel.people.asker import Asker
from hues.kit.clock import now
from hues.surfaces.desks.forms import MOST_PHOTOS, KeptPhotos, Pictures
from hues.surfaces.desks.photos import address_of


class AddForm(forms.Form):
    """Something that `by` says of the own report; `seen` is the version that the page showed."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Asker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def keep_files(self, at: datetime) -> None:
        """Store what was uploaded, so that a refused form has it still."""


class WithPhotos(AddForm):
    """Words with photos, new ones and those that an earlier try of the form has stored."""

    pictures = Pictures(
        label=_("Photos"),
        help_text=_("Show how it looks now. JPEG, PNG, WebP or HEIC, up to 10 MB each."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = KeptPhotos(self.by.person_id)
        self.stored: list[UUID] = []

    def clean(self) -> dict[str, Any]:
        """Read the photos of earlier tries, however the rest turned out."""
        cleaned = super().clean() or self.cleaned_data
        sent = self.data.getlist("photos") if isinstance(self.data, QueryDict) else []
        dropped = self.data.getlist("drop") if isinstance(self.data, QueryDict) else []
        try:
            self.stored = self.kept.read([name for name in sent if name not in dropped])
        except ValidationError as forged:
            self.add_error("pictures", forged)
        if len(self.stored) + len(self.files.getlist("pictures")) > MOST_PHOTOS:
            self.add_error("pictures", _("At most ten photos."))
        return cleaned

    def keep_files(self, at: datetime) -> None:
        """Store the new photos; those that cannot be taken are named."""
        for upload in self.files.getlist("pictures")[: MOST_PHOTOS - len(self.stored)]:
            try:
                self.stored.append(store_photo(upload, by=self.by.person_id, at=at).id)
            except Refusal as refusal:
                self.add_error("pictures", f"{upload.name}: {refusal}")

    def shown_photos(self) -> list[tuple[str, str, None]]:
        """Return the photos kept so far: their names in the form and where they can be seen; nothing is doubted."""
        at = now()
        return [(self.kept.name(photo), address_of(photo, "thumb", at), None) for photo in self.stored]
