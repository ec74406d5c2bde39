"""Find all that were joined with a report without reading every report."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0033_earlier_rounds"),
    ]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["duplicate_of"],
                name="cases_joined",
                condition=models.Q(duplicate_of__isnull=False),
            ),
        ),
    ]
