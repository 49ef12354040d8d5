"""Maps: the same place every time, the shortest way, and layers that are drawn or named as wrong."""

import json
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from hypothesis import assume, given
from hypothesis import strategies as st

from hucheng.core.design.checks import layers_can_be_drawn
from hucheng.core.design.maps import (
    GRID,
    CountyTile,
    LayerFault,
    bounds,
    great_circle,
    layer,
    layers_in,
    path_of,
    xy,
)
from hucheng.core.design.timelines import Event
from hucheng.core.places.actions import shipped

POINTS = st.tuples(st.floats(-180, 180), st.floats(-85, 85))
SQUARE = {"type": "Polygon", "coordinates": [[[112, 37], [113, 37], [113, 38], [112, 37]]]}


@pytest.fixture
def folder(tmp_path, settings):
    settings.HOME = tmp_path
    (tmp_path / "layers").mkdir()
    return tmp_path / "layers"


def put(folder, name, content):
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return file


def test_each_county_of_the_city_has_one_place_of_its_own_in_the_grid():
    counties = {row["code"] for row in shipped("places.csv") if row["kind"] == "county" and row["code"][:4] == "1401"}
    assert set(GRID) == counties and len(set(GRID.values())) == len(GRID)
    for one in ("140122", "140123"):
        assert GRID[one][0] == 1, "the north is on top"


def test_a_county_tile_tells_its_value_and_its_state_in_words():
    tiles = [
        CountyTile("140105", "Xiaodian", "18", "bad", "Behind", "/rows/"),
        CountyTile("999999", "Elsewhere", "—", "blind", "Blind"),
    ]
    page = Template('{% county_tiles tiles "By county" %}').render(Context({"tiles": tiles}))
    assert 'class="county g43 bad" href="/rows/"' in page and "Behind" in page and "<b" in page
    assert page.count('role="listitem"') == 2 and "style=" not in page


@given(POINTS, POINTS)
def test_a_great_circle_joins_its_ends_and_never_leaves_the_globe(start, end):
    lines = great_circle(start, end)
    first, last = lines[0][0], lines[-1][-1]
    assert first[1] == pytest.approx(start[1], abs=1e-6) and last[1] == pytest.approx(end[1], abs=1e-6)
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for line in lines for x, y in line)
    for line in lines:
        assert all(abs(a[0] - b[0]) <= 180 for a, b in zip(line, line[1:], strict=False))


@given(POINTS, POINTS)
def test_a_view_holds_every_point_that_it_was_made_for(start, end):
    left, top, width, height = map(float, bounds([start, end]).split())
    assume(height > 0)
    for point in (start, end):
        x, y = xy(point)
        assert left <= x <= left + width and top <= y <= top + height
    assert width == pytest.approx(2 * height, rel=0.01)


def test_the_way_from_toronto_passes_far_to_the_north():
    (line,) = great_circle((-79.6, 43.7), (-112.0 + 224.6, 37.7))[:1]
    assert max(y for _x, y in line) > 70


def test_a_layer_in_the_house_is_drawn_and_none_is_shipped(folder):
    assert layers_in(folder) == []
    put(
        folder,
        "districts.geojson",
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": SQUARE}]},
    )
    ((name, drawn),) = layers_in(folder)
    assert name == "districts" and drawn.startswith("M292.000 53.000 L293.000 53.000")
    page = Template('{% geo_map "Routes" points routes %}').render(
        Context({"points": [("Taiyuan", (112.6, 37.7))], "routes": [((37.4, 55.9), (112.6, 37.7))]})
    )
    assert '<path class="land"' in page and '<path class="way"' in page and "<title>Taiyuan</title>" in page
    assert 'role="img" aria-label="Routes"' in page and "style=" not in page


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[1, 2]", "not GeoJSON"),
        (b"{}", "not GeoJSON"),
        ({"type": "FeatureCollection", "features": []}, "no line and no area"),
        ({"type": "Point", "coordinates": [1, 2]}, "no line and no area"),
        ({"type": "LineString", "coordinates": [[500000, 4200000], [500100, 4200000]]}, "no longitude and latitude"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]]]}, "not GeoJSON"),
        ({"type": "Polygon", "coordinates": [[[1]]]}, "not GeoJSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"type": "LineString", "coordinates": [[NaN, 1e999], [1, 2]]}', "no longitude and latitude"),
    ],
)
def test_a_bad_layer_is_named_by_the_check_and_left_out_of_the_map(folder, content, why):
    file = put(folder, "bad.geojson", content)
    with pytest.raises(LayerFault, match=why):
        layer(file, file.stat().st_mtime)
    (fault,) = layers_can_be_drawn(None)
    assert fault.id == "hucheng.E003" and "bad.geojson" in fault.msg and fault.hint
    assert layers_in(folder) == []


def test_a_layer_that_no_phone_can_hold_is_refused(folder, monkeypatch):
    monkeypatch.setattr("hucheng.core.design.maps.LARGEST", 10)
    put(folder, "large.geojson", SQUARE)
    assert "larger than" in layers_can_be_drawn(None)[0].msg


def test_without_layers_the_check_is_silent(tmp_path, settings):
    settings.HOME = tmp_path
    assert layers_can_be_drawn(None) == []


def test_a_closed_path_is_closed():
    assert path_of([[(0, 0), (1, 1)]], closed=True) == "M180.000 90.000 L181.000 89.000Z"


def test_a_timeline_keeps_order_marks_where_things_stand_and_strikes_what_was_replaced():
    first = Event(datetime(2020, 3, 24, 1, tzinfo=UTC), "Read", detail="new <words>")
    last = Event(datetime(2020, 3, 24, 2, tzinfo=UTC), "Edited", by="He Zhiyuan", before="old words", now=True)
    page = Template("{% timeline events %}").render(Context({"events": [first, last]}))
    assert page.index("Read") < page.index("Edited") and page.count('class="now"') == 1
    assert "<del" in page and "old words" in page and "new &lt;words&gt;" in page and "03-24 09:00" in page
    assert "<ol" in Template("{% timeline events %}").render(Context({"events": []}))
