"""CA910, landed in Taiyuan on 6 April 2020: 35 positives in five steps; under the shipped rules none holds a pass."""

from datetime import datetime

import pytest
from django.db import transaction

from hucheng.core.clock import frozen_at
from hucheng.core.terms import Outcome, Risk
from hucheng.entry.clearance.measures import departed_recalled, high_risk_with_pass
from hucheng.entry.clearance.models import Pass, Recall
from hucheng.entry.contacts.measures import recomputed_in_a_minute
from hucheng.entry.contacts.models import CloseContact
from hucheng.entry.flights.models import Arrival, Flight, Whereabouts
from hucheng.entry.handover.measures import unaccounted
from hucheng.entry.handover.models import Handover
from hucheng.entry.testing import the_rules
from hucheng.entry.triage.actions import issue_city_order
from hucheng.exercises.replay import houses
from hucheng.exercises.replay.ca910 import symptom
from hucheng.exercises.replay.cabin import cabin_people
from hucheng.exercises.replay.play import found_city
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.story import Story, moment
from hucheng.exercises.replay.timeline import Step
from hucheng.quarantine.lodging.models import Stay

EVENING_BEFORE, SCREENED = moment("2020-04-05T18:00"), moment("2020-04-06T18:00")
IN_HOUSES, END = moment("2020-04-10T12:00"), moment("2020-04-21T12:00")
CLEARED = {"31A", "31C", "31L", "58A", "58C", "58D", "59A", "59D", "59E", "60C", "60D", "60J", "61D"}


@pytest.fixture(scope="module")
def story():
    return Story("taiyuan-2020")


@pytest.fixture(scope="module")
def cabin(story):
    return story.cabins["F09"]


def a_city_awaits(story: Story, *, needs_place: bool) -> None:
    """A city with the rules, the order and the two houses of the flight's file.

    The city's order of the main story asks for a confirmed place too; the published ends hold under both.
    """
    found_city(story)
    the_rules(EVENING_BEFORE)
    order = {"needs_place": needs_place, "waits_for_flight": True, "text": "wait for every first result"}
    issue_city_order(actor=acting("office"), at=EVENING_BEFORE, **order)
    for code in story.cabins["F09"].file["setup"]["houses"]:
        houses.order(story.houses[code], story.seed, EVENING_BEFORE)
        houses.open_house(code, EVENING_BEFORE)


class Played:
    """The flight from its list to its last result, looked at after every act and at two hours between acts."""

    def __init__(self, cabin):
        self.cabin, self.office = cabin, acting("office")
        self.held: set[str] = set()
        self.ends: dict[datetime, list[int]] = {}
        self.red: list[tuple[Step, float | None, float | None]] = []
        self.screened = self.in_houses = None

    def play(self) -> "Played":
        for step in acts_up_to(self.cabin, END):
            if step.at > SCREENED and self.screened is None:
                self.screened = self.look_at_the_screening()
            if step.at > IN_HOUSES and self.in_houses is None:
                self.in_houses = self.look_at_the_port()
            play(step)
            self.held.update(Pass.objects.values_list("arrival__seat", flat=True))
            red = high_risk_with_pass(self.office, step.at).value, unaccounted(self.office, step.at).value
            self.red.append((step, *red))
            if step.act in ("results.arrive", "person.fact"):
                self.ends[step.at] = ends()
        return self

    def look_at_the_screening(self):
        crew = Arrival.objects.filter(kind="crew", whereabouts=Whereabouts.CREW_HOUSE)
        return ends(), Arrival.objects.filter(flight__number="CA910").count(), crew.count()

    def look_at_the_port(self):
        port = Arrival.objects.filter(flight__number="CA910", whereabouts=Whereabouts.PORT)
        waiting = set(port.exclude(outcome__in=(Outcome.HOLD, Outcome.ONWARD)).values_list("outcome", flat=True))
        open_ones = Handover.objects.filter(answer=Handover.Answer.OPEN)
        return waiting, Stay.objects.filter(ended_at=None).count(), open_ones.count()


@pytest.fixture(scope="module", params=[False, True], ids=["order of its file", "order of the city"])
def played(story, cabin, kept_rows, request):
    with transaction.atomic():
        a_city_awaits(story, needs_place=request.param)
        yield Played(cabin).play()
        transaction.set_rollback(True)


def positives(play) -> set[str]:
    events = play.file["events"]
    found = {seat for event in events if event["act"] == "results.arrive" for seat in event["with"]["positive"]}
    suspected = [e for e in events if e["act"] == "person.fact" and "suspected" in e["with"]["fact"]]
    return found | {seat for event in suspected for seat in event["with"]["who"]}


