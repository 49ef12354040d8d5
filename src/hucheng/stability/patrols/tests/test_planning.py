"""Planning and proving, case by case: what is kept of the words, which day a patrol is of, who may and when."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.patrols.actions import PatrolIn, ProofIn, plan_patrols, prove_patrols
from hucheng.stability.patrols.models import Patrol, PatrolProof
from hucheng.stability.patrols.queries import patrols_of
from hucheng.stability.testing import TODAY, clerk, department, planned, refused

pytestmark = pytest.mark.django_db
MIDNIGHT = 16 * 60
"""Minutes from the morning to the end of that day in the city."""


@pytest.fixture(autouse=True)
def city():
    a_city()


def plan(*patrols, actor=None, place=COUNTY, at=MORNING):
    return plan_patrols(actor=actor or clerk(), place=place, patrols=list(patrols), at=at)


def prove(patrol, *, done=50, at=60, team="third team", seen="", actor=None):
    told = [ProofIn(patrol.pk, team, after(done), seen)]
    return prove_patrols(actor=actor or clerk(), proofs=told, at=after(at))[0]


def test_a_plan_keeps_checkpoint_and_route_without_the_space_around_them():
    (made,) = plan(PatrolIn(" K1 ", after(60), " along the ridge "))
    assert (made.checkpoint, made.route) == ("K1", "along the ridge")
    assert (made.planned_by_id, made.planned_at, made.place) == (clerk().user_id, MORNING, COUNTY)
    assert plan(PatrolIn("K1", after(60), "another way")) == [], "the one that is planned stays as it is"
    assert Patrol.objects.get().route == "along the ridge"


def test_one_checkpoint_twice_in_a_list_is_one_patrol_and_at_two_times_two():
    made = plan(PatrolIn("K1", after(60)), PatrolIn("K1 ", after(60)), PatrolIn("K1", after(120)))
    assert sorted(one.due for one in made) == [after(60), after(120)]


@pytest.mark.parametrize(("minutes", "days"), [(MIDNIGHT - 1, 0), (MIDNIGHT, 1), (MIDNIGHT + 1, 1)])
def test_a_patrol_is_of_the_day_of_the_city_in_which_it_is_due(minutes, days):
    (made,) = plan(PatrolIn("K1", after(minutes)))
    day = TODAY + timedelta(days=days)
    assert made.day == day and [one.pk for one in patrols_of(clerk(), COUNTY, day)] == [made.pk]


@pytest.mark.parametrize(("late", "code"), [(-1, "patrol_in_the_past"), (0, "patrol_in_the_past"), (1, "")])
def test_a_patrol_is_planned_for_a_time_to_come(late, code):
    wanted = PatrolIn("K1", MORNING + timedelta(seconds=late))
    if code:
        refused(code, plan_patrols, actor=clerk(), place=COUNTY, patrols=[wanted], at=MORNING)
    else:
        assert len(plan(wanted)) == 1


def test_one_wrong_patrol_refuses_the_whole_list():
    for wrong, code in ((PatrolIn("K2", MORNING), "patrol_in_the_past"), (PatrolIn("\t", after(60)), "no_checkpoint")):
        given = [PatrolIn("K1", after(60)), wrong]
        refused(code, plan_patrols, actor=clerk(), place=COUNTY, patrols=given, at=MORNING)
    assert not Patrol.objects.exists()
    assert set(AuditLine.objects.values_list("refused", flat=True)) == {"", "patrol_in_the_past", "no_checkpoint"}


def test_the_same_checkpoint_in_two_counties_is_two_patrols():
    assert len(plan(PatrolIn("K1", after(60)))) == 1
    assert len(plan(PatrolIn("K1", after(60)), actor=department(), place=OTHER_COUNTY)) == 1


def test_nothing_planned_is_nothing_kept():
    assert plan() == [] and prove_patrols(actor=clerk(), proofs=[], at=after(1)) == []
    assert not Patrol.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNTY, Role.DEPARTMENT, Role.SYSTEM}))
def test_nobody_but_county_and_department_plans_or_proves(role):
    (one,) = planned("K1")
    actor = an_actor(role, unit="x")
    given = [ProofIn(one.pk, "t", after(50))]
    refused("role_may_not", plan_patrols, actor=actor, place=COUNTY, patrols=[PatrolIn("K2", after(60))], at=MORNING)
    refused("role_may_not", prove_patrols, actor=actor, proofs=given, at=after(60))
    assert Patrol.objects.count() == 1 and not PatrolProof.objects.exists()


def test_the_department_proves_for_a_county_and_its_name_stands_there():
    (one,) = planned("K1")
    proof = prove(one, actor=department(), seen="ashes cold")
    assert (proof.reported_by_id, proof.seen) == (department().user_id, "ashes cold")
    assert prove_patrols(actor=SYSTEM, proofs=[], at=after(70)) == []


@pytest.mark.parametrize(("done", "at", "goes_in"), [(60, 60, True), (61, 60, False), (0, 60, True), (-480, 60, True)])
def test_a_patrol_is_proven_from_its_first_minute_to_the_minute_of_the_report(done, at, goes_in):
    (one,) = planned("K1")
    if goes_in:
        assert prove(one, done=done, at=at).done_at == after(done)
    else:
        refused("patrol_time_wrong", prove, patrol=one, done=done, at=at)


@pytest.mark.parametrize("done", [-481, MIDNIGHT])
def test_a_time_of_the_day_before_or_after_proves_nothing(done):
    (one,) = planned("K1")
    refused("patrol_time_wrong", prove, patrol=one, done=done, at=MIDNIGHT + 60)
    assert not PatrolProof.objects.exists()


def test_a_proof_may_come_days_later_and_says_when_the_team_was_there():
    (one,) = planned("K1")
    proof = prove(one, done=50, at=3 * 24 * 60)
    assert (proof.done_at, proof.reported_at) == (after(50), after(0, days=3))


def test_words_beyond_their_room_are_cut_and_the_proof_stands():
    (one,) = planned("K1")
    proof = prove(one, team=" " + "t" * 80, seen="s" * 400)
    proof.refresh_from_db()
    assert (proof.team, proof.seen) == ("t" * 60, "s" * 300)


def test_one_wrong_proof_refuses_the_whole_list_and_an_unknown_one_finds_nothing():
    one, two = planned()
    good = ProofIn(one.pk, "t", after(50))
    for wrong in (ProofIn(two.pk, "", after(50)), ProofIn(two.pk, "t", after(90))):
        refused("no_team" if not wrong.team else "patrol_time_wrong", prove_patrols, actor=clerk(),
                proofs=[good, wrong], at=after(60))  # fmt: skip
    with pytest.raises(Http404):
        prove_patrols(actor=clerk(), proofs=[good, ProofIn(uuid4(), "t", after(50))], at=after(60))
    assert not PatrolProof.objects.exists()


def test_acts_are_on_record_with_place_and_person_and_without_words():
    (one,) = planned("K1")
    prove(one, team="third team", seen="ashes cold")
    line = AuditLine.objects.get(act="stability.patrols.prove_patrols")
    assert (line.user_id, line.place, line.refused, line.detail) == (clerk().user_id, COUNTY, "", {"proofs": 1,
            "at": str(after(60))})  # fmt: skip
    assert AuditLine.objects.get(act="stability.patrols.plan_patrols").detail["place"] == COUNTY


@pytest.mark.parametrize(
    "wrong", [{"checkpoint": ""}, {"checkpoint": "K1"}], ids=["without a checkpoint", "a second of the same time"]
)
def test_the_database_itself_knows_what_a_patrol_is(wrong):
    planned("K1")
    row = {"place": COUNTY, "day": TODAY, "due": after(60), "planned_at": MORNING}
    with pytest.raises(IntegrityError), transaction.atomic():
        Patrol.objects.create(**row, **wrong)


def test_the_database_knows_one_proof_a_patrol_and_none_without_a_team():
    one, two = planned()
    prove(one)
    for wrong in ({"patrol": one, "team": "t"}, {"patrol": two, "team": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PatrolProof.objects.create(done_at=after(50), reported_at=after(60), **wrong)


def test_a_county_sees_its_patrols_of_the_day_in_the_order_of_their_time():
    plan(PatrolIn("K2", after(60)), PatrolIn("K1", after(60)), PatrolIn("K3", after(30)))
    plan(PatrolIn("K9", after(MIDNIGHT + 60)))
    plan(PatrolIn("L1", after(60)), actor=department(), place=OTHER_COUNTY)
    assert [one.checkpoint for one in patrols_of(clerk(), COUNTY, TODAY)] == ["K3", "K1", "K2"]
    assert patrols_of(clerk(), OTHER_COUNTY, TODAY) == []
    assert [one.checkpoint for one in patrols_of(department(), OTHER_COUNTY, TODAY)] == ["L1"]
