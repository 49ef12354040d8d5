"""Houses of the story: ordered, opened by two people, checked twice a day, left when every condition is met."""

from collections import Counter
from datetime import date, datetime, timedelta
from unittest.mock import Mock

import pytest

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import after
from hucheng.entry import door as entry
from hucheng.entry.testing import a_landed_flight, arrivals_of, declared
from hucheng.exercises.replay import care, house_days, houses, register, transport
from hucheng.exercises.replay.clerks import COUNTY_CLERKS, QUIET_CLERKS, clerk_of
from hucheng.exercises.replay.staff import COLLEAGUES, PASSWORD, acting, hire, hire_traveller
from hucheng.exercises.testing import START, a_staffed_city
from hucheng.people import door as register_of
from hucheng.quarantine import door as quarantine
from hucheng.quarantine.fleet.models import DrivingShift
from hucheng.quarantine.testing import a_flight_to_house, people_inside, with_negative_tests

pytestmark = pytest.mark.django_db
HOUSE = {
    "code": "H03", "county": "140106", "rooms": 25, "floors": 3, "beds_per_room": {"1": 0.35, "2": 0.55, "3": 0.1},
    "accessible": 2, "halal": True, "minutes_to_hospital": 26,
}  # fmt: skip
FLIGHT = {"flight": "HU7976", "landed": "2020-03-21", "kind": "medical", "zh": "胰岛素", "en": "insulin"}


@pytest.fixture
def city():
    a_staffed_city()


@pytest.fixture
def inside(city):
    return people_inside(4)


def local(day: str, hour: int, minute: int = 0) -> datetime:
    return datetime.fromisoformat(f"2020-{day}T{hour:02}:{minute:02}").replace(tzinfo=SHANGHAI)


def rooms_of(code="H03"):
    return quarantine.House.objects.get(code=code).rooms.order_by("floor", "number")


def ordered(seed):
    """The rooms that an order would name."""
    named = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(houses.quarantine, "order_requisition", lambda house, **_: named.extend(house.rooms) or Mock())
        patch.setattr(houses.quarantine, "record_numbers", Mock())
        houses.order(HOUSE, seed, START)
    return named


class TestOrder:
    def test_a_house_has_the_rooms_floors_and_names_of_the_scenario(self, city):
        houses.order(HOUSE, 1, START)
        house = quarantine.House.objects.get()
        assert (house.code, house.place, house.halal, house.minutes_to_hospital) == ("H03", "140106", True, 26)
        assert (house.name_zh, house.name_en) == ("3号隔离酒店", "Quarantine house 3")
        assert house.owner.endswith("3号有限公司") and house.owner_phone == "0351-5550103"
        assert house.address == "迎泽区示例路3号" and house.order_number == "并防指征〔2020〕3号"
        rooms = list(rooms_of())
        assert Counter(room.floor for room in rooms) == {2: 9, 3: 9, 4: 7}
        assert len({room.number for room in rooms}) == 25 and rooms[0].number == "201" and rooms[-1].number == "407"
        assert sum(room.accessible for room in rooms) == 2 and {room.beds for room in rooms} <= {1, 2, 3}

    def test_the_beds_follow_the_seed_and_the_house(self, city):
        for code, seed in (("H03", 1), ("H04", 1), ("H05", 2)):
            houses.order(HOUSE | {"code": code}, seed, START)
        beds = {code: [room.beds for room in rooms_of(code)] for code in ("H03", "H04", "H05")}
        assert len({tuple(drawn) for drawn in beds.values()}) == 3
        drawn = [spec.beds for spec in ordered(1)]
        assert drawn == beds["H03"] and drawn != [spec.beds for spec in ordered(3)]

    def test_it_opens_with_four_papers_each_looked_at_by_another(self, city):
        houses.order(HOUSE, 1, START)
        assert quarantine.House.objects.get().state != "active"
        houses.open_house("H03", START)
        papers = quarantine.Certificate.objects.all()
        assert {paper.kind for paper in papers} == set(quarantine.Certificate.Kind)
        assert all(paper.valid_until == houses.PAPERS_UNTIL and paper.second_check_id for paper in papers)
        assert quarantine.House.objects.get().state == "active" and quarantine.House.objects.get().ready_at == START

    def test_with_new_rooms_whoever_still_waits_in_the_port_moves_in(self, city):
        a_flight_to_house(4)
        houses.place_the_waiting(after(90))
        assert not quarantine.Stay.objects.exists(), "no house, no room"
        houses.order(HOUSE, 1, after(0))
        houses.open_house("H03", after(0))
        houses.place_the_waiting(after(120))
        assert quarantine.inside(SYSTEM).count() == 4
        houses.place_the_waiting(after(150))
        assert quarantine.Stay.objects.count() == 4

    def test_nobody_is_placed_before_the_landing(self, city):
        houses.order(HOUSE, 1, after(0))
        houses.open_house("H03", after(0))
        a_flight_to_house(4)
        houses.place_the_waiting(after(-600))
        assert not quarantine.Stay.objects.exists()


