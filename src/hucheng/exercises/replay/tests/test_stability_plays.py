"""Fire, the public, disputes and work in the story: one act of a day at a time, in a city that holds nothing else."""

import random
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import read
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay import stability_fire, stability_public, stability_work
from hucheng.exercises.replay.clerks import COUNTY_CLERKS, clerk_of
from hucheng.exercises.replay.generators import generator, table
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.testing import SEED, a_staffed_city, at
from hucheng.stability import door as stability

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    a_staffed_city()


@pytest.fixture
def stations(city):
    """The six stations with the standard start of their series, and two days of weather."""
    stability_fire.found(at("03-18", 7))
    for day in ("03-18", "03-19"):
        stability_fire.send(at(day, 14))


class TestWeather:
    def test_the_stations_are_opened_once_each_in_its_county_with_names_in_both_languages(self, city):
        for _again in range(2):
            stability_fire.found(at("03-18", 7))
        found = stability.Station.objects.all()
        assert {one.code for one in found} == set(generator("weather")["stations"])
        assert len({one.place for one in found}) == 6 and {one.place for one in found} <= set(COUNTY_CLERKS)
        assert all(one.name_zh.endswith("火险天气站") and one.name_en.endswith("fire-weather station") for one in found)

    def test_every_station_sends_the_noon_of_its_day(self, stations):
        rows = stability.Observation.objects.all()
        assert Counter(row.day for row in rows) == {date(2020, 3, 18): 6, date(2020, 3, 19): 6}
        assert {row.temp_c for row in rows if row.day == date(2020, 3, 18)} >= {12.6, 9.5}

    def test_after_two_dry_windy_days_every_county_with_a_station_has_a_grade(self, stations):
        graded = [one for one in stability.fire_danger(SYSTEM, at("03-19", 15)) if one.now and one.now.grade]
        assert len(graded) == 6

    def test_a_station_that_is_at_the_workshop_sends_nothing_and_the_others_do(self, stations):
        gap = next(day for days in generator("weather")["gaps"].values() for day in days)
        stability_fire.send(datetime.fromisoformat(f"{gap}T14:00").replace(tzinfo=SHANGHAI))
        assert stability.Observation.objects.filter(day=date.fromisoformat(gap)).count() == 5

    def test_the_impossible_noon_is_sent_last_refused_and_read_again(self, stations):
        wrong = generator("weather")["impossible"]
        noon = datetime.fromisoformat(f"{wrong['day']}T14:00").replace(tzinfo=SHANGHAI)
        with pytest.raises(Refusal) as no:
            stability_fire.send(noon)
        rows = stability.Observation.objects.filter(day=noon.date())
        assert no.value.code == "impossible_observation" and rows.count() == 5
        stability_fire.send_again(noon + timedelta(hours=3))
        assert rows.all().count() == 6 and all(0 <= row.rh_pct <= 100 for row in rows.all())

    def test_on_any_other_day_nothing_is_read_again(self, stations):
        stability_fire.send_again(at("03-19", 17))
        assert stability.Observation.objects.filter(day=date(2020, 3, 19)).count() == 6


