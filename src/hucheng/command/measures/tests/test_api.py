"""Measures for programs: every one of the catalogue, null where it is blind, as the caller's place reads it."""

import pytest

from hucheng.command.testing import a_body, anybody, signed_in
from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.measures import MEASURES
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, a_city, after

pytestmark = pytest.mark.django_db
SET_UP = "command.tasks.bodies_set_up"
READERS = {Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.DEPARTMENT, Role.COUNTY}


def told(client, at=None):
    with frozen_at(at or after(60)):
        return client.get("/api/v1/measures")


@pytest.mark.parametrize("role", [role for role in Role if role != "system"])
def test_measures_are_told_to_those_who_open_the_board(client, role):
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    answer = told(client)
    assert answer.status_code == (200 if role in READERS else 409)
    assert role in READERS or answer.json()["code"] == "role_may_not"


@pytest.mark.parametrize(
    ("place", "value", "standing"), [(CITY, 50, "behind"), (COUNTY, 100, "met"), ("140106", None, "blind")]
)
def test_a_caller_is_told_what_its_own_place_reads(client, place, value, standing):
    a_city()
    a_body("C-XD-LG", stands=after(5))
    a_body("TF-MED")
    answer = told(signed_in(client, Role.LEADING_GROUP, place)).json()
    assert [one["id"] for one in answer] == list(MEASURES)
    mine = next(one for one in answer if one["id"] == SET_UP)
    assert (mine["value"], mine["standing"], mine["target"], mine["unit"]) == (value, standing, 100, "%")
    assert mine["name_zh"] == MEASURES[SET_UP].name_zh and mine["as_of"].startswith("2020-03-21T")
    assert all((one["value"] is None) == (one["standing"] == "blind") for one in answer)
