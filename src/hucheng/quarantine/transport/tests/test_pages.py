"""Trips in the browser's terms and over the API: zh and en, refusals with 422, strangers with 404."""

import json

import pytest
from django.urls import reverse

from hucheng.core.accounts.actions import make_token
from hucheng.core.accounts.models import RoleGrant, User
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.quarantine.fleet.models import Driver, Vehicle
from hucheng.quarantine.testing import a_fleet, a_flight_with_rooms, riders_of, trips_of
from hucheng.quarantine.transport.models import Ride, Trip

pytestmark = pytest.mark.django_db


def sign_in(client, role=Role.QUARANTINE, place="140100", unit=""):
    client.force_login(User.objects.get(pk=an_actor(role, place, unit).user_id))
    return client


@pytest.fixture(params=["zh-hans", "en"])
def keeper(client, request):
    client.cookies["django_language"] = request.param
    return sign_in(client)


def get(client, name, *args, at=after(97)):
    with frozen_at(at):
        return client.get(reverse(f"quarantine:{name}", args=args))


def post(client, name, *args, at=after(97), **data):
    with frozen_at(at):
        return client.post(reverse(f"quarantine:{name}", args=args), data)


def test_a_flight_is_planned_published_and_seen(keeper):
    a_fleet()
    flight = a_flight_with_rooms(general=3, contacts=1)
    page = get(keeper, "trip_plan", flight.pk)
    assert page.context["proposal"].riders == 4 and not Trip.objects.exists()
    assert post(keeper, "trip_plan", flight.pk, leaves="2020-03-21T09:50", minutes="45").status_code == 302
    assert set(Trip.objects.values_list("state", "minutes")) == {("planned", 45)}
    assert get(keeper, "trip_plan", flight.pk).context["planned"] == 2
    assert post(keeper, "trip_plan", flight.pk, publish="1").status_code == 302
    assert post(keeper, "trip_plan", flight.pk, publish="1").status_code == 422
    assert len(get(keeper, "trips").context["lines"]) == 2


@pytest.mark.parametrize(("leaves", "minutes"), [("2020-03-21T01:00", "45"), ("soon", "45"), ("2020-03-21T09:50", "0")])
def test_a_wrong_plan_is_told_and_nothing_is_planned(keeper, leaves, minutes):
    flight = a_flight_with_rooms(general=1)
    assert post(keeper, "trip_plan", flight.pk, leaves=leaves, minutes=minutes).status_code == 422
    assert not Trip.objects.exists()


def test_an_escort_counts_people_aboard_and_off_and_the_house_accepts(client):
    a_fleet()
    trip = trips_of(a_flight_with_rooms(general=3))[0]
    *there, absent = riders_of(trip)
    escort = sign_in(client, Role.ENTRY)
    assert len(get(escort, "trip", trip.pk).context["waiting"]) == 3
    assert post(escort, "trip_step", trip.pk, "board", person=[*there, absent], at=after(98)).status_code == 302
    assert post(escort, "trip_step", trip.pk, "leave", at=after(100)).status_code == 302
    again = post(escort, "trip_step", trip.pk, "leave", at=after(101))
    assert again.status_code == 422 and b"not_at_this_step" in again.content
    assert post(escort, "trip_step", trip.pk, "arrive", person=there, at=after(150)).status_code == 302
    page = get(escort, "trip", trip.pk, at=after(151))
    assert [r.arrival_id for r in page.context["missing"]] == [absent] and len(page.context["counted"]) == 2
    line = get(escort, "trips", at=after(151)).context["lines"][0]
    assert (line.listed, line.aboard, line.missing, line.stuck) == (3, 3, 1, False)
    assert get(escort, "trips", at=after(191)).context["stuck"] == 1
    house = sign_in(client, Role.HOUSE, COUNTY, "H01")
    assert post(house, "trip_step", trip.pk, "accept", at=after(160)).status_code == 302
    assert len(get(house, "trip", trip.pk, at=after(161)).context["accepted"]) == 2
    assert get(sign_in(client, Role.HOUSE, COUNTY, "H02"), "trip", trip.pk).status_code == 404


def test_the_other_steps_of_a_trip(client):
    a_fleet(buses=3, seats=2)
    trips = trips_of(a_flight_with_rooms(general=4))
    escort = sign_in(client)
    assert post(escort, "trip_step", trips[0].pk, "call-off").status_code == 422
    assert post(escort, "trip_step", trips[0].pk, "call-off", why="flat tyre").status_code == 302
    assert post(escort, "trip_step", trips[1].pk, "emergency").status_code == 302
    people = [str(person) for person in riders_of(trips[1])]
    post(escort, "trip_step", trips[1].pk, "board", person=people)
    post(escort, "trip_step", trips[1].pk, "leave")
    post(escort, "trip_step", trips[1].pk, "arrive", person=people)
    assert post(escort, "trip_step", trips[1].pk, "turn-away", why="full").status_code == 302
    assert post(escort, "trip_step", trips[1].pk, "back", person=people).status_code == 302
    assert Trip.objects.get(pk=trips[1].pk).state == "called_off"
    assert post(escort, "trip_step", trips[1].pk, "fly").status_code == 404


