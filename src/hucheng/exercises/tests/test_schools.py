"""The schools of the demonstration: what the scenario expects of them, through the product's own acts alone."""

from datetime import timedelta

import pytest

from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay.play import found_city
from hucheng.exercises.replay.schools import days, works
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.story import Story, moment
from hucheng.exercises.score.questions import Asked, answer
from hucheng.schools import door as schools
from hucheng.schools.readiness.measures import items_in_place, three_lines_signed
from hucheng.schools.reopening.measures import grade12_on_time, other_grades_ready

NOT_READY = {"S14010711", "S14012105", "S14012301"}


@pytest.fixture(scope="module")
def story():
    return Story("taiyuan-2020")


class Played:
    """The acts of the schools alone, played on from one time to the next; nothing of them may be refused."""

    def __init__(self, story):
        self.story, self.now = story, story.start - timedelta(minutes=1)
        found_city(story)
        own = set(works()) | {act for _hour, act, _work in days(story.seed)}
        self.steps = [step for step in story.steps(self.now, story.end) if step.act in own]

    def to(self, when):
        until = moment(when)
        assert until >= self.now, "these tests play one story, in the order of the file"
        for step in (step for step in self.steps if self.now < step.at <= until):
            with frozen_at(step.at):
                step.work(step.at)
        self.now = until
        return until


@pytest.fixture(scope="module")
def played(story, kept_rows):
    """Each test plays on from where the one above it stopped."""
    return Played(story)


def asked(words, at):
    return answer(words, Asked("taiyuan-2020", at))


def opened(at, key="grade-12"):
    return schools.Opening.objects.filter(key=key, at__lte=at)


def test_seventy_two_schools_stand_by_county_as_the_generator_says(played, story):
    played.to("2020-03-18T10:20")
    wanted = story.written["generators"]["schools"]["grade12_by_county"]
    found = schools.lines(SYSTEM, played.now)
    counts = {place: sum(line.school.place == place for line in found) for place in wanted}
    assert counts == wanted and len(found) == 72 == len({line.school.name_zh for line in found})
    assert 25_000 < sum(line.school.grade12 for line in found) < 40_000
    assert found[0].school.code == acting("school").unit == "S14010501"


def test_the_first_twenty_are_accepted_on_the_first_day_and_all_but_three_by_the_evening_of_the_24th(played):
    at = played.to("2020-03-18T15:30")
    assert [line.school.code for line in schools.lines(SYSTEM, at) if line.ready] == [
        line.school.code for line in schools.lines(SYSTEM, at)
    ][:20]
    at = played.to("2020-03-24T20:30")
    found = schools.lines(SYSTEM, at)
    assert {line.school.code for line in found if not line.ready} == NOT_READY
    gaps = {line.school.code: {g.number for g in line.gaps} - {10} for line in found if not line.ready}
    assert gaps == {"S14010711": {8}, "S14012105": {5}, "S14012301": {6, 9}}
    assert any(cell.state == schools.State.SPOT_CHECKED for line in found for cell in line.cells)
    leader = acting("leader")
    assert items_in_place(leader, at).value == pytest.approx(100 * 713 / 720)
    assert three_lines_signed(leader, at).value == pytest.approx(100 * 69 / 72)
    assert grade12_on_time(leader, at).value is None is other_grades_ready(leader, at).value


def test_sixty_nine_open_on_the_25th_three_follow_on_the_30th_and_grade_nine_behind_them(played):
    at = played.to("2020-03-25T09:00")
    assert opened(at).count() == 69
    assert asked("schools open on 25 March; three state the item that holds them", at) == 69
    assert not NOT_READY & {opening.school.code for opening in opened(at)}
    assert grade12_on_time(acting("leader"), at).value == pytest.approx(100 * 69 / 72)
    at = played.to("2020-03-30T09:00")
    assert opened(at).count() == 72
    assert asked("schools open for grade 12", at) == 72 and asked("schools opened on 30 March", at) == 3
    assert {o.school.code for o in opened(at) if o.day.isoformat() == "2020-03-30"} == NOT_READY
    assert grade12_on_time(acting("leader"), at).value == pytest.approx(100 * 69 / 72)

    at = played.to("2020-04-30T20:00")
    with_nine = [line for line in schools.lines(SYSTEM, at) if 9 in line.school.grades]
    assert len(with_nine) > 5 and {o.school_id for o in opened(at, "grade-9")} == {x.school.pk for x in with_nine}
    assert all(line.ready for line in schools.lines(SYSTEM, at))
    assert other_grades_ready(acting("leader"), at).value == 100
    assert {stage.key for stage in schools.stages_for(acting("school"))} == {
        "grade-12",
        "grade-9",
        "junior-and-vocational",
        "primary-4-6",
        "primary-1-3",
    }


def test_the_same_story_gives_the_same_schools(story):
    from random import Random

    from hucheng.exercises.replay.schools import _invented

    (event,) = [e for e in story.written["events"] if e["act"] == "school.register"]
    assert _invented(Random(23), event["with"]) == _invented(Random(23), event["with"])
