"""The life of a stay, in any order of acts: a bed holds one person, and whoever was released stays nowhere."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_passenger, arrivals_of, fact
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.checks.actions import CheckIn, record_checks
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.checks.queries import slot_at
from hucheng.quarantine.lodging.actions import admit, assign_flight, disinfect, move_room
from hucheng.quarantine.lodging.board import flights_waiting, floors_of
from hucheng.quarantine.lodging.measures import rooms_free_tonight
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.release.actions import release
from hucheng.quarantine.release.conditions import conditions_of
from hucheng.quarantine.release.models import Release
from hucheng.quarantine.requisition.queries import houses_seen_by
from hucheng.quarantine.testing import a_flight_to_house, a_house
from hucheng.quarantine.tests.history import History, everybody_is_where_the_latest_line_says, play

WHO = st.integers(0, 3)
ROOMS = st.integers(0, 4)
DONE = ""


class LifeOfAStay(History):
    """Four people of one flight, two of them one family, and a house of five rooms."""

    def begin(self) -> None:
        self.house = a_house(rooms=5, beds=2)
        self.flight = a_flight_to_house([a_passenger(n, party="FAMILY" if n < 2 else "") for n in range(4)])
        self.people = [person.pk for person in arrivals_of(self.flight)]
        self.keeper = an_actor(Role.QUARANTINE)
        self.nurse = an_actor(Role.HOUSE, COUNTY, "H01")
        self.rooms = [room.pk for room in self.house.rooms.order_by("number")]
        self.at = after(90)

    def stay(self, who):
        return Stay.objects.filter(arrival=self.people[who], ended_at=None).first()

    def person(self, who):
        return Arrival.objects.select_related("flight").get(pk=self.people[who])

    @rule()
    def place(self):
        assert self.attempt(assign_flight, actor=self.keeper, flight_id=self.flight.pk) == DONE

    @rule()
    def place_and_admit_everybody(self):
        self.place()
        waiting = Stay.objects.filter(ended_at=None, admitted_at=None)
        for stay in waiting:
            assert self.attempt(admit, actor=self.nurse, stay_ids=[stay.pk]) == DONE

    @rule(who=WHO)
    def check_in(self, who):
        if stay := self.stay(who):
            said = self.attempt(admit, actor=self.nurse, stay_ids=[stay.pk])
            assert said == ("moved_in" if stay.admitted_at else DONE)

    @rule(who=WHO, number=ROOMS)
    def move(self, who, number):
        if stay := self.stay(who):
            room = Room.objects.get(pk=self.rooms[number])
            said = self.attempt(move_room, actor=self.keeper, stay_id=stay.pk, room_id=room.pk, why="leak")
            assert said == (DONE if room.state == Room.State.FREE else "room_not_free")

    @rule(number=ROOMS)
    def clean(self, number):
        room = Room.objects.get(pk=self.rooms[number])
        said = self.attempt(disinfect, actor=self.nurse, room_id=room.pk)
        assert said == (DONE if room.state == Room.State.DIRTY else "not_dirty")

    @rule(who=WHO, degrees=st.sampled_from([36.4, 36.4, 36.4, 38.8]))
    def check(self, who, degrees):
        stay = self.stay(who)
        day, slot = slot_at(self.at + timedelta(minutes=3))
        if stay is None or stay.admitted_at is None:
            return
        before = DailyCheck.objects.filter(stay=stay, day=day, slot=slot).exists()
        one = CheckIn(stay.pk, day, slot, degrees, (), f"{stay.pk}"[:30] + str(self.at.timestamp())[:10])
        assert self.attempt(record_checks, actor=self.nurse, checks=[one]) == ("slot_taken" if before else DONE)

    @rule(who=WHO, result=st.sampled_from(["negative", "negative", "positive"]))
    def test(self, who, result):
        self.at += timedelta(minutes=3)
        fact(self.people[who], Fact.Kind.TEST, result, at=self.at)

    @rule()
    def fourteen_days_pass_and_everybody_is_negative(self):
        self.at = max(self.at, after(60, days=14))
        for who in range(4):
            self.test(who, "negative")

    @rule(who=WHO)
    def let_go(self, who):
        stay = self.stay(who)
        if stay is None:
            return
        at = self.at + timedelta(minutes=3)
        may = all(c.holds for c in conditions_of([self.person(who)], at)[stay.arrival_id])
        inside = self.person(who).whereabouts in ("house", "hospital")
        said = self.attempt(
            release, actor=self.keeper, stay_id=stay.pk, to=Destination.ELSEWHERE, receiver="OTHER-PROV"
        )
        assert said == ("conditions_open" if not may else DONE if inside else "not_inside")

    @rule(who=WHO)
    def let_go_again(self, who):
        old = Stay.objects.filter(arrival=self.people[who]).exclude(ended_at=None).first()
        if old:
            said = self.attempt(
                release, actor=self.keeper, stay_id=old.pk, to=Destination.ELSEWHERE, receiver="OTHER-PROV"
            )
            assert said == "already_released"

    @invariant()
    def a_bed_holds_one_person_and_is_in_its_room(self):
        stays = list(Stay.objects.filter(ended_at=None).select_related("room"))
        assert not [bed for bed, people in Counter((s.room_id, s.bed) for s in stays).items() if people > 1]
        assert all(1 <= stay.bed <= stay.room.beds for stay in stays)
        assert len({stay.arrival_id for stay in stays}) == len(stays)

    @invariant()
    def a_room_is_taken_exactly_while_somebody_has_a_bed_in_it(self):
        used = set(Stay.objects.filter(ended_at=None).values_list("room_id", flat=True))
        assert used == set(Room.objects.filter(state="taken").values_list("pk", flat=True))

    @invariant()
    def whoever_was_released_has_one_release_no_open_stay_and_another_holder(self):
        gone = set(Release.objects.values_list("arrival_id", flat=True))
        assert gone == set(Arrival.objects.filter(whereabouts="released").values_list("pk", flat=True))
        assert not Stay.objects.filter(ended_at=None, arrival_id__in=gone).exists()
        assert not Arrival.objects.filter(pk__in=gone).exclude(holder="OTHER-PROV").exists()

    @invariant()
    def whoever_moved_in_is_in_the_hands_of_the_house(self):
        inside = Stay.objects.filter(ended_at=None, admitted_at__isnull=False)
        hands = set(inside.values_list("arrival__whereabouts", "arrival__holder"))
        assert hands <= {("house", "H01")}

    @invariant()
    def the_last_line_of_hands_is_where_the_person_is(self):
        assert everybody_is_where_the_latest_line_says()

    @invariant()
    def board_list_and_measure_agree_on_what_is_free(self):
        (line,) = houses_seen_by(self.keeper, self.at)
        floors = floors_of(self.keeper, self.house.pk)
        free = Room.objects.filter(state="free").count()
        assert (
            line.free == sum(floor.free for floor in floors) == rooms_free_tonight(self.keeper, self.at).value == free
        )
        assert line.people == sum(len(cell.stays) for floor in floors for cell in floor.cells)

    @invariant()
    def whoever_is_judged_for_a_house_and_has_no_bed_is_counted_as_waiting(self):
        waiting = Arrival.objects.filter(outcome="quarantine", whereabouts="port")
        without = waiting.exclude(pk__in=Stay.objects.filter(ended_at=None).values("arrival_id")).count()
        assert sum(one.people for one in flights_waiting(self.keeper)) == without


@pytest.mark.django_db
def test_no_order_of_acts_gives_a_bed_to_two_people_or_keeps_somebody_who_left():
    play(LifeOfAStay, examples=7, steps=14)
