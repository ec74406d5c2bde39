"""What the database itself refuses of notices: a writer who approves, and a change to what was issued."""

from django.db import migrations

GUARD = """
ALTER TABLE bulletins_notice ADD CONSTRAINT bulletins_notice_two_people CHECK (NOT (approved_by = ANY (writers)));
CREATE TRIGGER bulletins_keep_notice BEFORE UPDATE OR DELETE ON bulletins_notice
  FOR EACH ROW EXECUTE FUNCTION bulletins_keep_sent();
CREATE SEQUENCE bulletins_notice_number_seq;
"""
UNGUARD = """
DROP SEQUENCE bulletins_notice_number_seq;
DROP TRIGGER bulletins_keep_notice ON bulletins_notice;
ALTER TABLE bulletins_notice DROP CONSTRAINT bulletins_notice_two_people;
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0003_notices")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