class TestPatrols:
    @pytest.fixture
    def dry_week(self, stations):
        """Five more days of the table; behind them the danger of four counties is high."""
        for day in range(20, 25):
            stability_fire.send(at(f"03-{day}", 14))

    def planned(self, when=None):
        stability_fire.plan(stability_fire.MORNING, when or at("03-25", 7, 30))
        return stability.Patrol.objects.all()

    def test_counties_of_high_danger_plan_every_checkpoint_once_a_day(self, dry_week):
        first = self.planned().count()
        assert self.planned().count() == first > 0
        high = {one.place.code for one in stability.fire_danger(SYSTEM, at("03-25", 7)) if one.now and one.now.high}
        assert len(high) == 4 and {patrol.place for patrol in self.planned()} == high
        by_place = Counter(patrol.place for patrol in self.planned())
        checkpoints = {stability_fire.place_of(one): count for one, count in generator("fire")["checkpoints"].items()}
        assert all(by_place[place] == checkpoints[place] for place in by_place)
        assert {patrol.due.astimezone(SHANGHAI).hour for patrol in self.planned()} == {9}

    def test_most_are_proven_at_the_rate_of_the_scenario_and_a_county_that_began_is_done(self, dry_week):
        count = self.planned().count()
        for _again in range(2):
            stability_fire.prove(SEED, at("03-25", 8, 50))
        proven = [one for one in self.planned() if hasattr(one, "proof")]
        assert 0.8 * count <= len(proven) <= count
        assert all(timedelta(0) < at("03-25", 8, 50) - one.proof.done_at <= timedelta(hours=1) for one in proven)

    def test_what_was_missed_is_made_up_for(self, dry_week):
        count = self.planned().count()
        stability_fire.prove(SEED, at("03-25", 8, 50))
        stability_fire.prove_late(at("03-25", 10))
        assert sum(hasattr(one, "proof") for one in self.planned()) == count

    def test_a_county_proves_as_many_as_the_story_says(self, dry_week):
        place = self.planned()[0].place
        stability_fire.prove_some({"county": place, "proven": 2}, at("03-25", 8, 55))
        proven = [one for one in self.planned() if hasattr(one, "proof")]
        assert len(proven) == 2 and {one.place for one in proven} == {place}

    def test_a_quiet_day_plans_nothing(self, stations):
        stability_fire.plan(stability_fire.MORNING, at("03-20", 7, 30))
        assert not stability.Patrol.objects.exists()

    def test_where_nothing_is_planned_nothing_is_proven(self, dry_week):
        stability_fire.prove(SEED, at("03-25", 8, 50))
        stability_fire.prove_late(at("03-25", 10))
        assert not stability.Patrol.objects.exists()


class TestNotices:
    @pytest.fixture
    def notice(self, stations):
        given = {"notice": "春季森林防火通知", "tasks": "spring", "until": "2020-05-31"}
        stability_fire.issue(given, at("03-20", 15))
        return [row for row in table("fire_tasks.csv") if row["notice"] == "spring"]

    def test_every_county_has_every_task_with_its_own_deadline(self, notice):
        for place in COUNTY_CLERKS:
            tasks = stability.tasks_of(clerk_of(place), place)
            told = sorted((task.text, (task.due - date(2020, 3, 20)).days) for task in tasks)
            assert told == sorted((row["text"], int(row["due_days"])) for row in notice)

    def test_each_county_confirms_once(self, notice):
        for minute in (10, 20):
            stability_fire.receive(at("03-20", 15, minute))
        for place in COUNTY_CLERKS:
            (line,) = stability.notices(clerk_of(place), at("03-20", 16))
            assert line.mine_received

    def test_tasks_are_done_in_their_last_days_and_each_once(self, notice):
        stability_fire.receive(at("03-20", 15, 10))
        for day in range(20, 31):
            stability_fire.do_tasks(SEED, at(f"03-{day}", 16, 30))
        tasks = [task for place in COUNTY_CLERKS for task in stability.tasks_of(clerk_of(place), place)]
        done = [task for task in tasks if task.done_at]
        assert done and all((task.due - task.done_at.astimezone(SHANGHAI).date()).days <= 2 for task in done)


class TestFires:
    def test_a_fire_of_the_story_is_reported_in_its_county(self, stations):
        given = {"county": "140122", "where": "卡点 YQ03", "cause": "祭扫", "hectares": 0.3}
        stability_fire.report(given, at("04-05", 14, 10))
        (story,) = stability.fires(SYSTEM, at("04-05", 15))
        assert story.fire.place == "140122" and story.fire.where == "卡点 YQ03" and not story.out

    def test_what_crews_did_is_entered_with_its_own_time_and_once(self, stations):
        event = stability_fire.events("fire.report")[0]
        told = datetime.fromisoformat(event["at"]).replace(tzinfo=SHANGHAI)
        stability_fire.report(event["with"], told)
        for hours in range(1, 5):
            stability_fire.follow(SEED, told + timedelta(hours=hours))
        (story,) = [one for one in stability.fires(SYSTEM, told + timedelta(hours=6)) if one.fire.reported_at == told]
        minutes = {entry.kind: (entry.happened_at - told) / timedelta(minutes=1) for entry in story.entries}
        wanted = event["with"]["crew_after_min"], event["with"]["out_after_min"]
        assert (minutes["crew"], minutes["out"]) == wanted and len(story.entries) == len(minutes)

    def test_before_a_crew_is_there_nothing_is_entered(self, stations):
        event = stability_fire.events("fire.report")[0]
        told = datetime.fromisoformat(event["at"]).replace(tzinfo=SHANGHAI)
        stability_fire.report(event["with"], told)
        stability_fire.follow(SEED, told + timedelta(minutes=event["with"]["crew_after_min"] - 1))
        (story,) = stability.fires(SYSTEM, told + timedelta(hours=1))
        assert not [entry for entry in story.entries if entry.kind in ("crew", "out")]

    def test_a_fire_that_nobody_tells_of_is_left_alone(self, stations):
        stability_fire.report({"county": "140122", "where": "x", "cause": "y", "hectares": 1}, at("03-20", 13))
        stability_fire.follow(SEED, at("03-20", 21))
        (story,) = stability.fires(SYSTEM, at("03-20", 22))
        assert not story.out