class TestDays:
    @pytest.mark.parametrize(
        ("hour", "minute", "slot"), [(8, 20, "am"), (15, 59, "am"), (16, 0, "pm"), (16, 20, "pm"), (23, 0, "pm")]
    )
    def test_a_check_belongs_to_the_morning_until_four(self, inside, monkeypatch, hour, minute, slot):
        monkeypatch.setattr(house_days, "MISSED", 0)
        house_days.check_everybody(1, local("03-22", hour, minute))
        checks = quarantine.DailyCheck.objects.all()
        assert {(check.slot, check.day) for check in checks} == {(slot, date(2020, 3, 22))} and checks.count() == 4

    def test_the_same_slot_played_again_adds_nothing(self, inside, monkeypatch):
        monkeypatch.setattr(house_days, "MISSED", 0)
        for _again in range(2):
            house_days.check_everybody(1, local("03-22", 8, 20))
        assert quarantine.DailyCheck.objects.count() == 4

    @pytest.mark.parametrize(("missed", "abnormal", "checks", "ill"), [(1, 0, 0, 0), (0, 1, 4, 4), (0, 0, 4, 0)])
    def test_as_many_are_missed_and_as_many_are_ill_as_is_drawn(
        self, inside, monkeypatch, missed, abnormal, checks, ill
    ):
        monkeypatch.setattr(house_days, "MISSED", missed)
        monkeypatch.setattr(house_days, "ABNORMAL", abnormal)
        house_days.check_everybody(1, local("03-22", 8, 20))
        degrees = [float(check.temperature) for check in quarantine.DailyCheck.objects.all()]
        assert len(degrees) == checks and sum(value >= 37.3 for value in degrees) == ill
        assert all(35 < value < 38.5 for value in degrees)

    def test_the_same_seed_measures_the_same(self, inside, monkeypatch):
        sent = []
        monkeypatch.setattr(house_days.quarantine, "record_checks", lambda **given: sent.append(given["checks"]))
        for seed in (1, 1, 2):
            house_days.check_everybody(seed, local("03-22", 8, 20))
        values = [[check.temperature for check in checks] for checks in sent]
        assert values[0] == values[1] != values[2]

    def test_an_empty_house_asks_for_nothing_and_checks_nobody(self, city):
        house_days.check_everybody(1, local("03-22", 8, 20))
        house_days.ask(1, local("03-22", 10))
        house_days.let_go(local("03-22", 14))
        care.settle_open(local("03-22", 12))
        care.decide_open(local("03-22", 17))
        assert not quarantine.DailyCheck.objects.exists() and not quarantine.CareRequest.objects.exists()

    def test_requests_of_a_day_are_those_of_its_seed_and_most_are_settled_at_once(self, inside):
        days = [local("03-22", 10) + timedelta(days=n) for n in range(30)]
        for day in days:
            house_days.ask(1, day)
        asked = quarantine.CareRequest.objects.all()
        assert 2 <= asked.count() <= 25, "0.085 a person and day"
        assert {one.kind for one in asked} <= {"food", "medical", "other"}
        assert asked.exclude(settled_at=None).count() >= asked.count() * 0.7
        assert all(one.settled_at == one.asked_at for one in asked if one.settled_at)

    def test_nobody_leaves_before_every_condition_is_met_and_everybody_when_it_is(self, inside):
        house_days.let_go(local("03-30", 14))
        assert quarantine.inside(SYSTEM).count() == 4
        with_negative_tests(inside[:3], day=13)
        house_days.let_go(local("04-05", 14))
        assert {stay.pk for stay in quarantine.inside(SYSTEM)} == {inside[3].pk}
        left = entry.Arrival.objects.filter(whereabouts=entry.Whereabouts.RELEASED)
        assert set(left) == {stay.arrival for stay in inside[:3]}

    def test_the_acts_of_a_day_come_at_their_hours(self):
        hours = Counter(act for _hour, act, _work in house_days.works(1))
        assert hours == {
            "checks.run": 2, "readings": 4, "care.request": 1, "samples.take": 1, "release.run": 1, "results.arrive": 2,
        }  # fmt: skip


