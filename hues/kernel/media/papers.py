"""What is taken for a document, and what it is called."""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from hues.kernel.errors import Invalid
from hues.kit.text import tidy

PDF, HEAD = b"%PDF-", 1024  # a reader looks for the mark in the first kilobyte
LONGEST_NAME = 160
# To open at a page ("/OpenAction [3 0 R /Fit]", as office programs write it) does nothing but that.
ACTS: Final = re.compile(rb"/(OpenAction(?!\s*\[)|JavaScript|Launch)(?![A-Za-z0-9])")
SPELLED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")


def check(content: bytes) -> None:
    """
    Check that this is a PDF that does nothing by itself, by the names in its plain bytes, however they are spelled.

    What is packed into compressed objects is not looked at.

    :raises Invalid: if it is none, or names a script, a program to start or an action on being opened
    """
    before, mark, _rest = content[:HEAD].partition(PDF)
    if not mark or b"<" in before:  # a browser would take what begins with a tag for a page
        raise Invalid(_("Only PDF documents can be attached."))
    if ACTS.search(SPELLED.sub(lambda found: bytes([int(found[1], 16)]), content)):
        raise Invalid(
            _("This PDF holds a script or does something when opened. Print it to a new PDF and attach that.")
        )


def called(name: str) -> str:
    """Return what a file of that name is called: without folders, ending and anything invisible."""
    last = re.split(r"[/\\]", tidy(name).replace("\n", " "))[-1]
    return re.sub(r"\.pdf$", "", last, flags=re.IGNORECASE).strip(" .")[:LONGEST_NAME] or "PDF"
