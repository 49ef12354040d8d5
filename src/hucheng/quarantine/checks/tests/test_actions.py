"""Checks: batches count once, an abnormal one is judged at once."""

from datetime import date

import pytest
from django.http import Http404

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Outcome, Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.quarantine.checks.actions import CheckIn, record_checks
from hucheng.quarantine.checks.measures import done_today
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.checks.queries import due_and_done, list_of_now, slot_at
from hucheng.quarantine.testing import people_inside

pytestmark = pytest.mark.django_db
NEXT_DAY = after(60, days=1)
NURSE = {"role": Role.HOUSE, "place": COUNTY, "unit": "H01"}


@pytest.fixture
def stays():
    return people_inside(3)


def a_check(stay, temperature=36.5, symptoms=(), key="k1", slot="am", day=date(2020, 3, 22)):
    return CheckIn(stay.pk, day, DailyCheck.Slot(slot), temperature, symptoms, key)


def record(*checks, actor=None, at=NEXT_DAY):
    return record_checks(actor=actor or an_actor(**NURSE), checks=checks, at=at)


def test_a_batch_is_recorded_and_sent_again_counts_once(stays):
    batch = [a_check(stay, key=f"k{n}") for n, stay in enumerate(stays)]
    assert record(*batch).new == 3
    again = record(*batch)
    assert (again.new, again.known) == (0, 3) and DailyCheck.objects.count() == 3


@pytest.mark.parametrize(("temperature", "symptoms"), [(37.3, ()), (36.5, ("cough",)), (39.2, ("fever", "cough"))])
def test_an_abnormal_check_is_judged_in_the_same_act(stays, temperature, symptoms):
    assert record(a_check(stays[0], temperature, symptoms)).abnormal == 1
    person = Arrival.objects.get(pk=stays[0].arrival_id)
    assert person.outcome == Outcome.HOSPITAL and person.last_triage.because == "fact"


def test_a_normal_check_judges_nobody(stays):
    before = Arrival.objects.get(pk=stays[0].arrival_id).last_triage_id
    record(a_check(stays[0], 37.2))
    assert Arrival.objects.get(pk=stays[0].arrival_id).last_triage_id == before


@pytest.mark.parametrize("temperature", [3.7, 33.9, 43.1, 365])
def test_an_impossible_reading_refuses_the_batch(stays, temperature):
    with pytest.raises(Refusal):
        record(a_check(stays[0], key="a"), a_check(stays[1], temperature, key="b"))
    assert not DailyCheck.objects.exists()


def test_a_second_check_of_a_slot_is_refused(stays):
    record(a_check(stays[0], key="a"))
    with pytest.raises(Refusal) as no:
        record(a_check(stays[0], 36.9, key="b"))
    assert no.value.code == "slot_taken"
    with pytest.raises(Refusal):
        record(a_check(stays[1], key="c"), a_check(stays[1], key="d"))


def test_another_house_checks_nobody_here(stays):
    with pytest.raises(Http404):
        record(a_check(stays[0]), actor=an_actor(Role.HOUSE, COUNTY, "H02"))


def test_the_list_shows_who_is_left(stays):
    nurse = an_actor(**NURSE)
    record(a_check(stays[0]), actor=nurse)
    rows = list_of_now(nurse, NEXT_DAY)
    assert [row.done for row in rows].count(True) == 1 and len(rows) == 3 and all(row.name for row in rows)
    assert list_of_now(an_actor(Role.HOUSE, COUNTY, "H02"), NEXT_DAY) == []


def test_slots_follow_the_clock_of_the_city():
    assert slot_at(after(0))[1] == "am" and slot_at(after(8 * 60))[1] == "pm"


def test_the_measure_counts_what_is_due_so_far(stays):
    city = an_actor(Role.QUARANTINE)
    assert due_and_done(city, after(0, days=1)) == (3, 0)
    record(a_check(stays[0]))
    assert done_today(city, NEXT_DAY).value == pytest.approx(100 / 3)
    assert due_and_done(city, after(9 * 60, days=1)) == (6, 1)


def test_a_large_batch_needs_few_queries(stays, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):
        record(*[a_check(stay, key=f"k{n}") for n, stay in enumerate(stays)])
