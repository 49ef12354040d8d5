"""Two clerks compare at once, on PostgreSQL: one wins, the other is told, and no ring of merges ever closes."""

import threading
from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection, connections

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, a_city, an_actor
from hucheng.people.register.actions import PersonRecord, find_or_add, keep_apart, merge, unmerge
from hucheng.people.register.merged import human_of
from hucheng.people.register.models import Doubt, Merge, Person

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LATER = MORNING + timedelta(hours=2)


@pytest.fixture(autouse=True)
def postgres():
    """These tests run in the pass of the suite that uses PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("runs in the PostgreSQL pass of script/test")
    a_city()


def at_once(*acts) -> list[str]:
    """Run the acts in threads that start together; gives how each ended."""
    start, ends = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place, act):
        start.wait()
        try:
            act()
            ends[place] = "done"
        except Refusal as no:
            ends[place] = no.code
        except OperationalError as error:
            ends[place] = str(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return ends


def a_ring():
    """Three rows, and a doubt between each pair of them, each the other way round than the last."""
    records = [PersonRecord(name_zh=f"李雅{sign}", birth=date(1996, 5, 9)) for sign in "婷红云"]
    rows = [
        one.person_id
        for one in find_or_add(
            actor=an_actor(Role.ENTRY), records=records, place="000000", reason="manifest", at=MORNING
        )
    ]
    Doubt.objects.all().delete()
    said = {"weight": 3.0, "parts": [], "found_at": LATER}
    return [
        Doubt.objects.create(person_id=rows[one], other_id=rows[other], **said)
        for one, other in ((0, 1), (1, 2), (2, 0))
    ]


def test_one_of_two_answers_to_a_pair_stands():
    doubt, desk, office = a_ring()[0], an_actor(Role.ENTRY), an_actor(Role.COMMAND_OFFICE)
    ends = at_once(
        lambda: merge(actor=desk, doubt_id=doubt.pk, why="one", at=LATER),
        lambda: keep_apart(actor=office, doubt_id=doubt.pk, why="two", at=LATER),
    )
    assert sorted(ends) == ["done", "doubt_answered"]
    doubt.refresh_from_db()
    assert Merge.objects.count() == (doubt.answer == "one")


@pytest.mark.parametrize("turn", range(3))
def test_three_hands_join_a_ring_and_two_merges_stand(turn):
    doubts, desk = a_ring(), an_actor(Role.ENTRY)
    ends = at_once(*(lambda one=one: merge(actor=desk, doubt_id=one.pk, why="one", at=LATER) for one in doubts))
    assert sorted(ends) == ["done", "done", "doubt_answered"]
    humans = human_of(Person.objects.values_list("pk", flat=True))
    assert len(humans) == 3 and len(set(humans.values())) == 1


def test_one_of_eight_hands_takes_a_merge_back():
    desk = an_actor(Role.ENTRY)
    merged = merge(actor=desk, doubt_id=a_ring()[0].pk, why="one", at=LATER)
    ends = at_once(*[lambda: unmerge(actor=desk, merge_id=merged.pk, why="two", at=LATER)] * 8)
    assert sorted(ends) == ["done", *["merge_undone"] * 7]
