"""Count published cases by place whenever one is published, moved or removed, whoever does it."""

from django.db import migrations, models

# A stored cell with its last two digits taken away is the first of its cell of resolution 9.
COUNT = """
CREATE FUNCTION cases_count_on_map() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER cases_born_public AFTER INSERT ON cases_case
  FOR EACH ROW WHEN (NEW.published_at IS NOT NULL) EXECUTE FUNCTION cases_count_on_map();
CREATE TRIGGER cases_made_public AFTER UPDATE OF published_at, public_lat, public_lng, public_cell, kind ON cases_case
  FOR EACH ROW WHEN (
    (OLD.published_at IS NULL, OLD.public_lat, OLD.public_lng, OLD.public_cell, OLD.kind)
    IS DISTINCT FROM (NEW.published_at IS NULL, NEW.public_lat, NEW.public_lng, NEW.public_cell, NEW.kind)
  ) EXECUTE FUNCTION cases_count_on_map();
CREATE TRIGGER cases_taken_away AFTER DELETE ON cases_case
  FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION cases_count_on_map();
INSERT INTO cases_maptally (kind, cell, n, lat, lng)
SELECT kind, public_cell & ~258048::bigint, count(*), sum(public_lat), sum(public_lng)
FROM cases_case WHERE published_at IS NOT NULL GROUP BY 1, 2;
"""
FORGET = """
DROP TRIGGER cases_born_public ON cases_case;
DROP TRIGGER cases_made_public ON cases_case;
DROP TRIGGER cases_taken_away ON cases_case;
DROP FUNCTION cases_count_on_map();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0009_who_has_it'),
    ]

    operations = [
        migrations.CreateModel(
            name='MapTally',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=32)),
                ('cell', models.BigIntegerField()),
                ('n', models.IntegerField()),
                ('lat', models.FloatField()),
                ('lng', models.FloatField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'cell'], name='cases_map_tally')],
            },
        ),
        migrations.RunSQL(COUNT, FORGET),
    ]
