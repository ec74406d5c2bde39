"""Keep the counts of the map small."""

from django.db import connection

FOLD = """
WITH gone AS (DELETE FROM cases_maptally RETURNING kind, res, cell, n, lat, lng)
INSERT INTO cases_maptally (kind, res, cell, n, lat, lng)
SELECT kind, res, cell, sum(n), sum(lat), sum(lng) FROM gone GROUP BY kind, res, cell HAVING sum(n) <> 0
"""
CROWDED = "SELECT count(*) - count(DISTINCT (kind, res, cell)) FROM cases_maptally"
MANY = 200  # rows that could be spared


def fold_map() -> bool:
    """Make one row a place of the counts, if there are many more, and return whether; the sums stay the same."""
    with connection.cursor() as cursor:
        cursor.execute(CROWDED)
        (spare,) = cursor.fetchone()
        if spare >= MANY:
            cursor.execute(FOLD)
    return bool(spare >= MANY)
