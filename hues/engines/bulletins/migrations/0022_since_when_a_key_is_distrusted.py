"""When the city said that a key is not trusted any more: what machines read of a message changed then."""

from django.db import migrations, models
from django.db.models import Q

# Nobody wrote it down so far: what was said before is told again now, rather than never.
NOW = "UPDATE bulletins_signingkey SET distrusted_at = now() WHERE trusted_until IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0021_drills_stay_drills")]
    operations = [
        migrations.AddField("signingkey", "distrusted_at", models.DateTimeField(null=True)),
        migrations.RunSQL(NOW, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "signingkey",
            models.CheckConstraint(
                condition=Q(trusted_until=None) | Q(distrusted_at__isnull=False), name="bulletins_distrusted_then"
            ),
        ),
    ]
