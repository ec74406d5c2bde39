"""Count published cases by place twice, for a quarter and for the whole city; find points by their index alone."""

from django.db import migrations, models

# A stored cell with its last digits taken away is the first of its cell of resolution 9 (two digits) or 7 (four).
COUNT = """
CREATE OR REPLACE FUNCTION cases_count_on_map() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.published_at IS NOT NULL THEN
    INSERT INTO cases_maptally (kind, res, cell, n, lat, lng)
    VALUES (OLD.kind, 9, OLD.public_cell & ~258048::bigint, -1, -OLD.public_lat, -OLD.public_lng),
           (OLD.kind, 7, OLD.public_cell & ~16773120::bigint, -1, -OLD.public_lat, -OLD.public_lng);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.published_at IS NOT NULL THEN
    INSERT INTO cases_maptally (kind, res, cell, n, lat, lng)
    VALUES (NEW.kind, 9, NEW.public_cell & ~258048::bigint, 1, NEW.public_lat, NEW.public_lng),
           (NEW.kind, 7, NEW.public_cell & ~16773120::bigint, 1, NEW.public_lat, NEW.public_lng);
  END IF;
  RETURN NULL;
END $$;
INSERT INTO cases_maptally (kind, res, cell, n, lat, lng)
SELECT kind, 7, public_cell & ~16773120::bigint, count(*), sum(public_lat), sum(public_lng)
FROM cases_case WHERE published_at IS NOT NULL GROUP BY 1, 3;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION cases_count_on_map() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.published_at IS NOT NULL THEN
    INSERT INTO cases_maptally (kind, cell, n, lat, lng)
    VALUES (OLD.kind, OLD.public_cell & ~258048::bigint, -1, -OLD.public_lat, -OLD.public_lng);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.published_at IS NOT NULL THEN
    INSERT INTO cases_maptally (kind, cell, n, lat, lng)
    VALUES (NEW.kind, NEW.public_cell & ~258048::bigint, 1, NEW.public_lat, NEW.public_lng);
  END IF;
  RETURN NULL;
END $$;
DELETE FROM cases_maptally WHERE res = 7;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0011_sealed_words'),
    ]

    operations = [
        migrations.AddField('MapTally', 'res', models.SmallIntegerField(default=9), preserve_default=False),
        migrations.RemoveIndex('MapTally', 'cases_map_tally'),
        migrations.AddIndex(
            'MapTally',
            models.Index(fields=['kind', 'res', 'cell'], include=['n', 'lat', 'lng'], name='cases_map_tally'),
        ),
        migrations.RunSQL(COUNT, BEFORE),
        migrations.RemoveIndex('Case', 'cases_public_cell'),
        migrations.AddIndex(
            'Case',
            models.Index(
                fields=['public_cell'],
                include=['kind', 'number', 'category', 'state', 'public_lat', 'public_lng'],
                name='cases_public_points',
                condition=~models.Q(published_at=None),
            ),
        ),
    ]
