from datetime import UTC, datetime

from django.db import migrations, models

FIRST, LAST = datetime(1999, 12, 31, tzinfo=UTC), datetime(2101, 1, 2, tzinfo=UTC)


class Migration(migrations.Migration):
    dependencies = [("storm_flood", "0001_initial")]

    operations = [
        # A level of the year 1 is a slip that took the flood page down, for nothing can read it back.
        migrations.RunSQL(
            "DELETE FROM storm_flood_reading WHERE at NOT BETWEEN '1999-12-31 00:00Z' AND '2101-01-02 00:00Z'",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(at__range=(FIRST, LAST)), name="storm_flood_in_our_days"
            ),
        ),
    ]
