"""How far two rows agree, field by field."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.births import Birth
from hucheng.engines.linkage.levels import birth_level, joint_of, levels_of, number_level, trip_level
from hucheng.engines.linkage.model import shipped
from hucheng.engines.linkage.records import prepare
from hucheng.engines.linkage.tests.people import made_lists, prepared

DAY = date(1990, 3, 7)
SILENT = {
    "document": "null", "resident_id": "null", "address": "null", "phone": "null", "trip": "null",
}  # fmt: skip
SAID = Birth(DAY, 1990)
BIRTHS = st.one_of(
    st.just(Birth()),
    st.integers(1930, 2019).map(lambda year: Birth(None, year)),
    st.dates(date(1930, 1, 1), date(2019, 12, 31)).map(lambda day: Birth(day, day.year)),
)


@pytest.mark.parametrize(
    ("other", "level"),
    [
        (SAID, "exact"),
        (Birth(date(1990, 7, 3), 1990), "swap"),
        (Birth(date(1990, 3, 1), 1990), "edit"),
        (Birth(date(1991, 3, 7), 1991), "edit"),
        (Birth(date(1990, 1, 1), 1990), "default"),
        (Birth(date(1990, 3, 25), 1990), "close"),
        (Birth(date(1990, 11, 7), 1990), "close"),
        (Birth(date(1990, 4, 18), 1990), "lunar"),
        (Birth(date(1990, 12, 24), 1990), "year"),
        (Birth(date(1964, 3, 7), 1964), "monthday"),
        (Birth(None, 1990), "yearonly"),
        (Birth(None, 1991), "yearnear"),
        (Birth(None, 1980), "yearnear"),
        (Birth(None, 1985), "else"),
        (Birth(date(1976, 9, 28), 1976), "else"),
        (Birth(date(1975, 9, 28), 1975), "generation"),
        (Birth(None, 1975), "generation"),
        (Birth(), "null"),
    ],
)
def test_births(other, level):
    assert birth_level(SAID, other) == birth_level(other, SAID) == level


def test_two_defaults_say_less_than_two_birthdays():
    default = Birth(date(1985, 1, 1), 1985)
    assert birth_level(default, default) == "newyear"
    bits = shipped().bits
    assert bits["birth=newyear"] < bits["birth=exact"]


@given(st.integers(0, 80))
def test_a_lunar_date_is_17_to_54_days_off(days):
    other = date(1990, 12, 20) + timedelta(days=days)
    found = birth_level(Birth(date(1990, 12, 20), 1990), Birth(other, other.year))
    assert (found != "lunar") or 17 <= days <= 54


@given(BIRTHS, BIRTHS)
def test_the_order_of_two_births_does_not_matter(one, other):
    assert birth_level(one, other) == birth_level(other, one)


@pytest.mark.parametrize(
    ("mine", "theirs", "level"),
    [
        ({"E12345678"}, {"E12345678"}, "exact"),
        ({"E12345678"}, {"E12345679"}, "edit"),
        ({"E12345678"}, {"E1234568"}, "edit"),
        ({"E12345678"}, {"E12345687"}, "edit"),
        ({"E12345678"}, {"E12399678"}, "close"),
        ({"E12345678"}, {"AB12345678"}, "close"),
        ({"E12345678"}, {"K7654321"}, "else"),
        ({"12345"}, {"12346"}, "else"),
        ({"E12345678", "K1111111"}, {"K1111111"}, "exact"),
        (set(), {"E12345678"}, "null"),
    ],
)
def test_numbers_are_judged_by_their_best_pair(mine, theirs, level):
    assert number_level(mine, theirs) == number_level(theirs, mine) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("CA910", 6), ("CA910", 6), "same"),
        (("CA910", 6), ("CA 910", 7), "flightnear"),
        (("CA910", 6), ("CA910", 12), "flightfar"),
        (("CA910", 6), ("CA910", None), "flight"),
        (("CA910", 6), ("HU7976", 6), "otherflight"),
        (("CA910", 6), ("", 6), "day0"),
        (("", 6), ("", 7), "day1"),
        (("", 6), ("", 8), "day2"),
        (("", 6), ("", 9), "dayfar"),
        (("CA910", None), ("", 6), "null"),
    ],
)
def test_trips(one, other, level):
    rows = [prepared(flight=flight, day=date(2020, 4, day) if day else None) for flight, day in (one, other)]
    assert trip_level(*rows) == trip_level(*reversed(rows)) == level


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("surname else exact same", {"stranger_other_birth", "household_phone", "household_trip", "one_home"}),
        ("surname generation null null", {"stranger_other_birth", "generations", "name_alone"}),
        ("else exact exact null", {"stranger_same_birth", "household_phone", "one_home"}),
        ("surname null null same", {"stranger_no_birth"}),
        ("hanzi exact null same", {"full_same_birth"}),
        ("letters else else otherflight", {"full_other_birth", "name_alone"}),
        ("onechar year exact same", {"half_other_birth", "one_home"}),
        ("hanzi null else dayfar", {"name_alone"}),
        ("near exact exact same", {"one_home"}),
    ],
)
def test_what_weak_fields_say_together(fields, said):
    told = dict(zip(("name", "birth", "phone", "trip"), fields.split(), strict=True))
    assert set(joint_of(SILENT | told, other_given=False, in_a_row=False)) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("surname else home", {"stranger_other_birth", "household_home", "one_home", "relatives", "name_alone"}),
        ("else year homelike", {"stranger_other_birth", "one_home", "relatives", "name_alone"}),
        ("letters exact home", {"full_same_birth", "full_home", "one_home"}),
        ("letters else street", {"full_other_birth", "name_alone"}),
    ],
)
def test_what_a_home_says_together_with_weak_fields(fields, said):
    told = dict(zip(("name", "birth", "address"), fields.split(), strict=True))
    assert set(joint_of(SILENT | told, other_given=told["name"] != "letters", in_a_row=False)) == said


@pytest.mark.parametrize("name", ["onechar", "halfnear", "near", "given", "surname", "else"])
def test_one_birthday_with_other_documents_and_not_the_same_name_are_twins(name):
    told = SILENT | {"name": name, "birth": "exact", "phone": "exact", "trip": "same"}

    def twins(document, *, other_given=True, in_a_row=False):
        return "twins" in joint_of({**told, "document": document}, other_given=other_given, in_a_row=in_a_row)

    assert twins("else") and twins("edit", in_a_row=True)
    assert not twins("null") and not twins("edit") and not twins("exact", in_a_row=True)
    assert not twins("else", other_given=False), "a name that differs may be misspelled"


@pytest.mark.parametrize("document", ["exact", "edit"])
def test_nothing_is_said_together_where_a_document_agrees(document):
    fields = SILENT | {"name": "surname", "birth": "else", "phone": "exact", "trip": "same"}
    assert joint_of({**fields, "document": document}, other_given=True, in_a_row=False) == ("one_home",)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("KOLODINA", ""), ("KOLODINA", "RHIANNON"), "single"),
        (("RHIANON", ""), ("KOLODINA", "RHIANNON"), "single"),
        (("KOLODINA", "RHIANNON"), ("KOLODINA", "AMBER"), "surname"),
        (("SMITH", ""), ("KOLODINA", "RHIANNON"), "else"),
    ],
)
def test_half_a_name_that_agrees_is_no_other_name(one, other, level):
    rows = [prepared(surname=surname, given=given) for surname, given in (one, other)]
    assert levels_of(*rows).fields["name"] == levels_of(*reversed(rows)).fields["name"] == level


def test_seats_are_compared_on_one_flight_of_one_day_only():
    flight = {"flight": "CA910", "day": date(2020, 4, 6)}
    seat = lambda number, **trip: prepared(seat=number, **{**flight, **trip})  # noqa: E731
    assert levels_of(seat("12A"), seat("12 a")).fields["seat"] == "same"
    assert levels_of(seat("12A"), seat("14C")).fields["seat"] == "else"
    assert levels_of(seat("12A"), seat("14C", day=date(2020, 4, 7))).fields["seat"] == "null"
    assert levels_of(seat("12A"), seat("")).fields["seat"] == "null"


def test_every_pair_of_made_lists_is_compared_alike_both_ways_in_words_that_exist():
    rows = [prepare(row) for row in made_lists(3, 25)[0]]
    words = shipped().words
    for one in rows:
        for other in rows:
            found = levels_of(one, other)
            assert found == levels_of(other, one)
            assert {f"{name}={level}" for name, level in found.fields.items()} <= set(words)
            assert {f"joint={term}" for term in found.joint} <= set(words)
