"""The leading group, the world outside and the register in the story, act by act, without the days between."""

import csv
import io
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from docx import Document

from hucheng.command import door as command
from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import read
from hucheng.core.scope.actor import SYSTEM
from hucheng.engines.words.numerals import in_chinese
from hucheng.entry import door as entry
from hucheng.exercises.replay import meetings, situation
from hucheng.exercises.replay.staff import CITY, acting
from hucheng.exercises.testing import a_staffed_city, at
from hucheng.situation import door as world

pytestmark = pytest.mark.django_db
GENERATED = {"number": 44, "minutes": "generated", "repeats": [24, 33], "new": {"zh": "设施故障应急", "en": "failures"}}


@pytest.fixture
def city(monkeypatch):
    monkeypatch.delenv("HUCHENG_DEMO_MINUTES", raising=False)
    a_staffed_city()


class TestMeetings:
    def test_the_text_of_a_generated_meeting_names_its_number_its_day_and_what_it_repeats(self):
        text = meetings._generated(GENERATED, at("03-27", 15))
        assert text.startswith("3月27日,") and f"第{in_chinese(44)}次会议" in text and "做好设施故障应急工作" in text
        for clause in GENERATED["repeats"]:
            assert meetings._sentences()[clause].removeprefix("要") in text

    def test_a_line_that_the_catalogue_does_not_have_is_left_out(self):
        text = meetings._generated(GENERATED | {"repeats": [999]}, at("03-27", 15))
        assert text.count(",") < meetings._generated(GENERATED, at("03-27", 15)).count(",") + 1

    def test_a_generated_meeting_is_published_and_assigned_at_once(self, city):
        meetings.hold(GENERATED, at("03-27", 15))
        (meeting,) = command.Meeting.objects.all()
        rows = meeting.directives.all()
        assert meeting.number == 44 and meeting.held_on == date(2020, 3, 27)
        assert {row.state for row in rows} == {"published"}
        working = [row for row in rows if row.counts]
        assert working and all(row.assigned_at == at("03-27", 15) for row in working)

    def test_what_is_new_stays_with_the_office_for_a_week(self, city):
        meetings.hold(GENERATED | {"repeats": []}, at("03-27", 15))
        rows = [row for row in command.Meeting.objects.get().directives.all() if row.counts]
        (new,) = [row for row in rows if "设施故障应急" in row.text]
        assert new.lead_id == "TY-LGO" and new.due == at("04-03", 15)
        assert not new.measure and "指标待定" in new.no_measure

    def test_the_own_minutes_come_damaged_in_a_document_and_wait_for_a_person(self, city):
        meetings.hold({"number": 43, "minutes": "seed"}, at("03-24", 16))
        (meeting,) = command.Meeting.objects.all()
        assert meeting.number == 43 and "published" not in {row.state for row in meeting.directives.all()}

    def test_minutes_of_ones_own_take_their_place(self, city, monkeypatch, tmp_path):
        own = tmp_path / "mine.txt"
        own.write_text(meetings._generated(GENERATED | {"number": 60}, at("05-17", 15)), encoding="utf-8")
        monkeypatch.setenv("HUCHENG_DEMO_MINUTES", str(own))
        meetings.hold({"number": 43, "minutes": "seed"}, at("03-24", 16))
        assert command.Meeting.objects.get().number == 60

    def test_an_act_about_a_meeting_whose_number_is_not_here_takes_the_latest(self, city):
        meetings.hold(GENERATED, at("03-27", 15))
        meetings.hold(GENERATED | {"number": 45}, at("03-28", 15))
        assert meetings._meeting({"meeting": 44}).number == 44 and meetings._meeting({"meeting": 43}).number == 45

    def test_a_roster_is_filled_in_turn_and_nobody_is_ones_own_substitute(self, city):
        meetings.publish_roster({"days": 14, "from": "2020-03-24", "leaders": "L01-L10"}, at("03-24", 19))
        reading = read("command.duty.roster_filled_14d", acting("leader"), at("03-24", 20))
        assert (reading.value, reading.denominator) == (100, 14)
        assert len(set(meetings.LEADERS)) == 10

    def test_bodies_stand_with_a_charter_and_two_different_heads_the_same_at_every_run(self, city, monkeypatch):
        told = []
        set_up = command.set_up_body
        monkeypatch.setattr(meetings.command, "set_up_body", lambda **given: told.append(given) or set_up(**given))
        meetings.set_up({"bodies": ["TY-LG", "TY-HQ"]}, at("03-18", 8, 5))
        assert len(told) == 2
        for one in told:
            assert one["head"] != one["substitute"] and {one["head"], one["substitute"]} <= set(meetings.LEADERS)
            assert one["charter"].startswith("并防指〔2020〕") and 8 <= one["members"] <= 40
        assert read("command.tasks.bodies_set_up", acting("leader"), at("03-18", 9)).value == 100

    def test_a_document_of_word_holds_a_paragraph_a_line(self):
        paragraphs = Document(io.BytesIO(meetings.as_docx("一\n二\n\n三"))).paragraphs
        assert [one.text for one in paragraphs] == ["一", "二", "", "三"]


