"""How what is owed is found, by kind, the gravest first, however much of another kind waits."""

from django.db.models import F, Index, Q
from django.db.models.fields.json import KT

_WAITS = Q(sent_at__isnull=True, failed_at__isnull=True)
_OF_KIND = {
    "sirens": Q(channel="siren"),
    "pushes": Q(channel="push", broadcast__isnull=False),
    "hooks": Q(channel="webhook"),
    "single": ~Q(channel="siren") & (~Q(channel="push") | Q(broadcast__isnull=True)),
}
OWED = tuple(
    Index(KT("words__urgency"), F("due_at"), condition=_WAITS & theirs, name=f"parcel_owed_{kind}")
    for kind, theirs in _OF_KIND.items()
)
