"""Proof that may show something else, and an index to find whose photo one is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_followers_of_duplicates'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProofDoubt',
            fields=[
                ('pk', models.CompositePrimaryKey('case_id', 'photo_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                ('photo_id', models.UUIDField()),
                ('word', models.CharField(max_length=8)),
                ('alike', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddIndex(
            model_name='casephoto',
            index=models.Index(fields=['photo_id'], name='cases_photo_of'),
        ),
    ]
