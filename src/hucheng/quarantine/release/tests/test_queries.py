"""Who may go, who went, who is owed a call: scope, order and cost."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Destination, Risk, Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import fact
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.lodging.actions import assign_flight
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.release.actions import CALLS, record_call, release, release_all
from hucheng.quarantine.release.models import FollowUp, Release
from hucheng.quarantine.release.queries import calls_owed, due_list, release_seen_by, releases_seen_by
from hucheng.quarantine.testing import (
    a_flight_to_house,
    a_house,
    people_inside,
    refused,
    with_negative_tests,
)

pytestmark = pytest.mark.django_db
DAY_14, DAY_15 = after(60, days=14), after(60, days=15)
ELSEWHERE = {"to": Destination.ELSEWHERE, "receiver": "OTHER-PROV"}
HERE = {"to": Destination.CITY, "county": COUNTY, "receiver": "C-XD-LG"}


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


@pytest.fixture
def stays():
    found = people_inside(3)
    with_negative_tests(found, day=13.2)
    return found


def go(keeper, stay, at=DAY_14, **how):
    return release(actor=keeper, stay_id=stay.pk, at=at, **(how or ELSEWHERE))


def seen(rows):
    return [row.stay.pk for row in rows]


def test_the_ready_stand_first_and_then_those_whose_day_comes_first(keeper, stays):
    fact(stays[0].arrival_id, Fact.Kind.TEMPERATURE, "38.1", at=after(30, days=14))
    rows = due_list(keeper, DAY_14)
    assert [row.ready for row in rows] == [True, True, False] and seen(rows)[-1] == stays[0].pk
    assert [row.stay.room.number for row in rows[:2]] == sorted(row.stay.room.number for row in rows[:2])


@pytest.mark.parametrize(
    ("role", "place", "unit", "count"),
    [
        (Role.QUARANTINE, CITY, "", 3),
        (Role.MEDICAL, "140000", "", 3),
        (Role.HOUSE, COUNTY, "H01", 3),
        (Role.HOUSE, COUNTY, "H02", 0),
        (Role.QUARANTINE, OTHER_COUNTY, "", 0),
    ],
)
def test_each_reader_sees_the_people_and_the_releases_of_the_own_place(keeper, stays, role, place, unit, count):
    reader = an_actor(role, place, unit)
    assert len(due_list(reader, DAY_14)) == count
    done = go(keeper, stays[0])
    assert len(due_list(reader, DAY_14)) == max(count - 1, 0) and len(releases_seen_by(reader)) == (count > 0)
    if count:
        assert release_seen_by(reader, done.pk) == done
    else:
        with pytest.raises(Http404):
            release_seen_by(reader, done.pk)


def test_whoever_has_a_room_and_has_not_moved_in_is_not_on_the_list(keeper):
    a_house()
    assign_flight(actor=keeper, flight_id=a_flight_to_house(2).pk, at=after(90))
    assert not due_list(keeper, DAY_14) and Stay.objects.count() == 2


def test_releases_stand_newest_first(keeper, stays):
    first, second = go(keeper, stays[0]), go(keeper, stays[1], at=DAY_15)
    assert list(releases_seen_by(keeper)) == [second, first]


def test_a_release_keeps_what_was_true_that_day(keeper, stays):
    with_negative_tests(stays[:1], day=7.1)
    done = go(keeper, stays[0], **HERE)
    assert (done.house, done.place, done.county, done.risk) == ("H01", COUNTY, COUNTY, Risk.MEDIUM)
    assert (done.since, done.decided_at, done.decided_by_id) == (after(180), DAY_14, keeper.user_id)
    assert done.tests == "03-28, 04-03"
    line = AuditLine.objects.get(act="quarantine.release.release")
    assert line.detail["gave"] == str(done.pk) and stays[0].arrival.person.surname not in str(line.detail)


def test_somebody_of_medium_risk_may_go_on_to_the_capital(keeper, stays):
    assert go(keeper, stays[0], to=Destination.CAPITAL, receiver="BJ").destination == "capital"
    assert Arrival.objects.get(pk=stays[0].arrival_id).holder == "BJ"


def test_the_room_waits_for_disinfection_when_the_last_of_it_has_gone(keeper, stays):
    Stay.objects.filter(pk=stays[1].pk).update(room=stays[0].room_id, bed=2)
    go(keeper, stays[0])
    assert Room.objects.get(pk=stays[0].room_id).state == "taken"
    go(keeper, stays[1])
    assert Room.objects.get(pk=stays[0].room_id).state == "dirty"


def test_whoever_has_not_moved_in_is_not_let_go_and_nothing_of_it_stays(keeper):
    a_house()
    assign_flight(actor=keeper, flight_id=a_flight_to_house(1).pk, at=after(90))
    stay = Stay.objects.get()
    with_negative_tests([stay], day=13.2)
    refused("not_inside", release, actor=keeper, stay_id=stay.pk, at=DAY_14, **HERE)
    stay.refresh_from_db()
    assert stay.ended_at is None and not Release.objects.exists() and not FollowUp.objects.exists()


def test_one_stay_out_of_sight_and_nobody_of_the_list_goes(stays):
    Stay.objects.filter(pk=stays[2].pk).update(place=OTHER_COUNTY)
    county = an_actor(Role.QUARANTINE, COUNTY)
    with pytest.raises(Http404):
        release_all(actor=county, stay_ids=[stay.pk for stay in stays], at=DAY_14, **ELSEWHERE)
    assert not Release.objects.exists() and not Stay.objects.exclude(ended_at=None).exists()


def test_somebody_named_twice_goes_once_and_is_named_with_why(keeper, stays):
    done = release_all(actor=keeper, stay_ids=[stays[0].pk, stays[0].pk], at=DAY_14, **ELSEWHERE)
    assert len(done.done) == 1 and [(pk, no.code) for pk, no in done.kept] == [(stays[0].pk, "already_released")]


def test_those_who_must_stay_are_each_named_with_their_own_reason(keeper, stays):
    fact(stays[0].arrival_id, Fact.Kind.TEST, "pending", at=after(30, days=14))
    fact(stays[1].arrival_id, Fact.Kind.CONTACT, "yes", at=after(30, days=14))
    capital = {"to": Destination.CAPITAL, "receiver": "BJ"}
    done = release_all(actor=keeper, stay_ids=[stay.pk for stay in stays], at=DAY_14, **capital)
    assert {pk: no.code for pk, no in done.kept} == {
        stays[0].pk: "conditions_open",
        stays[1].pk: "high_risk_to_capital",
    }
    assert [one.arrival_id for one in done.done] == [stays[2].arrival_id]
    refusals = AuditLine.objects.filter(act="quarantine.release.release").exclude(refused="")
    assert sorted(refusals.values_list("refused", flat=True)) == ["conditions_open", "high_risk_to_capital"]


def test_a_call_is_owed_on_each_of_the_fourteen_days_after_and_on_no_other(keeper, stays):
    go(keeper, stays[0], **HERE)
    days = list(FollowUp.objects.order_by("day").values_list("day", flat=True))
    assert [(day - DAY_14.date()).days for day in days] == list(range(1, CALLS + 1))


def test_whoever_leaves_the_city_is_owed_no_call(keeper, stays):
    go(keeper, stays[0])
    assert not FollowUp.objects.exists()


def test_calls_that_were_not_made_stand_first(keeper, stays):
    """PostgreSQL put them last: what is empty sorts behind everything there."""
    for stay in stays:
        go(keeper, stay, **HERE)
    county = an_actor(Role.COUNTY, COUNTY)
    first, *_others = calls_owed(county, DAY_15.date())
    record_call(actor=county, follow_up_id=first.pk, symptoms=(), at=DAY_15)
    rows = list(calls_owed(county, DAY_15.date()))
    assert [row.reached_at for row in rows] == [None, None, DAY_15] and rows[-1].pk == first.pk
    assert not calls_owed(an_actor(Role.COUNTY, OTHER_COUNTY), DAY_15.date())
    assert len(calls_owed(keeper, DAY_15.date())) == 3


def test_a_call_is_not_made_before_its_day(keeper, stays):
    """Fourteen calls were recorded on the first day, and the measure of the next thirteen was met."""
    go(keeper, stays[0], **HERE)
    county = an_actor(Role.COUNTY, COUNTY)
    first, second = FollowUp.objects.order_by("day")[:2]
    refused("call_not_due", record_call, actor=county, follow_up_id=second.pk, symptoms=(), at=DAY_15)
    assert record_call(actor=county, follow_up_id=first.pk, symptoms=(), at=DAY_15).well is True
    late = record_call(actor=county, follow_up_id=second.pk, symptoms=(), at=after(60, days=18))
    assert late.reached_at == after(60, days=18), "a call that comes late is kept as late"


def test_symptoms_of_a_call_stand_as_one_fact_from_its_minute(keeper, stays):
    go(keeper, stays[0], **HERE)
    call = FollowUp.objects.earliest("day")
    told = ("fever", "cough")
    done = record_call(actor=an_actor(Role.COUNTY, COUNTY), follow_up_id=call.pk, symptoms=told, at=DAY_15)
    found = Fact.objects.get(arrival=stays[0].arrival_id, source="follow-up call")
    assert (found.kind, found.value, found.at, done.well) == ("symptoms", "cough;fever", DAY_15, False)


def test_the_database_releases_a_person_once_and_owes_one_call_a_day(keeper, stays):
    done = go(keeper, stays[0], **HERE)
    call = FollowUp.objects.earliest("day")
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(release=done, place=COUNTY, day=call.day)
    done.pk, done._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        done.save(force_insert=True)
