"""A scenario file as steps: every act once, in time, under a key of its own; what no room answers for is counted."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.clock import SHANGHAI
from hucheng.exercises.replay import story as room
from hucheng.exercises.replay.acts import act_name
from hucheng.exercises.replay.flight import NOTICE, FlightPlay
from hucheng.exercises.replay.story import SIDES, Story, _daily_work, _numbered, moment, times
from hucheng.exercises.replay.timeline import Step
from hucheng.exercises.scenarios import written

CLOCK = {"start": "2020-03-18T06:00", "end": "2020-03-19T06:00", "pause_at": ["2020-03-18T20:30"]}
MINUTE = timedelta(minutes=1)


def a_story(monkeypatch, **parts) -> Story:
    """A story of one's own in the format of the scenario; nothing happens but what is named."""
    file = {"seed": 1, "clock": CLOCK, "setup": {"houses": []}, "flights": [], "events": [], "expect": [], "always": []}
    monkeypatch.setattr(room, "written", lambda name: file | parts)
    monkeypatch.setattr(room, "SIDES", ())
    monkeypatch.setattr(room.house_days, "works", lambda seed: [])
    monkeypatch.setattr(room, "_daily_work", list)
    return Story("small")


def an_event(at: str, act: str = "checkpoint", **given) -> dict:
    return {"id": at, "at": f"2020-03-18T{at}", "act": act, "with": given}


def a_flight(**changes) -> dict:
    ends = {"hospital": 1, "contacts": 1, "entry_city": 2, "onward": 2}
    row = {"id": "F01", "flight": "HU7976", "from": "YYZ", "to": "PEK", "lands": "2020-03-18T12:00"}
    return row | {"passengers": 6, "crew": 2, "ends": ends} | changes


def all_of(story) -> list[Step]:
    return story.steps(story.start - timedelta(days=5), story.end)


