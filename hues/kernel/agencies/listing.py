"""Read lists of agencies and of staff: what each row says, and what is wrong with it."""

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hues.kernel.errors import Invalid
from hues.kernel.people.asker import AGENCY_ROLES, Role
from hues.kernel.people.phones import normal
from hues.kit.text import Bilingual, tidy

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
LONGEST_ADDRESS = 254
IOC = "ioc"


@dataclass(frozen=True, kw_only=True, slots=True)
class RowError:
    """What is wrong with one row; the first row below the header is number 1, 0 is the list as a whole."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """What an import did, or would do; with errors it did nothing at all."""

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    errors: tuple[RowError, ...] = ()

    @property
    def ok(self) -> bool:
        """Test if nothing is wrong with the list."""
        return not self.errors


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One agency as the list gives it; `link_to` None where the list says nothing of it."""

    row: int
    code: str
    name: Bilingual
    kind: str
    parent_code: str
    ward_code: str
    link_to: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that was read; `lines` is complete only if there are no errors."""

    lines: list[Line] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """
    What a list may name: the kinds of the city, its wards (none: they are not loaded yet), the centre's own code.

    `parents` maps the code of each agency that exists already to its parent's code ("" for none).
    """

    kinds: tuple[str, ...]
    wards: frozenset[str]
    parents: Mapping[str, str]
    ioc_code: str


def read(rows: Iterable[Mapping[str, str]], known: Known) -> Listing:
    """
    Read rows of code, name_vi, name_en, kind, parent_code, ward_code and, where the list has it, link_to.

    The operations centre gets the kind "ioc" whatever the list calls it.
    """
    listing = Listing()
    rows_by_code: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        line = _line(number, row, known.ioc_code)
        wrong = list(_wrong(line, known))
        if line.code in rows_by_code:
            wrong.append(("code", f"{line.code} stands in row {rows_by_code[line.code]} already"))
        rows_by_code.setdefault(line.code, number)
        listing.errors.extend(RowError(row=number, column=column, message=said) for column, said in wrong)
        listing.lines.append(line)
    if not listing.errors:
        listing.errors.extend(_not_a_tree(listing.lines, known.parents))
    return listing


def _line(number: int, row: Mapping[str, str], ioc_code: str) -> Line:
    cells = {column: tidy(value or "") for column, value in row.items() if isinstance(column, str)}
    code = cells.get("code", "")
    return Line(
        row=number,
        code=code,
        name={"vi": cells.get("name_vi", ""), "en": cells.get("name_en", "")},
        kind=IOC if code == ioc_code else cells.get("kind", ""),
        parent_code=cells.get("parent_code", ""),
        ward_code=cells.get("ward_code", ""),
        link_to=cells.get("link_to"),
    )


def _wrong(line: Line, known: Known) -> Iterable[tuple[str, str]]:
    if not CODE.fullmatch(line.code):
        yield "code", "a code has 1 to 64 lower-case letters a-z, digits and hyphens"
    for language in ("vi", "en"):
        if not 0 < len(line.name[language]) <= 200:
            yield f"name_{language}", "a name has 1 to 200 characters"
    if line.kind not in known.kinds and (line.kind, line.code) != (IOC, known.ioc_code):
        yield "kind", f"there is no kind {line.kind!r}; a kind is one of {', '.join(known.kinds)}"
    if line.ward_code and known.wards and line.ward_code not in known.wards:
        yield "ward_code", f"no ward has the code {line.ward_code!r}"
    elif len(line.ward_code) > 8:
        yield "ward_code", "a ward code has at most 8 characters"
    if line.link_to and contact(line.link_to) is None:
        yield "link_to", "links go to an e-mail address or a mobile number"


def contact(text: str) -> str | None:
    """Return an e-mail address as it is, a mobile number in E.164, None for anything else."""
    try:
        if "@" not in text:
            return normal(text)
        validate_email(text)
    except (Invalid, ValidationError):
        return None
    return text if len(text) <= LONGEST_ADDRESS else None


def _not_a_tree(lines: Iterable[Line], known: Mapping[str, str]) -> Iterable[RowError]:
    parents = {**known, **{line.code: line.parent_code for line in lines}}
    for line in lines:
        if line.parent_code and line.parent_code not in parents:
            yield RowError(row=line.row, column="parent_code", message=f"there is no agency {line.parent_code}")
        elif _circles(line.code, parents):
            yield RowError(row=line.row, column="parent_code", message=f"{line.code} would stand above itself")


def _circles(code: str, parents: Mapping[str, str]) -> bool:
    seen = {code}
    above = parents.get(code, "")
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return bool(above)


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffLine:
    """One appointment as a list of staff gives it; the number is in E.164."""

    row: int
    phone: str
    name: str
    agency: str
    role: Role


def read_staff(
    rows: Iterable[Mapping[str, str]], agencies: Container[str], *, ioc_code: str
) -> tuple[list[StaffLine], list[RowError]]:
    """Read rows of phone, name, agency (its code) and role; a person may stand in several rows."""
    lines: list[StaffLine] = []
    errors: list[RowError] = []
    for number, row in enumerate(rows, start=1):
        cells = {column: tidy(value or "") for column, value in row.items() if isinstance(column, str)}
        wrong = list(_wrong_staff(cells, agencies, ioc_code))
        if wrong:
            errors.extend(RowError(row=number, column=column, message=said) for column, said in wrong)
        else:
            phone, role = normal(cells["phone"]), Role(cells["role"])
            lines.append(StaffLine(row=number, phone=phone, name=cells["name"], agency=cells["agency"], role=role))
    return lines, errors


def _wrong_staff(cells: Mapping[str, str], agencies: Container[str], ioc_code: str) -> Iterable[tuple[str, str]]:
    try:
        normal(cells.get("phone", ""))
    except Invalid as refusal:
        yield "phone", str(refusal)
    if not 0 < len(cells.get("name", "")) <= 120:
        yield "name", "a name has 1 to 120 characters"
    agency, role = cells.get("agency", ""), cells.get("role", "")
    if agency not in agencies:
        yield "agency", f"there is no agency {agency!r}"
    if role not in set(Role) - {Role.CITIZEN}:
        yield "role", f"a role is one of {', '.join(sorted(set(Role) - {Role.CITIZEN}))}"
    elif role not in AGENCY_ROLES and agency != ioc_code:
        yield "role", f"only {ioc_code} gives the role {role}"
