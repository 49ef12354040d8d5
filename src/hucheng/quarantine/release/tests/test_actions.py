"""Release: the one way out of a house."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Destination, Outcome, Risk, Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import fact
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.lodging.models import Room
from hucheng.quarantine.release.actions import record_call, release
from hucheng.quarantine.release.conditions import conditions_of, due_at, ready_to_go
from hucheng.quarantine.release.models import FollowUp, Release
from hucheng.quarantine.release.queries import calls_owed, due_list
from hucheng.quarantine.testing import people_inside, with_negative_tests

pytestmark = pytest.mark.django_db
DAY_14 = after(60, days=14)


@pytest.fixture
def stays():
    found = people_inside(2)
    with_negative_tests(found, day=13.2)
    return found


def let_go(stay, **changes):
    args = {"actor": an_actor(Role.QUARANTINE), "to": Destination.ELSEWHERE, "receiver": "OTHER-PROV", "at": DAY_14}
    return release(stay_id=stay.pk, **(args | changes))


def test_whoever_meets_every_condition_goes_and_the_room_waits(stays):
    done = let_go(stays[0])
    stays[0].refresh_from_db()
    person = Arrival.objects.get(pk=stays[0].arrival_id)
    assert stays[0].ended_at == DAY_14 and person.whereabouts == "released" and person.holder == "OTHER-PROV"
    assert done.tests == "04-03" and Room.objects.get(pk=stays[0].room_id).state == "dirty"


def test_nobody_is_released_twice(stays):
    let_go(stays[0])
    with pytest.raises(Refusal) as no:
        let_go(stays[0])
    assert no.value.code == "already_released" and Release.objects.count() == 1


def test_nobody_goes_before_fourteen_full_days(stays):
    with pytest.raises(Refusal) as no:
        let_go(stays[0], at=after(14 * 60, days=13))
    assert no.value.code == "conditions_open"


def test_nobody_goes_without_the_last_test():
    stay = people_inside(1)[0]
    with_negative_tests([stay], day=7)
    with pytest.raises(Refusal):
        let_go(stay)
    names = {c.code: c.holds for c in conditions_of([stay.arrival], DAY_14)[stay.arrival_id]}
    assert names == {"days": True, "tests": False, "awaited": True, "well": True}


def test_a_fever_on_the_last_day_keeps_somebody(stays):
    fact(stays[0].arrival_id, Fact.Kind.TEMPERATURE, "38.0", at=after(30, days=14))
    with pytest.raises(Refusal):
        let_go(stays[0])


def test_a_high_risk_person_does_not_go_to_the_capital(stays):
    fact(stays[0].arrival_id, Fact.Kind.CONTACT, "yes", at=after(30, days=14))
    assert Arrival.objects.get(pk=stays[0].arrival_id).outcome == Outcome.QUARANTINE
    with pytest.raises(Refusal) as no:
        let_go(stays[0], to=Destination.CAPITAL)
    assert no.value.code == "high_risk_to_capital" and not Release.objects.exists()


def test_the_database_too_keeps_high_risk_people_from_the_capital(stays):
    done = let_go(stays[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=done.pk).update(risk=Risk.HIGH, destination=Destination.CAPITAL)


def test_another_district_cannot_release(stays):
    with pytest.raises(Http404):
        let_go(stays[0], actor=an_actor(Role.QUARANTINE, OTHER_COUNTY))


@pytest.mark.parametrize("role", [Role.HOUSE, Role.ENTRY, Role.COUNTY, Role.LEADING_GROUP])
def test_other_roles_cannot_release(stays, role):
    with pytest.raises(Refusal) as no:
        let_go(stays[0], actor=an_actor(role, COUNTY, "H01"))
    assert no.value.code == "role_may_not"


def test_the_list_names_what_is_missing(stays):
    keeper = an_actor(Role.QUARANTINE)
    assert [row.ready for row in due_list(keeper, DAY_14)] == [True, True]
    early = due_list(keeper, after(days=10))
    assert not any(row.ready for row in early) and due_at(early[0].stay.arrival) == early[0].due


def test_the_county_calls_for_fourteen_days_and_a_symptom_is_judged(stays):
    let_go(stays[0], to=Destination.CITY, county=COUNTY, receiver="C-XD-LG")
    assert FollowUp.objects.count() == 14
    county = an_actor(Role.COUNTY, COUNTY)
    call = calls_owed(county, FollowUp.objects.earliest("day").day)[0]
    record_call(actor=county, follow_up_id=call.pk, symptoms=("cough",), at=after(days=15))
    assert Arrival.objects.get(pk=stays[0].arrival_id).outcome == Outcome.HOSPITAL
    with pytest.raises(Http404):
        record_call(actor=an_actor(Role.COUNTY, OTHER_COUNTY), follow_up_id=call.pk, symptoms=(), at=after(days=15))


def test_who_may_go_is_asked_for_all_at_once(django_assert_num_queries):
    stays = people_inside(3)
    with_negative_tests(stays[:2], day=13.2)
    seen = Arrival.objects.select_related("flight").in_bulk([stay.arrival_id for stay in stays])
    people = [seen[stay.arrival_id] for stay in stays]
    with django_assert_num_queries(2):
        assert ready_to_go(people, DAY_14) == {person.pk for person in people[:2]}
    assert ready_to_go(people, DAY_14 - timedelta(days=1)) == set() == ready_to_go([], DAY_14)
