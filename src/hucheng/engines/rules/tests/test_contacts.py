"""Contacts aboard, against the rule's limits and against a flight that was really flown."""

from datetime import date, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.rules import contacts_by_seat, load_table
from hucheng.engines.rules.contacts import seat_row

seats = st.dictionaries(
    st.integers(0, 40), st.builds(lambda r, c: f"{r}{c}", st.integers(1, 60), st.sampled_from("ACDFJL")), min_size=1
)


def test_three_rows_count_and_four_do_not():
    aboard = {"case": "30A", "near": "33L", "far": "34A", "front": "27C"}
    assert set(contacts_by_seat(aboard, ["case"])) == {"near", "front"}


def test_a_companion_counts_wherever_seated():
    found = contacts_by_seat({"case": "30A", "wife": "60A"}, ["case"], parties={"case": "P1", "wife": "P1"})
    assert found["wife"].companion and not found["wife"].near


def test_an_empty_party_makes_no_companions():
    assert contacts_by_seat({"case": "30A", "other": "60A"}, ["case"], parties={"case": "", "other": ""}) == {}


def test_a_missing_seat_is_no_proof_of_distance():
    assert contacts_by_seat({"case": "30A", "who": ""}, ["case"])["who"].seat_unknown


@pytest.mark.parametrize("seat", ["", "INF", "?", "0A", "000", "150A"])
def test_while_a_case_has_no_readable_seat_nobody_is_far_from_it(seat):
    found = contacts_by_seat({"case": seat, "a": "11A", "b": "60K"}, ["case"])
    assert {person for person, why in found.items() if why.seat_unknown} == {"a", "b"}


def test_a_case_who_is_not_on_the_list_frees_nobody():
    assert set(contacts_by_seat({"a": "11A"}, ["stranger"])) == {"a"}


def test_one_unread_case_among_others_hides_no_distance():
    why = contacts_by_seat({"case": "30A", "other": "", "near": "31A", "far": "60A"}, ["case", "other"])
    assert (why["near"].near, why["near"].seat_unknown, why["near"].rows_from_case) == (True, False, 1)
    assert (why["far"].near, why["far"].seat_unknown, why["far"].rows_from_case) == (False, True, 30)


@pytest.mark.parametrize("seat", ["", "0A", "99Z", "150A", "1A", "34", "INF"])
def test_every_distance_is_one_the_table_takes(seat):
    rows = load_table("entry").inputs["rows_from_case"]
    for why in contacts_by_seat({"case": "1A", "who": seat}, ["case"]).values():
        rows.accept(why.rows_from_case)


def test_a_child_on_the_lap_shares_its_seat():
    found = contacts_by_seat({"case": "30A", "mother": "31C", "infant": "31C"}, ["case"])
    assert found["mother"] == found["infant"]


def test_every_ground_is_said_in_both_languages():
    aboard = {"case": "30A", "wife": "30C", "third": "33A", "lost": "", "steward": ""}
    parties = {"case": "P1", "wife": "P1"}
    found = contacts_by_seat(aboard, ["case"], parties=parties, crew=["steward"])
    assert found["wife"].why.zh == "与病例同排；与病例同行"
    assert found["third"].why.en == "seated 3 row(s) from a case"
    assert "座位不明" in found["lost"].why.zh and "crew" in found["steward"].why.en


@given(seats, st.data())
def test_every_contact_has_a_ground(aboard, data):
    index = data.draw(st.sets(st.sampled_from(sorted(aboard))))
    for why in contacts_by_seat(aboard, index).values():
        assert why.why.zh and why.why.en


@given(seats, st.data())
def test_losing_a_seat_never_frees_anybody(aboard, data):
    people = sorted(aboard)
    index = data.draw(st.sets(st.sampled_from(people)))
    lost = {**aboard, data.draw(st.sampled_from(people)): ""}
    assert set(contacts_by_seat(aboard, index)) <= set(contacts_by_seat(lost, index))


