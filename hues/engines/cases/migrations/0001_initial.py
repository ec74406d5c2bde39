"""The tables of cases, the trigrams that search them, and the sequences that number them."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import hues.kit.ids
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


# One sequence a year, made when the year's first case comes; only the public number is taken from a sequence.
NUMBERS = """
CREATE FUNCTION cases_next_number(the_year int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  name text := 'cases_number_' || the_year;
BEGIN
  IF to_regclass(name) IS NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext(name));
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', name);
  END IF;
  RETURN nextval(name::regclass);
END $$;
"""
NO_NUMBERS = """
DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT sequencename FROM pg_sequences WHERE sequencename LIKE 'cases\\_number\\_%' LOOP
    EXECUTE format('DROP SEQUENCE %I', name);
  END LOOP;
  DROP FUNCTION cases_next_number(int);
END $$;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=hues.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=24, unique=True)),
                ('kind', models.CharField(max_length=32)),
                ('category', models.CharField(max_length=64)),
                ('state', models.CharField(max_length=16)),
                ('outcome', models.CharField(blank=True, max_length=16)),
                ('service_class', models.CharField(max_length=16)),
                ('channel', models.CharField(max_length=16)),
                ('version', models.PositiveIntegerField(default=1)),
                ('text', models.TextField()),
                ('public_text', models.TextField(blank=True)),
                ('answers', models.JSONField(default=dict)),
                ('folded', models.TextField(blank=True)),
                ('show_name', models.BooleanField(default=False)),
                ('coarse', models.BooleanField(default=False)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('public_address', models.CharField(blank=True, max_length=200)),
                ('place_source', models.CharField(blank=True, max_length=16)),
                ('lat', models.FloatField()),
                ('lng', models.FloatField()),
                ('cell', models.BigIntegerField()),
                ('public_lat', models.FloatField(null=True)),
                ('public_lng', models.FloatField(null=True)),
                ('public_cell', models.BigIntegerField(null=True)),
                ('ward_code', models.CharField(blank=True, max_length=8)),
                ('agency_id', models.UUIDField(null=True)),
                ('duplicate_of', models.UUIDField(null=True)),
                ('opened_at', models.DateTimeField()),
                ('accept_due_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('first_due_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('warn_at', models.DateTimeField()),
                ('plan_days', models.PositiveSmallIntegerField(null=True)),
                ('credit', models.DurationField()),
                ('paused_at', models.DateTimeField(null=True)),
                ('extension_asked_until', models.DateTimeField(null=True)),
                ('extended_until', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('promise_on', models.DateField(null=True)),
                ('promise_kept_at', models.DateTimeField(null=True)),
                ('supports', models.PositiveIntegerField(default=0)),
                ('rating', models.PositiveSmallIntegerField(null=True)),
                ('fixed', models.BooleanField(null=True)),
                ('returned', models.PositiveSmallIntegerField(default=0)),
                ('reopened', models.PositiveSmallIntegerField(default=0)),
                ('parent', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='CasePhoto',
            fields=[
                ('pk', models.CompositePrimaryKey('case_id', 'photo_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('photo_id', models.UUIDField()),
                ('role', models.CharField(max_length=8)),
                ('order', models.PositiveSmallIntegerField()),
                ('hidden', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Category',
            fields=[
                ('code', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=32)),
                ('order', models.IntegerField(default=0)),
                ('title', models.JSONField()),
                ('hint', models.JSONField(default=dict)),
                ('not_this', models.JSONField(default=dict)),
                ('icon', models.CharField(blank=True, max_length=64)),
                ('service_class', models.CharField(blank=True, max_length=16)),
                ('accepts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), default=list)),
                ('coarse', models.BooleanField(default=False)),
                ('emergency', models.CharField(blank=True, max_length=16)),
                ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('questions', models.JSONField(default=list)),
                ('is_active', models.BooleanField(default=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.category')),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.UUIDField()),
                ('key', models.CharField(max_length=64)),
                ('fields', models.JSONField(default=dict)),
                ('photos', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='cases_draft_age')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('token', models.UUIDField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='cases_edition_is_one_row')],
            },
        ),
        migrations.CreateModel(
            name='Key',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.UUIDField()),
                ('key', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('case_id', models.UUIDField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='cases_key_age')],
            },
        ),
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', models.UUIDField(default=hues.kit.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=32)),
                ('order', models.IntegerField()),
                ('category', models.CharField(blank=True, max_length=64)),
                ('wards', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=list)),
                ('road_owner', models.CharField(blank=True, max_length=16)),
                ('agency', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'order'), name='cases_route_order')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('pk', models.CompositePrimaryKey('case_id', 'seq', blank=True, editable=False, primary_key=True, serialize=False)),
                ('seq', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('verb', models.CharField(max_length=24)),
                ('side', models.CharField(max_length=8)),
                ('agency_id', models.UUIDField(null=True)),
                ('public_text', models.TextField(blank=True)),
                ('internal_text', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('pk', models.CompositePrimaryKey('case_id', 'person_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='CaseSeal',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='seal', serialize=False, to='cases.case')),
                ('person_id', models.UUIDField(null=True)),
                ('contact', models.CharField(blank=True, max_length=120)),
                ('shown_name', models.CharField(blank=True, max_length=120)),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('person_id__isnull', False)), fields=['person_id', 'opened_at', 'case'], name='cases_seal_mine')],
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['agency_id', 'state', 'due_at', 'id'], name='cases_agency_queue'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['state', 'opened_at', 'id'], name='cases_state_opened'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['received', 'assigned', 'in_progress', 'waiting', 'answered'])), fields=['state', 'due_at', 'id'], name='cases_open_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('published_at', None), _negated=True), fields=['published_at', 'id'], name='cases_published'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('published_at__isnull', False)), fields=['ward_code', 'published_at', 'id'], name='cases_ward_published'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['cell'], name='cases_cell'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('public_cell', None), _negated=True), fields=['public_cell'], name='cases_public_cell'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['opened_at', 'id'], name='cases_opened'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('parent__isnull', False)), fields=['parent'], name='cases_parent'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('promise_on__isnull', False)), fields=['promise_on'], name='cases_promise'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('extension_asked_until__isnull', False)), fields=['agency_id', 'id'], name='cases_extension_asked'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('folded'), name='gin_trgm_ops'), name='cases_folded'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['assigned', 'in_progress', 'waiting', 'answered']), _negated=True), models.Q(('accepted_at__isnull', False), ('agency_id__isnull', False), ('started_at__isnull', False)), _connector='OR'), name='cases_agency_has_it'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('paused_at', None), ('state', 'waiting'), _negated=True), name='cases_waiting_pauses'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['answered', 'published']), _negated=True), models.Q(('answered_at__isnull', False), ('outcome__gt', '')), _connector='OR'), name='cases_answer_has_outcome'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), ('state', 'published'), _negated=True), name='cases_published_when'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), models.Q(('public_cell', None), _negated=True), _connector='OR'), name='cases_published_where'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), ('state__in', ['refused', 'closed']), _negated=True), name='cases_ended_when'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('first_due_at'))), name='cases_due_in_order'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('rating__gte', 1), ('rating__lte', 5)), name='cases_stars'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='cases_no_self_parent'),
        ),
        migrations.AddConstraint(
            model_name='category',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('code')), _negated=True), name='cases_category_not_its_own_parent'),
        ),
        migrations.AddIndex(
            model_name='support',
            index=models.Index(fields=['person_id', 'at'], name='cases_support_mine'),
        ),
    ]
