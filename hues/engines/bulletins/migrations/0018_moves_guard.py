"""Of what was issued only the moves of the table are possible, each once and in order; and nothing is emptied."""

from django.db import migrations

KEPT = ("bulletins_bulletin", "bulletins_publicbulletin", "bulletins_signedmessage", "bulletins_notice")
# A state that is left stays left: what was cancelled is not in force again, and a version counts up with its move.
MOVED = """
    OR (OLD.state, OLD.version) <> (NEW.state, NEW.version)
       AND NOT (OLD.state = 'issued' AND NEW.state IN ({ends}) AND NEW.version = OLD.version + 1)
"""
BULLETIN = """
CREATE OR REPLACE FUNCTION bulletins_keep_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sent_at IS NOT NULL AND (
    TG_OP = 'DELETE'
    OR to_jsonb(OLD) - 'state' - 'version' <> to_jsonb(NEW) - 'state' - 'version'
    {moved}
  ) THEN
    RAISE EXCEPTION 'an issued bulletin does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
"""
NOTICE = """
CREATE OR REPLACE FUNCTION bulletins_keep_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sent_at IS NOT NULL AND (
    TG_OP = 'DELETE'
    OR to_jsonb(OLD) - 'state' - 'version' - 'withdrawn_because'
       <> to_jsonb(NEW) - 'state' - 'version' - 'withdrawn_because'
    OR (OLD.withdrawn_because <> NEW.withdrawn_because
        AND NOT (OLD.withdrawn_because = '' AND OLD.state = 'issued' AND NEW.state = 'withdrawn'))
    {moved}
  ) THEN
    RAISE EXCEPTION 'an issued notice does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
"""
GUARD = (
    BULLETIN.format(moved=MOVED.format(ends="'updated', 'cancelled', 'expired'"))
    + NOTICE.format(moved=MOVED.format(ends="'replaced', 'withdrawn', 'expired'"))
    + "".join(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION bulletins_refuse();\n"
        for table in KEPT
    )
)
UNGUARD = (
    "".join(f"DROP TRIGGER {table}_no_truncate ON {table};\n" for table in KEPT)
    + NOTICE.format(moved="")
    + BULLETIN.format(moved="")
)


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0017_own_because")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
