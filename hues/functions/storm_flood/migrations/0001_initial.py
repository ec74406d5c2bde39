"""The table of river levels."""

import hues.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.UUIDField(default=hues.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('gauge', models.CharField(max_length=32)),
                ('metres', models.DecimalField(decimal_places=2, max_digits=6)),
                ('source', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('by', models.UUIDField(null=True)),
                ('entered_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['gauge', '-at', '-entered_at'], name='storm_flood_latest')],
            },
        ),
    ]
