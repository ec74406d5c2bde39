"""
Draws the approximate boundaries of the wards and the sketch map. Usage: python -m tools.city.boundaries [FOLDER]

Reads wards.csv, old_units.csv and landmarks.csv of the city's folder; writes wards.geojson and map.geojson there.
The same facts always give the same bytes.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tools.city import shores, sketch
from tools.city.fit import STEP, Floats, Grid, Ints, Ward, find_prices, grid, owners

FINE = 0.001
"""Degrees between two points of the grid from which boundaries are drawn, about 110 m."""
SMOOTH = 0.0024
PINNED = 0.0024
"""Degrees around a point that certainly belongs to a ward, within which the ward owns all."""
DECIMALS = 1e-5

type Place = tuple[float, float]
type Rows = Sequence[dict[str, str]]


def main(folder: Path) -> None:
    """Write both files into `folder`, and say how well each ward came out."""
    facts = _rows(folder / "wards.csv")
    landmarks = _rows(folder / "landmarks.csv")
    wards = known_wards(facts, _rows(folder / "old_units.csv"), landmarks)
    border, sea = shores.drawn_border(), shores.sea()
    prices = find_prices(grid(wards, border, sea, STEP), wards)
    # One row of points more than the land has, so that the coast is cut by the line and not by the grid.
    points = grid(wards, border, sea.buffer(-2 * FINE), FINE)
    owner = in_one_piece(points, pinned(points, wards, owners(points, wards, prices)), len(wards))
    shapes = drawn(points, owner, len(wards), sea)
    _write(folder / "wards.geojson", [_feature(row, shape) for row, shape in zip(facts, shapes, strict=True)])
    _write(folder / "map.geojson", sketch.features(facts, shapes, landmarks, sea))
    for row, ward, shape in zip(facts, wards, shapes, strict=True):
        print(f"{row['code']} {row['name_vi']}: {square_kilometres(shape):.1f} km² drawn, {ward.area:.1f} known")


def known_wards(facts: Rows, old_units: Rows, landmarks: Rows) -> list[Ward]:
    """Return what the facts say of each ward; former units that stand where another ward's does are left out."""
    claims: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for unit in old_units:
        claims[unit["lat"], unit["lng"]].add(unit["ward_code"])
    units = [unit for unit in old_units if unit["lat"] and len(claims[unit["lat"], unit["lng"]]) == 1]
    verified = [mark for mark in landmarks if mark["check"] == "ok"]
    return [_known(row, _places(units, row["code"]), _places(verified, row["code"])) for row in facts]


def _places(rows: Rows, code: str) -> list[Place]:
    return [_point(row) for row in rows if row["ward_code"] == code]


def _known(row: dict[str, str], units: Iterable[Place], verified: Sequence[Place]) -> Ward:
    west, south, east, north = (float(row[side]) for side in ("west", "south", "east", "north"))
    inside = [(lng, lat) for lng, lat in units if west <= lng <= east and south <= lat <= north]
    sure = (_point(row), *verified)
    return Ward(
        code=row["code"],
        area=float(row["area_km2"]),
        centroid=(float(row["centroid_lng"]), float(row["centroid_lat"])),
        box=(west, south, east, north),
        points=(*sure, *inside, *shores.THROUGH.get(row["code"], ())),
        sure=sure,
    )


def _point(row: dict[str, str]) -> Place:
    return float(row["lng"]), float(row["lat"])


def pinned(points: Grid, wards: Sequence[Ward], owner: Ints) -> Ints:
    """Give every ward the ground around its verified points, and a bridge from there to the rest of it."""
    found = owner.copy()
    every = shapely.points(points.lng, points.lat)
    for number, ward in enumerate(wards):
        mine = owner == number
        body = shapely.MultiPoint(np.column_stack([points.lng[mine], points.lat[mine]]))
        for place in ward.sure:
            bridge = shapely.shortest_line(shapely.Point(place), body)
            found[shapely.distance(bridge, every) < PINNED] = number
    return found


def in_one_piece(points: Grid, owner: Ints, count: int) -> Ints:
    """Keep the largest piece of each ward and give its other pieces to the neighbours around them."""
    column = np.rint(points.lng / FINE).astype(int)
    row = np.rint(points.lat / FINE).astype(int)
    at = {place: index for index, place in enumerate(zip(column.tolist(), row.tolist(), strict=True))}
    beside = [[at[near] for near in _around(place) if near in at] for place in at]
    found = owner.copy()
    for _ in range(4):
        stray = [piece for number in range(count + 1) for piece in _pieces(found, number, beside)[1:]]
        if not stray:
            break
        for piece in stray:
            rim = [int(found[near]) for index in piece for near in beside[index] if found[near] != found[index]]
            if rim:
                found[piece] = max(sorted(set(rim)), key=rim.count)
    return found


def _around(place: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    column, row = place
    return (column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)


def _pieces(owner: Ints, number: int, beside: list[list[int]]) -> list[list[int]]:
    left = set(np.flatnonzero(owner == number).tolist())
    pieces = []
    while left:
        piece, ahead = [], [left.pop()]
        while ahead:
            index = ahead.pop()
            piece.append(index)
            fresh = [near for near in beside[index] if near in left]
            left.difference_update(fresh)
            ahead += fresh
        pieces.append(sorted(piece))
    return sorted(pieces, key=len, reverse=True)


def drawn(points: Grid, owner: Ints, count: int, sea: shapely.Polygon) -> list[BaseGeometry]:
    """Return one outline per ward: smoothed together, so that neighbours share their line, and cut at the coast."""
    rough = [_squares(points.lng[owner == number], points.lat[owner == number]) for number in range(count)]
    smooth = shapely.coverage_simplify(rough, SMOOTH)
    return [_largest(shapely.difference(shape, sea, grid_size=DECIMALS)) for shape in smooth]


def _squares(lng: Floats, lat: Floats) -> BaseGeometry:
    half = FINE / 2
    return shapely.set_precision(
        shapely.union_all(shapely.box(lng - half, lat - half, lng + half, lat + half)), DECIMALS
    )


def _largest(shape: BaseGeometry) -> BaseGeometry:
    largest: BaseGeometry = max(shapely.get_parts(shape), key=shapely.area)
    return largest


def square_kilometres(shape: BaseGeometry) -> float:
    """Return the area of a shape in degrees, near the city."""
    return float(shape.area) * 106.83 * 110.64


def _feature(row: dict[str, str], shape: BaseGeometry) -> dict[str, Any]:
    named = {"code": row["code"], "vi": row["name_vi"], "en": row["name_en"], "approximate": True}
    note = {"note_vi": "gần đúng", "note_en": "approximate"}
    return {"type": "Feature", "properties": named | note, "geometry": sketch.geometry(shape, 5)}


def _rows(file: Path) -> Rows:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _write(file: Path, features: Iterable[dict[str, Any]]) -> None:
    lines = [json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features]
    body = ",\n".join(lines)
    file.write_text('{"type":"FeatureCollection","features":[\n' + body + "\n]}\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "cities/hue"))
