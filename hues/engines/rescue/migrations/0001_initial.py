"""The tables of calls for rescue."""

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
            name='Call',
            fields=[
                ('id', models.UUIDField(default=hues.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=8)),
                ('state', models.CharField(max_length=16)),
                ('version', models.PositiveIntegerField(default=1)),
                ('urgency', models.PositiveSmallIntegerField()),
                ('behind', models.BooleanField(default=False)),
                ('people', models.PositiveSmallIntegerField()),
                ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list)),
                ('battery_low', models.BooleanField(default=False)),
                ('for_other', models.BooleanField(default=False)),
                ('outside', models.BooleanField(default=False)),
                ('ward_code', models.CharField(blank=True, max_length=8)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('said_safe_at', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('first_touched_at', models.DateTimeField(null=True)),
                ('moved_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('call', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='seal', serialize=False, to='rescue.call')),
                ('phone', models.CharField(max_length=16)),
                ('lat', models.FloatField(null=True)),
                ('lng', models.FloatField(null=True)),
                ('source', models.CharField(blank=True, max_length=8)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('words', models.TextField(blank=True)),
                ('same', models.CharField(max_length=64)),
                ('origin', models.CharField(blank=True, max_length=64)),
                ('is_open', models.BooleanField(default=True)),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('pk', models.CompositePrimaryKey('seal_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('seal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='rescue.seal')),
                ('seq', models.PositiveIntegerField()),
                ('verb', models.CharField(max_length=16)),
                ('by', models.UUIDField(null=True)),
                ('words', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(condition=models.Q(('state__in', ['received', 'called_back', 'sent'])), fields=['behind', '-urgency', 'at', 'id'], name='rescue_call_queue'),
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['-at', '-id'], name='rescue_call_newest'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.UniqueConstraint(fields=('code',), name='rescue_call_code'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('urgency__range', (1, 3))), name='rescue_call_urgency'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('people__gte', 1)), name='rescue_call_people'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['received', 'called_back', 'sent']), ('ended_at', None)), models.Q(models.Q(('state__in', ['received', 'called_back', 'sent']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='rescue_call_ended_or_not'),
        ),
        migrations.AddIndex(
            model_name='seal',
            index=models.Index(condition=models.Q(('is_open', True)), fields=['phone'], name='rescue_seal_phone'),
        ),
        migrations.AddIndex(
            model_name='seal',
            index=models.Index(fields=['origin', 'at'], name='rescue_seal_origin'),
        ),
        migrations.AddIndex(
            model_name='seal',
            index=models.Index(condition=models.Q(('ended_at__isnull', False)), fields=['ended_at'], name='rescue_seal_age'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('same',), name='rescue_seal_once'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lng__isnull', True)), models.Q(('lat__isnull', False), ('lat__range', (-90, 90)), ('lng__isnull', False), ('lng__range', (-180, 180))), _connector='OR'), name='rescue_seal_in_the_world'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(('lat__isnull', False), models.Q(('address', ''), _negated=True), _connector='OR'), name='rescue_seal_somewhere'),
        ),
    ]
