"""A declaration says where home is; whoever stays in the city without a county waits in the register's queue."""

import pytest
from django.urls import reverse

from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.entry.declarations.actions import DeclarationForm, declare
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.declarations.symptoms import SYMPTOMS
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_landed_flight, arrivals_of
from hucheng.people import door as people

pytestmark = pytest.mark.django_db
ANSWERS = {f"symptom_{code}": "no" for code in SYMPTOMS} | {"contact_14d": "no"}


@pytest.fixture
def arrivals():
    a_city()
    return arrivals_of(a_landed_flight(3))


def say(arrivals, to, county="", at=None):
    forms = [DeclarationForm(one.pk, (), False, to, county=county) for one in arrivals]
    declare(actor=an_actor(Role.ENTRY), forms=forms, means=Declaration.Means.PAPER, at=at or after(10))


def home(arrival):
    person = Arrival.objects.select_related("person").get(pk=arrival.pk).person
    return person.home, person.place


def test_before_the_declaration_everybody_waits_in_the_queue(arrivals):
    assert people.without_county(SYSTEM).count() == 3


@pytest.mark.parametrize("to", [Destination.CAPITAL, Destination.ELSEWHERE, Destination.PROVINCE])
def test_who_lives_elsewhere_leaves_the_queue(arrivals, to):
    say(arrivals, to)
    assert not people.without_county(SYSTEM).exists() and home(arrivals[0]) == ("outside", "000000")


def test_who_names_the_county_comes_into_its_sight(arrivals):
    say(arrivals[:1], Destination.CITY, COUNTY)
    assert home(arrivals[0]) == ("county", COUNTY)


def test_who_stays_here_and_names_no_county_waits(arrivals):
    say(arrivals, Destination.CITY)
    assert people.without_county(SYSTEM).count() == 3


def test_a_corrected_declaration_moves_the_home(arrivals):
    say(arrivals[:1], Destination.ELSEWHERE)
    say(arrivals[:1], Destination.CITY, OTHER_COUNTY, at=after(20))
    assert home(arrivals[0]) == ("county", OTHER_COUNTY)


def own(client, arrival, **answers):
    with frozen_at(after(10)):
        return client.post(reverse("entry:own_page", args=[arrival.access]), ANSWERS | answers)


def test_the_own_page_asks_for_the_county(client, arrivals):
    assert own(client, arrivals[0], destination="city", county=COUNTY).status_code == 302
    assert home(arrivals[0]) == ("county", COUNTY)
    assert own(client, arrivals[1], destination="city").status_code == 302
    assert home(arrivals[1]) == ("unknown", "000000")


def test_a_county_told_with_another_destination_does_not_count(client, arrivals):
    own(client, arrivals[0], destination="elsewhere", county=COUNTY)
    assert home(arrivals[0]) == ("outside", "000000")


def test_a_county_that_is_none_is_refused(client, arrivals):
    assert own(client, arrivals[0], destination="city", county="310115").status_code == 422
    assert not Declaration.objects.exists()
