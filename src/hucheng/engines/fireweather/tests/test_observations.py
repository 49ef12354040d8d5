"""Weather that cannot be is refused, with a word; grades follow their bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.fireweather import (
    STANDARD_START,
    ImpossibleObservation,
    Weather,
    class_of_fwi,
    danger_classes,
    fwi_codes,
    fwi_step,
    grade_of_fwi,
    grade_of_index,
    grades,
)
from hucheng.engines.fireweather.observations import limits

FINE = {"month": 4, "temp_c": 17.0, "rh_pct": 42.0, "wind_kmh": 25.0, "rain_mm": 0.0}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rh_pct", 101.0),
        ("rh_pct", -1.0),
        ("rain_mm", -0.1),
        ("wind_kmh", -5.0),
        ("wind_kmh", 500.0),
        ("temp_c", 99.0),
        ("month", 0),
        ("month", 13),
        ("month", 4.5),
        ("temp_c", float("nan")),
        ("rain_mm", float("inf")),
    ],
)
def test_impossible_weather_is_refused_with_field_value_and_remedy(field, value):
    with pytest.raises(ImpossibleObservation) as refused:
        fwi_step(STANDARD_START, Weather(**{**FINE, field: value}))
    said = refused.value
    assert said.field == field
    assert said.value == value or value != value
    assert said.why.zh and said.why.en and said.do.zh and said.do.en


def test_one_impossible_day_stops_the_run_and_names_its_value():
    with pytest.raises(ImpossibleObservation, match="humidity of 140"):
        fwi_codes(Weather([4, 4, 4], [17, 18, 19], [42, 140, 30], [10, 10, 10], [0, 0, 0]))


@pytest.mark.parametrize("field", list(FINE))
def test_the_ends_of_a_range_are_possible(field):
    for end in (limits()[field].low, limits()[field].high):
        fwi_step(STANDARD_START, Weather(**{**FINE, field: end}))


@pytest.mark.parametrize(
    ("index", "number"), [(0, 1), (25, 1), (26, 2), (50, 2), (51, 3), (72, 3), (73, 4), (90, 4), (91, 5), (140, 5)]
)
def test_the_national_index_has_the_published_bounds(index, number):
    assert grade_of_index(index).number == number


@pytest.mark.parametrize(("fwi", "number"), [(0, 1), (5.2, 2), (11.2, 3), (21.2, 3), (21.3, 4), (38, 5), (200, 5)])
def test_the_bounds_on_fwi(fwi, number):
    assert grade_of_fwi(fwi).number == number


@given(st.floats(0, 300), st.floats(0, 300))
def test_a_higher_index_never_has_a_lower_grade(one, other):
    low, high = sorted((one, other))
    assert grade_of_fwi(low).number <= grade_of_fwi(high).number
    assert grade_of_index(low).number <= grade_of_index(high).number


def test_five_grades_with_names_colours_and_patrols_from_the_fourth():
    assert [grade.number for grade in grades()] == [1, 2, 3, 4, 5]
    assert [grade.colour for grade in grades()] == ["green", "blue", "yellow", "orange", "red"]
    assert [grade.high for grade in grades()] == [False, False, False, True, True]
    assert all(grade.name.zh and grade.name.en for grade in grades())


@pytest.mark.parametrize("grade", [grade_of_fwi, grade_of_index, class_of_fwi])
@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_an_impossible_index_has_no_grade(grade, value):
    with pytest.raises(ImpossibleObservation):
        grade(value)


@pytest.mark.parametrize(
    ("fwi", "key"),
    [
        (0, "very_low"),
        (5.2, "low"),
        (11.2, "moderate"),
        (21.3, "high"),
        (38, "very_high"),
        (49.9, "very_high"),
        (50, "extreme"),
    ],
)
def test_the_danger_classes_have_their_bounds_and_names(fwi, key):
    assert class_of_fwi(fwi).key == key
    assert all(one.name.zh and one.name.en for one in danger_classes())
