"""Show what changed on the pages that are the same for everybody, in the transaction that changes it."""

from datetime import datetime

from django.utils.module_loading import import_string

from hues.engines.bulletins.queries import catalogue


def show(identifier: str, at: datetime) -> None:
    """Show what became of an alert, where the city declares how."""
    declared = catalogue.alert_type()
    if declared:
        import_string(declared.show)(identifier=identifier, at=at)
