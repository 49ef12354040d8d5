"""Trips: cohorts apart, families together, nobody on the road at night."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.planning import Rider, at_night, group_trips

LOCAL = timezone(timedelta(hours=8))
NOON = datetime(2020, 3, 24, 12, tzinfo=LOCAL)

riders = st.lists(
    st.builds(
        Rider,
        id=st.uuids().map(str),
        risk=st.sampled_from(["contact", "general"]),
        destination=st.sampled_from(["H01", "H02"]),
        cohort=st.sampled_from(["HU7976", "CA910"]),
        party=st.sampled_from(["", "", "p1", "p2"]),
    ),
    max_size=40,
    unique_by=lambda rider: rider.id,
)


def at(hour, minute=0):
    return NOON.replace(hour=hour, minute=minute)


@given(riders, st.integers(1, 12))
def test_everybody_once_nobody_mixed_never_over_capacity(people, seats):
    made = group_trips(people, seats=seats, depart=NOON)
    by_id = {rider.id: rider for rider in people}
    named = [one for trip in (*made.trips, *made.refused) for one in trip.riders]
    assert sorted(named) == sorted(by_id)
    for trip in made.trips:
        assert 1 <= len(trip.riders) <= seats
        assert {by_id[one].group for one in trip.riders} == {trip.group}


@given(riders, st.integers(1, 12))
def test_a_party_of_one_cohort_rides_together(people, seats):
    vehicle = {
        one: n for n, trip in enumerate(group_trips(people, seats=seats, depart=NOON).trips) for one in trip.riders
    }
    parties = {}
    for rider in people:
        if rider.party and rider.id in vehicle:
            parties.setdefault((rider.group, rider.party), set()).add(vehicle[rider.id])
    assert all(len(vehicles) == 1 for vehicles in parties.values())


@given(st.datetimes(datetime(2020, 3, 1), datetime(2020, 4, 30)), st.integers(1, 1440))
def test_no_trip_is_on_the_road_between_two_and_five(depart, minutes):
    depart = depart.replace(tzinfo=LOCAL)
    made = group_trips([Rider("a", "general", "H01")], seats=4, depart=depart, minutes=minutes)
    moments = [depart + timedelta(minutes=n, seconds=30) for n in range(minutes)]
    driven = any(2 <= moment.hour < 5 for moment in moments)
    assert not (made.trips and driven)
    if made.refused:
        assert made.refused[0].code == "night_barred"
        assert made.refused[0].earliest >= depart and made.refused[0].earliest.hour == 5


@pytest.mark.parametrize(
    ("depart", "minutes", "barred"),
    [
        (at(1), 60, False),
        (at(1), 61, True),
        (at(2), 10, True),
        (at(4, 59), 10, True),
        (at(5), 60, False),
        (at(23), 180, False),
        (at(23), 181, True),
        (at(0, 10), 150, True),
    ],
)
def test_the_edges_of_the_night(depart, minutes, barred):
    assert at_night(depart, depart + timedelta(minutes=minutes)) is barred


def test_a_far_house_is_barred_and_a_near_one_goes():
    people = [Rider("near", "general", "H01"), Rider("far", "general", "H02")]
    made = group_trips(people, seats=4, depart=at(1), minutes={"H01": 30, "H02": 90})
    assert [trip.riders for trip in made.trips] == [("near",)]
    refused = made.refused[0]
    assert refused.riders == ("far",) and refused.earliest == at(5)
    assert "02:00" in refused.why.en and refused.do.zh


def test_a_party_larger_than_a_vehicle_is_told_so():
    people = [Rider(str(n), "general", "H01", party="p") for n in range(5)]
    made = group_trips(people, seats=4, depart=NOON)
    assert not made.trips and made.refused[0].code == "party_too_large"


def test_forty_singles_fill_coaches_of_eighteen():
    made = group_trips([Rider(str(n), "general", "H01") for n in range(40)], seats=18, depart=NOON, minutes=45)
    assert [len(trip.riders) for trip in made.trips] == [18, 18, 4]
    assert made.trips[0].arrive == NOON + timedelta(minutes=45)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"depart": datetime(2020, 3, 24, 12)}, "aware"),
        ({"seats": 0}, "seats"),
        ({"minutes": 0}, "1 to 1440"),
        ({"minutes": {"H09": 30}}, "no minutes"),
        ({"people": [Rider("a", "general", "H01")] * 2}, "once"),
    ],
)
def test_nonsense_is_refused(change, said):
    call = {"people": [Rider("a", "general", "H01")], "seats": 4, "depart": NOON, **change}
    with pytest.raises(ValueError, match=said):
        group_trips(call.pop("people"), **call)
