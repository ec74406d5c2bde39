"""Count what needs a look in the index too, which every page of the centre's queue reads."""

from django.db import migrations, models
from django.db.models import Q

OPEN = Q(state__in=["received", "assigned", "in_progress", "waiting", "split", "answered"])
COUNTED = ("accept_due_at", "warn_at", "paused_at", "extension_asked_until", "parent", "agency_id", "assigned_to", "look")


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0027_titles_in_languages"),
    ]

    operations = [
        migrations.RemoveIndex("case", "cases_open_due"),
        migrations.AddIndex(
            "case",
            models.Index(fields=["state", "due_at", "id"], include=COUNTED, condition=OPEN, name="cases_open_due"),
        ),
    ]
