"""The table of the shared cache: rate limits and lock-outs hold for every process and machine."""

from django.db import migrations

# Unlogged: a crash may forget a rate limit, and no write of it goes through the log.
TABLE = """
CREATE UNLOGGED TABLE IF NOT EXISTS hues_cache (
  cache_key varchar(255) NOT NULL PRIMARY KEY,
  value text NOT NULL,
  expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS hues_cache_expires ON hues_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL(TABLE, "DROP TABLE hues_cache")]
