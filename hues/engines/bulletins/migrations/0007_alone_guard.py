"""A writer's own approval is taken only with a reason why there was nobody else."""

from django.db import migrations

GUARD = """
ALTER TABLE bulletins_bulletin DROP CONSTRAINT bulletins_two_people;
ALTER TABLE bulletins_bulletin ADD CONSTRAINT bulletins_two_people
  CHECK (alone_because <> '' OR NOT (approved_by = ANY (writers)));
"""
UNGUARD = """
ALTER TABLE bulletins_bulletin DROP CONSTRAINT bulletins_two_people;
ALTER TABLE bulletins_bulletin ADD CONSTRAINT bulletins_two_people CHECK (NOT (approved_by = ANY (writers)));
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0006_alone")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