def test_the_list_of_riders_names_each_once(keeper):
    a_fleet()
    trip = trips_of(a_flight_with_rooms(general=3))[0]
    page = get(keeper, "trip_list", trip.pk).content.decode()
    for ride in Ride.objects.select_related("arrival__person"):
        assert page.count(ride.arrival.person.full_name) == 1


def test_pages_do_not_ask_more_as_people_ride(client, django_assert_max_num_queries):
    a_fleet(buses=4, seats=8)
    flight = a_flight_with_rooms(general=20, contacts=4)
    trip = trips_of(flight)[0]
    keeper = sign_in(client)
    for name, args in [("trips", ()), ("trip", (trip.pk,)), ("trip_list", (trip.pk,)), ("trip_plan", (flight.pk,))]:
        with django_assert_max_num_queries(15):
            assert get(keeper, name, *args).status_code == 200


@pytest.mark.parametrize("name", ["trips", "fleet"])
def test_empty_pages_say_what_belongs_there(keeper, name):
    assert 'class="empty"' in get(keeper, name).content.decode()


def test_the_desk_of_a_flight_leads_to_its_trips(client):
    flight = a_flight_with_rooms(general=1)
    with frozen_at(after(97)):
        page = sign_in(client, Role.ENTRY).get(reverse("entry:flight", args=[flight.pk])).content.decode()
    assert reverse("quarantine:trip_plan", args=[flight.pk]) in page


def test_the_fleet_is_entered_put_on_duty_and_disinfected(keeper):
    a_fleet(buses=1)
    Vehicle.objects.update(cohort="general HU7976/2020-03-21")
    new = {"code": "B09", "kind": "bus", "plate": "晋A·B09", "seats": "33"}
    assert post(keeper, "fleet", **new).status_code == 302
    assert post(keeper, "fleet", **new).status_code == 422
    assert post(keeper, "fleet", **(new | {"seats": "0", "code": "B10"})).status_code == 422
    shift = {"driver": "D77", "starts_at": "2020-03-21T06:00", "ends_at": "2020-03-21T18:00"}
    assert post(keeper, "fleet", **shift).status_code == 302
    assert post(keeper, "fleet", **shift).status_code == 422
    assert Driver.objects.filter(code="D77").count() == 1
    page = get(keeper, "fleet")
    assert page.context["dirty"] == 2 and page.context["on_duty"] == 7
    for vehicle in Vehicle.objects.exclude(cohort=""):
        assert post(keeper, "clean_vehicle", vehicle.pk).status_code == 302
    assert get(keeper, "fleet").context["dirty"] == 0


def caller(role, place="140100", unit=""):
    grant = RoleGrant.objects.get(user_id=an_actor(role, place, unit).user_id, role=role)
    return {"HTTP_AUTHORIZATION": f"Bearer {make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)}"}


def test_a_phone_steps_a_trip_over_the_api(client):
    a_fleet()
    trip = trips_of(a_flight_with_rooms(general=3))[0]
    people, escort = [str(person) for person in riders_of(trip)], caller(Role.ENTRY)

    def call(path, auth, body=None, at=after(98)):
        with frozen_at(at):
            url = f"/api/v1/trips/{trip.pk}/{path}"
            return client.post(url, json.dumps(body or {}), content_type="application/json", **auth)

    assert call("board", escort, {"arrival_ids": people}).json() == {"people": 3}
    assert call("depart", escort, at=after(100)).json() == {"people": 0}
    assert call("arrive", escort, {"arrival_ids": people[:2]}, at=after(150)).json() == {"people": 1}
    assert call("accept", caller(Role.HOUSE, COUNTY, "H01"), at=after(160)).json() == {"people": 2}
    refused = call("depart", escort, at=after(161))
    assert refused.status_code == 409 and set(refused.json()) == {"code", "why", "do"}
    with frozen_at(after(161)):
        (line,) = client.get("/api/v1/trips", **escort).json()
        riders = client.get(f"/api/v1/trips/{trip.pk}/people", **escort).json()
        stranger = client.get(f"/api/v1/trips/{trip.pk}/people", **caller(Role.ENTRY, OTHER_COUNTY))
        other_role = client.get("/api/v1/trips", **caller(Role.SCHOOL, COUNTY, "S1"))
    assert (line["accepted"], line["missing"], line["state"]) == (2, 1, "accepted")
    assert sum(ride["missing_at"] is not None for ride in riders) == 1
    assert stranger.status_code == 404 and other_role.status_code == 409
