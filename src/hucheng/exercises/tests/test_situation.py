"""The situation's side of the story: what the scenario expects of published numbers holds, by its own acts."""

from datetime import date, timedelta

import pytest

from hucheng.core.measures import read
from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay import situation as side
from hucheng.exercises.replay.play import found_city
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.story import Story, moment
from hucheng.exercises.score.expectations import expectations
from hucheng.exercises.score.questions import Asked, answer
from hucheng.situation.city.queries import local_cases
from hucheng.situation.countries.models import SeriesFile, SeriesPoint
from hucheng.situation.importation.models import CaseReport, Figure
from hucheng.situation.importation.queries import facts, found, latest_figure
from hucheng.situation.origins.queries import proposals, watch_list

pytestmark = pytest.mark.django_db
PAUSE = moment("2020-03-24T20:30")


@pytest.fixture
def story():
    made = Story("taiyuan-2020")
    found_city(made)
    return made


def played(story, until):
    """Only this side's acts, and the rules that notices wait for, up to a time."""
    until = moment(until)
    steps = [step for step in story.steps(story.start - timedelta(minutes=1), until) if step.work]
    own = {*side.works(), *(act for _hour, act, _work in side.days(story.seed)), "rule.bring_into_force"}
    for step in steps:
        if step.act in own or step.act == "flight.announce":
            step.work(step.at)


def imported(at, **given):
    return found(acting("health"), moment(at), about="140000", **given)


def test_the_evening_of_24_march_shows_what_was_published(story):
    played(story, "2020-03-24T20:30")
    leader = acting("leader")
    assert imported("2020-03-24T20:30", until=date(2020, 3, 23)).cases == 1
    assert read("situation.city.days_since_local_case", leader, PAUSE).value == 32
    assert read("situation.importation.found_inside_line", leader, PAUSE).value == 100
    lines = watch_list(acting("health"), PAUSE)
    assert {line.country.code for line in lines} == {"CA", "ET", "BY", "RU"}
    fresh = read("situation.countries.series_fresh", leader, PAUSE)
    assert (fresh.numerator, fresh.denominator, fresh.value) == (2, 4, 50)
    canada = next(line for line in lines if line.country.code == "CA")
    assert canada.last.confirmed == 1470 and canada.last.day == date(2020, 3, 23) and canada.pace.days


def test_a_flight_proposes_its_country_before_the_next_morning_watches_it(story):
    played(story, "2020-03-19T21:00")
    assert [one.country.code for one in proposals(acting("health"), moment("2020-03-19T21:00"))] == ["CA"]


def test_each_notice_is_done_when_its_rules_are_in_force(story):
    from hucheng.command.notices.queries import notice_lines

    played(story, "2020-03-24T20:30")
    lines = {line.notice.rules[0]: line for line in notice_lines(acting("office"), PAUSE)}
    assert set(lines) == {"R11", "R12", "R17"}
    assert not any(line.late for line in lines.values())
    assert lines["R11"].task.done_at and lines["R12"].task.done_at
    assert lines["R17"].task.done_at is None and "北京" in lines["R17"].notice.sender
    assert "R12" in lines["R12"].task.evidence


def test_64_imported_cases_are_published_by_17_april_and_no_local_one(story):
    """Expectations of the scenario: imported cases on 17 April, close contacts as published, local cases."""
    played(story, "2020-04-17T09:20")
    at = moment("2020-04-17T09:00")
    sums = imported("2020-04-17T09:00")
    assert (sums.cases, sums.inside, sums.unknown) == (64, 63, 1)
    assert read("situation.importation.found_inside_line", acting("leader"), at).denominator == 63
    observed, fact = latest_figure(acting("office"), Figure.CONTACTS_OBSERVED, moment("2020-04-05T08:00"))
    assert observed == 252 and fact.as_of == date(2020, 4, 4)
    days = local_cases(SYSTEM, at)
    assert days.lines[0].total == 20 and days.new_fortnight == 0 and not days.stale
    assert sum(line.new or 0 for line in days.lines if line.day >= date(2020, 3, 18)) == 0
    assert all(fact.text_zh and fact.text_en and fact.source for fact in facts(acting("office"), at))


@pytest.mark.parametrize(
    "name",
    ["imported cases on 24 March", "imported cases on 17 April", "local cases", "close contacts shown as published"],
)
def test_the_expectations_of_this_side_are_answered_and_hold(story, name):
    (one,) = [line for line in expectations(story.written) if line.name == name]
    asked = Asked(story.name, one.at)
    published_later = name in ("local cases", "close contacts shown as published")
    assert answer(one.query, Asked(story.name, story.start)) == (None if published_later else 0)
    played(story, f"{one.at:%Y-%m-%dT%H:%M}")
    assert one.holds(answer(one.query, asked))


def test_no_day_of_a_series_is_shown_before_the_next_morning(story):
    played(story, "2020-03-20T12:00")
    assert max(SeriesPoint.objects.values_list("day", flat=True)) == date(2020, 3, 19)
    assert all(point.day < point.published_on for point in SeriesPoint.objects.all())
    assert [file.faulty for file in SeriesFile.objects.all()] == [0, 0, 0]


def test_playing_a_morning_again_adds_nothing(story):
    played(story, "2020-03-18T12:00")
    before = SeriesPoint.objects.count()
    side.reveal(moment("2020-03-18T09:05"))
    assert SeriesPoint.objects.count() == before and SeriesFile.objects.count() == 1


def test_every_published_count_of_the_scenario_is_played(story):
    played(story, "2020-04-30T20:00")
    events = [event for event in story.written["events"] if event["act"] == "cases.report"]
    assert CaseReport.objects.count() == len(events)
    assert sum(event["with"]["new"] for event in events) == imported("2020-04-30T20:00").cases
