"""Take in the wards of the city, and better boundaries for them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hues.kernel import editions
from hues.kernel.areas import events
from hues.kernel.areas.models import Area, Boundary, Edition, FormerUnit
from hues.kernel.areas.rules.reading import Fault, Outline, Reading, canonical, read
from hues.kernel.city import city, document, rows
from hues.kernel.errors import NotAllowed
from hues.kernel.journal import actions as journal
from hues.kernel.people.asker import CITY, Asker, Role
from hues.kit.ids import new_id
from hues.kit.text import Words

SHIPPED = "city folder"
LONGEST_SOURCE = 40
NO_WARDS = Reading((), (Fault(0, "no_wards"),))

SENTENCES: Mapping[str, Words] = {
    "not_a_collection": _("This is not a GeoJSON FeatureCollection."),
    "no_wards": _("The city has no wards yet; load its own first."),
    "not_wgs84": _("The coordinates must be longitude and latitude (WGS 84)."),
    "empty": _("There is no feature in it."),
    "not_a_feature": _("This is not a feature with properties."),
    "no_code": _("The properties hold no ward code (code, ward_code, ma_xa or id)."),
    "unknown_code": _("No ward has the code {about}."),
    "not_an_area": _("Ward {about}: the geometry must be a Polygon or MultiPolygon."),
    "broken": _("Ward {about}: the coordinates cannot be read."),
    "empty_area": _("Ward {about}: the boundary encloses nothing."),
    "crosses_itself": _("Ward {about}: the boundary crosses itself."),
    "swapped": _("Ward {about}: longitude must come before latitude."),
    "outside": _("It reaches out of the city ({about})."),
    "twice": _("Row {about} has the same code."),
    "overlaps": _("It overlaps the ward of row {about}."),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What is wrong in a row of the file (from 1; 0: the file itself)."""

    row: int
    code: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """
    What an import did, or would do: codes of wards by what happened to their boundary.

    With a problem nothing is written. `left` are wards that the file does not name; they stay as they are.
    """

    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    written: bool = False


@transaction.atomic
def import_areas(
    geojson: object, *, dry_run: bool = False, by: Asker = CITY, at: datetime, source: str = "import"
) -> ImportReport:
    """
    Replace the boundaries of the wards that a GeoJSON FeatureCollection names: all of them, or none if one is wrong.

    Features are joined on the official code, never on the name. A boundary is taken as measured unless its
    property `approximate` is true. The old one stays, with the instant at which it ceased.

    :raises NotAllowed: if `by` is neither the city itself nor an administrator
    """
    if by is not CITY and not by.may(Role.ADMIN):
        raise NotAllowed
    known = {area.code: area for area in Area.objects.select_for_update().order_by("code")}
    found = read(geojson, known=known.keys(), bounds=city().bounds) if known else NO_WARDS
    if found.faults:
        return ImportReport(problems=tuple(_problem(fault) for fault in found.faults))
    changed = _changed(found.outlines)
    named = {outline.code for outline in found.outlines}
    if changed and not dry_run:
        _replace(changed, known, source=source, by=by, at=at)
    return ImportReport(
        changed=tuple(sorted(outline.code for outline in changed)),
        unchanged=tuple(sorted(named - {outline.code for outline in changed})),
        left=tuple(sorted(known.keys() - named)),
        written=bool(changed) and not dry_run,
    )


@transaction.atomic
def load_city(*, at: datetime) -> int:
    """
    Take the city's own wards, former units and drawn boundaries; return how many wards are new.

    Wards that are there already keep their boundary, so that a start never undoes an import.
    """
    have = set(Area.objects.select_for_update().values_list("code", flat=True))
    fresh = [_area(row) for row in rows("wards.csv") if row["code"] not in have]
    if not fresh:
        return 0
    Area.objects.bulk_create(fresh)
    units = [_unit(row) for row in rows("old_units.csv")]
    FormerUnit.objects.bulk_create(units, ignore_conflicts=True)
    journal.record(events.WardsLoaded(at=at, wards=len(fresh)))
    added = {area.code: area for area in fresh}
    drawn = document(document("city.toml")["map"]["boundaries"])
    shipped = {"type": "FeatureCollection", "features": _only(drawn, added)}
    found = read(shipped, known=added.keys(), bounds=city().bounds)
    if found.faults:
        raise ValueError(f"the city's own boundaries are wrong: {found.faults[:3]}")
    _replace(list(found.outlines), added, source=SHIPPED, by=CITY, at=at)
    return len(fresh)


def _only(collection: Mapping[str, Any], codes: Mapping[str, Area]) -> list[Any]:
    return [feature for feature in collection["features"] if feature["properties"]["code"] in codes]


def _area(row: Mapping[str, str]) -> Area:
    return Area(
        code=row["code"],
        name={"vi": row["name_vi"], "en": row["name_en"]},
        kind=row["kind"],
        lat=float(row["lat"]),
        lng=float(row["lng"]),
        area_km2=float(row["area_km2"]),
        source=row["source"],
    )


def _unit(row: Mapping[str, str]) -> FormerUnit:
    return FormerUnit(
        code=row["old_code"], name=row["old_name"], district=row["old_district"], area_id=row["ward_code"]
    )


def _problem(fault: Fault) -> Problem:
    return Problem(row=fault.row, code=fault.kind, sentence=str(SENTENCES[fault.kind]).format(about=fault.about))


def _digest(outline: Outline) -> str:
    return hashlib.sha256(canonical(outline.geometry)).hexdigest()


def _changed(outlines: Iterable[Outline]) -> list[Outline]:
    in_force = Boundary.objects.filter(valid_until=None)
    have = {code: (digest, rough) for code, digest, rough in in_force.values_list("area_id", "digest", "approximate")}
    return [outline for outline in outlines if have.get(outline.code) != (_digest(outline), outline.approximate)]


def _replace(outlines: list[Outline], areas: Mapping[str, Area], *, source: str, by: Asker, at: datetime) -> None:
    codes = [outline.code for outline in outlines]
    Boundary.objects.filter(area__in=codes, valid_until=None).update(valid_until=at)
    Boundary.objects.bulk_create(
        Boundary(
            area_id=outline.code,
            geometry=outline.geometry,
            digest=_digest(outline),
            approximate=outline.approximate,
            source=source[:LONGEST_SOURCE],
            valid_from=at,
        )
        for outline in outlines
    )
    moved = [_with_point_inside(areas[outline.code], outline) for outline in outlines]
    Area.objects.bulk_update(moved, ["lat", "lng"])
    Edition.objects.update_or_create(id=1, defaults={"token": new_id()})
    editions.changed("areas")
    journal.record_many(
        events.BoundaryChanged(
            at=at, by=by.person_id, code=outline.code, approximate=outline.approximate, digest=_digest(outline)
        )
        for outline in outlines
    )


def _with_point_inside(area: Area, outline: Outline) -> Area:
    if not shapely.intersects_xy(shapely.geometry.shape(outline.geometry), area.lng, area.lat):
        area.lat, area.lng = outline.inner
    return area
