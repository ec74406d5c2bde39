"""A drill is known in key, topic and link of a broadcast by its identifier or story however they are spelt."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("hues.engines.bulletins.migrations.0019_drills_told_as_drills").TIE.partition("CREATE TRIGGER")[0]
PLAIN = r"""
CREATE FUNCTION bulletins_plainly(said text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(lower(said), '[^a-z0-9]', '', 'g')
$$;
CREATE OR REPLACE FUNCTION bulletins_told_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  named text := substring(lower(btrim(NEW.key)) FROM '^bulletins\.alert:(.*-\d{4}-\d{6,})');
  said text := bulletins_plainly(concat_ws(' ', NEW.key, NEW.topic, NEW.link));
  known boolean;
BEGIN
  IF lower(btrim(NEW.key)) LIKE 'bulletins.alert:%' THEN
    SELECT training INTO known FROM bulletins_bulletin WHERE lower(identifier) = named AND sent_at IS NOT NULL;
    IF known IS DISTINCT FROM NEW.training THEN
      RAISE EXCEPTION 'an alert is told as the bulletin it is of' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  IF NOT NEW.training AND EXISTS (
    SELECT FROM bulletins_bulletin WHERE training AND (
      position(bulletins_plainly(chain::text) IN said) > 0 OR position(bulletins_plainly(id::text) IN said) > 0
      OR (identifier <> '' AND position(bulletins_plainly(identifier) IN said) > 0))
  ) OR NEW.training AND EXISTS (
    SELECT FROM bulletins_bulletin WHERE NOT training AND position(bulletins_plainly(chain::text) IN said) > 0
  ) THEN
    RAISE EXCEPTION 'a story is told as the bulletins it is of' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""
UNDO = BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION") + "DROP FUNCTION bulletins_plainly(text);"


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0019_drills_told_as_drills")]
    operations = [migrations.RunSQL(PLAIN, UNDO)]
