"""What is told of a bulletin is for training exactly if the bulletin is; told of none it cannot be called an alert."""

from django.db import migrations

TIE = r"""
CREATE FUNCTION bulletins_told_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  named text := substring(NEW.key FROM '^bulletins\.alert:(.*-\d{4}-\d{6,})');
  known boolean;
BEGIN
  IF NEW.key LIKE 'bulletins.alert:%' THEN
    SELECT training INTO known FROM bulletins_bulletin WHERE identifier = named AND sent_at IS NOT NULL;
    IF known IS DISTINCT FROM NEW.training THEN
      RAISE EXCEPTION 'an alert is told as the bulletin it is of' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  IF NEW.topic ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' AND EXISTS (
    SELECT FROM bulletins_bulletin WHERE chain = NEW.topic::uuid AND training <> NEW.training
  ) THEN
    RAISE EXCEPTION 'a story is told as the bulletins it is of' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bulletins_told_as_it_is BEFORE INSERT OR UPDATE ON delivery_broadcast
  FOR EACH ROW EXECUTE FUNCTION bulletins_told_as_it_is();
"""
UNTIE = """
DROP TRIGGER bulletins_told_as_it_is ON delivery_broadcast;
DROP FUNCTION bulletins_told_as_it_is();
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0018_moves_guard"), ("delivery", "0002_ways_out")]
    operations = [migrations.RunSQL(TIE, UNTIE)]
