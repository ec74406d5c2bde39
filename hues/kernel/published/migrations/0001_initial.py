"""The table of published bytes."""

from django.db import migrations, models
from django.db.models import Func


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL("CREATE SEQUENCE published_version", "DROP SEQUENCE published_version"),
        migrations.CreateModel(
            name="Page",
            fields=[
                ("path", models.TextField(primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(db_default=Func(template="nextval('published_version')"))),
                ("etag", models.CharField(max_length=40)),
                ("headers", models.JSONField()),
                ("body", models.BinaryField()),
                ("gzip", models.BinaryField(null=True)),
                ("published_at", models.DateTimeField()),
            ],
        ),
    ]
