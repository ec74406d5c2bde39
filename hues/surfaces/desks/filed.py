"""A table that somebody at a desk hands in as a CSV file."""

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from hues.kernel.errors import Invalid
from hues.kit.reading import NotATable, csv_rows

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST: Final = 1024 * 1024  # bytes of a file
NO_TABLE: Final = _("The file is no CSV in UTF-8.")


def text_of(file: "UploadedFile[bytes] | None") -> str:
    """
    Return what a file holds.

    :raises Invalid: if there is none, or it is too large or no text
    """
    if file is None or not file.size:
        raise Invalid(_("Choose a file first."))
    if file.size > LARGEST:
        raise Invalid(_("The file is too large: 1 MB at most."))
    try:
        text: str = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Invalid(NO_TABLE) from wrong
    return text


def rows_of(text: str) -> tuple[frozenset[str], list[dict[str, str | None]]]:
    """
    Return the names of the columns and the rows of a CSV file.

    :raises Invalid: if it is none; it names the line of a cell that is too long
    """
    try:
        return csv_rows(text)
    except NotATable as wrong:
        raise Invalid(_("A cell in line %(n)s is too long.") % {"n": wrong.line} if wrong.line else NO_TABLE) from wrong
