"""The page of vehicles and drivers: what it says, what it takes, what it refuses, in both languages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.quarantine.fleet.actions import add_shift, add_vehicle, disinfect_vehicle, known_driver
from hucheng.quarantine.fleet.models import Driver, DrivingShift, Vehicle
from hucheng.quarantine.fleet.queries import drivers_seen_by, vehicles_seen_by
from hucheng.quarantine.testing import (
    a_fleet,
    a_flight_with_rooms,
    main_of,
    opened,
    posted,
    refused,
    riders_of,
    signed_in,
    trips_of,
)
from hucheng.quarantine.transport.actions import accept, arrive, board, depart
from hucheng.quarantine.transport.models import Trip

pytestmark = pytest.mark.django_db
BUS = {"code": "B09", "kind": "bus", "plate": "晋A·B09", "seats": "33"}
SHIFT = {"driver": "D09", "starts_at": "2020-03-21T06:00", "ends_at": "2020-03-21T18:00"}
NOW = after(97)


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


def on_the_road(keeper) -> Trip:
    """One bus with one passenger, under way since minute 100."""
    a_fleet(buses=2, drivers=1)
    (trip,) = trips_of(a_flight_with_rooms(general=1))
    board(actor=keeper, trip_id=trip.pk, arrival_ids=riders_of(trip), at=after(98))
    return depart(actor=keeper, trip_id=trip.pk, at=after(100))


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Ambulance", "Bus", "Clean", "no shift"]), ("zh-hans", ["救护车", "大巴", "已消毒", "无班次"])],
)
def test_each_vehicle_stands_with_its_kind_and_state_and_each_driver_with_the_shift(client, keeper, language, words):
    a_fleet(buses=1, drivers=1)
    known_driver(actor=keeper, code="D77", at=after(0))
    text = main_of(opened(signed_in(client, language=language), "fleet", at=NOW))
    assert all(word in text for word in words) and "晋A·B01" in text and "D77" in text
    assert "03-21 06:00 – 03-21 18:00" in text


@pytest.mark.parametrize(
    ("minute", "duty"), [(-121, 0), (-120, 1), (599, 1), (600, 0)], ids=["before", "begins", "last", "over"]
)
def test_on_duty_is_whoever_s_shift_has_begun_and_is_not_over(client, minute, duty):
    a_fleet(drivers=1)
    assert opened(signed_in(client), "fleet", at=after(minute)).context["on_duty"] == duty


def test_a_vehicle_goes_from_clean_to_the_road_to_disinfection_and_back(client, keeper):
    trip = on_the_road(keeper)
    client = signed_in(client)
    clean = reverse("quarantine:clean_vehicle", args=[trip.vehicle_id])
    text = main_of(opened(client, "fleet", at=after(110)))
    assert "On the road" in text and clean not in text
    answer = posted(client, "clean_vehicle", trip.vehicle_id, at=after(110))
    assert answer.status_code == 422 and "on_the_road" in answer.text
    arrive(actor=keeper, trip_id=trip.pk, arrival_ids=riders_of(trip), at=after(150))
    accept(actor=keeper, trip_id=trip.pk, at=after(155))
    text = main_of(opened(client, "fleet", at=after(160)))
    assert "To disinfect" in text and "general HU7976/2020-03-21" in text and clean in text
    assert posted(client, "clean_vehicle", trip.vehicle_id, at=after(170)).status_code == 302
    vehicle = Vehicle.objects.get(pk=trip.vehicle_id)
    assert (vehicle.cohort, vehicle.cleaned_at) == ("", after(170))
    trip.refresh_from_db()
    assert trip.closed_at == after(170) and clean not in main_of(opened(client, "fleet", at=after(171)))


def test_a_second_disinfection_leaves_the_time_at_which_a_trip_was_closed(keeper):
    trip = on_the_road(keeper)
    arrive(actor=keeper, trip_id=trip.pk, arrival_ids=riders_of(trip), at=after(150))
    accept(actor=keeper, trip_id=trip.pk, at=after(155))
    for minute in (170, 300):
        disinfect_vehicle(actor=keeper, vehicle_id=trip.vehicle_id, at=after(minute))
    trip.refresh_from_db()
    assert trip.closed_at == after(170) and Vehicle.objects.get(pk=trip.vehicle_id).cleaned_at == after(300)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": ""}, "code"), ({"code": "b09"}, "code"), ({"code": "B00000009"}, "code"), ({"code": "B 9"}, "code"),
        ({"kind": "boat"}, "kind"), ({"plate": ""}, "plate"), ({"plate": "晋" * 13}, "plate"),
        ({"seats": "0"}, "seats"), ({"seats": "81"}, "seats"), ({"seats": "many"}, "seats"),
    ],
    ids=str,
)  # fmt: skip
def test_a_vehicle_that_cannot_be_is_told_beside_its_field_and_not_entered(client, wrong, field):
    answer = posted(signed_in(client), "fleet", at=NOW, **BUS | wrong)
    assert answer.status_code == 422 and set(answer.context["vehicle_form"].errors) == {field}
    assert f'id="id_{field}_error"' in answer.text and not Vehicle.objects.exists()
    assert field == "plate" or 'value="晋A·B09"' in answer.text, "what was right is kept"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"driver": "dd"}, "driver"), ({"driver": ""}, "driver"), ({"starts_at": "soon"}, "starts_at"),
     ({"ends_at": ""}, "ends_at")],
    ids=str,
)  # fmt: skip
def test_a_shift_that_cannot_be_read_puts_nobody_on_duty(client, wrong, field):
    answer = posted(signed_in(client), "fleet", at=NOW, **SHIFT | wrong)
    assert answer.status_code == 422 and set(answer.context["shift_form"].errors) == {field}
    assert not Driver.objects.exists() and not DrivingShift.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("en", "longer than twelve hours"), ("zh-hans", "十二")])
def test_a_shift_of_thirteen_hours_is_refused_in_words(client, language, words):
    answer = posted(signed_in(client, language=language), "fleet", at=NOW, **SHIFT | {"ends_at": "2020-03-21T19:00"})
    assert answer.status_code == 422 and answer.context["refusal"].code == "no_such_shift"
    assert words in main_of(answer) and not DrivingShift.objects.exists()


def test_the_hours_of_a_shift_are_those_of_the_city(client):
    assert posted(signed_in(client), "fleet", at=NOW, **SHIFT).status_code == 302
    shift = DrivingShift.objects.get()
    assert (shift.starts_at, shift.ends_at, shift.driver.code) == (after(-120), after(600), "D09")


def test_a_driver_of_another_place_is_not_put_on_duty_here(client):
    known_driver(actor=an_actor(Role.QUARANTINE, OTHER_COUNTY), code="D09", at=after(0))
    answer = posted(signed_in(client, Role.QUARANTINE, COUNTY), "fleet", at=NOW, **SHIFT)
    assert answer.status_code == 422 and answer.context["refusal"].code == "code_taken"
    assert not DrivingShift.objects.exists() and Driver.objects.get().place == OTHER_COUNTY


@pytest.mark.parametrize("role", Role)
def test_who_may_look_at_the_fleet_and_who_may_change_it(client, role):
    a_fleet(buses=1)
    unit = "U1" if role in (Role.HOUSE, Role.SCHOOL, Role.TRAVELLER) else ""
    reader = signed_in(client, role, CITY, unit)
    may_look = role in (Role.QUARANTINE, Role.ENTRY, Role.COMMAND_OFFICE)
    page = opened(reader, "fleet", at=NOW)
    assert page.status_code == (200 if may_look else 404)
    changed = posted(reader, "fleet", at=NOW, **BUS)
    cleaned = posted(reader, "clean_vehicle", Vehicle.objects.first().pk, at=NOW)
    if role in (Role.QUARANTINE, Role.ENTRY):
        assert changed.status_code == cleaned.status_code == 302
    elif may_look:
        assert "<form" not in main_of(page) and changed.context["refusal"].code == "role_may_not"
    assert Vehicle.objects.filter(code="B09").exists() == (role in (Role.QUARANTINE, Role.ENTRY))


def test_a_stranger_sees_and_cleans_no_vehicle(client):
    a_fleet(buses=1)
    stranger = signed_in(client, Role.QUARANTINE, OTHER_COUNTY)
    assert not opened(stranger, "fleet", at=NOW).context["vehicles"]
    assert posted(stranger, "clean_vehicle", Vehicle.objects.first().pk, at=NOW).status_code == 404


def test_acts_of_the_fleet_leave_their_lines_and_no_plate_in_them(keeper):
    add_vehicle(actor=keeper, code="B01", kind=Vehicle.Kind.BUS, plate="晋A·T0001", seats=33, at=after(0))
    refused("code_taken", add_vehicle, actor=keeper, code="B01", kind="bus", plate="x", seats=3, at=after(1))
    refused("no_seats", add_vehicle, actor=keeper, code="B02", kind="bus", plate="x", seats=0, at=after(1))
    line = AuditLine.objects.get(act="quarantine.fleet.add_vehicle", refused="")
    assert line.detail["seats"] == 33 and "T0001" not in str(line.detail) and Vehicle.objects.count() == 1


@pytest.mark.parametrize("seats", [1, 80])
def test_one_and_eighty_seats_are_seats(keeper, seats):
    bus = add_vehicle(actor=keeper, code="B01", kind=Vehicle.Kind.BUS, plate="x", seats=seats, at=after(0))
    assert (bus.seats, bus.place, bus.cleaned_at, bus.cohort) == (seats, CITY, after(0), "")


def test_shifts_that_touch_do_not_overlap_and_those_of_two_drivers_may(keeper):
    first, second = (known_driver(actor=keeper, code=code, at=after(0)) for code in ("D01", "D02"))
    for driver, starts, ends in ((first, 0, 300), (first, 300, 720), (first, -60, 0), (second, 0, 300)):
        add_shift(actor=keeper, driver_id=driver.pk, starts_at=after(starts), ends_at=after(ends), at=after(0))
    for starts, ends in ((299, 301), (-61, 721), (10, 20)):
        refused(
            "no_such_shift", add_shift, actor=keeper, driver_id=first.pk, starts_at=after(starts), ends_at=after(ends),
            at=after(0),
        )  # fmt: skip
    assert DrivingShift.objects.count() == 4


def test_vehicles_stand_by_kind_and_code_and_drivers_by_code(keeper):
    for code, kind in (("B02", "bus"), ("A09", "ambulance"), ("B01", "bus")):
        add_vehicle(actor=keeper, code=code, kind=kind, plate="x", seats=9, at=after(0))
    for code in ("D02", "D01"):
        known_driver(actor=keeper, code=code, at=after(0))
    assert [vehicle.code for vehicle in vehicles_seen_by(keeper)] == ["A09", "B01", "B02"]
    assert [line.driver.code for line in drivers_seen_by(keeper, NOW)] == ["D01", "D02"]


def test_shifts_of_a_driver_are_those_not_over_in_their_order(keeper):
    driver = known_driver(actor=keeper, code="D01", at=after(0))
    for starts in (1500, 0, 700):
        add_shift(actor=keeper, driver_id=driver.pk, starts_at=after(starts), ends_at=after(starts + 60), at=after(0))
    begins = lambda minute: [s.starts_at for s in drivers_seen_by(keeper, after(minute))[0].shifts]  # noqa: E731
    assert begins(59) == [after(0), after(700), after(1500)] and begins(60) == [after(700), after(1500)]


@pytest.mark.parametrize(("minute", "minutes"), [(99, 0), (100, 120), (24 * 60 + 99, 120), (24 * 60 + 100, 0)])
def test_minutes_driven_are_those_of_the_last_24_hours(keeper, minute, minutes):
    on_the_road(keeper)
    assert drivers_seen_by(keeper, after(minute))[0].minutes == minutes


def test_the_page_asks_the_same_for_one_vehicle_and_for_nine(client):
    asked = []
    client = signed_in(client)
    for count in (1, 9):
        for number in range(Vehicle.objects.count(), count):
            posted(client, "fleet", at=NOW, **BUS | {"code": f"B{number}"})
            posted(client, "fleet", at=NOW, **SHIFT | {"driver": f"D{number}"})
        with CaptureQueriesContext(connection) as queries:
            assert len(opened(client, "fleet", at=NOW).context["vehicles"]) == count
        asked.append(len(queries))
    assert asked[0] == asked[1]
