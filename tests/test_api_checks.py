"""A hundred checks in one request: taken whole, once, in few queries (ISS-05)."""

import pytest

from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.lodging.actions import admit, assign_flight
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.testing import a_flight_to_house, a_house
from tests.test_api import a_check, caller, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def stays():
    """A hundred people in two houses."""
    keeper = an_actor(Role.QUARANTINE)
    for code in ("H01", "H02"):
        a_house(code, rooms=60)
    flight = a_flight_to_house(100)
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    admit(actor=keeper, stay_ids=[s.pk for s in Stay.objects.all()], at=after(180))
    return list(Stay.objects.order_by("pk"))


def test_a_hundred_checks_are_taken_once_however_often_they_are_sent(client, stays, django_assert_max_num_queries):
    auth, _grant = caller(Role.QUARANTINE)
    whole = [a_check(stay) for stay in stays]
    assert len(whole) >= 80
    with django_assert_max_num_queries(14):
        assert post(client, "/checks", whole[:10], auth).json() == {"new": 10, "known": 0, "abnormal": 0}
    with django_assert_max_num_queries(14):
        told = post(client, "/checks", whole, auth).json()
    assert told == {"new": len(whole) - 10, "known": 10, "abnormal": 0}
    for _again in range(2):
        assert post(client, "/checks", whole, auth).json() == {"new": 0, "known": len(whole), "abnormal": 0}
    assert DailyCheck.objects.count() == len(whole)


def test_one_wrong_row_of_a_hundred_keeps_all_of_them_out(client, stays):
    auth, _grant = caller(Role.QUARANTINE)
    rows = [a_check(stay) for stay in stays]
    for last, status in ((a_check(stays[-1], day="2099-01-01"), 409), (a_check(stays[-1], temperature=99), 422)):
        answer = post(client, "/checks", [*rows[:-1], last], auth)
        assert answer.status_code == status and not DailyCheck.objects.exists()


def test_a_fever_among_a_hundred_is_judged_and_the_others_are_not(client, stays):
    auth, _grant = caller(Role.QUARANTINE)
    rows = [a_check(stay) for stay in stays[1:]] + [a_check(stays[0], temperature=38.6, symptoms=["fever"])]
    assert post(client, "/checks", rows, auth).json()["abnormal"] == 1
    stays[0].arrival.refresh_from_db()
    stays[1].arrival.refresh_from_db()
    assert stays[0].arrival.outcome == "hospital" and stays[1].arrival.outcome == "quarantine"
