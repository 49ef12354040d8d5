"""An announced flight proposes its country for the watch list; nothing else of it changes."""

import pytest

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.entry.flights.actions import announce_flight
from hucheng.entry.testing import a_flight
from hucheng.situation.origins.models import Origin
from hucheng.situation.origins.queries import proposals

pytestmark = pytest.mark.django_db


def announced(origin, number="XX1"):
    return announce_flight(
        actor=an_actor(Role.ENTRY), number=number, origin=origin, destination="PEK", port="TYN",
        scheduled_landing=after(240), at=after(0),
    )  # fmt: skip


def test_an_announced_flight_proposes_its_origin_once():
    a_flight()
    announced("YYZ")
    (one,) = proposals(an_actor(Role.DEPARTMENT), after(1))
    assert one.country.code == "CA" and one.airports[0].city_en == "Toronto" and Origin.objects.count() == 1


def test_a_flight_from_an_airport_that_no_table_knows_is_announced_all_the_same():
    assert announced("QQQ").origin == "QQQ" and not Origin.objects.exists()


def test_a_refused_announcement_proposes_nothing():
    announced("YYZ")
    with pytest.raises(Refusal):
        announced("ADD")
    assert [origin.airport for origin in Origin.objects.all()] == ["YYZ"]
