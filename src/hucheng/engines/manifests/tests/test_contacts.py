"""Close contacts aboard: the rule's limits, zones of the crew, places not known, late findings, an oracle."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import Aboard, cabins, contacts_aboard, follow

WIDE = cabins()["wide-2-4-2"]
MORNING = datetime(2020, 4, 6, 9)


def seated(**seats: str) -> list[Aboard[str]]:
    return [Aboard(key, seat) for key, seat in seats.items()]


def steward(key: str, *zones: str) -> Aboard[str]:
    return Aboard(key, crew=True, zones=frozenset(zones))


def named(aboard, *cases, cabin=WIDE, **options) -> set[str]:
    return set(contacts_aboard(aboard, cases, cabin=cabin, **options))


def test_the_same_row_and_three_to_each_side_and_no_fourth():
    aboard = seated(case="40A", same="40L", third="43L", front="37C", fourth="44A", before="36A")
    found = contacts_aboard(aboard, ["case"], cabin=WIDE)
    assert {key: why.rows_from_case for key, why in found.items()} == {"same": 0, "third": 3, "front": 3}


def test_rows_are_counted_in_the_cabin_not_by_their_numbers():
    aboard = seated(case="15A", behind="31A", third="33A", fourth="34A")
    assert named(aboard, "case") == {"behind", "third"}
    assert named(aboard, "case", cabin=None) == set()


def test_a_missing_row_13_is_no_row_of_distance():
    aboard = seated(case="12A", third="16A", fourth="17A")
    assert named(aboard, "case", cabin=cabins()["single-aisle"]) == {"third"}


@pytest.mark.parametrize(("reach", "expected"), [(0, {"same"}), (1, {"same", "next"}), (9, {"same", "next", "far"})])
def test_how_many_rows_count_is_the_rules_to_say(reach, expected):
    assert named(seated(case="40A", same="40L", next="41A", far="49A"), "case", reach=reach) == expected


def test_a_negative_reach_is_refused():
    with pytest.raises(ValueError, match="reach must be >= 0 rows, got -1"):
        contacts_aboard([], [], reach=-1)


def test_companions_count_wherever_they_sit():
    aboard = [Aboard("case", "40A", "P1"), Aboard("wife", "60A", "P1"), Aboard("other", "60C", "P2")]
    found = contacts_aboard(aboard, ["case"], cabin=WIDE)
    assert set(found) == {"wife"} and found["wife"].companion and found["wife"].rows_from_case == 20


def test_an_empty_party_is_nobodys():
    assert named([Aboard("case", "40A"), Aboard("far", "60A")], "case") == set()


@pytest.mark.parametrize("seat", ["", "INF", "16A", "40Z", "?"])
def test_a_seat_that_is_not_known_makes_a_contact_until_it_is(seat):
    unknown = contacts_aboard(seated(case="40A", who=seat), ["case"], cabin=WIDE)["who"]
    assert unknown.unknown and not unknown.known and unknown.rows_from_case is None
    assert named(seated(case="40A", who="60A"), "case") == set()


def test_while_the_seat_of_a_case_is_not_known_everybody_is_a_contact():
    assert named(seated(case="", a="11A", b="61L"), "case") == {"a", "b"}
    assert named(seated(a="11A", b="61L"), "stranger") == {"a", "b"}


def test_one_unknown_case_hides_no_known_distance():
    found = contacts_aboard(seated(case="40A", lost="", near="41A", far="61A"), ["case", "lost"], cabin=WIDE)
    assert (found["near"].near, found["near"].rows_from_case, found["near"].unknown) == (True, 1, True)
    assert (found["far"].near, found["far"].rows_from_case, found["far"].unknown) == (False, 21, True)


def test_crew_count_who_served_the_rows_within_reach():
    crew = [steward("front", "A"), steward("middle", "B"), steward("back", "C"), steward("all", "A", "B", "C")]
    assert named([*seated(case="40A"), *crew], "case") == {"middle", "all"}
    assert named([*seated(case="44A"), *crew], "case") == {"middle", "back", "all"}
    assert named([*seated(case="12A"), *crew], "case") == {"front", "all"}


def test_crew_whose_zone_is_not_known_are_contacts_until_it_is():
    found = contacts_aboard([*seated(case="40A"), steward("somewhere")], ["case"], cabin=WIDE)
    assert found["somewhere"].unknown and not found["somewhere"].crew


def test_crew_travelling_in_a_seat_are_passengers():
    rider = Aboard("rider", "60A", crew=True, zones=frozenset("B"))
    assert named([*seated(case="40A"), rider], "case") == set()


def test_a_crew_member_who_is_a_case_touches_the_zone_and_the_whole_crew():
    aboard = [steward("ill", "B"), steward("mate", "A"), *seated(served="33A", front="12A", back="60A")]
    found = contacts_aboard(aboard, ["ill"], cabin=WIDE)
    assert set(found) == {"mate", "served"}
    assert found["served"].zone and found["served"].rows_from_case is None and found["mate"].crew


def test_a_crew_member_without_a_zone_who_is_a_case_touches_everybody():
    found = contacts_aboard([steward("ill"), steward("mate", "A"), *seated(a="12A")], ["ill"], cabin=WIDE)
    assert found["a"].unknown and found["mate"].crew


def test_a_child_on_the_lap_is_judged_like_its_mother():
    found = contacts_aboard(seated(case="40A", mother="41C", infant="41C"), ["case"], cabin=WIDE)
    assert found["mother"] == found["infant"]


def test_no_case_no_contact_and_no_case_is_its_own():
    assert contacts_aboard(seated(a="40A", b="40C"), []) == {}
    assert named(seated(a="40A", b="40C"), "a", "b", "a") == set()


def test_each_contact_names_the_cases_behind_it():
    aboard = [*seated(one="40A", two="44A", between="42A"), Aboard("wife", "61A", "P")]
    aboard.append(Aboard("three", "11A", "P"))
    found = contacts_aboard(aboard, ["two", "one", "three"], cabin=WIDE)
    assert found["between"].of == ("two", "one") and found["wife"].of == ("three",)


def test_the_grounds_are_said_in_both_languages():
    aboard = [
        Aboard("case", "40A", "P"), Aboard("same", "40C", "P"), Aboard("third", "43A"), Aboard("lost", ""),
        steward("serving", "B"),
    ]  # fmt: skip
    why = {key: contact.why for key, contact in contacts_aboard(aboard, ["case"], cabin=WIDE).items()}
    assert why["same"].zh == "与病例同排；与病例同行"
    assert why["third"].en == "seated 3 row(s) from a case"
    assert why["lost"].en == "own place or that of a case not known, so not excluded"
    assert why["serving"].zh == "为病例所在区域服务的乘务员"
    ill = contacts_aboard([steward("ill", "B"), steward("mate"), *seated(a="33A")], ["ill"], cabin=WIDE)
    assert ill["mate"].why.en.startswith("crew of the same flight") and "zone of a crew member" in ill["a"].why.en


def test_every_late_finding_is_worked_out_again():
    aboard = seated(first="40A", second="42A", third="45A", far="61A", front="11A")
    findings = [(MORNING + timedelta(days=2), ["second"]), (MORNING, ["first"]), (MORNING + timedelta(days=4), ["far"])]
    one, two, three = follow(aboard, findings, cabin=WIDE)
    assert (one.cases, one.new, one.now_cases) == (("first",), ("second",), ())
    assert (two.cases, two.new, two.now_cases) == (("first", "second"), ("third",), ("second",))
    assert (three.cases, three.new) == (("first", "second", "far"), ()) and three.at == MORNING + timedelta(days=4)


def test_a_finding_told_twice_changes_nothing():
    aboard = seated(case="40A", near="41A")
    first, again = follow(aboard, [(MORNING, ["case"]), (MORNING + timedelta(hours=1), ["case"])], cabin=WIDE)
    assert again.contacts == first.contacts and again.new == () and again.cases == ("case",)


def test_the_flight_of_6_april_2020_by_numbers_and_by_cabin(reference):
    """CA910 as in the scenario: 35 seats published, rows 11-15 and 31-61; counted by brute force."""
    import yaml

    doc = yaml.safe_load((reference / "scenarios" / "ca910-2020-04-06.yaml").read_text(encoding="utf-8"))
    cabin = [dict(zip(doc["cabin"]["columns"], row, strict=True)) for row in doc["cabin"]["rows"]]
    aboard = [Aboard(one["seat"], one["seat"]) for one in cabin]
    cases = [one["seat"] for one in cabin if one["first_result"] == "positive"][:10]
    rows = {int(seat[:-1]) for seat in cases}
    expected = {one.key for one in aboard if min(abs(int(one.key[:-1]) - row) for row in rows) <= 3} - set(cases)
    assert set(contacts_aboard(aboard, cases)) == expected and len(cases) == 10
    assert expected <= set(contacts_aboard(aboard, cases, cabin=WIDE))


SEATS = st.sampled_from([*WIDE.seats, "", "INF", "16A"])
PEOPLE = st.builds(
    Aboard, key=st.integers(0, 999), seat=SEATS, party=st.sampled_from(["", "", "P", "Q"]), crew=st.booleans(),
    zones=st.frozensets(st.sampled_from("ABC")),
)  # fmt: skip
FLIGHTS = st.lists(PEOPLE, min_size=1, max_size=12, unique_by=lambda one: one.key)


@st.composite
def flights_with_cases(draw):
    aboard = draw(FLIGHTS)
    return aboard, draw(st.lists(st.sampled_from([one.key for one in aboard]), min_size=1, unique=True))


def oracle(aboard, cases) -> set[int]:
    """The rule said again, person by person and case by case, on seats only."""
    rows = [row.number for row in WIDE.rows]
    people = {one.key: one for one in aboard}
    found = set()
    for one in aboard:
        for case in (people[key] for key in cases):
            if one.key in cases:
                continue
            here, there = ((p.seat if p.seat in WIDE.seats else None) for p in (one, case))
            together = one.party and one.party == case.party
            if here and there and abs(rows.index(int(here[:-1])) - rows.index(int(there[:-1]))) <= 3:
                found.add(one.key)
            if together or not (here and there):
                found.add(one.key)
    return found


@given(flights_with_cases())
def test_passengers_are_judged_as_by_brute_force(flight):
    aboard, cases = flight
    aboard = [Aboard(one.key, one.seat, one.party) for one in aboard]
    assert named(aboard, *cases) == oracle(aboard, cases)


@given(flights_with_cases())
def test_every_contact_has_a_ground_and_a_case(flight):
    aboard, cases = flight
    for why in contacts_aboard(aboard, cases, cabin=WIDE).values():
        assert why.why.zh and why.why.en and why.of and set(why.of) <= set(cases)


@given(flights_with_cases(), st.data())
def test_one_more_case_never_frees_anybody(flight, data):
    aboard, cases = flight
    more = [*cases, data.draw(st.sampled_from([one.key for one in aboard]))]
    assert named(aboard, *cases) <= named(aboard, *more) | set(more)


@given(flights_with_cases(), st.data())
def test_losing_a_seat_or_a_zone_never_frees_anybody(flight, data):
    aboard, cases = flight
    aboard = [one if one.key not in cases or not one.crew else Aboard(one.key, one.seat, one.party) for one in aboard]
    lost = data.draw(st.sampled_from([one.key for one in aboard]))
    without = [Aboard(o.key, "", o.party, o.crew) if o.key == lost else o for o in aboard]
    assert named(aboard, *cases) <= named(without, *cases)


@given(flights_with_cases(), st.integers(0, 8))
def test_a_wider_reach_never_frees_anybody(flight, reach):
    aboard, cases = flight
    assert named(aboard, *cases, reach=reach) <= named(aboard, *cases, reach=reach + 1)


@given(flights_with_cases())
def test_a_known_cabin_never_frees_whom_the_row_numbers_hold(flight):
    aboard, cases = flight
    by_numbers = {key for key, why in contacts_aboard(aboard, cases).items() if why.near or why.companion}
    assert by_numbers <= named(aboard, *cases)


@given(flights_with_cases())
def test_following_day_by_day_ends_as_all_at_once(flight):
    aboard, cases = flight
    steps = follow(aboard, [(MORNING + timedelta(days=n), [case]) for n, case in enumerate(cases)], cabin=WIDE)
    assert steps[-1].contacts == contacts_aboard(aboard, cases, cabin=WIDE)
    ever = {key for step in steps for key in step.new}
    assert set(steps[-1].contacts) == ever - set(cases)


def test_the_contacts_of_6_april_2020_grow_with_each_result(reference):
    """CA910: 35 cases came to light over four days; nobody named was forgotten, every late case was counted at once."""
    import yaml

    doc = yaml.safe_load((reference / "scenarios" / "ca910-2020-04-06.yaml").read_text(encoding="utf-8"))
    cabin = [dict(zip(doc["cabin"]["columns"], row, strict=True)) for row in doc["cabin"]["rows"]]
    aboard = [Aboard(one["seat"], one["seat"], one["party"]) for one in cabin]
    findings = [
        (datetime.fromisoformat(event["at"]), list(event["with"].get("positive", event["with"].get("who", ()))))
        for event in doc["events"]
        if event["act"] == "results.arrive" or "suspected" in str(event.get("with", {}).get("fact", ""))
    ]
    steps = follow(aboard, findings)
    assert len(steps) == len(findings) and len(steps[-1].cases) == 35 and len(cabin) == 216
    for before, after in zip(steps, steps[1:], strict=False):
        assert set(before.contacts) <= set(after.contacts) | set(after.cases)
        assert set(after.new) == set(after.contacts) - set(before.contacts)
    everybody = contacts_aboard(aboard, steps[-1].cases)
    assert steps[-1].contacts == everybody and 140 < len(everybody) < 216 - 35


def test_most_cases_of_that_flight_sat_within_two_rows_of_another(reference):
    """As the published seats say: 34 of 35 within one row of another case, all within two."""
    import csv

    (path,) = (reference / "data").glob("ca910*seats.csv")
    with path.open(encoding="utf-8") as lines:
        seats = [row["seat"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))]
    near = {1: 0, 2: 0}
    for place, seat in enumerate(seats):
        others = [other for number, other in enumerate(seats) if number != place]
        aboard = [Aboard(key, key) for key in seats]
        rows = contacts_aboard(aboard, others)[seat].rows_from_case
        for reach in near:
            near[reach] += rows <= reach
    assert (len(seats), near) == (35, {1: 34, 2: 35})
