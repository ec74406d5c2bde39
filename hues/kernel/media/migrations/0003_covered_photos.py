"""Parts of photos can be covered; the uncovered bytes lie under seal."""


import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0002_what_photos_look_like'),
    ]

    operations = [
        migrations.AddField(
            model_name='photo',
            name='edition',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='Original',
            fields=[
                ('photo', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='original', serialize=False, to='media.photo')),
                ('sha256', models.CharField(max_length=64)),
                ('thumb', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['sha256'], name='media_original_by_digest'), models.Index(fields=['thumb'], name='media_original_by_thumb')],
            },
        ),
    ]
