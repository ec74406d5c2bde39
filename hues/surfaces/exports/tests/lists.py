"""What the tests of list files do: ask for one, look where it lies, fetch it."""

from datetime import UTC, datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client

from hues.kernel.people.asker import Asker
from hues.surfaces.exports import actions, writing
from hues.surfaces.exports.models import ListFile

NOW = datetime(2026, 3, 9, 3, tzinfo=UTC)


def asked(by: Asker, *, kind: str = "xlsx", query: str = "?tab=all", space: str = "operations") -> UUID:
    return actions.ask(space=space, query=query, kind=kind, language="vi", by=by, at=NOW)


def row(file_id: UUID) -> ListFile:
    return ListFile.objects.get(pk=file_id)


def lying() -> list[str]:
    try:
        return sorted(default_storage.listdir(writing.FOLDER)[1])
    except FileNotFoundError:
        return []


def fetched(browser: Client, file_id: UUID, desk: str = "ops") -> bytes:
    answer = browser.post(f"/{desk}/files/{file_id}/fetch/")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return b"".join(answer)


def taken() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry WHERE event = 'cases.list.taken'")
        return int(cursor.fetchone()[0])
