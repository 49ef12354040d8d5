"""CA910, landed in Taiyuan on 6 April 2020: 35 positives in five steps; under the shipped rules none holds a pass."""

import pytest

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
from hucheng.quarantine.lodging.models import Stay

EVENING_BEFORE = moment("2020-04-05T18:00")
CLEARED = {"31A", "31C", "31L", "58A", "58C", "58D", "59A", "59D", "59E", "60C", "60D", "60J", "61D"}


@pytest.fixture(params=[False, True], ids=["order of its file", "order of the city"])
def cabin(db, request):
    """The flight of the story in a city with the rules, the order and the two houses of its file.

    The city's order of the main story asks for a confirmed place too; the published ends hold under both.
    """
    story = Story("taiyuan-2020")
    found_city(story)
    the_rules(EVENING_BEFORE)
    order = {"needs_place": request.param, "waits_for_flight": True, "text": "wait for every first result"}
    issue_city_order(actor=acting("office"), at=EVENING_BEFORE, **order)
    play = story.cabins["F09"]
    for code in play.file["setup"]["houses"]:
        houses.order(story.houses[code], story.seed, EVENING_BEFORE)
        houses.open_house(code, EVENING_BEFORE)
    return play


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


def play_up_to(play, text: str, after_each=lambda step: None) -> None:
    for step in sorted(play.steps(), key=lambda step: step.at):
        if step.work and step.at <= moment(text):
            with frozen_at(step.at):
                step.work(step.at)
            after_each(step)


def test_none_of_the_thirty_five_ever_holds_a_pass(cabin):
    """The ends at every published step, the red line and the hands after every act, the recalls (INQ-04)."""
    want = {moment(at): row[1:5] for at, *row in cabin.file["layout"]["index_table"]["rows"]}
    office, ever_held, seen = acting("office"), set(), {}

    def look(step):
        ever_held.update(Pass.objects.values_list("arrival__seat", flat=True))
        assert high_risk_with_pass(office, step.at).value == 0, step
        assert unaccounted(office, step.at).value == 0, step
        if step.act in ("results.arrive", "person.fact") and step.at in want:
            seen[step.at] = ends()

    play_up_to(cabin, "2020-04-21T12:00", look)
    del want[moment("2020-04-06T18:00")]
    assert seen == want

    found = positives(cabin)
    assert len(found) == 35 and not found & ever_held and ever_held == CLEARED
    assert set(Recall.objects.values_list("arrival__seat", flat=True)) == {"31A", "31C", "31L"}
    end = moment("2020-04-21T12:00")
    assert departed_recalled(office, end).value == 100 == recomputed_in_a_minute(office, end).value
    assert not CloseContact.objects.filter(named_at=moment("2020-04-10T08:15")).exists()
    assert not Pass.objects.filter(arrival__risk=Risk.HIGH, revoked_at=None).exists()
    sick = Arrival.objects.filter(flight__number="CA910", seat__in=found)
    assert set(sick.values_list("whereabouts", flat=True)) == {Whereabouts.HOSPITAL}


def test_the_screening_ends_as_the_file_says_before_the_first_result(cabin):
    play_up_to(cabin, "2020-04-06T18:00")
    assert ends() == [18, 3, 111, 84]
    assert Arrival.objects.filter(flight__number="CA910").count() == 216 + 14
    assert Arrival.objects.filter(kind="crew", whereabouts=Whereabouts.CREW_HOUSE).count() == 14


def test_nobody_is_left_in_the_port_who_has_a_room_to_go_to(cabin):
    play_up_to(cabin, "2020-04-10T12:00")
    port = Arrival.objects.filter(flight__number="CA910", whereabouts=Whereabouts.PORT)
    assert set(port.exclude(outcome__in=(Outcome.HOLD, Outcome.ONWARD)).values_list("outcome", flat=True)) <= {
        Outcome.QUARANTINE
    }
    assert Stay.objects.filter(ended_at=None).count() > 150
    assert not Handover.objects.filter(answer=Handover.Answer.OPEN).exists()


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


def test_a_new_play_of_the_same_flight_goes_on_where_another_stopped(cabin):
    """The play keeps nothing in mind: a second one, after a power cut, finds the flight and its people."""
    play_up_to(cabin, "2020-04-06T10:05")
    fresh = Story("taiyuan-2020").cabins["F09"]
    assert fresh.flight_id == Flight.objects.get().pk
    assert set(fresh.at_seat()) == {row["seat"] for row in fresh.cabin} and len(fresh.crew()) == 14
