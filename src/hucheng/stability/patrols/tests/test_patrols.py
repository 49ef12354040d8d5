"""Patrols: planned, proven by a team, and missed with an alarm at once (NEW-33)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.fire.actions import report_weather
from hucheng.stability.patrols.actions import PatrolIn, ProofIn, plan_patrols, prove_patrols
from hucheng.stability.patrols.measures import patrol_on_high_days
from hucheng.stability.patrols.models import Patrol, PatrolProof
from hucheng.stability.patrols.queries import alarms, patrol_days
from hucheng.stability.testing import GREEN, TODAY, a_season, a_station, clerk, department, planned, refused, seen

pytestmark = pytest.mark.django_db
DUE = 60
"""Minutes after the morning at which the makers' patrols are due."""


@pytest.fixture(autouse=True)
def city():
    a_city()


def proven(*patrols, minute=50, at=None, team="third team", actor=None):
    told = [ProofIn(one.pk, team, after(minute)) for one in patrols]
    return prove_patrols(actor=actor or clerk(), proofs=told, at=at or after(minute))


def test_a_patrol_is_planned_once_and_leaves_its_audit_line():
    assert len(planned()) == 2 and planned() == []
    assert len(planned("K2 K3")) == 1 and Patrol.objects.count() == 3
    assert AuditLine.objects.filter(act="stability.patrols.plan_patrols", refused="").count() == 3


def test_a_proof_names_team_and_time_and_no_person():
    one, two = planned()
    (proof,) = proven(one)
    assert proof.team == "third team" and proof.reported_by_id == clerk().user_id
    assert patrol_days(clerk(), TODAY, TODAY, after(55))[COUNTY, TODAY].proven == 1
    names = {field.name for field in PatrolProof._meta.get_fields()}
    assert names == {"id", "patrol", "team", "done_at", "seen", "reported_by", "reported_at"}
    refused("patrol_proven", prove_patrols, actor=clerk(), proofs=[ProofIn(one.pk, "x", after(51))], at=after(52))
    same = [ProofIn(two.pk, "x", after(51))] * 2
    refused("patrol_proven", prove_patrols, actor=clerk(), proofs=same, at=after(52))


@pytest.mark.parametrize(
    ("done", "at", "team", "code"),
    [
        (after(61), after(60), "t", "patrol_time_wrong"),
        (after(0, days=-1), after(60), "t", "patrol_time_wrong"),
        (after(50), after(60), " ", "no_team"),
    ],
)
def test_a_proof_of_the_future_of_another_day_or_of_nobody_is_refused(done, at, team, code):
    (one,) = planned("K1")
    refused(code, prove_patrols, actor=clerk(), proofs=[ProofIn(one.pk, team, done)], at=at)
    assert not PatrolProof.objects.exists()


def test_a_patrol_in_the_past_or_without_a_checkpoint_is_not_planned():
    late = [PatrolIn("K1", MORNING)]
    refused("patrol_in_the_past", plan_patrols, actor=clerk(), place=COUNTY, patrols=late, at=MORNING)
    nowhere = [PatrolIn(" ", after(60))]
    refused("no_checkpoint", plan_patrols, actor=clerk(), place=COUNTY, patrols=nowhere, at=MORNING)


def test_another_county_can_neither_plan_nor_prove_nor_see():
    (one,) = planned("K1")
    with pytest.raises(Http404):
        plan_patrols(actor=clerk(OTHER_COUNTY), place=COUNTY, patrols=[PatrolIn("K9", after(60))], at=MORNING)
    with pytest.raises(Http404):
        proven(one, actor=clerk(OTHER_COUNTY))
    a_season()
    assert alarms(clerk(OTHER_COUNTY), after(70)) == [] and alarms(clerk(), after(70))


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.ENTRY])
def test_readers_do_not_plan(role):
    refused("role_may_not", plan_patrols, actor=an_actor(role), place=COUNTY, patrols=[], at=MORNING)


@given(minute=st.integers(0, 15))
def test_a_missed_patrol_on_a_red_day_is_an_alarm_within_fifteen_minutes(minute):
    """NEW-33."""
    if not Patrol.objects.exists():
        a_season()
        planned("K1 K2 K3")
    (alarm,) = alarms(clerk(), after(DUE + minute))
    assert alarm.place == COUNTY and len(alarm.patrols) == 3 and alarm.danger.high
    assert alarm.due == after(DUE) and "K2" in alarm.checkpoints


@pytest.mark.parametrize(("minute", "standing"), [(59, 0), (60, 1), (61, 1)])
def test_no_alarm_stands_before_a_patrol_is_due(minute, standing):
    a_season()
    planned()
    assert len(alarms(clerk(), after(minute))) == standing


def test_a_proof_in_time_keeps_the_alarm_away_and_a_late_one_ends_it():
    a_season()
    one, two = planned()
    proven(one)
    assert [patrol.checkpoint for patrol in alarms(clerk(), after(61))[0].patrols] == ["K2"]
    proven(two, minute=75)
    assert alarms(clerk(), after(76)) == [] and len(alarms(clerk(), after(70))) == 1


def test_low_danger_raises_no_alarm_and_unknown_danger_does():
    a_season(values=GREEN)
    planned()
    assert alarms(clerk(), after(61)) == []
    a_station("C-LF", OTHER_COUNTY, started=TODAY - timedelta(days=3))
    planned("L1", place=OTHER_COUNTY)
    (alarm,) = alarms(department(), after(61))
    assert alarm.place == OTHER_COUNTY and alarm.danger.grade is None


def test_missed_patrols_of_two_times_are_two_alarms_of_a_county():
    a_season()
    planned("K1 K2")
    planned("K1", due=after(90))
    assert [len(alarm.patrols) for alarm in alarms(clerk(), after(100))] == [2, 1]


def test_the_danger_of_an_alarm_is_what_was_known_when_the_patrol_was_due():
    a_season()
    planned("K1", due=after(239))
    report_weather(actor=clerk(), observations=[seen(values=GREEN)], at=after(240))
    (alarm,) = alarms(clerk(), after(250))
    assert alarm.danger.day == TODAY - timedelta(days=1) and alarm.danger.high


def test_the_measure_is_blind_without_a_high_day_and_counts_county_days_with_a_proof():
    assert patrol_on_high_days(department(), after(0)).value is None
    a_season(days=3)
    reading = patrol_on_high_days(department(), after(0))
    assert (reading.numerator, reading.denominator) == (0, 3)
    report_weather(actor=clerk(), observations=[seen()], at=after(240))
    (one,) = planned("K1", due=after(300), at=after(241))
    assert patrol_on_high_days(department(), after(299)).denominator == 3
    assert patrol_on_high_days(department(), after(300)).denominator == 4
    proven(one, minute=299)
    reading = patrol_on_high_days(department(), after(299))
    assert (reading.numerator, reading.denominator) == (1, 4)
    assert patrol_on_high_days(clerk(OTHER_COUNTY), after(300)).value is None


def test_the_database_refuses_a_foretold_proof_and_a_changed_one():
    (one,) = planned("K1")
    with pytest.raises(IntegrityError), transaction.atomic():
        PatrolProof.objects.create(patrol=one, team="t", done_at=after(61), reported_at=after(60))
    proven(one)
    with pytest.raises(IntegrityError), transaction.atomic():
        PatrolProof.objects.update(team="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Patrol.objects.update(due=after(600))
