"""A hundred thousand rows become one file, and no more of them is held than of a few."""

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from hues.engines.cases.rules.workflow import State
from hues.engines.cases.testing import a_case_in
from hues.kernel.agencies import testing as cast
from hues.surfaces.exports import actions
from hues.surfaces.exports.models import ListFile

NOW = datetime(2026, 3, 9, 3, tzinfo=UTC)
ROWS = 100_000
MOST_HELD = 64  # MiB; held whole, so many rows take several hundred
COPY = """
INSERT INTO cases_case ({columns})
SELECT {values} FROM cases_case one, generate_series(1, %s) AS n
WHERE one.id = %s
"""


def copied(case_id: Any, times: int) -> None:
    """Copy a case many times, in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'cases_case'")
        names = [name for (name,) in cursor.fetchall()]
        own = {"id": "gen_random_uuid()", "number": "'PA-2025-' || lpad(n::text, 6, '0')"}
        own["idempotency_key"] = "gen_random_uuid()"
        values = [own.get(name, f'one."{name}"') for name in names]
        cursor.execute(
            COPY.format(columns=", ".join(f'"{name}"' for name in names), values=", ".join(values)), [times, case_id]
        )


def memory(name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.M)
    assert found
    return int(found[1]) // 1024


@pytest.mark.django_db
@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the kernel tells no peak of memory here")
def test_a_hundred_thousand_rows_in_constant_memory() -> None:
    case = a_case_in(State.RECEIVED, text="Đèn đường tắt cả tuyến, người dân đi lại rất khó. " * 8)
    copied(case.id, ROWS)
    file_id = actions.ask(space="operations", query="?tab=all", kind="xlsx", language="vi", by=cast.operator(), at=NOW)
    Path("/proc/self/clear_refs").write_text("5")  # from here the peak is counted anew
    before = memory("VmRSS")
    actions.write(file_id, NOW)
    grown = memory("VmHWM") - before
    row = ListFile.objects.get(pk=file_id)
    assert (row.state, row.done, row.about) == ("ready", ROWS, ROWS)
    with default_storage.open(actions.path_of(file_id, 1, "xlsx"), "rb") as opened, zipfile.ZipFile(opened) as book:
        found, tail, sheet = 0, b"", book.open("xl/worksheets/sheet1.xml")
        while piece := sheet.read(1 << 20):
            found += (tail + piece).count(b"<row ")
            tail = piece[-4:]  # a tag may lie across two pieces
    assert found == ROWS + 1
    assert grown < MOST_HELD, f"{grown} MiB were held"