class TestOwnFile:
    def test_an_act_that_no_room_answers_for_has_no_work_and_is_counted_by_name(self, monkeypatch):
        events = [
            an_event("08:00", "drone.fly"),
            an_event("09:00"),
            an_event("10:00", "drone.fly"),
            an_event("23:00", "x.y"),
        ]
        story = a_story(monkeypatch, events=events)
        assert [step.work is None for step in all_of(story)] == [True, False, True, True]
        assert story.waiting(story.pause) == Counter({"drone.fly": 2})
        assert story.waiting(story.end) == Counter({"drone.fly": 2, "x.y": 1})

    def test_acts_of_one_minute_keep_the_order_of_the_file_and_are_told_apart(self, monkeypatch):
        events = [an_event("08:00", "b"), an_event("08:00", "a"), an_event("08:00", "b"), an_event("07:00", "z")]
        keys = [step.key for step in all_of(a_story(monkeypatch, events=events))]
        assert keys == [
            "2020-03-18T07:00 z", "2020-03-18T08:00 b", "2020-03-18T08:00 a", "2020-03-18T08:00 b 2",
        ]  # fmt: skip

    def test_a_stretch_begins_behind_its_first_moment_and_ends_with_its_last(self, monkeypatch):
        events = [an_event(f"{hour:02}:00") for hour in (8, 9, 10)]
        story = a_story(monkeypatch, events=events)
        eight, nine = (moment(f"2020-03-18T{hour}:00") for hour in ("08", "09"))
        assert [step.at for step in story.steps(eight, nine)] == [nine]
        assert len(story.steps(eight - MINUTE, nine)) == 2 and story.steps(nine, nine) == []

    def test_a_key_does_not_depend_on_the_stretch_that_is_asked_for(self, monkeypatch):
        events = [an_event("08:00", "b"), an_event("08:00", "b"), an_event("09:00", "b")]
        story = a_story(monkeypatch, events=events)
        late = story.steps(moment("2020-03-18T08:30"), story.end)
        assert [step.key for step in late] == [step.key for step in all_of(story)][2:]

    def test_an_act_is_told_what_the_file_gives_it_and_when(self, monkeypatch):
        told = []

        class Side:
            @staticmethod
            def works():
                return {"tell.it": lambda given, at: told.append((given, at))}

            @staticmethod
            def days(seed):
                return [("07:30", "every.day", lambda at: told.append(("day", at)))]

        story = a_story(
            monkeypatch, events=[an_event("08:00", "tell.it", word="x"), {"at": "2020-03-18T09:00", "act": "tell.it"}]
        )
        monkeypatch.setattr(room, "SIDES", (Side,))
        for step in all_of(story):
            step.work(step.at)
        at = moment("2020-03-18T08:00")
        assert told[-2:] == [({"word": "x"}, at), ({}, at + timedelta(hours=1))]
        days = [when.astimezone(SHANGHAI) for word, when in told if word == "day"]
        assert [f"{day:%m-%d %H:%M}" for day in days] == ["03-18 07:30"], "the second morning lies behind the end"

    def test_a_day_begins_at_midnight_of_the_city_though_the_story_begins_in_the_morning(self, monkeypatch):
        story = a_story(monkeypatch)
        monkeypatch.setattr(
            room.house_days, "works", lambda seed: [("00:00", "a", len), ("05:59", "b", len), ("23:59", "c", len)]
        )
        told = [f"{step.at:%d %H:%M} {step.act}" for step in story.steps(story.start - timedelta(days=1), story.end)]
        assert told == ["18 00:00 a", "18 05:59 b", "18 23:59 c", "19 00:00 a", "19 05:59 b"]
        assert [step.act for step in story.steps(story.start, story.end)] == ["c", "a", "b"], "only what lies ahead"

    @given(st.lists(st.tuples(st.integers(0, 23), st.sampled_from("abc")), max_size=12))
    def test_every_event_is_one_step_with_a_key_of_its_own(self, given_events):
        with pytest.MonkeyPatch.context() as patch:
            events = [an_event(f"{hour:02}:00", act) for hour, act in given_events]
            steps = all_of(a_story(patch, events=events))
        assert Counter((step.at.hour, step.act) for step in steps) == Counter(given_events)
        assert len({step.key for step in steps}) == len(steps)
        assert [step.at for step in steps] == sorted(step.at for step in steps)

    def test_a_checkpoint_does_nothing_and_counts_as_played(self, monkeypatch):
        (step,) = all_of(a_story(monkeypatch, events=[an_event("08:00")]))
        assert step.work is not None and step.work(step.at) is None


class TestFlights:
    def test_a_flight_is_told_two_days_ahead_unless_an_event_says_when(self, monkeypatch):
        story = a_story(monkeypatch, flights=[a_flight()])
        (notice,) = [step for step in all_of(story) if step.act == "flight.announce"]
        assert notice.at == moment("2020-03-18T12:00") - NOTICE
        told = a_story(monkeypatch, flights=[a_flight()], events=[an_event("07:00", "flight.announce", flight="F01")])
        assert [f"{step.at:%H:%M}" for step in all_of(told) if step.act == "flight.announce"] == ["07:00"]
        assert told.flights["F01"].told_by_an_event and not story.flights["F01"].told_by_an_event

    def test_around_the_landing_everything_has_its_minute(self, monkeypatch):
        story = a_story(monkeypatch, flights=[a_flight()])
        lands = moment("2020-03-18T12:00")
        by_act: dict[str, list[int]] = {}
        for step in all_of(story):
            by_act.setdefault(step.act, []).append(round((step.at - lands) / MINUTE))
        assert by_act["manifest.send"] == [-180], "advance information three hours before landing"
        assert by_act["flight.land"] == [0] and by_act["triage.run"] == [70] and by_act["samples.take"] == [90]
        assert by_act["results.arrive"] == [300, 340, 420, 460, 560]
        assert by_act["clearance.issue"] == [570] and by_act["onward.depart"] == [660]
        assert min(by_act["transfer.run"]) > by_act["lodging.assign"][0] > by_act["triage.run"][0]

    @pytest.mark.parametrize(("onward", "departs"), [(0, False), (1, True)])
    def test_an_aeroplane_goes_on_only_with_somebody_aboard(self, monkeypatch, onward, departs):
        ends = {"hospital": 1, "contacts": 1, "entry_city": 2, "onward": onward}
        acts = {step.act for step in all_of(a_story(monkeypatch, flights=[a_flight(ends=ends)]))}
        assert ("onward.depart" in acts) == departs and "clearance.issue" in acts

    def test_a_flight_whose_number_is_not_public_flies_under_an_invented_one(self, monkeypatch):
        story = a_story(monkeypatch, flights=[a_flight(flight="RUS-PEK")])
        assert story.flights["F01"].number == "SU204"

    def test_a_flight_knows_itself_only_once_it_is_announced(self):
        play = FlightPlay("F01", "HU7976", "YYZ", "PEK", moment("2020-03-18T12:00"), 6, 2, {}, 1)
        with pytest.raises(LookupError, match="HU7976 is not announced"):
            _ = play.flight_id


