"""Makers for tests: a house in use, people inside it."""

from datetime import date, timedelta

from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.entry import door as entry
from hucheng.entry.testing import a_landed_flight, arrivals_of, declared, facts, the_rules
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


def a_flight_to_house(people: int = 4, number: str = "HU7976") -> entry.Flight:
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
