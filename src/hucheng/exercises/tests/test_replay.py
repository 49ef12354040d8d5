"""The story of the demonstration: the same seed gives the same people; what no room answers for is named."""

import itertools
from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from hucheng.core.jobs.jobs import DAILY
from hucheng.core.terms import Outcome
from hucheng.engines.manifests import read_manifest, write_paxlst
from hucheng.entry.clearance.measures import high_risk_with_pass
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.entry.handover.measures import unaccounted
from hucheng.exercises.replay.acts import act_name
from hucheng.exercises.replay.models import PlayedStep
from hucheng.exercises.replay.people import crew, passengers
from hucheng.exercises.replay.play import found_city, play, play_step
from hucheng.exercises.replay.staff import COLLEAGUES, acting
from hucheng.exercises.replay.story import Story, moment

DAY = date(2020, 3, 21)


@pytest.fixture(scope="module")
def story():
    return Story("taiyuan-2020")


def test_the_same_seed_gives_the_same_people():
    assert passengers("HU7976", 252, seed=1, day=DAY) == passengers("HU7976", 252, seed=1, day=DAY)
    assert passengers("HU7976", 252, seed=1, day=DAY) != passengers("HU7976", 252, seed=2, day=DAY)


@pytest.mark.parametrize("count", [1, 4, 252, 281])
def test_people_have_seats_and_documents_of_their_own(count):
    people = passengers("HU7976", count, seed=1, day=DAY)
    assert len(people) == count == len({p.seat for p in people}) == len({p.document.number for p in people})
    staff = crew("HU7976", 15, seed=1, day=DAY)
    assert not {p.document.number for p in people} & {p.document.number for p in staff}


def test_no_child_travels_alone():
    """By the birthday, not by the year: somebody of 17 and eleven months still needs an adult beside them."""
    for seed in range(5):
        people = passengers("HU7976", 281, seed=seed, day=DAY)
        ages = [
            (p.pnr, DAY.year - p.birth.year - ((DAY.month, DAY.day) < (p.birth.month, p.birth.day))) for p in people
        ]
        grown = {party for party, age in ages if age >= 18}
        assert all(party in grown for party, _age in ages)
        assert all(2 <= age <= 80 for _party, age in ages)


def test_the_files_of_the_demonstration_read_clean():
    people = passengers("HU7976", 252, seed=1, day=DAY)
    start = moment("2020-03-21T03:40").replace(tzinfo=None)
    reading = read_manifest(write_paxlst(people, flight="HU7976", prepared=start), today=DAY)
    assert len(reading.readable) == 252 and not [p for p in reading.problems if p.fatal]


def test_steps_come_in_the_order_of_time_and_each_once(story):
    steps = story.steps(story.start, story.pause)
    assert [s.at for s in steps] == sorted(s.at for s in steps)
    middle = story.start + timedelta(days=3)
    halves = [*story.steps(story.start, middle), *story.steps(middle, story.pause)]
    assert [(s.at, s.act) for s in halves] == [(s.at, s.act) for s in steps]


def test_nobody_departs_from_a_flight_on_which_everybody_stays(story):
    """F11 ends with nobody travelling on; its aeroplane is not asked to board an empty list."""
    assert story.flights["F11"].ends["onward"] == 0
    days = [f"{step.at:%m-%d}" for step in story.steps(story.start, story.end) if step.act == "onward.depart"]
    assert len(days) == 11 and "04-14" not in days


def test_every_step_of_the_story_has_a_key_of_its_own_that_does_not_change(story):
    keys = [step.key for step in story.steps(story.start, story.end)]
    assert len(set(keys)) == len(keys) > 1500
    assert keys == [step.key for step in Story("taiyuan-2020").steps(story.start, story.end)]
    assert set(keys) >= {step.key for step in story.steps(story.pause, story.end)}


def test_looks_come_behind_the_acts_of_their_minute(story):
    steps = story.steps(story.start, story.end)
    for one, following in itertools.pairwise(steps):
        assert one.act not in ("expect", "always") or following.at > one.at or following.act in ("expect", "always")


def test_the_daily_work_of_the_house_is_played_at_its_hour(story):
    hours = {f"{step.at:%H:%M}" for step in story.steps(story.start, story.end) if step.act == "daily.work"}
    assert hours == {f"{piece.at:%H:%M}" for piece in DAILY.values()} and "08:30" in hours


@pytest.mark.django_db
def test_the_releases_that_the_file_names_are_played(story):
    (event,) = [step for step in story.steps(story.start, story.end) if step.key == "2020-04-20T09:00 release.run"]
    found_city(story)
    assert play_step(event) is None and PlayedStep.objects.get().outcome == "played"


def test_every_act_of_the_file_has_a_name_in_both_languages(story):
    acts = {event["act"] for event in story.written["events"]} | {"always", "expect", "daily.work", "readings"}
    for language in ("zh-hans", "en"):
        with override(language):
            assert {act for act in acts if act_name(act) == act} == set()
    with override("en"):
        assert act_name("nobody.knows") == "nobody.knows"


def test_acts_without_a_room_are_counted_not_faked(story):
    waiting = story.waiting(story.pause)
    known = set(story._works())
    told = [event["act"] for event in story.written["events"] if moment(event["at"]) <= story.pause]
    assert waiting == Counter(act for act in told if act not in known)
    assert not {"flight.land", "meeting.hold", "notice.receive"} & set(waiting)


@pytest.mark.django_db
def test_the_first_flight_ends_as_the_story_says(story):
    found_city(story)
    told: list[str] = []
    refused = play(Story("taiyuan-2020"), story.start - timedelta(minutes=1), moment("2020-03-21T19:00"), told.append)
    assert refused == [] and told
    people = Arrival.objects.filter(kind="passenger")
    ends = {o: people.filter(outcome=o).count() for o in Outcome}
    assert ends[Outcome.ONWARD] == people.filter(whereabouts=Whereabouts.DEPARTED).count() == 41
    assert ends[Outcome.QUARANTINE] + ends[Outcome.HOSPITAL] == 252 - 41
    leader, now = acting("leader"), moment("2020-03-21T19:00")
    assert high_risk_with_pass(leader, now).value == 0 == unaccounted(leader, now).value


@pytest.fixture(autouse=True)
def an_exercise(settings):
    settings.HUCHENG_EXERCISE = True


def test_one_sign_in_a_role():
    assert len({one.username for one in COLLEAGUES}) == len(COLLEAGUES)