def ends() -> list[int]:
    rows = Arrival.objects.filter(flight__number="CA910").exclude(kind="crew")
    return [
        rows.filter(outcome=Outcome.HOSPITAL).count(),
        rows.filter(last_triage__code__startswith="ISOLATE_C").count(),
        rows.filter(last_triage__code="ISOLATE_ENTRY_CITY_14D").count(),
        rows.filter(outcome__in=[Outcome.ONWARD, Outcome.HOLD]).count(),
    ]


def acts_up_to(cabin, until: datetime) -> list[Step]:
    return sorted((step for step in cabin.steps() if step.work and step.at <= until), key=lambda step: step.at)


def play(step: Step) -> None:
    with frozen_at(step.at):
        step.work(step.at)


def test_none_of_the_thirty_five_ever_holds_a_pass(played):
    """The ends at every published step, the red line and the hands after every act, the recalls (INQ-04)."""
    want = {moment(at): row[1:5] for at, *row in played.cabin.file["layout"]["index_table"]["rows"]}
    del want[SCREENED]
    assert {at: found for at, found in played.ends.items() if at in want} == want
    assert len(played.red) == 55 and [line for line in played.red if line[1:] != (0, 0)] == []

    found = positives(played.cabin)
    assert len(found) == 35 and not found & played.held and played.held == CLEARED
    assert set(Recall.objects.values_list("arrival__seat", flat=True)) == {"31A", "31C", "31L"}
    assert departed_recalled(played.office, END).value == 100 == recomputed_in_a_minute(played.office, END).value
    assert not CloseContact.objects.filter(named_at=moment("2020-04-10T08:15")).exists()
    assert not Pass.objects.filter(arrival__risk=Risk.HIGH, revoked_at=None).exists()
    sick = Arrival.objects.filter(flight__number="CA910", seat__in=found)
    assert set(sick.values_list("whereabouts", flat=True)) == {Whereabouts.HOSPITAL}


def test_the_screening_ends_as_the_file_says_before_the_first_result(played):
    assert played.screened == ([18, 3, 111, 84], 216 + 14, 14)


def test_nobody_is_left_in_the_port_who_has_a_room_to_go_to(played):
    waiting, moved_in, open_handovers = played.in_houses
    assert waiting <= {Outcome.QUARANTINE} and moved_in > 150 and open_handovers == 0


def test_acts_that_stand_in_the_main_story_are_not_played_twice(cabin):
    acts = [step.act for step in cabin.steps()]
    assert not {"flight.announce", "cases.report", "release.run"} & set(acts)
    assert {step.act for step in cabin.steps() if step.work is None} == {"handover.answer", "followup.run"}


def test_no_bus_drives_at_night(cabin):
    rides = [step.at for step in cabin.steps() if step.act == "transfer.run"]
    assert rides and all("07:30" <= f"{at:%H:%M}" < "22:00" for at in rides)


def test_the_seats_are_the_published_ones_and_the_people_are_drawn(cabin):
    people = cabin.people
    assert [one.seat for one in people] == [row["seat"] for row in cabin.cabin]
    assert len({one.document.number for one in people}) == 216
    again = cabin_people(cabin.cabin, seed=cabin.seed, day=moment("2020-04-06T08:40").date())
    other = cabin_people(cabin.cabin, seed=cabin.seed + 1, day=moment("2020-04-06T08:40").date())
    assert again == people != other
    aged = {row["seat"]: row["age_band"] for row in cabin.cabin}
    assert all(2020 - one.birth.year - 1 <= 5 for one in people if aged[one.seat] == "0-5")


def test_every_symptom_of_the_file_has_a_code_of_the_declaration(cabin):
    words = {word for row in cabin.cabin for word in row["symptoms"].split(";") if word}
    assert words and {symptom(word) for word in words} <= set(symptom.__globals__["entry"].SYMPTOMS)
    assert symptom("dizziness") == "fatigue" and symptom("loss of smell") == "loss_of_smell"


@pytest.mark.django_db
def test_a_new_play_of_the_same_flight_goes_on_where_another_stopped(story, cabin):
    """The play keeps nothing in mind: a second one, after a power cut, finds the flight and its people."""
    a_city_awaits(story, needs_place=False)
    for step in acts_up_to(cabin, moment("2020-04-06T10:05")):
        play(step)
    fresh = Story("taiyuan-2020").cabins["F09"]
    assert fresh.flight_id == Flight.objects.get().pk
    assert set(fresh.at_seat()) == {row["seat"] for row in fresh.cabin} and len(fresh.crew()) == 14
