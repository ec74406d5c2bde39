"""Addresses, tasks and answers to questions lie under seal too, beside the words."""

from django.db import migrations, models

KEEP = """
UPDATE cases_sealedwords
SET texts = jsonb_strip_nulls(jsonb_build_object('text', NULLIF(text, ''), 'public_text', NULLIF(public_text, '')))
"""
BACK = """
UPDATE cases_sealedwords SET text = COALESCE(texts->>'text', ''), public_text = COALESCE(texts->>'public_text', '')
"""


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0013_counted_for"),
    ]

    operations = [
        migrations.AddField("sealedwords", "texts", models.JSONField(default=dict)),
        migrations.AlterField("sealedwords", "text", models.TextField(default="")),
        migrations.RunSQL(KEEP, BACK),
        migrations.RemoveField("sealedwords", "text"),
        migrations.RemoveField("sealedwords", "public_text"),
    ]
