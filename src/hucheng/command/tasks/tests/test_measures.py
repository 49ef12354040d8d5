"""Tasks closed in time, bodies that stand: shares counted again by hand."""

import pytest

from hucheng.command.tasks.models import Body, Task
from hucheng.command.testing import a_body, a_task, signed_in
from hucheng.core.measures import read
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
ON_TIME, SET_UP = "command.tasks.on_time", "command.tasks.bodies_set_up"
REASON = {"measure": "", "no_measure": "document follows"}


def reading(name, at, place=CITY, role=Role.LEADING_GROUP):
    found = read(name, an_actor(role, place), at)
    return found.value, found.numerator, found.denominator


def closed(task, at):
    Task.objects.filter(pk=task.pk).update(closed_at=at, evidence="1号文")


def test_before_anything_is_due_there_is_nothing_to_judge():
    a_task(**REASON)
    assert reading(ON_TIME, after(60)) == (None, 0, 0)
    assert reading(SET_UP, after(60)) == (None, 0, 0)


@pytest.mark.parametrize(
    ("closed_at", "value"), [(after(60), 100), (after(days=2), 100), (after(0.1, days=2), 0), (None, 0)]
)
def test_a_task_is_on_time_when_it_was_closed_by_its_deadline(closed_at, value):
    task = a_task(**REASON)
    if closed_at:
        closed(task, closed_at)
    assert reading(ON_TIME, after(days=3)) == (value, value / 100, 1)


@pytest.mark.parametrize(("minutes", "due"), [(-1, 0), (0, 1), (1, 1)])
def test_a_task_counts_from_its_deadline_on(minutes, due):
    a_task(**REASON)
    assert reading(ON_TIME, after(minutes, days=2))[2] == due


def test_a_task_that_was_closed_early_is_not_counted_before_it_is_due():
    closed(a_task(**REASON), after(30))
    assert reading(ON_TIME, after(60)) == (None, 0, 0)


def test_the_share_is_the_one_counted_by_hand_in_the_city_and_in_each_county():
    lead = a_task(**REASON, supports=["C-*-LG", "C-*-EDU"])
    for number, part in enumerate(lead.parts.order_by("place", "unit_id")):
        if number % 3:
            closed(part, after(days=1 if number % 2 else 5))
    at = after(days=9)
    for place in (CITY, COUNTY, OTHER_COUNTY):
        mine = [one for one in Task.objects.all() if place in (CITY, one.place)]
        good = [one for one in mine if one.closed_at and one.closed_at <= one.due]
        assert reading(ON_TIME, at, place) == (100 * len(good) / len(mine), len(good), len(mine))
    assert reading(ON_TIME, at, "110000") == (None, 0, 0)


def test_bodies_count_from_when_they_must_stand_and_as_of_when_they_did():
    a_body("TF-HOTEL", required=after(0), stands=after(100))
    a_body("TF-MED", required=after(50))
    found = [reading(SET_UP, after(minutes)) for minutes in (-1, 0, 60, 99, 100)]
    assert found == [(None, 0, 0), (0, 0, 1), (0, 0, 2), (0, 0, 2), (50, 1, 2)]


def test_bodies_of_a_county_are_read_in_the_county_and_in_the_city():
    a_body("C-XD-LG", stands=after(5))
    a_body("TF-MED")
    assert reading(SET_UP, after(10), COUNTY, Role.COUNTY) == (100, 1, 1)
    assert reading(SET_UP, after(10), OTHER_COUNTY, Role.COUNTY) == (None, 0, 0)
    assert reading(SET_UP, after(10)) == (50, 1, 2) and Body.objects.count() == 2


@pytest.mark.parametrize("name", [ON_TIME, SET_UP])
def test_a_share_leads_to_its_rows(client, name):
    signed_in(client, Role.LEADING_GROUP)
    url = read(name, an_actor(Role.LEADING_GROUP), after(0)).rows_url
    assert client.get(url).status_code == 200