class TestPublic:
    def test_a_quarter_of_the_day_asks_its_share_by_topic_and_the_same_by_the_same_seed(self, city):
        stability_public.ask(SEED, 0, at("03-20", 8, 30))
        stability_public.ask(SEED, 0, at("03-20", 8, 30))
        texts = list(stability.Question.objects.values_list("text", flat=True))
        public = generator("public")
        wanted = public["rate"] * public["share"] / len(stability_public.ASKED)
        assert len(texts) / 2 in (int(wanted), int(wanted) + 1)
        assert all(count % 2 == 0 for count in Counter(texts).values())

    def test_most_of_what_waits_is_answered_from_the_table_and_each_matter_once(self, city):
        for part in range(4):
            stability_public.ask(SEED, part, at("03-20", 9))
        asked = stability.Question.objects.count()
        stability_public.answer(SEED, 0, at("03-20", 10, 30))
        left = len(stability.waiting(acting("public")))
        assert left < 0.35 * asked
        matters = [one.matter_zh for one in stability.answers(acting("public"))]
        assert len(set(matters)) == len(matters) <= len(table("public_answers.csv"))
        stability_public.answer(SEED + 1, 1, at("03-20", 18))
        assert len(stability.waiting(acting("public"))) < left or left == 0

    def test_a_question_that_is_not_in_the_table_waits_for_a_person(self, city):
        stability_public.ask_one({"topic": "other", "text": "谁也没想到的问题"}, at("03-20", 9))
        stability_public.answer(SEED, 0, at("03-20", 10, 30))
        assert [one.text for one in stability.waiting(acting("public"))] == ["谁也没想到的问题"]

    def test_a_claim_of_the_story_is_met_with_its_fact_at_once(self, city):
        given = {"claim": {"zh": "传言", "en": "rumour"}, "fact": {"zh": "事实", "en": "fact"}, "topic": "schools",
                 "source": "市教育局"}  # fmt: skip
        stability_public.verify(given, at("03-20", 9))
        assert list(stability.open_claims(acting("public"))) == []
        assert read("stability.bulletins.correction_4h", SYSTEM, at("03-20", 12)).numerator == 1

    @pytest.mark.parametrize(("day", "claims"), [("03-20", 1), ("03-21", 0), ("03-24", 1), ("03-25", 0)])
    def test_on_tuesdays_and_fridays_the_next_claim_waits_for_noon(self, city, day, claims):
        stability_public.verify_next(at(day, 10))
        assert len(stability.open_claims(acting("public"))) == claims
        stability_public.meet_claims(at(day, 12, 30))
        assert list(stability.open_claims(acting("public"))) == []

    def test_the_bulletin_of_a_day_goes_out_once_whoever_asks(self, city):
        stability_public.publish(at("03-20", 12))
        stability_public.publish_told({"day": "2020-03-20"}, at("03-20", 13))
        assert stability.Bulletin.objects.count() == 1
        stability_public.publish(at("03-21", 12))
        assert {one.day.isoformat() for one in stability.Bulletin.objects.all()} == {"2020-03-20", "2020-03-21"}


