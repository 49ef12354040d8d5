"""Vehicles, drivers, shifts: entered once, by the place that has them."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import OTHER_COUNTY, after, an_actor
from hucheng.quarantine.fleet.actions import add_shift, add_vehicle, disinfect_vehicle, known_driver
from hucheng.quarantine.fleet.models import Driver, DrivingShift, Vehicle
from hucheng.quarantine.fleet.queries import drivers_seen_by, vehicles_seen_by
from hucheng.quarantine.testing import a_fleet, a_flight_with_rooms, riders_of, trips_of
from hucheng.quarantine.transport.actions import board, depart

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return an_actor(Role.QUARANTINE)


def vehicle(keeper, code="B01", seats=33):
    kind = Vehicle.Kind.BUS
    return add_vehicle(actor=keeper, code=code, kind=kind, plate="晋A·T0001", seats=seats, at=after(0))


def shift(keeper, driver, starts=0, ends=600):
    return add_shift(actor=keeper, driver_id=driver.pk, starts_at=after(starts), ends_at=after(ends), at=after(0))


def test_a_code_names_one_vehicle(keeper):
    assert vehicle(keeper).cohort == "" and AuditLine.objects.filter(act="quarantine.fleet.add_vehicle").exists()
    with pytest.raises(Refusal) as no:
        vehicle(keeper)
    assert no.value.code == "code_taken"


@pytest.mark.parametrize("seats", [0, -1, 81])
def test_a_vehicle_has_seats_to_count(keeper, seats):
    with pytest.raises(Refusal) as no:
        vehicle(keeper, seats=seats)
    assert no.value.code == "no_seats"


def test_the_database_holds_a_seat_and_the_order_of_a_shift(keeper):
    bus, driver = vehicle(keeper), known_driver(actor=keeper, code="D01", at=after(0))
    with pytest.raises(IntegrityError), transaction.atomic():
        Vehicle.objects.filter(pk=bus.pk).update(seats=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        DrivingShift.objects.create(driver=driver, starts_at=after(10), ends_at=after(10))


def test_a_driver_is_entered_once(keeper):
    first, again = (known_driver(actor=keeper, code="D01", at=after(0)) for _ in range(2))
    assert first.pk == again.pk and Driver.objects.count() == 1
    with pytest.raises(Refusal):
        known_driver(actor=an_actor(Role.QUARANTINE, OTHER_COUNTY), code="D01", at=after(0))


@pytest.mark.parametrize(("starts", "ends"), [(100, 100), (100, 50), (0, 721), (500, 700), (-10, 10)])
def test_an_empty_overlong_or_overlapping_shift_is_refused(keeper, starts, ends):
    driver = known_driver(actor=keeper, code="D01", at=after(0))
    shift(keeper, driver)
    with pytest.raises(Refusal) as no:
        shift(keeper, driver, starts, ends)
    assert no.value.code == "no_such_shift"
    assert shift(keeper, driver, 600, 1320).ends_at == after(1320)


def test_strangers_find_neither_driver_nor_vehicle(keeper):
    bus, driver = vehicle(keeper), known_driver(actor=keeper, code="D01", at=after(0))
    stranger = an_actor(Role.QUARANTINE, OTHER_COUNTY)
    with pytest.raises(Http404):
        shift(stranger, driver)
    with pytest.raises(Http404):
        disinfect_vehicle(actor=stranger, vehicle_id=bus.pk, at=after(1))
    assert not vehicles_seen_by(stranger) and not drivers_seen_by(stranger, after(1))


def test_minutes_driven_count_out_and_back_for_a_day(keeper):
    a_fleet(drivers=1)
    trip = trips_of(a_flight_with_rooms(general=1))[0]
    board(actor=keeper, trip_id=trip.pk, arrival_ids=riders_of(trip), at=after(98))
    depart(actor=keeper, trip_id=trip.pk, at=after(100))
    (line,) = drivers_seen_by(keeper, after(101))
    assert line.minutes == 120 and len(line.shifts) == 1
    (line,) = drivers_seen_by(keeper, after(100, days=1))
    assert line.minutes == 0 and not line.shifts
    assert [v.on_road for v in vehicles_seen_by(keeper) if v.code == "B01"] == [1]
