"""The economy's side of the story, played alone from its first morning to its last evening."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hucheng.core.clock import frozen_at
from hucheng.core.measures import read
from hucheng.core.places.queries import counties_of
from hucheng.core.scope.actor import SYSTEM
from hucheng.economy import door as economy
from hucheng.economy.firms.queries import firms_of
from hucheng.economy.outlook.queries import in_force, tracker
from hucheng.economy.projects.queries import projects_of
from hucheng.exercises.replay import economy as side
from hucheng.exercises.replay.economy_firms import split
from hucheng.exercises.replay.play import found_city
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.story import Story, moment
from hucheng.exercises.score.questions import Asked, answer

pytestmark = pytest.mark.django_db
MEASURES = (
    "indicators.on_time", "indicators.industry_growth", "indicators.retail_growth", "firms.resumed",
    "firms.workers_back", "pairing.requests_3d", "projects.on_schedule", "projects.blockers_over_14d",
    "supply.price_alerts_open", "supply.stock_days",
)  # fmt: skip


@pytest.fixture
def story(settings):
    settings.HUCHENG_EXERCISE = True
    story = Story("taiyuan-2020")
    found_city(story)
    return story


def play(story, until, since=None):
    """Every act of the economy up to a time; a refusal fails the test."""
    names = set(side.works()) | {act for _hour, act, _work in side.days(story.seed)}
    for step in story.steps(since or story.start - timedelta(minutes=1), until):
        if step.act in names and step.work:
            with frozen_at(step.at):
                step.work(step.at)
    return acting("economy")


def test_at_the_pause_every_measure_that_has_rows_can_be_read(story):
    actor = play(story, story.pause)
    told = {name: read(f"economy.{name}", actor, story.pause) for name in MEASURES}
    assert not [name for name, reading in told.items() if reading is None or reading.value is None]
    assert told["indicators.industry_growth"].value == -11.9 and told["indicators.on_time"].value == 100
    assert 90 < told["firms.resumed"].value < 91 and 73.5 < told["firms.workers_back"].value < 75.5
    assert told["supply.stock_days"].value < 9
    assert read("economy.policies.paid_of_eligible", actor, story.pause).value is None
    assert read("economy.outlook.q1_gap", actor, story.pause) is None


def test_the_report_of_23_march_is_split_over_ten_counties_without_a_rest(story):
    actor = play(story, moment("2020-03-23T18:00"))
    firms = firms_of(actor, moment("2020-03-23T18:00"))
    assert (firms.sums.above_size, firms.sums.resumed) == (412, 371)
    assert firms.sums.back_share == pytest.approx(74, abs=1)
    assert len(firms.lines) == 10 and firms.silent == 0


def test_targets_of_2020_have_two_versions_on_27_april_at_noon(story):
    actor = play(story, moment("2020-04-27T12:00"))
    draft, adopted = economy.versions_of(actor, 2020, date(2020, 4, 27))
    assert draft.state == "draft" and draft.dated_on == date(2020, 3, 18) and draft.targets.count() == 1
    assert adopted.state == "adopted" and adopted.targets.count() == 10 and adopted.document
    assert in_force([draft, adopted]) == adopted
    told = tracker(actor, date(2020, 4, 27))
    lines = {line.indicator.code: line for line in told.lines}
    assert lines["gdp"].gap == Decimal("-13.9") and lines["gdp"].kind == "bad"
    assert abs(lines["industry"].latest.value - Decimal("-8.7")) == 0 and lines["industry"].beyond_history
    assert lines["retail"].policies and told.worst == lines["retail"]
    assert tracker(actor, date(2020, 4, 26)).version == draft
    for at, count in (("2020-03-18T08:00", 1), ("2020-04-26T12:00", 1), ("2020-04-27T12:00", 2)):
        asked = Asked("taiyuan-2020", moment(at))
        assert answer("versions of the targets of 2020", asked) == count


def test_the_whole_story_plays_without_a_refusal_and_ends_where_it_says(story):
    quarter = moment("2020-03-31T18:30")
    actor = play(story, quarter)
    projects = projects_of(actor, quarter)
    assert (projects.key, projects.started, len(projects.blockers), projects.long) == (164, 129, 41, 13)
    play(story, story.end, since=quarter)
    resumed = read("economy.firms.resumed", actor, story.end)
    assert resumed.value == pytest.approx(98.5, abs=0.3)
    assert 0 < read("economy.policies.paid_of_eligible", actor, story.end).value < 100
    assert economy.all_vintages(actor)[0].revision == 0
    revised = [v for v in economy.all_vintages(actor) if v.revision]
    assert {v.indicator.code for v in revised} == {"industry", "investment", "retail", "revenue"}
    assert all(v.published_on == date(2020, 4, 19) for v in revised)


def test_a_second_run_of_the_story_begins_where_the_first_stopped(story):
    actor = play(story, moment("2020-03-19T07:00"))
    before = len(economy.all_vintages(actor)), len(economy.key_projects(actor))
    play(story, moment("2020-03-19T09:00"), since=moment("2020-03-19T07:00"))
    assert (len(economy.all_vintages(actor)), len(economy.key_projects(actor))) == before


@pytest.mark.parametrize("total", [0, 1, 371, 411, 412])
def test_a_sum_is_split_without_a_rest_and_within_its_caps(total):
    caps = [100, 7, 205, 100]
    parts = split(total, [3.0, 9.0, 1.0, 2.0], caps)
    assert sum(parts) == total and all(0 <= part <= cap for part, cap in zip(parts, caps, strict=True))


def test_counties_have_an_office_that_answers_for_projects(story):
    play(story, moment("2020-03-18T09:00"))
    owners = {project.place: project.owner for project in economy.key_projects(SYSTEM)}
    assert set(owners) <= {place.code for place in counties_of("140100")}
    assert all(owner.endswith("-ECO") for owner in owners.values())
