"""The map without borders: points in degrees, great circles to the city, as the text of SVG paths."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hucheng.situation.countries.atlas import Airport

WIDTH, HEIGHT = 720, 300
WEST, NORTH = -70.0, 90.0
"""Equirectangular, two units a degree, from 70 west eastwards round to 290 east and from 90 north to 60 south: East
Asia lies in the middle, and routes from the Americas cross the Pacific or the pole without a break."""
STEPS = 64
WORDS = 60
"""Room that the code of an airport needs."""


@dataclass(frozen=True, slots=True)
class Route:
    """One airport with its way to the city: `path` in the units of the map, `km` along the great circle.

    words_left  its code stands on its left, where the right has no room
    """

    airport: Airport
    x: float
    y: float
    path: str
    km: int
    words_left: bool = False


@dataclass(frozen=True, slots=True)
class Map:
    """Routes and the city; `grid` is every thirtieth degree."""

    routes: list[Route]
    city: tuple[float, float]
    name: str
    grid: str
    width: int = WIDTH
    height: int = HEIGHT


EARTH_KM = 6371.0


def map_of(origins: Sequence[Airport], city: Airport) -> Map:
    """Draw the routes of these airports to the city."""
    routes = [_route(airport, city) for airport in origins]
    routes = [replace(route, words_left=_crowded(route, routes)) for route in routes]
    return Map(routes, placed(city.longitude, city.latitude), city.city, _grid())


def placed(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a point lies on the map."""
    return round((longitude - WEST) % 360 * WIDTH / 360, 1), round((NORTH - latitude) * 2, 1)


def great_circle(start: Airport, end: Airport) -> list[tuple[float, float]]:
    """Points (longitude, latitude) along the shortest way, both ends among them.

    Raises ValueError for two points opposite each other, where every way is as short.
    """
    a, b = _vector(start), _vector(end)
    angle = _angle(a, b)
    if angle > math.pi - 1e-9:
        raise ValueError("the points lie opposite each other; there is no one shortest way")
    return [_degrees(_between(a, b, angle, step / STEPS)) for step in range(STEPS + 1)]


def _route(airport: Airport, city: Airport) -> Route:
    x, y = placed(airport.longitude, airport.latitude)
    km = round(_angle(_vector(airport), _vector(city)) * EARTH_KM)
    return Route(airport, x, y, _path([placed(*point) for point in great_circle(airport, city)]), km)


def _crowded(route: Route, routes: Sequence[Route]) -> bool:
    """Whether there is no room for words on its right: the edge of the map, or another airport."""
    near = (0 < other.x - route.x < WORDS and abs(other.y - route.y) < WORDS / 3 for other in routes)
    return route.x > WIDTH - WORDS or any(near)


def _path(points: Sequence[tuple[float, float]]) -> str:
    """A line that is lifted where it leaves one side of the map and comes in at the other."""
    parts = []
    for place, (x, y) in enumerate(points):
        lifted = place == 0 or abs(x - points[place - 1][0]) > WIDTH / 2
        parts.append(f"{'M' if lifted else 'L'}{x} {y}")
    return "".join(parts)


def _grid() -> str:
    meridians = "".join(f"M{x} 0V{HEIGHT}" for x in range(0, WIDTH + 1, 60))
    return meridians + "".join(f"M0 {y}H{WIDTH}" for y in range(0, HEIGHT + 1, 60))


def _vector(point: Airport) -> tuple[float, float, float]:
    east, north = math.radians(point.longitude), math.radians(point.latitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def _angle(a: Sequence[float], b: Sequence[float]) -> float:
    return math.acos(max(-1.0, min(1.0, sum(p * q for p, q in zip(a, b, strict=True)))))


def _between(a: Sequence[float], b: Sequence[float], angle: float, share: float) -> list[float]:
    if angle < 1e-9:
        return list(a)
    first, second = math.sin((1 - share) * angle) / math.sin(angle), math.sin(share * angle) / math.sin(angle)
    return [first * p + second * q for p, q in zip(a, b, strict=True)]


def _degrees(vector: Sequence[float]) -> tuple[float, float]:
    x, y, z = vector
    return math.degrees(math.atan2(y, x)), math.degrees(math.asin(max(-1.0, min(1.0, z))))
