"""Cabins as data: order of rows, letters, zones, and every plan that is no plan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests.cabins import cabins, cabins_of, open_cabin, seat_row

HEAD = "cabin,zone,rows,letters,en,zh\n"
WIDE, NARROW = cabins()["wide-2-4-2"], cabins()["single-aisle"]


def test_rows_that_follow_each_other_are_one_apart_whatever_their_numbers():
    assert WIDE.place("31A") - WIDE.place("15A") == 1
    assert NARROW.place("14A") - NARROW.place("12A") == 1


@pytest.mark.parametrize(("seat", "row"), [("34F", 34), ("034f", 34), (" 34-F ", 34), ("34", 34), ("61L", 61)])
def test_a_seat_is_found_as_airlines_write_it(seat, row):
    assert WIDE.rows[WIDE.place(seat)].number == row


@pytest.mark.parametrize("seat", ["", "INF", "0A", "16A", "30F", "62A", "34B", "34Z", "134F", "３４F", "34FF", "A34"])
def test_a_seat_this_cabin_does_not_have_has_no_place(seat):
    assert WIDE.place(seat) is None


def test_the_business_class_has_fewer_letters():
    assert WIDE.place("11E") is None and WIDE.place("31E") is not None


def test_row_13_is_no_row_where_the_plan_leaves_it_out():
    assert NARROW.place("13A") is None and open_cabin().place("13A") is not None


def test_in_an_unknown_aircraft_rows_follow_their_numbers():
    cabin = open_cabin()
    assert [cabin.place(f"{row}A") for row in (1, 2, 50, 99)] == [0, 1, 49, 98]
    assert cabin.place("100A") is None and cabin.place("12I") is None


def test_every_seat_of_a_plan_has_its_place():
    for cabin in cabins().values():
        places = [cabin.place(seat) for seat in cabin.seats]
        assert None not in places and places == sorted(places) and len(set(cabin.seats)) == len(cabin.seats)
    assert len(WIDE.seats) == 5 * 6 + 31 * 8 == 278


def test_zones_within_reach_span_a_border():
    place = WIDE.place("45A")
    assert WIDE.zones_near(place, 0) == {"B"} and WIDE.zones_near(place, 1) == {"B", "C"}
    assert WIDE.zones_near(WIDE.place("15A"), 3) == {"A", "B"} and WIDE.zones == ("A", "B", "C")
    assert WIDE.zones_near(0, 3) == {"A"}


def test_every_cabin_is_titled_in_both_languages():
    assert all(cabin.title.zh and cabin.title.en for cabin in cabins().values())


def test_an_airlines_own_plan_is_read():
    (cabin,) = cabins_of(HEAD + "B789-HU,F,1-2,a c | d g,,\n".replace(" | ", " ")).values()
    assert cabin.seats == ("1A", "1C", "1D", "1G", "2A", "2C", "2D", "2G") and cabin.title.en == "B789-HU"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("x,A,five,ABC,,", "line 2: rows must be a range such as 31-45, got 'five'"),
        ("x,A,9-3,ABC,,", "line 2: rows must be a range"),
        ("x,A,0-3,ABC,,", "line 2: rows must be a range"),
        ("x,A,1-100,ABC,,", "line 2: rows must be a range"),
        ("x,A,1-3,,,", "line 2: letters must be A to Z"),
        ("x,A,1-3,A1,,", "line 2: letters must be A to Z"),
        ("x,A,1-3,ABC,,\nx,B,3-5,ABC,,", "line 3: cabin x has row 3 already"),
    ],
)
def test_a_plan_that_contradicts_itself_names_the_line(line, says):
    with pytest.raises(ValueError, match=says):
        cabins_of(HEAD + line + "\n")


def test_two_cabins_may_have_the_same_rows():
    read = cabins_of(HEAD + "x,A,1-3,ABC,,\ny,A,1-2,AB,,\n")
    assert [len(cabin.rows) for cabin in read.values()] == [3, 2]


@given(st.text(max_size=8))
def test_any_text_has_a_place_or_none(seat):
    place = WIDE.place(seat)
    assert place is None or 0 <= place < len(WIDE.rows)


def test_seats_as_airlines_write_them():
    assert [seat_row(s) for s in ("34F", "034F", " 7-a ", "12", "99K", "007A")] == [34, 34, 7, 12, 99, 7]


@pytest.mark.parametrize("seat", ["", "F34", "none", "0", "00A", "100A", "999", "３４F", "34FF", "34\nA5", None])
def test_what_is_no_seat_is_not_read_as_one(seat):
    assert seat_row(seat) is None
