"""Patrols by program: what is planned, proven and alarmed, and what is turned away before it can do harm."""


import pytest

from hucheng.core.testing import COUNTY, a_city, after
from hucheng.stability.patrols.models import Patrol, PatrolProof
from hucheng.stability.testing import call, clerk, department, planned

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
