"""Read what most people met first in the order of the queue."""

from django.db import migrations, models
from django.db.models import Q

OPEN = Q(state__in=["received", "assigned", "in_progress", "waiting", "split", "answered"])


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0034_joined_by_index"),
    ]

    operations = [
        migrations.RemoveIndex("case", "cases_many"),
        migrations.AddIndex(
            "case",
            models.Index(fields=["supports", "id"], condition=Q(supports__gte=3) & OPEN, name="cases_many"),
        ),
    ]
