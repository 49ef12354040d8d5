"""Maps without borders: tiles of the counties in a fixed grid, points and great circles; layers only by a deployer."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise

GRID = {
    "140123": (1, 1), "140181": (1, 2), "140108": (1, 3), "140122": (1, 4),
    "140109": (2, 2), "140107": (2, 3),
    "140110": (3, 2), "140106": (3, 3),
    "140121": (4, 2), "140105": (4, 3),
}  # fmt: skip
"""Row and column of each county of the city: west to the left, north on top, the same place every time."""

LARGEST = 8 * 1024 * 1024
"""Bytes of a layer: more would make a page that a phone cannot hold."""

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


@dataclass(frozen=True, slots=True)
class CountyTile:
    """One county: name, what it says, how it stands, where its rows are."""

    code: str
    name: str
    value: str
    kind: str = ""
    word: str | Promise = ""
    href: str = ""

    @property
    def place(self) -> str:
        """Its class in the grid; a place out of the grid follows behind it."""
        row, column = GRID.get(self.code, (0, 0))
        return f"g{row}{column}" if row else ""


class LayerFault(ValueError):
    """A layer that cannot be drawn, with what is wrong in words."""


def xy(point: Point) -> Point:
    """Where a point stands on a sheet of 360 by 180, north on top."""
    longitude, latitude = point
    return longitude + 180, 90 - latitude


def great_circle(start: Point, end: Point, steps: int = 48) -> list[list[Point]]:
    """The shortest way over the globe as lines of points; cut in two where it leaves the sheet at 180 degrees."""
    a, b = _vector(start), _vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(x * y for x, y in zip(a, b, strict=True)))))
    if angle < 1e-9:
        return [[start, end]]
    lines: list[list[Point]] = [[]]
    for step in range(steps + 1):
        share = step / steps
        parts = math.sin((1 - share) * angle) / math.sin(angle), math.sin(share * angle) / math.sin(angle)
        point = _point([parts[0] * x + parts[1] * y for x, y in zip(a, b, strict=True)])
        if lines[-1] and abs(point[0] - lines[-1][-1][0]) > 180:
            lines.append([])
        lines[-1].append(point)
    return lines


def path_of(lines: Iterable[Sequence[Point]], *, closed: bool = False) -> str:
    """The `d` of an SVG path through these points."""
    drawn = []
    for line in lines:
        points = " L".join(f"{x:.3f} {y:.3f}" for x, y in map(xy, line))
        drawn.append(f"M{points}{'Z' if closed else ''}")
    return "".join(drawn)


@lru_cache(maxsize=8)
def layer(file: Path, stamp: float) -> str:
    """The path of an approved GeoJSON layer. `stamp` is the time of the file: a new one is read again.

    Raises LayerFault with what is wrong: too large, not GeoJSON, nothing drawn, coordinates that no map has.
    """
    if file.stat().st_size > LARGEST:
        raise LayerFault(f"{file.name}: larger than {LARGEST // 1024 // 1024} MB; simplify the lines")
    try:
        read = json.loads(file.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as fault:
        raise LayerFault(f"{file.name}: not JSON in UTF-8 ({fault})") from fault
    try:
        lines = list(_lines(read))
    except (TypeError, KeyError, IndexError, AttributeError, ValueError, RecursionError) as fault:
        raise LayerFault(f"{file.name}: not GeoJSON: {fault!r}") from fault
    if not lines:
        raise LayerFault(f"{file.name}: holds no line and no area")
    for line in lines:
        for x, y in line:
            if not (-180 <= x <= 180 and -90 <= y <= 90):
                raise LayerFault(f"{file.name}: ({x:g}, {y:g}) is no longitude and latitude in degrees (WGS 84)")
    return path_of(lines)


def layers_in(folder: Path) -> list[tuple[str, str]]:
    """Name and path of each layer that the deployer has put there; a bad one is left out: the system check names it."""
    drawn = []
    for file in sorted(folder.glob("*.geojson")):
        try:
            drawn.append((file.stem, layer(file, file.stat().st_mtime)))
        except LayerFault:
            continue
    return drawn


def faults_in(folder: Path) -> list[str]:
    """What is wrong with the layers of a folder."""
    faults = []
    for file in sorted(folder.glob("*.geojson")):
        try:
            layer(file, file.stat().st_mtime)
        except LayerFault as fault:
            faults.append(str(fault))
    return faults


def bounds(points: Sequence[Point], margin: float = 6.0) -> str:
    """The part of the sheet that holds these points, as a viewBox twice as wide as high; the whole without points."""
    if not points:
        return "0 0 360 180"
    xs, ys = zip(*map(xy, points), strict=True)
    wide = max(max(xs) - min(xs), 2 * (max(ys) - min(ys)), 4.0) + 2 * margin
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return f"{middle[0] - wide / 2:.2f} {middle[1] - wide / 4:.2f} {wide:.2f} {wide / 2:.2f}"


def _lines(shape: Any) -> Iterator[list[Point]]:
    kind = shape["type"]
    if kind == "FeatureCollection":
        for feature in shape["features"]:
            yield from _lines(feature)
    elif kind == "Feature":
        if shape["geometry"] is not None:
            yield from _lines(shape["geometry"])
    elif kind == "GeometryCollection":
        for part in shape["geometries"]:
            yield from _lines(part)
    else:
        depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}.get(kind)
        if depth is not None:
            yield from _flat(shape["coordinates"], depth)


def _flat(coordinates: Any, depth: int) -> Iterator[list[Point]]:
    if depth:
        for part in coordinates:
            yield from _flat(part, depth - 1)
    else:
        yield [(float(position[0]), float(position[1])) for position in coordinates]


def _vector(point: Point) -> tuple[float, float, float]:
    longitude, latitude = map(math.radians, point)
    return math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude), math.sin(latitude)


def _point(vector: Sequence[float]) -> Point:
    x, y, z = vector
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))
