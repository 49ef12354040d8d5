"""Patrols by program: what is planned, proven and alarmed, and what is turned away before it can do harm."""

from datetime import datetime
from uuid import uuid4

import pytest

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.patrols.models import Patrol, PatrolProof
from hucheng.stability.testing import GREEN, a_season, call, clerk, department, planned

pytestmark = pytest.mark.django_db
NINE = "2020-03-21T09:00:00+08:00"


@pytest.fixture(autouse=True)
def city():
    a_city()


def plan(client, actor=None, place=COUNTY, at=after(0), **changes):
    body = {"place": place, "patrols": [{"checkpoint": "K1", "due": NINE} | changes]}
    return call(client, actor or clerk(), "/fire/patrols", body, at=at)


def prove(client, *proofs, actor=None, at=after(55)):
    return call(client, actor or clerk(), "/fire/patrols/proofs", list(proofs), at=at)


def proof_of(patrol, **changes):
    return {"patrol_id": str(patrol.pk), "team": "third team", "done_at": "2020-03-21T08:50:00+08:00"} | changes


@pytest.mark.parametrize(
    "wrong",
    [{"checkpoint": "K" * 21}, {"route": "r" * 121}, {"due": "2020-03-21T09:00:00"}, {"due": "soon"}, {"due": None}],
)
def test_a_patrol_that_cannot_be_kept_is_turned_away_with_the_field_named(client, wrong):
    answer = plan(client, **wrong)
    (field,) = wrong
    assert answer.status_code == 422 and answer.json()["detail"][0]["loc"][-1] == field
    assert not Patrol.objects.exists()


def test_the_longest_names_that_fit_are_kept_whole(client):
    assert plan(client, checkpoint="K" * 20, route="r" * 120).status_code == 200
    assert Patrol.objects.values_list("checkpoint", "route").get() == ("K" * 20, "r" * 120)


@pytest.mark.parametrize("place", ["140100", "140199", "1401zzzz", "110105", "nonsense", ""])
def test_a_place_that_is_no_county_in_sight_has_no_patrol(client, place):
    assert plan(client, department(), place).status_code == 404
    assert not Patrol.objects.exists()


def test_a_proof_without_the_offset_of_its_time_is_turned_away(client):
    (one,) = planned("K1")
    answer = prove(client, proof_of(one, done_at="2020-03-21T08:50:00"))
    assert answer.status_code == 422 and not PatrolProof.objects.exists()


def test_a_plan_answers_with_what_is_new_alone(client):
    (made,) = plan(client).json()
    assert made == {"id": made["id"], "place": COUNTY, "checkpoint": "K1", "due": NINE}
    assert plan(client).json() == [] and Patrol.objects.get().planned_by_id == clerk().user_id


def test_a_patrol_due_in_the_past_is_refused_with_code_why_and_do(client):
    answer = plan(client, at=after(60))
    assert answer.status_code == 409 and set(answer.json()) == {"code", "why", "do"}
    assert answer.json()["code"] == "patrol_in_the_past" and not Patrol.objects.exists()


def test_proofs_go_in_all_or_none(client):
    one, two = planned()
    wrong = prove(client, proof_of(one), proof_of(two, team=" "))
    assert wrong.status_code == 409 and wrong.json()["code"] == "no_team" and not PatrolProof.objects.exists()
    assert prove(client, proof_of(one), proof_of(two, seen="no smoke")).json() == {"proven": 2}
    assert set(PatrolProof.objects.values_list("patrol__checkpoint", "seen")) == {("K1", ""), ("K2", "no smoke")}
    again = prove(client, proof_of(one))
    assert again.status_code == 409 and again.json()["code"] == "patrol_proven"


def test_a_patrol_that_is_not_there_or_not_in_sight_is_not_found(client):
    (one,) = planned("K1")
    assert prove(client, proof_of(one, patrol_id=str(uuid4()))).status_code == 404
    assert prove(client, proof_of(one), actor=clerk(OTHER_COUNTY)).status_code == 404
    assert not PatrolProof.objects.exists()


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.ENTRY])
def test_who_does_not_walk_plans_and_proves_nothing_and_the_try_is_on_record(client, role):
    (one,) = planned("K1")
    actor = an_actor(role)
    for answer in (plan(client, actor, checkpoint="K2"), prove(client, proof_of(one), actor=actor)):
        assert answer.status_code == 409 and answer.json()["code"] == "role_may_not"
    tried = AuditLine.objects.filter(refused="role_may_not", user_id=actor.user_id).values_list("act", flat=True)
    assert set(tried) == {"stability.patrols.plan_patrols", "stability.patrols.prove_patrols"}
    assert Patrol.objects.count() == 1 and not PatrolProof.objects.exists()


def test_alarms_are_told_to_readers_with_their_checkpoints_and_grade(client):
    a_season()
    planned("K2 K1")
    for actor in (clerk(), department(), an_actor(Role.LEADING_GROUP), an_actor(Role.COMMAND_OFFICE)):
        (alarm,) = call(client, actor, "/fire/alarms", at=after(61)).json()
        assert (alarm["place"], alarm["checkpoints"]) == (COUNTY, ["K1", "K2"])
        assert alarm["grade"] in (4, 5) and datetime.fromisoformat(alarm["due"]) == after(60)
    assert call(client, clerk(OTHER_COUNTY), "/fire/alarms", at=after(61)).json() == []
    refused = call(client, an_actor(Role.MEDICAL), "/fire/alarms", at=after(61))
    assert refused.status_code == 409 and refused.json()["code"] == "role_may_not"


def test_an_alarm_of_unknown_danger_has_no_grade_and_one_of_low_danger_is_none(client):
    planned("K1")
    (alarm,) = call(client, clerk(), "/fire/alarms", at=after(61)).json()
    assert alarm["grade"] is None
    a_season(values=GREEN)
    assert call(client, clerk(), "/fire/alarms", at=after(61)).json() == []
