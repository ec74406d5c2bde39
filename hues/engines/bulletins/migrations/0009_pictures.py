"""Several pictures in a notice; the column is turned in place, for the rows of issued notices do not let themselves be changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

SEVERAL = """
ALTER TABLE bulletins_notice ALTER COLUMN picture TYPE uuid[]
  USING CASE WHEN picture IS NULL THEN '{}'::uuid[] ELSE ARRAY[picture] END;
ALTER TABLE bulletins_notice ALTER COLUMN picture SET NOT NULL;
ALTER TABLE bulletins_notice RENAME COLUMN picture TO pictures;
"""
ONE = """
ALTER TABLE bulletins_notice RENAME COLUMN pictures TO picture;
ALTER TABLE bulletins_notice ALTER COLUMN picture DROP NOT NULL;
ALTER TABLE bulletins_notice ALTER COLUMN picture TYPE uuid USING picture[1];
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0008_incoming")]
    operations = [
        migrations.RunSQL(
            SEVERAL,
            ONE,
            state_operations=[
                migrations.RemoveField("notice", "picture"),
                migrations.AddField(
                    "notice", "pictures", ArrayField(models.UUIDField(), default=list), preserve_default=True
                ),
            ],
        )
    ]
