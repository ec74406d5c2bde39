"""Let the view of who lives where say which of the wards is a home: some things are told to residents alone."""

from django.db import migrations

COLUMNS = """
  SELECT person_id, ward, since, coalesce(until, 'infinity') AS until{home} FROM delivery_place WHERE ward <> ''
  UNION ALL
  SELECT p.id, p.home_ward, '-infinity', 'infinity'{fallback} FROM people_person p
  WHERE p.home_ward <> '' AND NOT EXISTS (SELECT 1 FROM delivery_place h WHERE h.person_id = p.id AND h.is_home);
"""
MAKE = "CREATE OR REPLACE VIEW delivery_whereabouts AS" + COLUMNS.format(home=", is_home", fallback=", true")
UNMAKE = (
    "DROP VIEW delivery_whereabouts; CREATE VIEW delivery_whereabouts AS" + COLUMNS.format(home="", fallback="")
)


class Migration(migrations.Migration):

    dependencies = [("delivery", "0013_circles")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
