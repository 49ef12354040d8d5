"""Order and safety in the story: its expectations hold, and the same day played twice changes nothing."""

from datetime import date, timedelta

import pytest

from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.measures import read
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay.generators import generator, table
from hucheng.exercises.replay.play import found_city
from hucheng.exercises.replay.stability_fire import noon
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.story import Story, moment
from hucheng.stability import door as stability

pytestmark = pytest.mark.django_db
OWN = {
    "weather.report", "patrol.report", "fire.notice", "fire.report", "question.ask", "claim.verify", "bulletin.publish",
    "dispute.file", "jobs.report",
}  # fmt: skip


def play_own(until: str, only: set[str] = OWN, since: str = "2020-03-18T05:59") -> list[tuple[str, str]]:
    """Play the acts of this side alone; gives what was refused."""
    story, refused = Story("taiyuan-2020"), []
    if not stability.Station.objects.exists():
        found_city(story)
    for step in story.steps(moment(since), moment(until)):
        if step.act in only and step.work:
            try:
                with frozen_at(step.at):
                    step.work(step.at)
            except Refusal as no:
                refused.append((step.act, no.code))
    return refused


def test_no_act_of_order_and_safety_waits_for_a_room():
    assert not OWN & set(Story("taiyuan-2020").waiting(moment("2020-04-30T20:00")))


def test_the_board_of_the_first_evening_is_read_from_what_happened():
    assert play_own("2020-03-24T20:30") == []
    leader, now = acting("leader"), moment("2020-03-24T20:30")
    values = {name: read(f"stability.{name}", leader, now) for name in (
        "fire.patrol_on_high_days", "fire.notice_tasks_done", "bulletins.answered_24h", "bulletins.correction_4h",
        "bulletins.daily_published", "disputes.first_contact_2d", "disputes.settled_without_court",
        "employment.key_groups_placed",
    )}  # fmt: skip
    assert all(one is not None and one.value is not None and one.denominator for one in values.values())
    assert values["bulletins.answered_24h"].denominator > 60 and values["bulletins.daily_published"].numerator == 7
    assert 0 < read("stability.disputes.over_30_days", leader, now).value < 80
    assert read("stability.employment.zero_job_households", leader, now).value == 64
    graded = [one for one in stability.fire_danger(leader, now) if one.now and one.now.grade]
    assert len(graded) == 6 and any(one.now.high for one in graded)


def test_two_of_nine_missed_patrols_are_one_alarm_by_twenty_past_nine():
    """Expectation of the scenario: missed patrol alarms (E082)."""
    fire = {"weather.report", "patrol.report", "fire.notice", "fire.report"}
    assert play_own("2020-04-05T09:20", fire) == []
    now = moment("2020-04-05T09:20")
    (alarm,) = [one for one in stability.alarms(SYSTEM, now) if one.place == "140123"]
    assert len(alarm.patrols) == 2 and alarm.danger.high and now - alarm.due <= timedelta(minutes=20)
    assert [one for one in stability.alarms(SYSTEM, moment("2020-04-05T09:00")) if one.place == "140123"]
    assert not [one for one in stability.alarms(SYSTEM, moment("2020-04-05T08:59")) if one.place == "140123"]
    play_own("2020-04-05T19:00", fire, since="2020-04-05T09:20")
    told = next(one for one in stability.fires(SYSTEM, moment("2020-04-05T19:00")) if one.fire.place == "140122")
    assert (told.minutes, told.out, told.in_time) == (24, True, True)
    assert not stability.alarms(SYSTEM, moment("2020-04-05T12:00"))


def test_the_gap_is_blind_until_the_series_begins_anew_and_the_impossible_is_refused_once():
    """Expectation of the scenario: impossible humidity refused."""
    fire = {"weather.report"}
    play_own("2020-04-04T09:00", fire)
    counties = {one.place.code: one for one in stability.fire_danger(SYSTEM, moment("2020-04-04T09:00"))}
    assert counties["140181"].now.grade is None and counties["140181"].now.missing == date(2020, 4, 2)
    assert "仪器送检" in counties["140181"].now.gap.why
    refused = play_own("2020-04-12T18:00", fire, since="2020-04-04T09:00")
    assert refused == [("weather.report", "impossible_observation")]
    lines = AuditLine.objects.filter(refused="impossible_observation")
    assert [(line.place, line.at) for line in lines] == [("140123", moment("2020-04-12T14:00"))]
    now = {one.place.code: one.now for one in stability.fire_danger(SYSTEM, moment("2020-04-12T18:00"))}
    assert now["140181"].grade and now["140123"].day == date(2020, 4, 12) and now["140123"].grade


def test_every_question_of_the_table_can_be_asked_and_answered():
    topics = set(generator("public")["topics"])
    assert {row["topic"] for row in table("public_answers.csv")} == topics == set(stability.Topic.values)
    asked = [text for row in table("public_answers.csv") for text in row["asked"].split("|")]
    assert len(set(asked)) == len(asked)
    matters = [row["matter_zh"] for row in table("public_answers.csv")]
    assert len(set(matters)) == len(matters)


def test_the_same_seed_asks_the_same_questions():
    play_own("2020-03-19T12:00", {"question.ask"})
    first = list(stability.Question.objects.order_by("asked_at", "text").values_list("asked_at", "text"))
    assert len(first) > 15
    for text in {text for _at, text in first}:
        assert any(text in row["asked"].split("|") for row in table("public_answers.csv"))


@pytest.mark.parametrize(
    ("station", "day", "there"),
    [("C-JY", date(2020, 3, 18), True), ("C-GJ", date(2020, 4, 2), False), ("C-GJ", date(2020, 4, 4), True),
     ("C-JY", date(2020, 5, 1), False)],
)  # fmt: skip
def test_the_table_gives_a_noon_or_nothing(station, day, there):
    seen = noon(station, day)
    assert (seen is not None) == there and (seen is None or 0 <= seen.rh_pct <= 100)
