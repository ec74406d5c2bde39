"""Words of a case can be covered; the original lies under seal."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0010_map_tallies'),
    ]

    operations = [
        migrations.CreateModel(
            name='SealedWords',
            fields=[
                ('pk', models.CompositePrimaryKey('case_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('seq', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('public_text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
        ),
    ]
