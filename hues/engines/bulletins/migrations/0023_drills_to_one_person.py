"""A drill is told to no single person either, by no inbox and no letter, and nothing real says one again."""

from django.db import migrations

# Words of people may name a drill (a report, an answer); what the item is of, and where it leads to, may not.
TIE = r"""
CREATE FUNCTION bulletins_of_no_drill() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  told jsonb := to_jsonb(NEW);
  said text := bulletins_plainly(concat_ws(' ', told->>'key', told->>'reason', told->>'link',
    told->'words'->>'key', told->'words'->>'topic', told->'words'->>'link'));
BEGIN
  IF EXISTS (
    SELECT FROM bulletins_bulletin WHERE training AND (
      position(bulletins_plainly(chain::text) IN said) > 0 OR position(bulletins_plainly(id::text) IN said) > 0
      OR (identifier <> '' AND position(bulletins_plainly(identifier) IN said) > 0))
  ) THEN
    RAISE EXCEPTION 'nobody is told of a drill as if it was real' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bulletins_of_no_drill BEFORE INSERT OR UPDATE OF reason, link ON delivery_inboxitem
  FOR EACH ROW WHEN (NEW.link NOT LIKE '/ops/%' AND (NEW.link ILIKE '%alert%' OR NEW.reason ILIKE '%alert%'))
  EXECUTE FUNCTION bulletins_of_no_drill();
CREATE TRIGGER bulletins_of_no_drill BEFORE INSERT OR UPDATE OF key, words, broadcast_id ON delivery_parcel
  FOR EACH ROW WHEN (NEW.broadcast_id IS NULL AND (NEW.key ILIKE '%alert%' OR NEW.words::text ILIKE '%alert%'))
  EXECUTE FUNCTION bulletins_of_no_drill();
ALTER TABLE delivery_broadcast ADD CONSTRAINT bulletins_again_as_it_was FOREIGN KEY (again_of_id, training)
  REFERENCES delivery_broadcast (id, training) DEFERRABLE INITIALLY DEFERRED;
"""
UNTIE = """
ALTER TABLE delivery_broadcast DROP CONSTRAINT bulletins_again_as_it_was;
DROP TRIGGER bulletins_of_no_drill ON delivery_parcel;
DROP TRIGGER bulletins_of_no_drill ON delivery_inboxitem;
DROP FUNCTION bulletins_of_no_drill();
"""


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0022_since_when_a_key_is_distrusted"), ("delivery", "0010_again")]
    operations = [migrations.RunSQL(TIE, UNTIE)]
