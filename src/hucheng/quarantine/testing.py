"""Makers for tests: a house in use, people inside it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import CITY, COUNTY, MORNING, after, an_actor
from hucheng.engines.manifests import Traveller
from hucheng.entry import door as entry
from hucheng.entry.testing import a_landed_flight, arrivals_of, declared, facts, the_rules
from hucheng.quarantine.fleet.actions import add_shift, add_vehicle, known_driver
from hucheng.quarantine.fleet.models import Vehicle
from hucheng.quarantine.laboratory.actions import SampleIn, take_samples
from hucheng.quarantine.laboratory.models import Sample
from hucheng.quarantine.lodging.actions import admit, assign_flight
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.requisition.actions import (
    HouseSpec,
    RoomSpec,
    activate,
    check_certificate,
    file_certificate,
    order_requisition,
)
from hucheng.quarantine.requisition.models import Certificate, House
from hucheng.quarantine.transport.actions import plan_trips, publish_trips
from hucheng.quarantine.transport.models import Trip


def a_house_ordered(code: str = "H01", rooms: int = 12, beds: int = 2) -> House:
    """A house by requisition, without papers yet: six rooms a floor."""
    specs = [RoomSpec(2 + n // 6, f"{2 + n // 6}{n % 6 + 1:02}", beds, accessible=n == 0) for n in range(rooms)]
    spec = HouseSpec(code, COUNTY, "一号隔离酒店", "House one", 12, True, specs)
    return order_requisition(actor=an_actor(Role.QUARANTINE), house=spec, at=MORNING)


def with_papers(house: House, valid_until: date = date(2021, 3, 1)) -> House:
    """The four papers, each looked at by two people."""
    first, second = an_actor(Role.QUARANTINE), an_actor(Role.QUARANTINE, name="second look")
    for kind in Certificate.Kind:
        paper = file_certificate(
            actor=first, house_id=house.pk, kind=kind, valid_until=valid_until, file_name=f"{kind}-1", at=MORNING
        )
        check_certificate(actor=second, certificate_id=paper.pk, at=MORNING)
    return house


def a_house(code: str = "H01", rooms: int = 12, beds: int = 2) -> House:
    """A house in use."""
    house = with_papers(a_house_ordered(code, rooms, beds))
    return activate(actor=an_actor(Role.QUARANTINE), house_id=house.pk, at=MORNING)


def a_flight_to_house(people: Sequence[Traveller] | int = 4, number: str = "HU7976") -> entry.Flight:
    """A landed flight whose people are all judged for central quarantine: well, bound for other provinces."""
    the_rules()
    flight = a_landed_flight(people, number=number)
    arrivals = arrivals_of(flight)
    declared(arrivals, at=after(10), destination=Destination.ELSEWHERE)
    facts(arrivals, entry.Fact.Kind.TEMPERATURE, "36.5", at=after(20))
    entry.triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(60))
    return flight


def people_inside(people: int = 4) -> list[Stay]:
    """People who have moved into a house three hours after landing."""
    a_house()
    flight = a_flight_to_house(people)
    keeper = an_actor(Role.QUARANTINE)
    assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    stays = list(Stay.objects.order_by("room__number", "bed"))
    admit(actor=keeper, stay_ids=[s.pk for s in stays], at=after(180))
    return list(Stay.objects.order_by("room__number", "bed"))


def with_negative_tests(stays: list[Stay], *, day: float) -> None:
    """A negative result for each, so many days after landing."""
    people = [stay.arrival for stay in stays]
    facts(people, entry.Fact.Kind.TEST, "negative", at=MORNING + timedelta(days=day))


def a_fleet(buses: int = 4, seats: int = 10, drivers: int = 6, ambulances: int = 1) -> None:
    """Clean vehicles and drivers on duty from 06:00 to 18:00 in the city on the first day."""
    keeper = an_actor(Role.QUARANTINE)
    fleet = [(f"B{n:02}", Vehicle.Kind.BUS, seats) for n in range(1, buses + 1)]
    fleet += [(f"A{n:02}", Vehicle.Kind.AMBULANCE, 2) for n in range(1, ambulances + 1)]
    for code, kind, places in fleet:
        add_vehicle(actor=keeper, code=code, kind=kind, plate=f"晋A·{code}", seats=places, at=MORNING)
    for number in range(1, drivers + 1):
        driver = known_driver(actor=keeper, code=f"D{number:02}", at=MORNING)
        add_shift(actor=keeper, driver_id=driver.pk, starts_at=after(-120), ends_at=after(600), at=MORNING)


def a_flight_with_rooms(general: int = 4, contacts: int = 0, number: str = "HU7976", beds: int = 2) -> entry.Flight:
    """People judged an hour after landing, some of them as close contacts, all with a room half an hour later."""
    if not House.objects.exists():
        a_house(rooms=36, beds=beds)
    the_rules()
    flight = a_landed_flight(general + contacts, number=number)
    people = arrivals_of(flight)
    for group, contact in ((people[:general], False), (people[general:], True)):
        if group:
            declared(group, at=after(10), destination=Destination.ELSEWHERE, contact_14d=contact)
    facts(people, entry.Fact.Kind.TEMPERATURE, "36.5", at=after(20))
    entry.triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(60))
    assign_flight(actor=an_actor(Role.QUARANTINE), flight_id=flight.pk, at=after(90))
    return flight


def trips_of(flight: entry.Flight) -> list[Trip]:
    """The trips of a flight that may be boarded, by code: planned for 100 minutes after that morning, an hour long."""
    keeper = an_actor(Role.QUARANTINE)
    plan_trips(actor=keeper, flight_id=flight.pk, leaves=after(100), minutes=60, at=after(95))
    publish_trips(actor=keeper, flight_id=flight.pk, at=after(96))
    return list(Trip.objects.filter(flight=flight).order_by("code"))


def riders_of(trip: Trip) -> list[UUID]:
    """Who is listed or aboard."""
    return list(trip.rides.filter(left_at=None).order_by("arrival__seat").values_list("arrival_id", flat=True))


def tubes_of(arrival_ids: Iterable[UUID], *, at: datetime, prefix: str = "T") -> list[Sample]:
    """One sample of each person, barcodes counted up in the order given."""
    tubes = [SampleIn(person, f"{prefix}{number:04}") for number, person in enumerate(arrival_ids, start=1)]
    return take_samples(actor=an_actor(Role.LABORATORY), samples=tubes, at=at)


def results_file(*rows: tuple[str, ...], encoding: str = "utf-8") -> bytes:
    """A delivery as CSV: barcode, result, time."""
    lines = [("样本条码", "检测结果", "检测时间"), *rows]
    return "\r\n".join(",".join(row) for row in lines).encode(encoding) + "\r\n".encode(encoding)


def signed_in(
    client: Client,
    role: Role = Role.QUARANTINE,
    place: str = CITY,
    unit: str = "",
    *,
    name: str = "",
    language: str = "en",
) -> Client:
    """This browser, signed in as one role and reading one language."""
    client.force_login(User.objects.get(pk=an_actor(role, place, unit, name).user_id))
    client.cookies["django_language"] = language
    return client


def opened(client: Client, page: str, *args: object, at: datetime, **query: object) -> Any:
    """A page of this wing, looked at at a moment."""
    with frozen_at(at):
        return client.get(reverse(f"quarantine:{page}", args=args), query)


def posted(client: Client, page: str, *args: object, at: datetime, **form: object) -> Any:
    """A form of this wing, sent at a moment."""
    with frozen_at(at):
        return client.post(reverse(f"quarantine:{page}", args=args), form)


def main_of(answer: Any) -> str:
    """What a page says itself, without the frame around it, in single spaces."""
    return " ".join(answer.text.partition("<main")[2].split())


def refused(code: str, act: Callable[..., object], /, **kwargs: Any) -> Refusal:
    """The refusal of an act, which must be for this reason and leave its line in the audit."""
    known = AuditLine.objects.filter(act__endswith=f".{act.__name__}", refused=code)
    before = known.count()
    try:
        act(**kwargs)
    except Refusal as no:
        assert no.code == code, f"refused for {no.code}, not for {code}"
        assert known.count() == before + 1, "the refusal left no line"
        return no
    raise AssertionError(f"{act.__name__} was not refused")
