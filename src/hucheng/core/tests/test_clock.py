"""The one clock: the day of the city turns at midnight of Shanghai; an exercise's time goes on and never back."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core import clock
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock.actions import set_simulated_clock
from hucheng.core.clock.models import SimulatedClock
from hucheng.core.clock.queries import shown_when_last_set
from hucheng.core.context import house
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, MORNING, after

MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))
LATER = st.timedeltas(timedelta(0), timedelta(days=400))


class TestDays:
    @pytest.mark.parametrize(
        ("utc", "day"),
        [
            ("2020-03-23T15:59:59.999999", date(2020, 3, 23)),
            ("2020-03-23T16:00:00", date(2020, 3, 24)),
            ("2020-03-24T15:59:59", date(2020, 3, 24)),
            ("2020-02-28T16:00:00", date(2020, 2, 29)),
            ("2019-12-31T16:00:00", date(2020, 1, 1)),
            ("2020-03-24T00:00:00", date(2020, 3, 24)),
        ],
    )
    def test_the_day_turns_at_midnight_of_the_city(self, utc, day):
        with clock.frozen_at(datetime.fromisoformat(utc).replace(tzinfo=UTC)):
            assert clock.today() == day

    @given(MOMENTS, st.integers(-12, 14))
    def test_a_moment_has_one_day_wherever_it_is_written_down(self, moment, hours):
        elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
        with clock.frozen_at(elsewhere):
            assert clock.today() == (moment + timedelta(hours=8)).date(), "China has kept UTC+8 without summer time"

    def test_the_day_of_the_city_is_that_of_no_other_zone(self):
        assert str(clock.SHANGHAI) == "Asia/Shanghai"


class TestFrozen:
    def test_within_a_block_time_stands_and_behind_it_goes_on(self):
        with clock.frozen_at(MORNING):
            assert clock.now() == clock.now() == MORNING
        assert clock.now() != MORNING

    def test_blocks_stand_inside_each_other(self):
        with clock.frozen_at(MORNING):
            with clock.frozen_at(after(60)):
                assert clock.now() == after(60)
            assert clock.now() == MORNING

    def test_a_fault_inside_lets_time_go_on(self):
        with pytest.raises(RuntimeError), clock.frozen_at(MORNING):
            raise RuntimeError
        assert clock.now() != MORNING

    @pytest.mark.django_db
    def test_what_is_frozen_stands_in_an_exercise_too(self, settings):
        settings.HUCHENG_EXERCISE = True
        set_simulated_clock(actor=SYSTEM, at=after(0))
        with clock.frozen_at(after(500)):
            assert clock.now() == after(500)

    def test_the_real_time_is_aware_and_never_frozen(self):
        with clock.frozen_at(MORNING):
            assert clock.wall_time().tzinfo is UTC and clock.wall_time() > MORNING


class TestExercise:
    @given(MOMENTS, MOMENTS, LATER, LATER)
    def test_an_exercise_goes_at_the_pace_of_the_real_time(self, shows, set_at, first, more):
        row = SimulatedClock(shows=shows, set_at=set_at)
        one, other = row.time_at(set_at + first), row.time_at(set_at + first + more)
        assert one == shows + first and other - one == more

    @given(MOMENTS, MOMENTS, LATER)
    def test_a_real_clock_put_back_does_not_put_the_exercise_back(self, shows, set_at, back):
        assert SimulatedClock(shows=shows, set_at=set_at).time_at(set_at - back) == shows

    @pytest.mark.django_db
    def test_without_a_row_an_exercise_shows_the_real_time(self, settings):
        settings.HUCHENG_EXERCISE = True
        before = clock.wall_time()
        assert before <= clock.now() <= clock.wall_time()

    @pytest.mark.django_db
    def test_outside_an_exercise_a_row_is_left_alone(self, settings):
        SimulatedClock.objects.create(shows=MORNING, set_at=MORNING)
        assert clock.now() - clock.wall_time() < timedelta(seconds=5) and clock.now() > after(days=365)

    @pytest.mark.django_db
    def test_setting_it_again_moves_the_one_row(self, settings):
        settings.HUCHENG_EXERCISE = True
        for minutes in (0, 90, 30):
            set_simulated_clock(actor=SYSTEM, at=after(minutes))
            assert shown_when_last_set() == after(minutes)
        assert SimulatedClock.objects.count() == 1

    @pytest.mark.django_db
    def test_the_database_holds_one_exercise_clock(self):
        with pytest.raises(IntegrityError, match="one_simulated_clock"), transaction.atomic():
            SimulatedClock.objects.create(id=2, shows=MORNING, set_at=MORNING)

    @pytest.mark.django_db
    @pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COMMAND_OFFICE, Role.SYSTEM)])
    def test_only_the_office_sets_it(self, settings, role):
        settings.HUCHENG_EXERCISE = True
        with pytest.raises(Refusal) as no:
            set_simulated_clock(actor=Actor(None, CITY, role, "U1"), at=MORNING)
        assert no.value.code == "role_may_not" and not SimulatedClock.objects.exists()

    @pytest.mark.django_db
    def test_outside_an_exercise_the_refusal_leaves_its_line_and_no_clock(self):
        with pytest.raises(Refusal) as no:
            set_simulated_clock(actor=Actor(None, CITY, Role.COMMAND_OFFICE), at=MORNING)
        assert no.value.code == "no_exercise" == AuditLine.objects.get().refused
        assert not SimulatedClock.objects.exists()


class TestOnEveryPage:
    def shown(self, rf, actor=None):
        request = rf.get("/")
        request.actor = actor
        with clock.frozen_at(after(12 * 60 + 30)):
            return house(request)

    def test_an_exercise_shows_its_time_in_the_time_of_the_city(self, rf, settings):
        settings.HUCHENG_EXERCISE = True
        assert self.shown(rf)["clock_chip"] == "2020-03-21 20:30"

    def test_a_real_installation_shows_no_chip(self, rf):
        assert self.shown(rf)["clock_chip"] is None

    def test_the_card_names_who_is_signed_in_and_in_which_role(self, rf):
        card = self.shown(rf, Actor(None, CITY, Role.COMMAND_OFFICE, name="贺知远"))["actor_card"]
        assert card == {"name": "贺知远", "role": Role.COMMAND_OFFICE.label, "initial": "贺"}

    @pytest.mark.parametrize("name", ["", "Q"])
    def test_a_short_name_breaks_no_card(self, rf, name):
        assert self.shown(rf, Actor(None, CITY, Role.ENTRY, name=name))["actor_card"]["initial"] == name

    def test_a_request_that_never_had_an_actor_has_no_card(self, rf):
        assert house(rf.get("/"))["actor_card"] is None
