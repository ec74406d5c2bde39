"""Take wards, agencies and people from files: all rows or none, with what is wrong told by row."""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel.agencies import actions as agencies
from hues.kernel.agencies.queries import agency_by_code
from hues.kernel.areas import actions as areas
from hues.kernel.errors import Invalid, Refusal
from hues.kernel.people import actions as people
from hues.kernel.people.asker import Role
from hues.kernel.people.phones import normal
from hues.kernel.people.queries import accounts_of
from hues.kit.text import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What an import did or would do, in words; `wrong` holds a sentence per bad row."""

    said: str = ""
    wrong: tuple[str, ...] = ()


def take_areas(file: Path, *, dry_run: bool, at: datetime) -> Outcome:
    """Replace the boundaries that a GeoJSON file names."""
    try:
        geojson = json.loads(file.read_text("utf-8"))
    except ValueError as failure:
        return Outcome(wrong=(f"{file.name} is not JSON: {failure}",))
    report = areas.import_areas(geojson, dry_run=dry_run, at=at, source=file.name)
    wrong = tuple(f"feature {p.row}: {p.sentence}" if p.row else p.sentence for p in report.problems)
    counts = f"{len(report.changed)} changed, {len(report.unchanged)} unchanged, {len(report.left)} not in the file"
    return Outcome(said=f"boundaries: {counts}", wrong=wrong)


def take_agencies(file: Path, *, dry_run: bool, at: datetime) -> Outcome:
    """Create and change the agencies that a CSV file names."""
    report = agencies.import_agencies(read_rows(file), dry_run=dry_run, at=at)
    wrong = tuple(f"row {e.row}, {e.column}: {e.message}" if e.row else e.message for e in report.errors)
    counts = f"{len(report.created)} new, {len(report.changed)} changed, {report.unchanged} unchanged"
    return Outcome(said=f"agencies: {counts}", wrong=wrong)


def take_people(file: Path, *, dry_run: bool, at: datetime) -> Outcome:
    """Open accounts and give roles, from rows of phone, name, role, agency."""
    rows = list(read_rows(file))
    wrong: list[str] = []
    counts = {"new": 0, "known": 0}
    with transaction.atomic():
        for number, row in enumerate(rows, start=1):
            try:
                with transaction.atomic():
                    counts[_take_person(row, at=at)] += 1
            except Refusal as refusal:
                fields = getattr(refusal, "fields", {})
                wrong.append(f"row {number}, {', '.join(fields) or 'row'}: {refusal}")
        if wrong or dry_run:
            transaction.set_rollback(True)
    return Outcome(said=f"people: {counts['new']} new, {counts['known']} known already", wrong=tuple(wrong))


def read_rows(file: Path) -> Iterable[Mapping[str, str]]:
    """
    Return the rows of a CSV file with a header line; a byte order mark and comment lines are ignored.

    :raises Invalid: if it is not UTF-8, or has no rows
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    except UnicodeDecodeError as wrong:
        raise Invalid(f"{file.name} is not UTF-8: save it as CSV in UTF-8.") from wrong
    if not rows:
        raise Invalid(f"{file.name} has no rows.")
    return rows


def _take_person(row: Mapping[str, str], *, at: datetime) -> str:
    number = normal(row.get("phone") or "")
    known = number in accounts_of([number])
    person_id = people.open_account(phone=number, name=row.get("name") or "", at=at)
    if role := (row.get("role") or "").strip():
        code = (row.get("agency") or "").strip()
        agency = agency_by_code(code)
        if role not in set(Role):
            raise _invalid("role", _("There is no such role."))
        if agency is None:
            raise _invalid("agency", _("There is no agency with this code."))
        agencies.appoint(person_id=person_id, agency_id=agency.id, role=Role(role), at=at)
    return "known" if known else "new"


def _invalid(field: str, sentence: Words) -> Invalid:
    return Invalid(sentence, {field: sentence})
