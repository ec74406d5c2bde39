"""Who follows a case through a duplicate of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_times_set_on_the_desk'),
    ]

    operations = [
        migrations.AddField(
            model_name='support',
            name='merged_from',
            field=models.UUIDField(null=True),
        ),
    ]