class TestCare:
    def test_every_second_objection_is_upheld_and_all_are_answered_once(self, inside):
        for about in quarantine.Appeal.About:
            care.appeal(FLIGHT | {"about": about.value}, after(300))
        before = list(quarantine.open_appeals(SYSTEM))
        care.decide_open(after(600))
        upheld = [appeal.upheld for appeal in quarantine.Appeal.objects.filter(pk__in=[one.pk for one in before])]
        assert sum(upheld) == -(-len(before) // 2) and not quarantine.open_appeals(SYSTEM)
        care.decide_open(after(700))
        assert {appeal.decided_at for appeal in quarantine.Appeal.objects.all()} == {after(600)}

    def test_an_objection_of_a_flight_with_nobody_inside_is_not_filed(self, inside):
        care.appeal(FLIGHT | {"about": "price", "flight": "CA910"}, after(300))
        assert not quarantine.Appeal.objects.exists()


class TestFleet:
    def test_the_fleet_is_entered_once_with_plates_of_its_own(self, city):
        for day in range(2):
            transport.put_on_duty(local(f"03-{22 + day}", 5, 30))
        vehicles = quarantine.Vehicle.objects.all()
        assert Counter(vehicle.kind for vehicle in vehicles) == {
            "bus": transport.BUSES,
            "ambulance": transport.AMBULANCES,
        }
        assert len({vehicle.plate for vehicle in vehicles}) == 20
        assert {vehicle.seats for vehicle in vehicles if vehicle.kind == "bus"} == {transport.SEATS}

    def test_half_the_drivers_begin_at_six_the_others_at_noon_and_nobody_drives_above_twelve_hours(self, city):
        transport.put_on_duty(local("03-22", 5, 30))
        shifts = list(DrivingShift.objects.all())
        starts = Counter(shift.starts_at.astimezone(SHANGHAI).hour for shift in shifts)
        assert starts == {6: transport.DRIVERS // 2, 12: transport.DRIVERS // 2}
        assert {shift.ends_at - shift.starts_at for shift in shifts} == {timedelta(hours=12)}

    def test_trips_of_a_flight_that_has_no_room_are_none(self, city):
        flight = a_flight_to_house(2)
        for act in (
            transport.plan,
            transport.board,
            transport.leave,
            transport.arrive,
            transport.accept,
            transport.disinfect,
        ):
            act(flight.pk, after(120))
        assert not quarantine.Trip.objects.exists()


class TestRegister:
    def test_a_day_of_calls_settles_most_of_the_queue_in_counties_of_the_city(self, city):
        declared(arrivals_of(a_landed_flight(40)), at=after(10), destination=Destination.CITY)
        waiting = {person.pk for person in register_of.without_county(SYSTEM)}
        register.settle(1, after(600))
        left = {person.pk for person in register_of.without_county(SYSTEM)}
        assert left < waiting and len(waiting - left) >= 0.7 * len(waiting)
        places = set(entry.Arrival.objects.filter(person__in=waiting - left).values_list("person__place", flat=True))
        assert places <= set(COUNTY_CLERKS)

    def test_an_empty_queue_calls_nobody(self, city):
        register.settle(1, after(600))
        assert not AuditLine.objects.filter(act__endswith="settle_homes").exists()


class TestStaff:
    def test_everybody_acts_in_their_role_at_their_place(self, city):
        for one in COLLEAGUES:
            actor = acting(one.username)
            assert (actor.role, actor.place, actor.unit, actor.name) == (one.role, one.place, one.unit, one.name)

    def test_whoever_is_shown_can_sign_in_and_clerks_without_a_password_cannot(self, city, client):
        hire(START, QUIET_CLERKS, password=None)
        assert all(client.login(username=one.username, password=PASSWORD) for one in COLLEAGUES[:3])
        assert not client.login(username=QUIET_CLERKS[0].username, password=PASSWORD)
        assert clerk_of("140181").place == "140181" and clerk_of("140181").role == Role.COUNTY

    def test_each_county_has_one_clerk_with_a_name_of_its_own(self):
        assert len(COUNTY_CLERKS) == 10 == len(set(COUNTY_CLERKS.values()))
        assert {one.place for one in QUIET_CLERKS} == set(COUNTY_CLERKS) - {"140105"}
        assert len({one.name for one in (*COLLEAGUES, *QUIET_CLERKS)}) == len(COLLEAGUES) + len(QUIET_CLERKS)

    def test_a_traveller_signs_in_to_the_own_arrival_alone(self, inside):
        hire_traveller(str(inside[0].arrival_id), "王一", START)
        actor = acting("traveller")
        assert (actor.role, actor.unit, actor.name) == (Role.TRAVELLER, str(inside[0].arrival_id), "王一")
        assert list(entry.Arrival.objects.seen_by(actor)) == [inside[0].arrival]

    def test_nobody_acts_who_was_not_hired(self, city):
        with pytest.raises(User.DoesNotExist):
            acting("stranger")
