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

AGENCY_COLUMNS = ("code", "name_vi", "name_en", "kind", "parent_code", "ward_code")
PEOPLE_COLUMNS = ("phone", "name", "role", "agency")
ROLES = sorted(set(Role) - {Role.CITIZEN})


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
    rows = with_columns(read_rows(file), AGENCY_COLUMNS, file.name)
    report = agencies.import_agencies(rows, dry_run=dry_run, at=at)
    wrong = tuple(f"row {e.row}, {e.column}: {e.message}" if e.row else e.message for e in report.errors)
    counts = f"{len(report.created)} new, {len(report.changed)} changed, {report.unchanged} unchanged"
    return Outcome(said=f"agencies: {counts}", wrong=wrong)


def take_people(file: Path, *, dry_run: bool, at: datetime) -> Outcome:
    """Open accounts and give roles, from rows of phone, name, role, agency."""
    rows = with_columns(read_rows(file), PEOPLE_COLUMNS, file.name)
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


def with_columns(rows: Iterable[Mapping[str, str]], columns: Iterable[str], name: str) -> list[Mapping[str, str]]:
    """
    Return the rows if they have these columns: one that is missing or misspelt would empty what it is about.

    :raises Invalid: if one is missing
    """
    found = list(rows)
    missing = [column for column in columns if column not in found[0]]
    if missing:
        there, gone = ", ".join(map(str, found[0])), ", ".join(missing)
        raise Invalid(f"{name} lacks the column {gone}: its first line has {there} (commas between them).")
    return found


def _take_person(row: Mapping[str, str], *, at: datetime) -> str:
    number = normal(row.get("phone") or "")
    known = number in accounts_of([number])
    person_id = people.open_account(phone=number, name=row.get("name") or "", at=at)
    role, code = ((row.get(column) or "").strip() for column in ("role", "agency"))
    if role or code:
        agency = agency_by_code(code)
        if role not in ROLES:
            raise _invalid("role", f"There is no role {role!r}; a role is one of {', '.join(ROLES)}.")
        if agency is None or not agency.is_active:
            raise _invalid("agency", _("There is no agency with this code."))
        agencies.appoint(person_id=person_id, agency_id=agency.id, role=Role(role), at=at)
    return "known" if known else "new"


def _invalid(field: str, sentence: Words) -> Invalid:
    return Invalid(sentence, {field: sentence})
