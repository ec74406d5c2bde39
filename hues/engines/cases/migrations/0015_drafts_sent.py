"""A draft that was sent says so in a column of its own, which saving respects."""

from django.db import migrations, models

# Also those that came back after they were sent: their key has opened a case.
SENT = """
UPDATE cases_draft SET sent = fields->>'sent', fields = '{}', photos = '{}' WHERE COALESCE(fields->>'sent', '') <> '';
UPDATE cases_draft AS d SET sent = c.number, fields = '{}', photos = '{}'
FROM cases_key AS k JOIN cases_case AS c ON c.id = k.case_id
WHERE k.person_id = d.person_id AND k.key = d.key AND d.sent = '';
"""
BACK = "UPDATE cases_draft SET fields = jsonb_build_object('sent', sent) WHERE sent <> ''"


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0014_sealed_texts"),
    ]

    operations = [
        migrations.AddField("draft", "sent", models.CharField(blank=True, default="", max_length=24)),
        migrations.RunSQL(SENT, BACK),
    ]
