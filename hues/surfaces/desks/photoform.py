"""Forms that photos go with: new ones, and those that an earlier try of the same form has stored."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hues.engines.cases.queries import DraftCard
from hues.kernel.errors import Refusal
from hues.kernel.media.actions import store_photo
from hues.kernel.people.asker import Asker
from hues.kit.clock import now
from hues.surfaces.desks.doubts import Told
from hues.surfaces.desks.forms import MOST_PHOTOS, KeptPhotos
from hues.surfaces.desks.photos import address_of


class PhotoForm(forms.Form):
    """
    A form with photos, sent in the name of `by`; it may begin with a `draft`.

    `photos` are names of photos stored by an earlier try, `drop` those of them to leave out; the field `picker` holds
    new files.
    """

    picker: ClassVar[str]
    by: Asker

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = KeptPhotos(self.by.errand.id if self.by.errand else self.by.person_id)
        self.draft: DraftCard | None = None
        self.stored: list[UUID] = []
        self.dropped: list[UUID] = []

    def clean(self) -> dict[str, Any]:
        """Read the photos of earlier tries, however the rest turned out."""
        cleaned = super().clean() or self.cleaned_data
        names, dropped = (
            self.data.getlist(name) if isinstance(self.data, QueryDict) else [] for name in ("photos", "drop")
        )
        try:
            self.stored = self.kept.read([name for name in names if name not in dropped])
            self.dropped = self.kept.read(dropped)
        except ValidationError as forged:
            self.add_error(self.picker, forged)
        if len(self.stored) + len(self.files.getlist(self.picker)) > MOST_PHOTOS:
            self.add_error(self.picker, _("At most ten photos."))
        return cleaned

    def keep_files(self, at: datetime) -> None:
        """Store the new photos; those that cannot be taken are named."""
        for upload in self.files.getlist(self.picker)[: MOST_PHOTOS - len(self.stored)]:
            try:
                self.stored.append(store_photo(upload, by=self.by.person_id, at=at).id)
            except Refusal as refusal:
                self.add_error(self.picker, f"{upload.name}: {refusal}")

    def shown_photos(self) -> list[tuple[str, str, Told | None]]:
        """Return the photos kept so far: their names in the form, where they can be seen, and what is doubted."""
        at = now()
        return [(self.kept.name(photo), address_of(photo, "thumb", at), self.doubt_of(photo)) for photo in self.stored]

    def doubt_of(self, photo_id: UUID) -> Told | None:
        """Return what is doubted of a photo."""
        return None
