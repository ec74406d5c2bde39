"""Proof that a promise was kept, and chains of the same trouble in the same place."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_fewer_and_better_indexes'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='cases_cell',
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='cases_promise',
        ),
        migrations.AddField(
            model_name='case',
            name='chain_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='promise_shown_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['cell', 'opened_at'], name='cases_cell'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('chain_id', None), _negated=True), fields=['chain_id', 'opened_at'], name='cases_chain'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('promise_on__isnull', False)), fields=['promise_on', 'id'], name='cases_promise'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('promise_on__isnull', False)), fields=['agency_id', 'promise_on', 'id'], include=('promise_shown_at', 'promise_kept_at', 'published_at'), name='cases_promise_agency'),
        ),
    ]
