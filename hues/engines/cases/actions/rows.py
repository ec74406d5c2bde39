"""Write a new case whole in one statement: its row, seal, first step, photos, and the key it was sent with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from hues.engines.cases.actions.photos import REPORT
from hues.engines.cases.queries.kept import number_prefix
from hues.engines.cases.rules import intake, telling
from hues.engines.cases.rules.facts import NOTHING, Facts
from hues.engines.cases.rules.intake import Report
from hues.engines.cases.rules.workflow import Side, Verb
from hues.kernel.media import queries as media
from hues.kernel.statements import planned
from hues.kit import cells
from hues.kit.text import fold

LONGEST_KEY = 64
# What every new case has in these columns; those that are left out begin empty.
_BEGINNING: Mapping[str, str] = {
    "public_text": "''",
    "public_address": "''",
    "outcome": "''",
    "task": "''",
    "parts": "0",
    "credit": "'0'",
    "supports": "0",
    "returned": "0",
    "reopened": "0",
    "kept_before": "''",
}
_DECIDED = (
    *("state", "category", "service_class", "version"),
    *("opened_at", "accept_due_at", "due_at", "first_due_at", "warn_at"),
)
_GIVEN = (
    *("id", "kind", "channel", "text", "answers", "show_name", "coarse"),
    *("address", "place_source", "lat", "lng", "cell", "ward_code"),
    "look",
)
_COLUMNS = (*_GIVEN, *_DECIDED)

# The twin of a report that is sent twice at once waits at the key, finds it taken, and writes nothing.
_INSERT = f"""
WITH key AS (
  INSERT INTO cases_key (person_id, key, digest, case_id, at)
  SELECT %(person_id)s::uuid, %(key)s::text, %(digest)s, %(id)s, %(opened_at)s WHERE %(key)s::text <> ''
  ON CONFLICT DO NOTHING RETURNING case_id
), turn AS (
  SELECT cases_next_number(%(year)s::int)::text AS n WHERE %(key)s::text = '' OR EXISTS (SELECT FROM key)
), named AS (
  SELECT %(prefix)s::text || '-' || %(year)s::int || '-' || lpad(n, greatest(6, length(n)), '0') AS number FROM turn
), opened AS (
  INSERT INTO cases_case (number, folded, {", ".join((*_BEGINNING, *_COLUMNS))})
  SELECT number, lower(number) || ' ' || %(folded)s::text, {", ".join(_BEGINNING.values())},
    {", ".join(f"%({name})s" for name in _COLUMNS)} FROM named
  RETURNING id, number
), sealed AS (
  INSERT INTO cases_caseseal (case_id, person_id, contact, shown_name, opened_at)
  SELECT id, %(reporter)s, %(contact)s, '', %(opened_at)s FROM opened
), begun AS (
  INSERT INTO cases_step (case_id, seq, at, verb, side, public_text, internal_text, facts)
  SELECT id, %(version)s, %(opened_at)s, '{Verb.OPEN}', %(side)s, '', '', %(step_facts)s FROM opened
), pictured AS (
  INSERT INTO cases_casephoto (case_id, photo_id, role, "order", hidden, at)
  SELECT id, photo, '{REPORT}', place - 1, false, %(opened_at)s
  FROM opened, unnest(%(photos)s::uuid[]) WITH ORDINALITY AS given (photo, place)
)
SELECT number FROM opened
"""  # noqa: S608  (names of columns, no values)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCase:
    """A report that passed every check, and what the city decided about it."""

    id: UUID
    report: Report
    facts: Facts
    coarse: bool
    ward_code: str
    reporter: UUID | None
    year: int
    sender: UUID | None = None
    look: str = ""
    key: str = ""


def given_columns(new: NewCase) -> dict[str, Any]:
    """Return the columns of a case that come from its report."""
    report, place = new.report, new.report.place
    return {
        "id": new.id,
        "kind": report.kind,
        "channel": report.channel,
        "text": report.text,
        "answers": Jsonb(dict(report.answers)),
        "show_name": report.show_name,
        "coarse": new.coarse,
        "address": place.address,
        "place_source": place.source,
        "lat": place.lat,
        "lng": place.lng,
        "cell": cells.cell_of(place.lat, place.lng),
        "ward_code": new.ward_code,
        "look": new.look,
    }


def words_to_find(report: Report) -> str:
    """Return what staff find a case by, besides its number."""
    return fold(f"{report.place.address} {report.text}")


def digest_of(report: Report) -> str:
    """Return what a report is recognised by when it is sent twice."""
    return intake.digest(report, media.digests(report.photos))


def insert(new: NewCase) -> str | None:
    """Write a new case and return its number, or None if its key was used before."""
    report, facts = new.report, new.facts
    values = {
        **given_columns(new),
        **{name: getattr(facts, name) for name in _DECIDED},
        "folded": words_to_find(report),
        "person_id": new.sender,
        "reporter": new.reporter,
        "contact": report.contact,
        "key": new.key,
        "digest": digest_of(report) if new.key else "",
        "prefix": number_prefix(report.kind),
        "year": new.year,
        "side": Side.IOC if report.on_behalf else Side.CITIZEN,
        "step_facts": Jsonb(telling.step_facts(Verb.OPEN, facts, facts, NOTHING)),
        "photos": list(report.photos),
    }
    with planned() as cursor:
        cursor.execute(_INSERT, values)
        row: tuple[str] | None = cursor.fetchone()
    return row[0] if row else None
