"""Answer times that the desk set."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_promises_and_chains'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerTime',
            fields=[
                ('service_class', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('hours', models.FloatField(null=True)),
                ('days', models.PositiveSmallIntegerField(null=True)),
                ('max_days', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('days', None), ('hours__gt', 0), ('max_days', None)), models.Q(('days__gte', 1), ('hours', None)), _connector='OR'), name='cases_time_hours_or_days'), models.CheckConstraint(condition=models.Q(('max_days__isnull', True), ('max_days__gte', models.F('days')), _connector='OR'), name='cases_time_plan_longer')],
            },
        ),
    ]
