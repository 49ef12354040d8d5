"""Care has a clock; an emergency waits for nothing."""

from datetime import timedelta

import pytest
from django.http import Http404

from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.quarantine.care.actions import CLOCKS, ask_care, flag_emergency, settle_care
from hucheng.quarantine.care.measures import emergency_blocked, requests_in_time
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.care.queries import requests_seen_by
from hucheng.quarantine.testing import people_inside

pytestmark = pytest.mark.django_db
Kind = CareRequest.Kind


@pytest.fixture
def stay():
    return people_inside(1)[0]


def nurse(unit="H01"):
    return an_actor(Role.HOUSE, COUNTY, unit)


@pytest.mark.parametrize("kind", [Kind.MEDICAL, Kind.FOOD, Kind.OTHER])
def test_each_kind_has_its_clock(stay, kind):
    asked = ask_care(actor=nurse(), arrival_id=stay.arrival_id, kind=kind, text="insulin", at=after(300))
    assert asked.due_at - asked.asked_at == CLOCKS[kind] and asked.house == "H01"


def test_an_emergency_asks_for_nothing_and_goes_to_hospital_at_once(stay):
    """INQ-34: no test, code or form stands before the call, not even a text."""
    assert CLOCKS[Kind.EMERGENCY] == timedelta(0)
    flag_emergency(actor=nurse(), arrival_id=stay.arrival_id, at=after(300))
    person = Arrival.objects.get(pk=stay.arrival_id)
    assert person.whereabouts == "hospital" and emergency_blocked(an_actor(Role.QUARANTINE), after(301)).value == 0


def test_a_traveller_asks_for_oneself_and_for_nobody_else(stay):
    own = Actor(None, "140100", Role.TRAVELLER, str(stay.arrival_id))
    ask_care(actor=own, arrival_id=stay.arrival_id, kind=Kind.FOOD, text="halal", at=after(300))
    stranger = Actor(None, "140100", Role.TRAVELLER, "0" * 32)
    with pytest.raises(Http404):
        ask_care(actor=stranger, arrival_id=stay.arrival_id, kind=Kind.FOOD, text="x", at=after(300))


def test_another_house_neither_asks_nor_settles(stay):
    asked = ask_care(actor=nurse(), arrival_id=stay.arrival_id, kind=Kind.FOOD, text="x", at=after(300))
    with pytest.raises(Http404):
        ask_care(actor=nurse("H02"), arrival_id=stay.arrival_id, kind=Kind.FOOD, text="x", at=after(300))
    with pytest.raises(Http404):
        settle_care(actor=nurse("H02"), request_id=asked.pk, answer="done", at=after(310))


def test_a_request_is_settled_once_with_a_word(stay):
    asked = ask_care(actor=nurse(), arrival_id=stay.arrival_id, kind=Kind.FOOD, text="x", at=after(300))
    with pytest.raises(Refusal):
        settle_care(actor=nurse(), request_id=asked.pk, answer=" ", at=after(310))
    settle_care(actor=nurse(), request_id=asked.pk, answer="brought", at=after(310))
    with pytest.raises(Refusal):
        settle_care(actor=nurse(), request_id=asked.pk, answer="again", at=after(320))
    assert requests_in_time(an_actor(Role.QUARANTINE), after(311)).value == 100


def test_an_empty_request_is_refused(stay):
    with pytest.raises(Refusal):
        ask_care(actor=nurse(), arrival_id=stay.arrival_id, kind=Kind.OTHER, text="  ", at=after(300))


def test_the_most_urgent_stands_first(stay):
    for kind in (Kind.OTHER, Kind.MEDICAL, Kind.FOOD):
        ask_care(actor=nurse(), arrival_id=stay.arrival_id, kind=kind, text="x", at=after(300))
    assert [row.kind for row in requests_seen_by(nurse())] == [Kind.MEDICAL, Kind.FOOD, Kind.OTHER]
