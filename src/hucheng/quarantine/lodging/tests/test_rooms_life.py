"""Flights arrive, floors close, people move by hand and leave, in any order: both checkers hold after each act."""

from collections import defaultdict

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.engines.planning import FloorUse, Guest, Placement, RoomPlan, check_plan
from hucheng.engines.planning import Room as PlannedRoom
from hucheng.engines.planning.answer import Violation
from hucheng.engines.planning.rooms.check import check
from hucheng.engines.planning.rooms.listing import listed
from hucheng.entry import door as entry
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_passenger, arrivals_of
from hucheng.quarantine.lodging.actions import (
    assign_flight,
    close_floor,
    disinfect,
    end_stay,
    move_room,
    propose_moves,
    propose_rooms,
    reopen_floor,
)
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.testing import a_flight_to_house, a_house
from hucheng.quarantine.tests.history import History, play

FLIGHTS = ("HU7976", "CA910", "MU511")
HOUSES = ("H01", "H02")
CHILD, CHILDREN = 44, 3
"""Passengers of these numbers, times 45, are fifteen."""


class LifeOfTheRooms(History):
    """Three flights with families, a child and wheelchair users; two houses of three and two floors."""

    def begin(self) -> None:
        self.houses = {code: a_house(code, rooms=rooms, beds=2) for code, rooms in zip(HOUSES, (15, 10), strict=True)}
        self.keeper = an_actor(Role.QUARANTINE)
        self.flights: list[entry.Flight] = []
        self.by_hand: set[str] = set()
        self.at = after(90)

    @rule()
    def a_flight_comes(self):
        if len(self.flights) == len(FLIGHTS):
            return
        first = 90 * len(self.flights)
        sizes = [1, 2, 1, 3, 1]
        people = [
            a_passenger(first + 6 * party + n, party=f"P{party}" if size > 1 else "")
            for party, size in enumerate(sizes)
            for n in range(size)
        ]
        people.append(a_passenger(first + CHILD, party="P1"))
        flight = a_flight_to_house(people, number=FLIGHTS[len(self.flights)])
        Arrival.objects.filter(pk=arrivals_of(flight)[0].pk).update(needs=["wheelchair"])
        self.flights.append(flight)

    @rule(number=st.integers(0, 2))
    def rooms_are_given(self, number):
        if number < len(self.flights):
            flight = self.flights[number]
            shown = propose_rooms(self.keeper, flight.pk, self.at).plan
            before = self.rooms_of()
            assert self.attempt(assign_flight, actor=self.keeper, flight_id=flight.pk) == ""
            now = self.rooms_of()
            assert before.items() <= now.items(), "somebody who had a room was moved"
            given = {person: room for person, room in now.items() if person not in before}
            assert given == dict(shown.placements), "what was shown is what was done"

    @rule(code=st.sampled_from(HOUSES), floor=st.integers(2, 4))
    def a_floor_closes(self, code, floor):
        house = self.houses[code]
        if not house.rooms.filter(floor=floor).exists():
            return
        before, stuck = self.rooms_of(), propose_moves(self.keeper, house.pk, floor, self.at).plan.unplaced
        said = self.attempt(close_floor, actor=self.keeper, house_id=house.pk, floor=floor, why="leak")
        assert said in ("", "floor_closed")
        now, hit = self.rooms_of(), {str(pk) for pk in house.rooms.filter(floor=floor).values_list("pk", flat=True)}
        assert set(now) == set(before)
        assert {p for p in now if now[p] != before[p]} == {p for p in before if before[p] in hit} - {
            one.guest for one in stuck
        }
        assert not house.rooms.filter(floor=floor).exclude(state="closed").exists()

    @rule(code=st.sampled_from(HOUSES), floor=st.integers(2, 4))
    def a_floor_opens(self, code, floor):
        rooms = self.houses[code].rooms.filter(floor=floor)
        if rooms.exists():
            expected = "" if rooms.filter(state="closed").exists() else "floor_not_closed"
            assert self.attempt(reopen_floor, actor=self.keeper, house_id=self.houses[code].pk, floor=floor) == expected

    @rule(pick=st.integers(0, 60), to=st.integers(0, 24))
    def the_clerk_moves_somebody(self, pick, to):
        stays, rooms = list(Stay.objects.filter(ended_at=None).order_by("pk")), list(Room.objects.order_by("pk"))
        if stays:
            stay, room = stays[pick % len(stays)], rooms[to % len(rooms)]
            said = self.attempt(move_room, actor=self.keeper, stay_id=stay.pk, room_id=room.pk, why="wish")
            if said == "":
                self.by_hand.add(str(stay.arrival_id))
            assert said in ("", "room_not_free", "floor_of_others", "room_not_accessible")

    @rule(pick=st.integers(0, 60))
    def somebody_leaves(self, pick):
        stays = list(Stay.objects.filter(ended_at=None).order_by("pk"))
        if stays:
            stay = stays[pick % len(stays)]
            end_stay(stay, self.at)
            Arrival.objects.filter(pk=stay.arrival_id).update(whereabouts="hospital")
            if stay.arrival.party:
                party = Arrival.objects.filter(flight=stay.arrival.flight_id, party=stay.arrival.party)
                self.by_hand |= {str(pk) for pk in party.values_list("pk", flat=True)}

    @rule()
    def everything_is_cleaned(self):
        for room in Room.objects.filter(state="dirty"):
            assert self.attempt(disinfect, actor=self.keeper, room_id=room.pk) == ""

    @staticmethod
    def rooms_of() -> dict[str, str]:
        rows = Stay.objects.filter(ended_at=None).values_list("arrival_id", "room_id")
        return {str(person): str(room) for person, room in rows}

    def people(self) -> tuple[list[Guest], dict[str, Stay]]:
        stays = {
            str(s.arrival_id): s for s in Stay.objects.filter(ended_at=None).select_related("room__house", "arrival")
        }
        cards = entry.cards(self.keeper, [s.arrival_id for s in stays.values()], today=self.at.date())
        guests = []
        for key, stay in stays.items():
            card = cards[stay.arrival_id]
            party = f"{stay.arrival.flight_id} {card.party}" if card.party else ""
            guests.append(Guest(key, party, card.age, card.sex, stay.risk, stay.cohort, frozenset(card.needs)))
        return guests, stays

    @invariant()
    def both_checkers_pass_what_no_hand_has_changed(self):
        guests, stays = self.people()
        touched = {guest.party or guest.id for guest in guests if guest.id in self.by_hand}
        kept = [guest for guest in guests if (guest.party or guest.id) not in touched]
        rooms = {
            str(s.room_id): PlannedRoom(
                str(s.room_id), s.room.house.code, s.room.floor, s.room.beds, s.room.accessible, number=s.room.number
            )
            for s in stays.values()
        }
        use = {
            (s.room.house.code, s.room.floor): FloorUse(s.risk, s.cohort)
            for key, s in stays.items()
            if key not in {guest.id for guest in kept}
        }
        placements = tuple(Placement(guest.id, str(stays[guest.id].room_id)) for guest in kept)
        assert check_plan(kept, [*rooms.values()], RoomPlan(placements, (), 0, 0, 0), floor_use=use) == []
        parties: dict[str, list[Guest]] = defaultdict(list)
        for guest in kept:
            parties[guest.party or guest.id].append(guest)
        listing = listed(list(parties.values()), rooms.values(), use, 2)
        assert check(listing.instance, listing.plan(placements)).violations == ()

    @invariant()
    def a_floor_serves_one_flight_and_class_and_a_room_one_party(self):
        guests, stays = self.people()
        uses: dict[tuple[str, int], set[FloorUse]] = defaultdict(set)
        inside: dict[str, set[str]] = defaultdict(set)
        for guest in guests:
            room = stays[guest.id].room
            uses[room.house.code, room.floor].add(guest.use)
            inside[str(room.pk)].add(guest.party or guest.id)
            assert room.accessible or "wheelchair" not in guest.needs
        assert all(len(found) == 1 for found in (*uses.values(), *inside.values()))

    @invariant()
    def a_bed_holds_one_and_a_room_with_people_is_taken_or_closed(self):
        stays = list(Stay.objects.filter(ended_at=None).select_related("room"))
        assert len({(s.room_id, s.bed) for s in stays}) == len(stays)
        assert all(1 <= s.bed <= s.room.beds and s.room.state in ("taken", "closed") for s in stays)
        assert not Room.objects.filter(state="taken").exclude(pk__in=[s.room_id for s in stays]).exists()

    @invariant()
    def nobody_is_lost(self):
        waiting = Arrival.objects.filter(outcome="quarantine", whereabouts="port").count()
        housed = Stay.objects.filter(ended_at=None, arrival__whereabouts="port").count()
        for flight in self.flights:
            proposal = propose_rooms(self.keeper, flight.pk, self.at)
            waiting -= len(proposal.plan.placements) + len(proposal.plan.unplaced)
        assert waiting == housed


def test_the_two_checkers_of_the_machine_see_what_is_wrong():
    """They would hold nothing if they let everything pass."""
    one, other = Guest("a", "", 30, "M", "general", "F/1"), Guest("b", "", 30, "M", "contact", "F/1")
    rooms = [PlannedRoom("1", "H01", 2), PlannedRoom("2", "H01", 2)]
    placements = (Placement("a", "1"), Placement("b", "2"))
    assert check_plan([one, other], rooms, RoomPlan(placements, (), 0, 0, 0)) != []
    listing = listed([[one], [other]], rooms, {}, 1)
    assert check(listing.instance, listing.plan(placements)).violations == (Violation("zone_one_cohort", "0"),)


@pytest.mark.django_db
def test_no_order_of_acts_breaks_a_rule_of_rooms_or_loses_anybody():
    play(LifeOfTheRooms, examples=6, steps=14)
    assert not House.objects.exists()