class TestTheCitysStory:
    STORY = Story("taiyuan-2020")
    STEPS = STORY.steps(STORY.start - timedelta(days=3), STORY.end)

    def test_its_times_are_read_without_making_it(self):
        assert times("taiyuan-2020") == (self.STORY.start, self.STORY.pause, self.STORY.end)
        assert self.STORY.start < self.STORY.pause < self.STORY.end

    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    def test_every_step_of_the_story_has_a_name_of_its_own_in_both_languages(self, language):
        acts = {step.act for step in self.STEPS} | {"city.found", "traveller.name"}
        with override(language):
            named = {act: act_name(act) for act in acts}
        assert [act for act, name in named.items() if name == act] == []
        assert all(name.isascii() == (language == "en") for name in named.values()), named

    def test_two_sides_never_claim_the_same_act_of_the_file(self):
        names = [name for side in SIDES for name in side.works()]
        assert [name for name, count in Counter(names).items() if count > 1] == []

    def test_every_daily_hour_is_one_of_the_clock(self):
        every = [day for side in SIDES for day in side.days(1)] + _daily_work() + room.house_days.works(1)
        for hour, act, work in every:
            hours, minutes = map(int, hour.split(":"))
            assert 0 <= hours < 24 and 0 <= minutes < 60 and len(hour) == 5 and callable(work), act

    def test_no_step_lies_before_the_notice_of_the_first_flight_or_behind_the_end(self):
        assert all(step.at <= self.STORY.end for step in self.STEPS)
        assert not [step for step in self.STEPS if step.at.tzinfo is None]

    def test_events_of_the_file_are_all_there_each_at_its_minute(self):
        told = Counter((moment(event["at"]), event["act"]) for event in self.STORY.written["events"])
        steps = Counter((step.at, step.act) for step in self.STEPS)
        assert not [event for event, count in told.items() if steps[event] < count]

    def test_houses_of_an_event_are_those_of_the_set_up(self):
        named = {code for event in self.STORY.written["events"] for code in event.get("with", {}).get("houses", [])}
        assert named <= set(self.STORY.houses)

    @pytest.mark.parametrize("flight", written("taiyuan-2020")["flights"], ids=lambda row: row["id"])
    def test_the_ends_of_a_flight_are_all_its_passengers(self, flight):
        assert sum(flight["ends"].values()) == flight["passengers"]


@given(st.lists(st.tuples(st.integers(0, 50), st.sampled_from(["a", "b"])), max_size=30))
def test_numbers_count_up_within_a_minute_and_an_act(given_steps):
    start = moment("2020-03-18T06:00")
    steps = [Step(start + MINUTE * minute, act, None) for minute, act in sorted(given_steps)]
    keys = [step.key for step in _numbered(steps)]
    assert len(set(keys)) == len(keys)
    for key in keys:
        assert key.count(" ") == 1 or key.rpartition(" ")[0] in keys and int(key.rpartition(" ")[2]) >= 2
