"""The lists of the gate: who holds a pass, who held one, in which order, and to whom they are shown."""

import pytest
from django.http import Http404

from hucheng.core.terms import Role
from hucheng.core.testing import OTHER_COUNTY, after, an_actor
from hucheng.entry.clearance.actions import PASS_LIFE, clear, depart, revoke
from hucheng.entry.clearance.queries import (
    cleared_by_triage,
    latest_passes,
    live_ids,
    open_pass_of,
    pass_seen_by,
    passes_of_flight,
    revoked_ids,
    with_valid_pass,
)
from hucheng.entry.testing import a_landed_flight, arrivals_of, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage_flight

pytestmark = pytest.mark.django_db
END = 70 + PASS_LIFE.total_seconds() / 60


@pytest.fixture
def city():
    return an_actor(Role.LEADING_GROUP)


@pytest.fixture
def flight():
    """Four people cleared by the triage at minute 60."""
    the_rules()
    landed = a_landed_flight(4)
    fit_to_travel(arrivals_of(landed), at=after(30))
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=landed.pk, because="screening", at=after(60))
    return landed


def issue(flight, count=4, minutes=70):
    ids = [person.pk for person in arrivals_of(flight)[:count]]
    return clear(actor=an_actor(Role.ENTRY), flight_id=flight.pk, arrival_ids=ids, at=after(minutes))


def board(flight, count, minutes=80):
    ids = [person.pk for person in arrivals_of(flight)[:count]]
    return depart(actor=an_actor(Role.ENTRY), flight_id=flight.pk, arrival_ids=ids, holder="X", at=after(minutes))


def test_the_lists_of_the_gate_follow_triage_pass_and_departure(flight):
    desk = an_actor(Role.ENTRY)
    ids = [person.pk for person in arrivals_of(flight)]
    assert set(cleared_by_triage(desk, flight.pk)) == set(ids) and with_valid_pass(desk, flight.pk, after(75)) == []
    made = issue(flight, 3)
    revoke(actor=desk, pass_id=made[0].pk, why="lost", at=after(72))
    held = {one.arrival_id for one in made[1:]}
    assert set(with_valid_pass(desk, flight.pk, after(75))) == held
    assert with_valid_pass(desk, flight.pk, after(END)) == []
    gone = made[1].arrival_id
    depart(actor=desk, flight_id=flight.pk, arrival_ids=[gone], holder="X", at=after(80))
    assert set(with_valid_pass(desk, flight.pk, after(85))) == held - {gone}
    assert gone not in cleared_by_triage(desk, flight.pk)


def test_open_passes_come_first_and_the_latest_of_a_flight_first(flight):
    desk = an_actor(Role.ENTRY)
    early, late = issue(flight, 1, minutes=70)[0], issue(flight, 2, minutes=75)[0]
    revoke(actor=desk, pass_id=late.pk, why="lost", at=after(80))
    assert [row.revoked_at is None for row in latest_passes(desk)] == [True, False]
    assert [row.pk for row in passes_of_flight(desk, flight)] == [late.pk, early.pk]


@pytest.mark.parametrize(("minutes", "open_now"), [(70, True), (END - 1, True), (END, False)])
def test_one_person_holds_the_pass_until_its_last_minute(flight, minutes, open_now):
    (made,) = issue(flight, 1)
    assert open_pass_of(arrivals_of(flight)[0], after(minutes)) == (made if open_now else None)
    assert open_pass_of(arrivals_of(flight)[1], after(minutes)) is None


def test_the_living_and_the_revoked_are_those_that_have_not_expired(flight):
    made = issue(flight, 3)
    revoke(actor=an_actor(Role.ENTRY), pass_id=made[0].pk, why="lost", at=after(72))
    assert live_ids(after(75)) == {str(one.pk) for one in made}
    assert revoked_ids(after(75)) == {str(made[0].pk)} <= live_ids(after(75))
    assert live_ids(after(END)) == revoked_ids(after(END)) == frozenset()


def test_a_pass_of_the_city_is_not_found_from_another_county(flight):
    (made,) = issue(flight, 1)
    stranger = an_actor(Role.ENTRY, OTHER_COUNTY)
    assert pass_seen_by(an_actor(Role.ENTRY), made.pk) == made
    with pytest.raises(Http404):
        pass_seen_by(stranger, made.pk)
    assert list(latest_passes(stranger)) == [] and cleared_by_triage(stranger, flight.pk) == []


def test_the_list_of_passes_takes_as_many_queries_for_many_as_for_one(flight, django_assert_num_queries):
    desk = an_actor(Role.ENTRY)
    for count in (1, 4):
        issue(flight, count)
        with django_assert_num_queries(1):
            assert all(row.arrival.person.full_name and row.arrival.flight.number for row in latest_passes(desk))
