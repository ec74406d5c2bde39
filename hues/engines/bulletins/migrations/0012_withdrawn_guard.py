"""Why a notice was withdrawn is written down once, in the move that withdraws it; nothing else of it changes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION bulletins_keep_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sent_at IS NOT NULL AND (
    TG_OP = 'DELETE'
    OR to_jsonb(OLD) - 'state' - 'version' - 'withdrawn_because'
       <> to_jsonb(NEW) - 'state' - 'version' - 'withdrawn_because'
    OR (OLD.withdrawn_because <> NEW.withdrawn_because
        AND NOT (OLD.withdrawn_because = '' AND OLD.state = 'issued' AND NEW.state = 'withdrawn'))
  ) THEN
    RAISE EXCEPTION 'an issued notice does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER bulletins_keep_notice ON bulletins_notice;
CREATE TRIGGER bulletins_keep_notice BEFORE UPDATE OR DELETE ON bulletins_notice
  FOR EACH ROW EXECUTE FUNCTION bulletins_keep_notice();
"""
UNGUARD = """
DROP TRIGGER bulletins_keep_notice ON bulletins_notice;
DROP FUNCTION bulletins_keep_notice();
CREATE TRIGGER bulletins_keep_notice BEFORE UPDATE OR DELETE ON bulletins_notice
  FOR EACH ROW EXECUTE FUNCTION bulletins_keep_sent();
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0011_withdrawn")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