class TestDisputesAndWork:
    def test_old_disputes_are_taken_over_on_the_first_morning_alone_with_their_own_times(self, city):
        first = at("03-18", 8, 40)
        stability_work.take_in_old(SEED, at("03-19", 8, 40))
        assert not stability.Dispute.objects.exists()
        stability_work.take_in_old(SEED, first)
        written, rows = generator("disputes")["open_on_18_march"], stability.Dispute.objects.all()
        assert rows.count() == written["total"]
        assert sum(first - row.filed_at > timedelta(days=30) for row in rows) == written["over_30_days"]
        assert all(row.contacted_at is None or row.contacted_at > row.filed_at for row in rows)

    def test_a_day_files_its_rate_and_the_same_seed_files_the_same(self, city, monkeypatch):
        told = []
        monkeypatch.setattr(stability_work.stability, "file_dispute", lambda **given: told.append(given["given"]))
        for _again in range(2):
            stability_work.file_by_chance(SEED, at("03-20", 9, 40))
        half = len(told) // 2
        assert told[:half] == told[half:] and half in (8, 9), "3.1 + 1.4 + 4.2 a day"
        assert all("（虚构）" in one.firm and one.amount_yuan % 5000 == 0 and one.people >= 1 for one in told)

    def test_groups_are_as_rare_as_the_scenario_says(self, monkeypatch):
        told = []
        monkeypatch.setattr(stability_work, "acting", lambda name: SYSTEM)
        monkeypatch.setattr(stability_work.stability, "file_dispute", lambda **given: told.append(given["given"]))
        for n in range(1500):
            stability_work._file(random.Random(n), "1", at("03-20", 9))
        written = generator("disputes")
        kinds = Counter(str(one.kind) for one in told)
        total = sum(written["rate"].values())
        assert all(
            kinds[kind] / 1500 == pytest.approx(rate / total, abs=0.04) for kind, rate in written["rate"].items()
        )
        assert sum(one.people > 4 for one in told) / 1500 == pytest.approx(written["group_share"], abs=0.02)

    def test_parties_are_reached_before_a_dispute_is_settled_and_courts_settle_about_a_fifth(self, city):
        for day in range(20, 24):
            stability_work.file_by_chance(SEED, at(f"03-{day}", 9, 40))
        for days in range(45):
            stability_work.mediate(SEED, at("03-20", 15, 40) + timedelta(days=days))
        rows = stability.Dispute.objects.all()
        settled = [row for row in rows if row.settled_at]
        assert len(settled) > 0.7 * rows.count()
        assert all(row.contacted_at and row.contacted_at < row.settled_at for row in settled)
        assert all(row.settled_at - row.filed_at >= timedelta(days=2) for row in settled)
        assert 0 < sum(row.settled == "court" for row in settled) < 0.5 * len(settled)

    @pytest.mark.parametrize(
        ("day", "share", "homes"),
        [("03-18", 0.41, 64), ("03-19", None, None), ("03-25", 0.4605, 54), ("04-29", 0.7128, 4)],
    )
    def test_on_wednesdays_the_counts_lie_on_the_way_from_the_first_to_the_last(self, city, day, share, homes):
        stability_work.report(at(day, 17, 20))
        reading = read("stability.employment.key_groups_placed", acting("leader"), at(day, 18))
        if share is None:
            assert reading.value is None
            return
        assert reading.value == pytest.approx(100 * share, abs=0.1)
        assert read("stability.employment.zero_job_households", acting("leader"), at(day, 18)).value == homes

    def test_the_story_tells_a_count_of_its_own(self, city):
        stability_work.report_told({"day": "2020-04-25", "placed": 0.69}, at("04-25", 10))
        reading = read("stability.employment.key_groups_placed", acting("leader"), at("04-25", 11))
        assert reading.value == pytest.approx(69, abs=0.1)
        assert reading.denominator == sum(generator("jobs")["registered"].values())

    def test_a_dispute_of_the_story_keeps_its_particulars(self, city):
        given = {
            "kind": "labour",
            "firm": "甲厂",
            "other_side": "员工",
            "people": 40,
            "amount_cny": 500_000,
            "cause": "停工工资",
        }
        stability_work.file_one(given, at("03-20", 9))
        del given["amount_cny"]
        stability_work.file_one(given | {"firm": "乙厂"}, at("03-20", 9))
        rows = {row.firm: row for row in stability.Dispute.objects.all()}
        assert (rows["甲厂"].amount_yuan, rows["乙厂"].amount_yuan) == (500_000, None)
        assert {row.people for row in rows.values()} == {40}
