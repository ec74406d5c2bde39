"""Who lives where and when, and what the database itself refuses: to send out what is for training."""

from django.db import migrations

MAKE = """
CREATE VIEW delivery_whereabouts AS
  SELECT person_id, ward, since, coalesce(until, 'infinity') AS until FROM delivery_place WHERE ward <> ''
  UNION ALL
  SELECT p.id, p.home_ward, '-infinity', 'infinity' FROM people_person p
  WHERE p.home_ward <> '' AND NOT EXISTS (SELECT 1 FROM delivery_place h WHERE h.person_id = p.id AND h.is_home);

ALTER TABLE delivery_chunk ADD CONSTRAINT delivery_chunk_of_the_same
  FOREIGN KEY (broadcast_id, training) REFERENCES delivery_broadcast (id, training) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE delivery_parcel ADD CONSTRAINT delivery_parcel_of_the_same
  FOREIGN KEY (broadcast_id, training) REFERENCES delivery_broadcast (id, training) DEFERRABLE INITIALLY DEFERRED;
"""
UNMAKE = """
ALTER TABLE delivery_parcel DROP CONSTRAINT delivery_parcel_of_the_same;
ALTER TABLE delivery_chunk DROP CONSTRAINT delivery_chunk_of_the_same;
DROP VIEW delivery_whereabouts;
"""


class Migration(migrations.Migration):

    dependencies = [("delivery", "0002_ways_out"), ("people", "__first__")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
