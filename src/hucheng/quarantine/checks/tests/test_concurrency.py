"""Two phones, or a phone and the release, at the same moment: on PostgreSQL nothing is lost, doubled or broken."""

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, connections
from django.http import Http404

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.quarantine.checks.actions import CheckIn, record_checks
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.release.actions import release
from hucheng.quarantine.release.models import Release
from hucheng.quarantine.testing import people_inside, with_negative_tests

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def postgres():
    """These tests run in the pass of the suite that uses PostgreSQL."""
    if connection.vendor != "postgresql":
        pytest.skip("runs in the PostgreSQL pass of script/test")


def at_once(*acts):
    """Run acts in threads that start together; what each gave, or how it was refused."""
    start, ends = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        start.wait(timeout=30)
        try:
            ends[place] = act()
        except (Refusal, Http404, DatabaseError) as no:
            ends[place] = no
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not [end for end in ends if isinstance(end, DatabaseError)], ends
    return ends


@pytest.mark.parametrize("turn", range(4))
def test_one_batch_from_two_phones_at_once_counts_once(turn):
    """The second one met the first at the database and broke."""
    stays, nurse = people_inside(4), an_actor(Role.HOUSE, COUNTY, "H01")
    checks = [CheckIn(s.pk, date(2020, 3, 22), DailyCheck.Slot.MORNING, 36.5, (), f"k{n}") for n, s in enumerate(stays)]
    act = lambda: record_checks(actor=nurse, checks=checks, at=after(60, days=1))  # noqa: E731
    ends = at_once(act, act, act)
    assert sorted(end.new for end in ends) == [0, 0, 4] and DailyCheck.objects.count() == 4


@pytest.mark.parametrize("turn", range(4))
def test_two_nurses_check_one_person_in_one_slot_and_one_is_told(turn):
    (stay,), nurse = people_inside(1), an_actor(Role.HOUSE, COUNTY, "H01")
    acts = [
        lambda key=key: record_checks(
            actor=nurse,
            checks=[CheckIn(stay.pk, date(2020, 3, 22), DailyCheck.Slot.MORNING, 36.5, (), key)],
            at=after(60, days=1),
        )
        for key in ("a-key", "b-key")
    ]
    ends = at_once(*acts)
    assert [end.code for end in ends if isinstance(end, Refusal)] == ["slot_taken"]
    assert DailyCheck.objects.count() == 1


@pytest.mark.parametrize("turn", range(4))
def test_a_fever_and_a_release_of_the_same_minute_never_pass_each_other_unseen(turn):
    (stay,) = people_inside(1)
    with_negative_tests([stay], day=13.2)
    keeper, nurse, at = an_actor(Role.QUARANTINE), an_actor(Role.HOUSE, COUNTY, "H01"), after(60, days=14)
    fever = CheckIn(stay.pk, date(2020, 4, 4), DailyCheck.Slot.MORNING, 38.4, ("fever",), "fever-key")
    at_once(
        lambda: release(actor=keeper, stay_id=stay.pk, to=Destination.ELSEWHERE, receiver="OTHER-PROV", at=at),
        lambda: record_checks(actor=nurse, checks=[fever], at=at),
    )
    person = Arrival.objects.get(pk=stay.arrival_id)
    released, checked = Release.objects.exists(), DailyCheck.objects.exists()
    assert released != checked, "released with a fever seen, or neither"
    assert checked == (person.outcome == "hospital")
