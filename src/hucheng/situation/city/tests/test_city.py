"""Local cases: days since the last one are counted only while the last report is fresh and its day is known."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.measures import read
from hucheng.core.measures.registry import readable
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.situation.city.actions import LocalDay, report_local
from hucheng.situation.city.models import LocalCount
from hucheng.situation.city.queries import local_cases
from hucheng.situation.testing import TODAY, local_counts

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def cases(at=MORNING):
    return local_cases(an_actor(Role.ENTRY), at)


def days_since(at=MORNING):
    return read("situation.city.days_since_local_case", an_actor(Role.LEADING_GROUP), at).value


def report(*days, at=MORNING, published=TODAY, actor=None, source="city"):
    return report_local(
        actor=actor or an_actor(Role.DEPARTMENT), days=[LocalDay(day, total) for day, total in days],
        source=source, published_on=published, at=at,
    )  # fmt: skip


def test_days_count_from_the_last_day_whose_total_rose():
    local_counts([19, 19, 20, 20, 20])
    assert cases().last_case == YESTERDAY - timedelta(days=2) and days_since() == 3


def test_a_case_yesterday_is_one_day_ago():
    local_counts([19, 20])
    assert days_since() == 1


@pytest.mark.parametrize("totals", [[], [20], [20, 20, 20], [0, 0]])
def test_without_a_known_day_of_a_case_the_measure_is_blind(totals):
    local_counts(totals)
    assert days_since() is None


def test_a_city_that_nobody_reports_any_more_does_not_become_safer():
    local_counts([19, 20])
    midnight = after(-8 * 60)
    assert days_since(midnight + timedelta(hours=48)) == 3 and days_since(midnight + timedelta(hours=48.1)) is None
    assert cases(after(days=9)).stale


def test_a_hole_between_reports_counts_as_the_later_day():
    report((YESTERDAY - timedelta(days=9), 19), (YESTERDAY, 20))
    assert days_since() == 1 and cases().lines[0].new is None


def test_a_correction_changes_what_is_known_from_then_on():
    local_counts([19, 20, 20])
    report((YESTERDAY, 21), at=after(60))
    assert days_since(after(59)) == 2 and days_since(after(60)) == 1
    assert cases(after(60)).lines[0].vintage == 2 and cases(after(59)).lines[0].vintage == 1


def test_the_same_number_again_adds_nothing():
    local_counts([19, 20])
    assert local_counts([19, 20], at=after(5)) == [] and LocalCount.objects.count() == 2


def test_a_fortnight_is_summed_only_when_it_is_known_whole():
    local_counts([5] * 14)
    assert cases().new_fortnight is None
    report((YESTERDAY - timedelta(days=14), 2))
    assert cases().new_fortnight == 3


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 2), min_size=2, max_size=30))
def test_days_since_is_the_distance_to_the_last_rise(new):
    with transaction.atomic():
        totals = [sum(new[: n + 1]) for n in range(len(new))]
        local_counts(totals)
        rises = [n for n in range(1, len(new)) if new[n]]
        assert days_since() == (len(new) - rises[-1] if rises else None)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("days", "given", "code"),
    [
        ([(YESTERDAY, 1), (YESTERDAY, 2)], {}, "day_twice"),
        ([(TODAY, 1)], {"published": YESTERDAY}, "day_not_over"),
        ([(YESTERDAY, 1)], {"published": TODAY + timedelta(days=1)}, "published_to_come"),
        ([(YESTERDAY, 1)], {"source": ""}, "source_missing"),
        ([(YESTERDAY, 1)], {"actor": Actor(None, "140100", Role.ENTRY)}, "role_may_not"),
    ],
)
def test_a_report_that_cannot_be_is_refused(days, given, code):
    with pytest.raises(Refusal) as no:
        report(*days, **given)
    assert no.value.code == code and not LocalCount.objects.exists()


def test_a_report_leaves_its_audit_line_and_is_written_once():
    local_counts([1, 2])
    line = AuditLine.objects.get()
    assert (line.act, line.detail["days"]) == ("situation.city.report_local", 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalCount.objects.update(total=0)


@pytest.mark.parametrize("wrong", [{"vintage": 1}, {"day": TODAY + timedelta(days=1)}, {"source": ""}])
def test_the_database_refuses_a_count_that_cannot_be(wrong):
    local_counts([1])
    row = {
        "place": "140100", "day": YESTERDAY, "vintage": 2, "total": 2, "source": "s", "published_on": TODAY,
        "received_at": MORNING,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalCount.objects.create(**(row | wrong))


def test_another_county_knows_nothing_of_the_city():
    local_counts([19, 20])
    assert local_cases(an_actor(Role.DEPARTMENT, COUNTY), MORNING).lines == []


def test_the_reproduction_number_has_no_reader_yet():
    assert "situation.city.rt_interval" not in readable()


def test_reading_is_one_query_however_many_days(django_assert_num_queries):
    who = an_actor(Role.ENTRY)
    local_counts(range(40))
    with django_assert_num_queries(1):
        assert len(local_cases(who, MORNING).lines) == 40
