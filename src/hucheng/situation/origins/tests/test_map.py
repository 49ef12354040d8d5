"""Routes are great circles: through the right places, of the right length, never torn across the map."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hucheng.situation.countries.atlas import Airport, airports, countries, country_code
from hucheng.situation.origins.map import HEIGHT, WIDTH, great_circle, map_of, placed

CITY = airports()["TYN"]
POINTS = st.tuples(st.floats(-180, 179.9), st.floats(-89, 89))


def at(longitude, latitude):
    return Airport("QQQ", "QQ", "", "", longitude, latitude)


@pytest.mark.parametrize(
    ("code", "km"),
    [("YYZ", 10_850), ("SVO", 5_600), ("MSQ", 6_300), ("ADD", 7_950)],
)
def test_routes_are_as_long_as_the_globe_says(code, km):
    (route,) = map_of([airports()[code]], CITY).routes
    assert route.km == pytest.approx(km, rel=0.03)


def test_a_quarter_of_the_equator():
    points = great_circle(at(0, 0), at(90, 0))
    assert points[0] == pytest.approx((0, 0)) and points[-1] == pytest.approx((90, 0))
    assert all(abs(latitude) < 1e-9 for _longitude, latitude in points)
    assert points[32] == pytest.approx((45, 0))


def test_the_way_from_toronto_goes_near_the_pole():
    assert max(latitude for _longitude, latitude in great_circle(airports()["YYZ"], CITY)) > 75


def test_opposite_points_have_no_one_way():
    with pytest.raises(ValueError, match="opposite"):
        great_circle(at(0, 0), at(180, 0))


def test_a_city_to_itself_is_a_point():
    assert set(great_circle(CITY, CITY)) == {great_circle(CITY, CITY)[0]}


@given(POINTS, POINTS)
def test_every_line_begins_and_ends_at_its_airports_and_stays_on_the_map(start, end):
    here, there = at(*start), at(*end)
    assume(abs(start[0] - end[0]) < 170)
    (route,) = map_of([here], there).routes
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", route.path)]
    assert all(-0.1 <= x <= WIDTH + 0.1 for x in numbers[::2])
    assert route.path.startswith(f"M{route.x} {route.y}") and 0 <= route.km <= 20_016


@given(POINTS)
def test_points_lie_on_the_map_in_their_order(point):
    x, y = placed(*point)
    assert 0 <= x <= WIDTH and 0 <= y <= 360
    assert placed(110, 30)[0] == WIDTH / 2 and placed(0, -60)[1] == HEIGHT


def test_a_route_over_the_edge_is_lifted_not_drawn_across():
    (route,) = map_of([at(-80, 10)], at(-60, 10)).routes
    assert route.path.count("M") == 2


def test_every_airport_of_the_table_lies_in_a_known_country():
    assert all(airport.country in countries() for airport in airports().values())
    assert {airports()[code].country for code in ("YYZ", "ADD", "MSQ", "SVO")} == {"CA", "ET", "BY", "RU"}


def test_a_country_is_named_in_one_way_only():
    names = [name for country in countries().values() for name in (country.name_zh, country.name_en)]
    assert all(country_code(name) for name in names) and country_code("Atlantis") is None


def test_codes_stand_where_there_is_room():
    routes = map_of([airports()[code] for code in ("YYZ", "SVO", "MSQ", "ADD")], CITY).routes
    assert {route.airport.code for route in routes if route.words_left} == {"YYZ", "MSQ"}