class TestWorld:
    NOTICE = {
        "text": {"zh": "通告", "en": "notice"}, "sender": "北京市", "title": "第1号", "ask": "登记规则", "due_hours": 6,
        "rules": ["R17"],
    }  # fmt: skip

    def test_a_morning_publishes_every_day_up_to_yesterday_and_no_other(self, city):
        situation.reveal(at("03-18"))
        assert max(world.countries_known(SYSTEM, at("03-18", 10)).values()) == date(2020, 3, 17)
        before = len(world.local_cases(SYSTEM, at("03-18", 10)).lines)
        situation.reveal(at("03-20"))
        assert max(world.countries_known(SYSTEM, at("03-20", 10)).values()) == date(2020, 3, 19)
        assert len(world.local_cases(SYSTEM, at("03-20", 10)).lines) >= before

    def test_the_city_is_reported_by_its_own_count_and_not_by_the_file_of_countries(self, city):
        situation.reveal(at("03-18"))
        assert CITY not in world.countries_known(SYSTEM, at("03-18", 10))
        assert world.local_cases(SYSTEM, at("03-18", 10)).lines[0].total == 20

    def test_before_the_first_day_of_the_table_nothing_is_published(self, city):
        situation.reveal(datetime(2019, 12, 1, 9, tzinfo=SHANGHAI))
        assert world.countries_known(SYSTEM, at("03-18")) == {}

    def test_the_plan_is_watched_from_the_day_it_is_known(self, city):
        situation.reveal(at("03-20"))
        situation.review(at("03-20", 9, 10))
        assert world.proposals(acting("health"), at("03-20", 10)) == []
        situation.review(at("03-23", 9, 10))
        assert world.proposals(acting("health"), at("03-23", 10)) == [], (
            "what the plan names is watched the same minute"
        )
        situation.review(at("03-23", 9, 20))

    @pytest.mark.parametrize(("found", "inside", "unknown"), [({"quarantine": 3}, 3, 0), ({}, 0, 3)])
    def test_a_count_says_where_cases_were_found_only_where_the_story_does(self, city, found, inside, unknown):
        given = {"place": "140000", "as_of": "2020-03-25", "new": 3, "said": "HU7976", "source": "省卫健委"}
        situation.report(given | {"found": found}, at("03-26", 8))
        sums = world.found(SYSTEM, at("03-26", 9), about="140000")
        assert (sums.cases, sums.inside, sums.unknown) == (3, inside, unknown)

    def test_a_fact_is_kept_in_both_languages_with_its_numbers(self, city):
        text = {"zh": "正在观察252人", "en": "252 under observation"}
        given = {"text": text, "as_of": "2020-04-04", "source": "省卫健委", "figures": {"contacts_observed": 252}}
        situation.note(given, at("04-05", 8))
        value, fact = world.latest_figure(SYSTEM, world.Figure.CONTACTS_OBSERVED, at("04-05", 9))
        assert (value, fact.text_zh, fact.text_en) == (252, "正在观察252人", "252 under observation")

    def test_a_notice_gives_the_office_a_task_that_ends_when_its_rules_are_in_force(self, city):
        situation.receive(self.NOTICE | {"rules": ["R11"]}, at("03-19", 20))
        (line,) = command.notice_lines(acting("office"), at("03-19", 21))
        assert line.task.done_at is None and line.notice.title == "第1号"
        situation.finish_notices(at("03-20", 9, 30))
        (line,) = command.notice_lines(acting("office"), at("03-20", 10))
        assert line.task.done_at is None, "no rule is in force yet"
        since, approver = at("03-20", 12), acting("office2").user_id
        given = {"rules": ["R11"], "approved_by": approver, "since": since, "at": since}
        entry.bring_rules_into_force(actor=acting("office"), **given)
        for day in ("03-21", "03-22"):
            situation.finish_notices(at(day, 9, 30))
        (line,) = command.notice_lines(acting("office"), at("03-22", 10))
        assert line.task.done_at == at("03-21", 9, 30) and "R11 03-20 12:00" in line.task.evidence

    def test_a_notice_is_due_so_many_hours_later(self, city):
        situation.receive(self.NOTICE, at("03-19", 20))
        (line,) = command.notice_lines(acting("office"), at("03-19", 21))
        assert line.task.due == at("03-20", 2) and not line.late
        (line,) = command.notice_lines(acting("office"), at("03-20", 3))
        assert line.late


def test_the_table_of_series_names_each_day_of_a_country_once():
    rows = situation._rows()
    assert max(Counter((row["date"], row["code"]) for row in rows).values()) == 1
    days = sorted({row["date"] for row in rows if row["code"] == CITY})
    assert date.fromisoformat(days[-1]) - date.fromisoformat(days[0]) == timedelta(days=len(days) - 1)


def test_the_file_that_is_sent_holds_the_same_rows():
    rows = list(situation._rows()[:5])
    sent = situation._as_csv(rows).decode()
    assert list(csv.DictReader(io.StringIO(sent))) == rows
