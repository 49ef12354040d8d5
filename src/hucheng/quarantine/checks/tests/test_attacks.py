"""Checks under attack: keys used again, days that are none, other houses, two phones at once, thresholds."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Outcome, Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.engines.rules import load_table
from hucheng.entry.declarations.symptoms import SYMPTOMS
from hucheng.entry.flights.models import Arrival
from hucheng.quarantine.checks.actions import FEVER, HIGHEST, LOWEST, CheckIn, record_checks
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.checks.queries import slot_at
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.testing import people_inside

pytestmark = pytest.mark.django_db
DAY = date(2020, 3, 22)
NEXT_DAY = after(60, days=1)
Slot = DailyCheck.Slot


@pytest.fixture
def stays():
    return people_inside(3)


def one(stay, key="key-1", temperature=36.5, symptoms=(), day=DAY, slot=Slot.MORNING):
    return CheckIn(stay.pk, day, slot, temperature, symptoms, key)


def record(*checks, at=NEXT_DAY, actor=None):
    return record_checks(actor=actor or an_actor(Role.HOUSE, COUNTY, "H01"), checks=checks, at=at)


def refused(code, *checks, **kwargs):
    before = DailyCheck.objects.count()
    with pytest.raises(Refusal) as no:
        record(*checks, **kwargs)
    assert no.value.code == code and DailyCheck.objects.count() == before
    return no.value


def test_a_key_used_for_another_person_is_refused_not_swallowed(stays):
    """A phone that reused a key lost the second person's check in silence: it counted as known."""
    record(one(stays[0]))
    refused("key_of_another_check", one(stays[1]))
    refused("key_of_another_check", one(stays[1]), one(stays[2], key="key-2"))


@pytest.mark.parametrize("change", [{"slot": Slot.AFTERNOON}, {"day": DAY - timedelta(days=1)}])
def test_a_key_used_for_another_slot_is_refused(stays, change):
    record(one(stays[0]))
    refused("key_of_another_check", one(stays[0], **change))


def test_one_key_twice_in_a_batch_is_one_check_or_none(stays):
    assert record(one(stays[0]), one(stays[0])).new == 1
    refused("key_of_another_check", one(stays[1], key="key-2"), one(stays[2], key="key-2"))
    refused("key_of_another_check", one(stays[1], key="key-2"), one(stays[1], key="key-2", temperature=39.0))


def test_a_check_sent_again_after_the_person_left_is_still_known(stays):
    record(one(stays[0]))
    Stay.objects.filter(pk=stays[0].pk).update(ended_at=after(70, days=1))
    done = record(one(stays[0]))
    assert (done.new, done.known) == (0, 1)
    with pytest.raises(Http404):
        record(one(stays[0], key="key-2", slot=Slot.AFTERNOON))


@pytest.mark.parametrize(
    ("day", "may"), [(DAY - timedelta(days=2), False), (DAY - timedelta(days=1), True), (DAY, True),
                     (DAY + timedelta(days=1), False), (date(2099, 1, 1), False), (date(1, 1, 1), False)],
)  # fmt: skip
def test_a_check_belongs_to_a_day_inside(stays, day, may):
    if may:
        assert record(one(stays[0], day=day)).new == 1
    else:
        refused("not_that_day", one(stays[1], key="key-2"), one(stays[0], day=day))


@pytest.mark.parametrize(
    "temperature", [float("nan"), float("inf"), -float("inf"), LOWEST - 0.1, HIGHEST + 0.1, 0, -36.5]
)
def test_no_reading_of_the_dead_or_of_no_number_gets_in(stays, temperature):
    refused("impossible_temperature", one(stays[0], temperature=temperature))


@pytest.mark.parametrize("temperature", [LOWEST, HIGHEST, FEVER - 0.1, FEVER])
def test_the_edges_belong_to_the_living_and_fever_begins_at_its_limit(stays, temperature):
    assert record(one(stays[0], temperature=temperature)).abnormal == (temperature >= FEVER)


