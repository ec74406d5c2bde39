"""The tables of the bulletins engine."""

import django.contrib.postgres.fields
import django.db.models.deletion
import hues.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Bulletin',
            fields=[
                ('id', models.UUIDField(default=hues.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(max_length=16)),
                ('msg_type', models.CharField(max_length=8)),
                ('training', models.BooleanField()),
                ('chain', models.UUIDField()),
                ('identifier', models.CharField(blank=True, max_length=64)),
                ('event', models.CharField(max_length=32)),
                ('risk', models.PositiveSmallIntegerField()),
                ('texts', models.JSONField()),
                ('wards', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8))),
                ('shapes', models.JSONField()),
                ('onset_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField()),
                ('writers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField())),
                ('submitted_by', models.UUIDField(null=True)),
                ('approved_by', models.UUIDField(null=True)),
                ('returned_because', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('follows', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bulletins.bulletin')),
            ],
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('fingerprint', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('certificate', models.TextField()),
                ('sealed', models.BinaryField()),
                ('is_current', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('is_current',), name='bulletins_one_key_signs')],
            },
        ),
        migrations.CreateModel(
            name='PublicBulletin',
            fields=[
                ('bulletin', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='bulletins.bulletin')),
                ('training', models.BooleanField(default=False)),
                ('audience', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8))),
                ('everywhere', models.BooleanField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('training', False)), name='bulletins_training_is_never_public')],
            },
        ),
        migrations.CreateModel(
            name='SignedMessage',
            fields=[
                ('bulletin', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='bulletins.bulletin')),
                ('body', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bulletins.signingkey')),
            ],
        ),
        migrations.AddIndex(
            model_name='bulletin',
            index=models.Index(fields=['chain'], name='bulletins_by_chain'),
        ),
        migrations.AddIndex(
            model_name='bulletin',
            index=models.Index(fields=['-made_at', '-id'], name='bulletins_newest_first'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.UniqueConstraint(condition=models.Q(('identifier', ''), _negated=True), fields=('identifier',), name='bulletins_identifier'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.UniqueConstraint(fields=('id', 'training'), name='bulletins_id_and_training'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('risk__range', (1, 5))), name='bulletins_risk_is_decreed'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='bulletins_ends_later'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at', None), ('state__in', ('draft', 'submitted', 'approved', 'discarded'))), models.Q(models.Q(('state__in', ('draft', 'submitted', 'approved', 'discarded')), _negated=True), ('sent_at__isnull', False)), _connector='OR'), name='bulletins_sent_or_not'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'submitted', 'discarded')), ('approved_by__isnull', False), _connector='OR'), name='bulletins_approved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='bulletin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('follows', None), ('msg_type', 'Alert')), models.Q(models.Q(('msg_type', 'Alert'), _negated=True), ('follows__isnull', False)), _connector='OR'), name='bulletins_follows_if_no_alert'),
        ),
    ]
