"""The counts of the tabs stand on every page of the centre's queue: they are read in the index alone."""

import pytest
from django.db import connection

from hues.engines.cases.queries import figures
from hues.kit.clock import now

pytestmark = pytest.mark.django_db
OTHERS = """
SELECT i.indexrelid::regclass::text FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
WHERE i.indrelid = 'cases_case'::regclass AND c.oid IS NULL AND i.indexrelid <> 'cases_open_due'::regclass
"""


def test_the_counts_of_the_city_ask_for_nothing_that_the_index_does_not_hold() -> None:
    with connection.cursor() as cursor:
        for other in ("seqscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{other} = off")
        # Of a table without rows others cost nearly as little: this one has to do it alone.
        cursor.execute(OTHERS)
        for (other,) in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{other}"')
    plan = str(figures._states._build(at=now(), agencies=None, people=None).explain())
    assert "Index Only Scan using cases_open_due" in plan, plan
