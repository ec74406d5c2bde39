"""The journal's tables, and the trigger that keeps entries as they were written."""

from django.db import migrations, models
from django.db.models import Func

GUARD = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON journal_entry
  FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""
UNGUARD = """
DROP TRIGGER journal_entry_no_truncate ON journal_entry;
DROP TRIGGER journal_entry_append_only ON journal_entry;
DROP FUNCTION journal_refuse();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("subject", models.UUIDField(null=True)),
                ("facts", models.JSONField()),
                ("xact", models.BigIntegerField(db_default=Func(template="(pg_current_xact_id()::text::bigint)"))),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("subject__isnull", False)), fields=["subject", "id"], name="journal_by_subject"
                    ),
                    models.Index(models.F("xact"), models.F("id"), name="journal_by_xact"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("last_xact", models.BigIntegerField(unique=True)),
                ("entries", models.PositiveIntegerField()),
                ("digest", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
