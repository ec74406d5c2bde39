"""Whether a bulletin is a drill is decided while it is written: what somebody was shown to approve does not change."""

from django.db import migrations

STAY = """
CREATE FUNCTION bulletins_drill_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'whether it is a drill does not change once it was submitted' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER bulletins_bulletin_drill_stays BEFORE UPDATE OF training ON bulletins_bulletin
  FOR EACH ROW WHEN (OLD.state <> 'draft' AND NEW.training IS DISTINCT FROM OLD.training)
  EXECUTE FUNCTION bulletins_drill_stays();
"""
UNDO = """
DROP TRIGGER bulletins_bulletin_drill_stays ON bulletins_bulletin;
DROP FUNCTION bulletins_drill_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0020_drills_in_any_spelling")]
    operations = [migrations.RunSQL(STAY, UNDO)]
