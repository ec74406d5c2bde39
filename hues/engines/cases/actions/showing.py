"""Have the pages renewed that tell everybody of public cases."""

from datetime import datetime

from django.utils.module_loading import import_string

from hues.engines.cases.queries import catalogue


def show(kind: str, *, at: datetime) -> None:
    """Let the function that runs such cases show what became public, changed or went, in the caller's transaction."""
    ours = catalogue.case_type(kind)
    if ours and ours.show:
        import_string(ours.show)(at=at)
