"""Several messages about one flight: changes, no-shows, crew, passes, and no record lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import (
    BoardingPass,
    Document,
    Leg,
    PassLeg,
    Reading,
    Standing,
    Traveller,
    merge,
    read_manifest,
    read_messages,
    write_bcbp,
    write_csv,
    write_paxlst,
)
from hucheng.engines.manifests.merge import VALUES
from hucheng.engines.manifests.tests.strategies import PREPARED, TODAY, codes
from hucheng.engines.manifests.tests.test_paxlst import GOOD

LISTED, ABOARD, NO_SHOW, CANCELLED = Standing


def person(number: int, **changes) -> Traveller:
    letter = chr(65 + number % 26)
    known = {
        "surname": f"TEST{letter}", "given": f"PERSON{letter}", "sex": "F", "birth": date(1980, 1, 1 + number),
        "document": Document("P", f"EZ{number:07}", date(2027, 1, 1), "CHN"), "seat": f"{30 + number}A",
        "pnr": f"ZZ{number:04}",
    }  # fmt: skip
    return Traveller(number, line=number, **{**known, **changes})


def listed(*people: Traveller, function: str = "", flight: str = "HU7976", format: str = "paxlst") -> Reading:
    numbered = tuple(replace(one, number=place, line=place) for place, one in enumerate(people, start=1))
    return Reading(
        format=format, flight=flight, legs=(Leg(flight),) if flight else (), list_kind="", travellers=numbered,
        problems=(), control_total=None, rows=len(numbered), function=function,
    )  # fmt: skip


def standings(merged) -> list[Standing]:
    return [one.standing for one in merged.people]


def sources(merged) -> list[tuple[int, int]]:
    return sorted((s.reading, s.number) for s in [*merged.left_out, *(s for p in merged.people for s in p.sources)])


def test_the_same_list_twice_is_the_same_people():
    merged = merge([listed(person(1), person(2))] * 2)
    assert len(merged.people) == 2 and all(len(one.sources) == 2 and not one.changes for one in merged.people)
    assert merged.flight == "HU7976" and merged.legs == (Leg("HU7976"),) and merged.problems == ()


def test_a_new_seat_is_a_change_with_both_values_and_its_source():
    merged = merge([listed(person(1)), listed(person(1, seat="40C"))])
    (one,) = merged.people
    (change,) = one.changes
    assert (change.field, change.before, change.after) == ("seat", "31A", "40C")
    assert (change.source.reading, change.source.number) == (1, 1) and one.traveller.seat == "40C"


def test_what_a_later_message_leaves_out_stays_known():
    short = Traveller(1, surname="TESTB", given="PERSONB", document=Document("P", "EZ0000001", None, "CHN"))
    (one,) = merge([listed(person(1)), listed(short)]).people
    assert one.changes == () and one.traveller.seat == "31A" and one.traveller.document.expiry == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("bags", 2, 0),
        ("verified", True, False),
        ("sex", "F", "X"),
        ("address", ("A",), ("B",)),
        ("name_zh", "王", "汪"),
    ],
)
def test_every_value_that_is_said_counts(field, before, after):
    first, second = (person(1, **{field: value}) for value in (before, after))
    (one,) = merge([listed(first), listed(second)]).people
    assert getattr(one.traveller, field) == after
    assert [(c.field, c.before, c.after) for c in one.changes] == [(field, before, after)]


def test_a_value_said_for_the_first_time_is_no_change():
    (one,) = merge([listed(person(1, seat="")), listed(person(1))]).people
    assert one.traveller.seat == "31A" and one.changes == ()


def test_a_new_passport_is_known_by_name_and_birth():
    other = person(1, document=Document("P", "EZ9999999", date(2030, 1, 1), "CHN"))
    merged = merge([listed(person(1)), listed(other), listed(other)])
    (one,) = merged.people
    assert [change.field for change in one.changes] == ["document"] and len(one.sources) == 3


def test_a_resident_id_finds_a_person_under_another_spelling():
    first = person(1, resident_id="140105198001020012", document=None)
    second = replace(first, surname="OTHER", birth=None)
    assert len(merge([listed(first), listed(second)]).people) == 1


def test_twins_are_two():
    one, other = (person(1, given=given, document=None) for given in ("ANNA", "BELLA"))
    assert len(merge([listed(one, other)] * 2).people) == 2


def test_two_rows_with_one_document_in_one_list_stay_two():
    """The list itself bears the problem DUPLICATE_DOCUMENT; joining them would lose somebody."""
    other = person(2, document=person(1).document)
    merged = merge([listed(person(1), other)])
    assert len(merged.people) == 2


def test_a_row_repeated_exactly_is_one_person_with_two_sources():
    (one,) = merge([listed(person(1), person(1))]).people
    assert len(one.sources) == 2


def test_who_may_be_any_of_two_is_kept_apart_and_said():
    """Two people of one name born on one day: a third record of that name without their documents is neither."""
    a, b = (person(1, document=Document("P", number, None, "CHN")) for number in ("A1", "B1"))
    merged = merge([listed(a, b), listed(person(1, document=None))])
    assert len(merged.people) == 3 and codes(merged) == ["MERGE_AMBIGUOUS"]
    assert dict(merged.problems[0].facts)["found"] == 2 and "TESTB PERSONB" in merged.problems[0].why.en


def test_crew_come_with_a_message_of_their_own():
    crew = person(9, kind="crew", seat="")
    merged = merge([listed(person(1)), listed(crew)])
    assert [one.traveller.kind for one in merged.people] == ["passenger", "crew"]
    assert [one.number for one in merged.travellers] == [1, 2]


def test_a_passenger_who_turns_out_to_be_crew_becomes_crew():
    (one,) = merge([listed(person(1)), listed(person(1, kind="crew")), listed(person(1))]).people
    assert one.traveller.kind == "crew" and [change.field for change in one.changes] == ["kind"]


def test_whom_the_closing_message_does_not_name_did_not_come():
    merged = merge([listed(person(1), person(2)), listed(person(2), function="CLOB")])
    assert standings(merged) == [NO_SHOW, ABOARD] and [one.surname for one in merged.travellers] == ["TESTC"]
    assert [one.comes for one in merged.people] == [False, True]


def test_closing_the_passengers_leaves_the_crew():
    crew = person(9, kind="crew")
    merged = merge([listed(person(1), person(2)), listed(crew), listed(person(1), function="CLOB")])
    assert standings(merged) == [ABOARD, NO_SHOW, LISTED]


def test_who_is_aboard_without_having_been_listed_is_there():
    merged = merge([listed(person(1)), listed(person(1), person(2), function="CLOB")])
    assert standings(merged) == [ABOARD, ABOARD]


@pytest.mark.parametrize(("function", "standing"), [("CLNB", NO_SHOW), ("XR", CANCELLED), ("RP", CANCELLED)])
def test_whom_a_message_names_as_not_coming_does_not(function, standing):
    merged = merge([listed(person(1), person(2)), listed(person(2), function=function)])
    assert standings(merged) == [LISTED, standing] and len(merged.travellers) == 1


def test_a_cancelled_flight_cancels_everybody():
    merged = merge([listed(person(1), person(2)), listed(person(1), function="XF")])
    assert standings(merged) == [CANCELLED, CANCELLED] and merged.travellers == ()


def test_a_booking_made_again_is_listed_again():
    merged = merge([listed(person(1)), listed(person(1), function="XR"), listed(person(1))])
    assert standings(merged) == [LISTED]


def test_a_change_after_closing_leaves_people_aboard():
    merged = merge([listed(person(1), function="CLOB"), listed(person(1, seat="50A"), function="CP")])
    assert standings(merged) == [ABOARD] and merged.people[0].traveller.seat == "50A"


def test_a_list_of_another_flight_is_left_out_and_said():
    merged = merge([listed(person(1)), listed(person(2), person(3), flight="CA910")])
    (found,) = merged.problems
    assert (found.code, found.value) == ("MERGE_FLIGHT", "CA910") and dict(found.facts)["found"] == 2
    assert len(merged.people) == 1 and [(s.reading, s.number) for s in merged.left_out] == [(1, 1), (1, 2)]


def test_a_list_without_a_flight_belongs_to_the_others():
    assert merge([listed(person(1), flight=""), listed(person(1))]).flight == "HU7976"


def test_nothing_to_merge_is_a_mistake():
    with pytest.raises(ValueError, match="at least one reading"):
        merge([])


def a_pass(one: Traveller, seat: str, given: str = "") -> str:
    leg = PassLeg(pnr=one.pnr, origin="YYZ", destination="TYN", carrier="HU", flight="HU7976", day=TODAY, seat=seat,
                  sequence="0001")  # fmt: skip
    return write_bcbp(BoardingPass(surname=one.surname, given=given or one.given, electronic=True, legs=(leg,)))


def test_scanned_passes_tell_who_is_aboard_and_where():
    passes = read_manifest(a_pass(person(1), "50C").encode(), today=TODAY)
    merged = merge([listed(person(1), person(2)), passes])
    assert standings(merged) == [ABOARD, LISTED] and merged.people[0].traveller.seat == "50C"
    assert merged.people[0].traveller.document.number == "EZ0000001"
    assert [(c.field, c.before) for c in merged.people[0].changes if c.field == "seat"] == [("seat", "31A")]


def test_a_name_cut_on_the_pass_is_found_by_what_is_left():
    long = person(1, surname="NEBUCHADNEZZAR", given="ANNA MARIA JOSEPHINA")
    passes = read_manifest(a_pass(long, "50C").encode(), today=TODAY)
    merged = merge([listed(long), passes])
    assert len(merged.people) == 1 and merged.people[0].standing is ABOARD
    assert merged.people[0].traveller.given == "ANNA MARIA JOSEPHINA"


@pytest.mark.parametrize("given", ["ANNA MARIA JOSEPHINA", "ANNAMARIAJOSEPHINA"])
def test_given_names_run_together_on_the_pass_are_the_same(given):
    long = person(1, given="ANNA MARIA JOSEPHINA")
    passes = read_manifest(a_pass(long, "50C", given).encode(), today=TODAY)
    assert len(merge([listed(long), passes]).people) == 1


def test_a_pass_of_nobody_on_the_list_is_said():
    merged = merge([listed(person(1)), read_manifest(a_pass(person(2), "50C").encode(), today=TODAY)])
    assert codes(merged) == ["NOT_ON_LIST"] and len(merged.people) == 2
    assert "PERSONC" in merged.problems[0].why.zh


def test_a_pass_needs_the_booking_not_only_the_name():
    other = person(1, pnr="OTHER1")
    assert codes(merge([listed(person(1)), read_manifest(a_pass(other, "50C").encode(), today=TODAY)])) == [
        "NOT_ON_LIST"
    ]


def test_the_messages_of_one_file_are_merged_each_for_what_it_does():
    first = GOOD[GOOD.index(b"UNH") : GOOD.index(b"UNZ")]
    closing = first.replace(b"BGM+745", b"BGM+266+CLNB")
    start = closing.index(b"NAD+FL+++MUSTER")
    closing = closing[: closing.index(b"NAD+FL")] + closing[start:].replace(b"CNT+42:2", b"CNT+42:1").replace(
        b"UNT+18", b"UNT+13"
    )
    data = GOOD.replace(b"UNZ+1", closing + b"UNZ+2")
    readings = read_messages(data, today=TODAY)
    assert [one.function for one in readings] == ["", "CLNB"] and [one.rows for one in readings] == [2, 1]
    merged = merge(readings)
    assert standings(merged) == [LISTED, NO_SHOW] and merged.travellers[0].surname == "TESTWANG"


def test_a_sheet_is_one_message():
    (reading,) = read_messages(write_csv([person(1)], flight="HU7976"), name="x.csv", today=TODAY)
    assert reading.format == "csv" and reading.meta["name"] == "x.csv"


def test_what_concerns_the_file_is_said_once():
    first = GOOD[GOOD.index(b"UNH") : GOOD.index(b"UNZ")]
    readings = read_messages(GOOD.replace(b"UNZ+1", first + b"UNZ+9"), name="x.edi", today=TODAY)
    assert [codes(one) for one in readings] == [["ENVELOPE_COUNT"], []]
    assert len({one.sha256 for one in readings}) == 1 and readings[0].meta["name"] == "x.edi"


def test_passengers_of_a_message_and_of_a_sheet_are_the_same_people():
    people = [person(number) for number in range(4)]
    message = read_manifest(write_paxlst(people, flight="HU7976", prepared=PREPARED), today=TODAY)
    sheet = read_manifest(write_csv(people, flight="HU7976"), today=TODAY)
    merged = merge([message, sheet])
    assert len(merged.people) == 4 and not any(one.changes for one in merged.people)


PEOPLE = st.builds(
    person, st.integers(0, 5), seat=st.sampled_from(["", "31A", "40C"]), kind=st.sampled_from(["passenger", "crew"]),
    document=st.sampled_from([None, Document("P", "A1"), Document("P", "B1"), Document("P", "B1", None, "CHN")]),
    birth=st.sampled_from([None, date(1980, 1, 1), date(1990, 1, 1)]), pnr=st.sampled_from(["", "ZZ0001"]),
)  # fmt: skip
FUNCTIONS = st.sampled_from(["", "", "CP", "CLOB", "CLNB", "XR", "XF"])
READINGS = st.builds(
    lambda people, function, flight: listed(*people, function=function, flight=flight),
    st.lists(PEOPLE, max_size=5), FUNCTIONS, st.sampled_from(["HU7976", "HU7976", "", "CA910"]),
)  # fmt: skip


@given(st.lists(READINGS, min_size=1, max_size=5))
def test_every_record_of_every_message_is_in_exactly_one_place(readings):
    merged = merge(readings)
    expected = [(place, one.number) for place, reading in enumerate(readings) for one in reading.travellers]
    assert sources(merged) == sorted(expected)
    assert all(one.sources for one in merged.people)


@given(st.lists(READINGS, min_size=1, max_size=4))
def test_no_value_is_lost_without_a_trace(readings):
    merged = merge(readings)
    for one in merged.people:
        kept = {name: {getattr(one.traveller, name)} for name in VALUES}
        for change in one.changes:
            kept[change.field] |= {change.before, change.after}
        for source in one.sources:
            record = readings[source.reading].travellers[source.number - 1]
            for name in ("seat", "surname", "given", "birth", "pnr"):
                assert getattr(record, name) in kept[name] | {"", None}


@given(st.lists(PEOPLE, min_size=1, max_size=6))
def test_merging_with_itself_gives_nobody_new_and_no_change(people):
    once = merge([listed(*people)])
    again = merge([listed(*people), listed(*[one.traveller for one in once.people])])
    assert len(again.people) <= len(once.people) + len(again.problems)


@given(st.integers(1, 8), st.integers(0, 8), st.randoms())
def test_after_closing_exactly_those_named_come(count, aboard, chance):
    people = [person(number, birth=date(1980, 1, 1) + timedelta(days=number)) for number in range(count)]
    named = chance.sample(people, min(aboard, count))
    merged = merge([listed(*people), listed(*named, function="CLOB")])
    expected = {one.document.number for one in named} if named else {one.document.number for one in people}
    assert {one.document.number for one in merged.travellers} == expected


def unlike(count: int) -> list[Traveller]:
    """People who share nothing."""
    return [person(n, surname=f"NAME{chr(65 + n)}", birth=date(1980, 1, 1) + timedelta(days=n)) for n in range(count)]


@given(st.integers(1, 9), st.lists(st.integers(0, 9), max_size=4))
def test_a_list_told_in_parts_is_the_list(count, cuts):
    people = unlike(count)
    places = [0, *sorted(min(cut, count) for cut in cuts), count]
    parts = [listed(*people[start:end]) for start, end in zip(places, places[1:], strict=False)]
    whole, merged = merge([listed(*people)]), merge(parts)
    bare = [[replace(one.traveller, number=0, line=0) for one in told.people] for told in (whole, merged)]
    assert bare[0] == bare[1] and not merged.problems and not any(one.changes for one in merged.people)


@given(st.lists(st.sampled_from(["31A", "32A", "33A", "34A"]), min_size=1, max_size=6))
def test_the_last_seat_stands_and_every_move_is_told_in_order(moves):
    (one,) = merge([listed(person(1, seat=seat)) for seat in moves]).people
    told = [change.after for change in one.changes if change.field == "seat"]
    expected = [seat for before, seat in zip(moves, moves[1:], strict=False) if seat != before]
    assert one.traveller.seat == moves[-1] and told == expected
    assert [change.source.reading for change in one.changes] == sorted(c.source.reading for c in one.changes)


@given(st.permutations(range(6)), st.integers(0, 6))
def test_scans_in_any_order_put_exactly_those_aboard(order, aboard):
    people = unlike(6)
    scans = "\n".join(a_pass(people[n], f"{50 + n}C") for n in order[:aboard])
    readings = [listed(*people), *([read_manifest(scans.encode(), today=TODAY)] if aboard else [])]
    merged = merge(readings)
    on_board = {one.traveller.surname for one in merged.people if one.standing is ABOARD}
    assert on_board == {people[n].surname for n in order[:aboard]} and len(merged.people) == 6
    assert all(one.traveller.seat == f"{50 + n}C" for n, one in enumerate(merged.people) if one.standing is ABOARD)
