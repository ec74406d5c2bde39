"""Count what was given back too late in the index too: whether a clock was started."""

from django.db import migrations, models
from django.db.models import Q

OPEN = Q(state__in=["received", "assigned", "in_progress", "waiting", "split", "answered"])
COUNTED = (
    *("accept_due_at", "started_at", "warn_at", "paused_at", "extension_asked_until"),
    *("parent", "agency_id", "assigned_to", "look"),
)


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0031_looks_by_index"),
    ]

    operations = [
        migrations.RemoveIndex("case", "cases_open_due"),
        migrations.AddIndex(
            "case",
            models.Index(fields=["state", "due_at", "id"], include=COUNTED, condition=OPEN, name="cases_open_due"),
        ),
    ]
