"""A case may be split among several agencies; its parts are cases of their own and never public."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_doubted_proof'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='case',
            name='cases_agency_has_it',
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='cases_open_due',
        ),
        migrations.AddField(
            model_name='case',
            name='latest_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='parts',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='case',
            name='task',
            field=models.TextField(blank=True),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['received', 'assigned', 'in_progress', 'waiting', 'split', 'answered'])), fields=['state', 'due_at', 'id'], name='cases_open_due'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['assigned', 'in_progress', 'waiting', 'answered']), _negated=True), models.Q(('accepted_at__isnull', False), ('agency_id__isnull', False), ('started_at__isnull', False)), models.Q(('parts__gte', 2), ('state', 'answered')), _connector='OR'), name='cases_agency_has_it'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'split'), _negated=True), models.Q(('accepted_at__isnull', False), ('agency_id', None), ('parts__gte', 2), ('started_at__isnull', False)), _connector='OR'), name='cases_agencies_have_parts'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latest_due_at', None), ('parent', None)), models.Q(('due_at__lte', models.F('latest_due_at')), ('parent__isnull', False), ('parts', 0), ('published_at', None)), _connector='OR'), name='cases_part_is_never_public'),
        ),
    ]
