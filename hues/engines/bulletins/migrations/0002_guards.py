"""What the database itself refuses: to change what was sent, to let writers approve, to publish what is for training."""

from django.db import migrations

GUARD = """
ALTER TABLE bulletins_bulletin ADD CONSTRAINT bulletins_two_people CHECK (NOT (approved_by = ANY (writers)));
ALTER TABLE bulletins_publicbulletin ADD CONSTRAINT bulletins_public_of_the_same
  FOREIGN KEY (bulletin_id, training) REFERENCES bulletins_bulletin (id, training);

CREATE FUNCTION bulletins_keep_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sent_at IS NOT NULL AND (
    TG_OP = 'DELETE' OR to_jsonb(OLD) - 'state' - 'version' <> to_jsonb(NEW) - 'state' - 'version'
  ) THEN
    RAISE EXCEPTION 'an issued bulletin does not change' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bulletins_keep_sent BEFORE UPDATE OR DELETE ON bulletins_bulletin
  FOR EACH ROW EXECUTE FUNCTION bulletins_keep_sent();

CREATE FUNCTION bulletins_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was issued does not change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER bulletins_keep_message BEFORE UPDATE OR DELETE ON bulletins_signedmessage
  FOR EACH ROW EXECUTE FUNCTION bulletins_refuse();
CREATE TRIGGER bulletins_keep_public BEFORE UPDATE OR DELETE ON bulletins_publicbulletin
  FOR EACH ROW EXECUTE FUNCTION bulletins_refuse();
"""
UNGUARD = """
DROP TRIGGER bulletins_keep_public ON bulletins_publicbulletin;
DROP TRIGGER bulletins_keep_message ON bulletins_signedmessage;
DROP FUNCTION bulletins_refuse();
DROP TRIGGER bulletins_keep_sent ON bulletins_bulletin;
DROP FUNCTION bulletins_keep_sent();
ALTER TABLE bulletins_publicbulletin DROP CONSTRAINT bulletins_public_of_the_same;
ALTER TABLE bulletins_bulletin DROP CONSTRAINT bulletins_two_people;
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