def test_crew_of_the_zone_counts():
    assert contacts_by_seat({"case": "30A", "steward": ""}, ["case"], crew=["steward"])["steward"].crew


def test_no_case_no_contact():
    assert contacts_by_seat({"a": "30A", "b": "30C"}, []) == {}


def test_seats_as_airlines_write_them():
    assert [seat_row(s) for s in ("34F", "034F", " 7-a ", "12", "99K", "007A")] == [34, 34, 7, 12, 99, 7]


@pytest.mark.parametrize("seat", ["", "F34", "none", "0", "00A", "100A", "999", "３４F", "34FF", "34\nA5", None])
def test_what_is_no_seat_is_not_read_as_one(seat):
    assert seat_row(seat) is None


@given(seats, st.data())
def test_one_more_case_never_frees_a_contact(aboard, data):
    people = sorted(aboard)
    index = data.draw(st.sets(st.sampled_from(people)))
    more = index | {data.draw(st.sampled_from(people))}
    assert set(contacts_by_seat(aboard, index)) <= set(contacts_by_seat(aboard, more)) | more


@given(seats, st.data(), st.integers(0, 10))
def test_a_wider_reach_never_frees_a_contact(aboard, data, reach):
    index = data.draw(st.sets(st.sampled_from(sorted(aboard))))
    assert set(contacts_by_seat(aboard, index, rows=reach)) <= set(contacts_by_seat(aboard, index, rows=reach + 1))


def facts_by_time(doc: dict) -> dict[str, str]:
    when: dict[str, str] = {}
    for event in doc["events"]:
        given_facts = event.get("with", {})
        if event["act"] == "results.arrive":
            new = given_facts["positive"]
        elif event["act"] == "person.fact" and "suspected" in given_facts["fact"]:
            new = given_facts["who"]
        else:
            continue
        for seat in new:
            when.setdefault(seat, event["at"])
    return when


def test_the_flight_of_6_april_2020_ends_as_recorded(reference):
    """CA910: 35 cases by seat; ends at each step recomputed by the shipped table."""
    doc = yaml.safe_load((reference / "scenarios" / "ca910-2020-04-06.yaml").read_text(encoding="utf-8"))
    cabin = [dict(zip(doc["cabin"]["columns"], row, strict=True)) for row in doc["cabin"]["rows"]]
    known = facts_by_time(doc)
    assert len(known) == 35
    entry = load_table("entry")
    for at, *want in doc["layout"]["index_table"]["rows"]:
        index = [seat for seat, since in known.items() if since <= at]
        contacts = contacts_by_seat(
            {x["seat"]: x["seat"] for x in cabin}, index, parties={x["seat"]: x["party"] for x in cabin}
        )
        ends = [ended(entry, x, at, index, contacts) for x in cabin]
        got = [ends.count(e) for e in ("HOSPITAL", "ISOLATE_CONTACT_14D", "ISOLATE_ENTRY_CITY_14D")]
        onward_or_held = sum(end in ("ONWARD_BEIJING", "HOLD_TEST") for end in ends)
        assert [len(index), *got, onward_or_held] == want[:5], at


def ended(entry, x: dict, at: str, index: list[str], contacts: dict) -> str:
    near = contacts.get(x["seat"])
    facts = {
        "temp_c": float(x["temperature_c"]),
        "symptoms": [s for s in x["symptoms"].split(";") if s],
        "contact_14d": x["contact_14d"] == "yes",
        "rows_from_case": near.rows_from_case if near else None,
        "companion_of_case": bool(near and near.companion),
        "case_status": "suspected" if x["seat"] in index else "none",
        "test": "negative" if x["first_result_at"] <= at else "pending",
        "declaration_complete": True,
        "destination": "Beijing" if x["destination"] == "Beijing" else "other",
    }
    return entry.decide(facts, on=datetime.fromisoformat(at).date()).outcome


def test_the_flight_needs_dates_inside_the_diversions():
    assert load_table("entry").decide({"destination": "other"}, on=date(2020, 4, 6)).outcome == "HOLD_DECLARATION"