@pytest.mark.parametrize("temperature", [37.24, 37.25, 37.26, 37.299, 37.3])
def test_a_reading_is_judged_as_it_is_stored(stays, temperature):
    """37.26 stood as 37.3 beside a flag that said it was no fever, and nobody judged it."""
    record(one(stays[0], temperature=temperature))
    row = DailyCheck.objects.get()
    assert row.abnormal == (float(row.temperature) >= FEVER)


def test_the_limit_of_fever_is_the_one_of_the_entry_table():
    (row,) = [row for row in load_table("entry").rows if row.id == "fever"]
    assert any(str(FEVER) in str(condition) for condition in row.conditions)


@pytest.mark.parametrize("code", sorted(SYMPTOMS))
def test_each_symptom_of_a_check_is_judged_at_once_and_none_is_lost(stays, code):
    record(one(stays[0], symptoms=(code,)))
    person = Arrival.objects.get(pk=stays[0].arrival_id)
    assert person.outcome != Outcome.ONWARD and person.last_triage.because == "fact"
    assert code in person.last_triage.facts_used["symptoms"]


def test_an_unknown_symptom_refuses_the_whole_batch(stays):
    refused("unknown_symptom", one(stays[0]), one(stays[1], key="key-2", symptoms=("plague",)))


def test_two_checks_of_one_slot_in_one_batch_or_two_are_refused(stays):
    refused("slot_taken", one(stays[0]), one(stays[0], key="key-2"))
    record(one(stays[0]))
    refused("slot_taken", one(stays[0], key="key-2"))
    with pytest.raises(IntegrityError), transaction.atomic():
        DailyCheck.objects.create(
            stay=stays[0], place=COUNTY, day=DAY, slot="am", at=NEXT_DAY, temperature="36.5", abnormal=False, key="x"
        )


def test_nobody_checks_in_another_house_county_or_role(stays):
    for actor in (an_actor(Role.HOUSE, COUNTY, "H02"), an_actor(Role.HOUSE, OTHER_COUNTY, "H01"),
                  an_actor(Role.QUARANTINE, OTHER_COUNTY)):  # fmt: skip
        with pytest.raises(Http404):
            record(one(stays[0]), actor=actor)
    for role in (Role.ENTRY, Role.COUNTY, Role.LEADING_GROUP, Role.LABORATORY):
        refused("role_may_not", one(stays[0]), actor=an_actor(role))


def test_what_was_measured_stands_sealed(stays):
    record(one(stays[0], temperature=38.7, symptoms=("cough",)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT temperature, symptoms FROM quarantine_dailycheck")
        stored = str(cursor.fetchone())
    assert "38.7" not in stored and "cough" not in stored


def test_the_audit_line_of_a_batch_counts_and_tells_no_reading(stays):
    record(*[one(stay, key=f"key-{n}", temperature=38.1) for n, stay in enumerate(stays)])
    line = AuditLine.objects.get(act="quarantine.checks.record_checks")
    assert line.detail["checks"] == 3 and "38.1" not in str(line.detail)


@pytest.mark.parametrize(
    ("clock", "day", "slot"),
    [
        ("2020-03-22T00:00+08:00", 22, "am"),
        ("2020-03-22T15:59:59+08:00", 22, "am"),
        ("2020-03-22T16:00+08:00", 22, "pm"),
        ("2020-03-22T23:59:59+08:00", 22, "pm"),
        ("2020-03-22T16:00+00:00", 23, "am"),
    ],
)
def test_a_moment_belongs_to_the_slot_of_the_city_s_clock(clock, day, slot):
    from datetime import datetime

    assert slot_at(datetime.fromisoformat(clock)) == (date(2020, 3, day), slot)


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["am", "pm"])), min_size=1, max_size=12))
@settings(max_examples=15, deadline=None)
@pytest.mark.django_db
def test_however_batches_are_cut_and_repeated_each_slot_is_there_once(told):
    with transaction.atomic():
        stays = people_inside(3)
        for number, slot in told:
            batch = [one(stays[number], key=f"{number}-{slot}", slot=Slot(slot))]
            record(*batch, *batch)
        assert DailyCheck.objects.count() == len(set(told))
        transaction.set_rollback(True)
