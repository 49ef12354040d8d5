"""Which relief runs on a day, how far it has reached, and who may say so; plain sums as witness."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.economy.policies.actions import PolicyIn, publish_policy, report_reach
from hucheng.economy.policies.measures import paid_of_eligible
from hucheng.economy.policies.models import Policy, PolicyCount
from hucheng.economy.policies.queries import last_counts, policies_of, reach
from hucheng.economy.testing import TODAY, a_department

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def department():
    return a_department()


def put(actor, name="Rent relief", since=TODAY, until=date(2020, 6, 30), at=MORNING, **fields):
    usual = {"name_zh": "减免", "conditions": ["small firm"], "document": "doc 1", "owner": "TY-FIN", "series": ""}
    return publish_policy(actor=actor, policy=PolicyIn(**usual | fields, name_en=name, since=since, until=until), at=at)


def told(actor, policy, eligible, paid, day=TODAY, reason="", at=MORNING):
    return report_reach(
        actor=actor, policy_id=policy.pk, day=day, eligible=eligible, paid=paid, reason=reason, at=at
    )  # fmt: skip


def refused(act, *args, **kwargs):
    with pytest.raises(Refusal) as no:
        act(*args, **kwargs)
    assert str(no.value.why) and str(no.value.do)
    return no.value.code


SPANS = st.tuples(st.integers(-5, 5), st.integers(0, 5))
COUNTS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 500), st.integers(0, 500)), max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.tuples(SPANS, COUNTS), max_size=4))
def test_reach_sums_the_last_report_of_each_policy_that_runs(department, drawn):
    """Reports in any order of days; of one day the last said counts; the witness keeps them in a dictionary."""
    with transaction.atomic():
        paid = eligible = 0
        running = []
        for n, ((begins, lasts), counts) in enumerate(drawn):
            since = TODAY + begins * DAY
            policy = put(department, f"R{n}", since, since + lasts * DAY)
            last = {}
            for back, some, others in counts:
                told(department, policy, some + others, some, TODAY - back * DAY, "counted again")
                last[back] = (some, some + others)
            if begins <= 0 <= begins + lasts:
                running.append(policy.name_en)
                some, all_of = last[min(last)] if last else (0, 0)
                paid, eligible = paid + some, eligible + all_of
        assert reach(department, MORNING) == (paid, eligible)
        reading = paid_of_eligible(department, MORNING)
        assert reading.value == (pytest.approx(100 * paid / eligible) if eligible else None)
        lines = policies_of(department, MORNING)
        assert {line.policy.name_en for line in lines if line.running} == set(running)
        assert [line.running for line in lines] == [True] * len(running) + [False] * (len(drawn) - len(running))
        transaction.set_rollback(True)


@pytest.mark.parametrize(("ahead", "runs"), [(-1, False), (0, True), (9, True), (10, False)])
def test_relief_runs_from_its_first_day_to_the_end_of_its_last(department, ahead, runs):
    put(department, since=TODAY, until=TODAY + 9 * DAY)
    (line,) = policies_of(department, MORNING + ahead * DAY)
    assert line.running == runs


def test_relief_of_one_day_is_whole_and_runs_till_midnight_in_the_city(department):
    put(department, since=TODAY, until=TODAY)
    assert policies_of(department, after(minutes=16 * 60 - 1))[0].running
    assert not policies_of(department, after(minutes=16 * 60))[0].running


def test_the_newest_stands_first_among_those_that_run_and_those_that_ended_behind(department):
    put(department, "old", at=after(1))
    put(department, "ended", until=TODAY, at=after(3))
    put(department, "new", at=after(2))
    names = [line.policy.name_en for line in policies_of(department, after(days=1))]
    assert names == ["new", "old", "ended"]


def test_a_report_of_a_later_day_is_not_known_before_it(department):
    policy = put(department)
    told(department, policy, 100, 40)
    told(department, policy, 100, 90, TODAY + DAY, at=after(days=1))
    assert reach(department, MORNING) == (40, 100) and reach(department, after(days=1)) == (90, 100)
    assert last_counts(department, TODAY)[policy.pk].paid == 40 and last_counts(department, TODAY - DAY) == {}


def test_a_day_reported_late_does_not_replace_a_later_one(department):
    policy = put(department)
    told(department, policy, 100, 40)
    told(department, policy, 100, 10, TODAY - DAY, at=after(5))
    assert policies_of(department, after(9))[0].count.paid == 40 and PolicyCount.objects.count() == 2


def test_a_correction_says_why_and_names_who_reported(department):
    policy, office = put(department), an_actor(Role.COMMAND_OFFICE)
    told(department, policy, 100, 40)
    assert refused(told, department, policy, 100, 41, reason=" \t") == "correction_without_reason"
    again = told(office, policy, 100, 41, reason="  one firm more " + "x" * 300, at=after(5))
    assert (again.revision, again.reported_by_id, again.reported_at) == (1, office.user_id, after(5))
    assert len(again.reason) == 200 and again.reason.startswith("one firm more")


@pytest.mark.parametrize(("eligible", "paid", "share"), [(0, 0, None), (1, 0, 0.0), (1, 1, 100.0), (3, 1, 100 / 3)])
def test_the_share_of_a_policy_is_of_its_eligible_firms(department, eligible, paid, share):
    told(department, put(department), eligible, paid)
    assert policies_of(department, MORNING)[0].share == share


def test_without_a_report_a_policy_has_no_share(department):
    put(department)
    (line,) = policies_of(department, MORNING)
    assert (line.count, line.share, line.running) == (None, None, True) and reach(department, MORNING) == (0, 0)


def test_whoever_answers_is_named_by_the_organisation_or_by_a_code_that_left_the_table(department):
    put(department)
    Policy.objects.create(
        place="140100", name_zh="旧", name_en="Old", since=TODAY, until=TODAY, document="d", owner="GONE",
        published_at=after(-1),
    )  # fmt: skip
    first, second = policies_of(department, MORNING)
    assert first.owner not in ("", "TY-FIN") and second.owner == "GONE"


def test_words_are_kept_without_blanks_and_cut_at_their_limit(department):
    made = put(
        department, " " + "R" * 130, name_zh=" " + "减" * 90, document=" " + "d" * 210, conditions=[" a ", "", "b"]
    )
    made.refresh_from_db()
    assert (len(made.name_en), len(made.name_zh), len(made.document)) == (120, 80, 200)
    assert made.conditions == ["a", "b"] and made.published_by_id == department.user_id


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COUNTY, Role.ENTRY])
def test_only_keepers_publish_relief_and_its_reach(department, role):
    policy, actor = put(department), an_actor(role)
    assert refused(put, actor) == refused(told, actor, policy, 1, 1) == "role_may_not"
    assert Policy.objects.count() == 1 and not PolicyCount.objects.exists()
    assert AuditLine.objects.filter(user_id=actor.user_id, refused="role_may_not").count() == 2


def test_the_department_of_a_county_publishes_relief_of_its_own_that_the_city_sees(department):
    county = an_actor(Role.DEPARTMENT, COUNTY)
    own = put(county, "County relief")
    told(county, own, 10, 5)
    assert refused(put, county, series="retail") == "unknown_series"  # the city keeps that series
    assert [line.policy.place for line in policies_of(county, MORNING)] == [COUNTY]
    assert reach(department, MORNING) == (5, 10) and reach(an_actor(Role.DEPARTMENT, "140106"), MORNING) == (0, 0)


def test_the_measure_names_its_rows_and_its_time(department):
    told(department, put(department), 10, 4)
    reading = paid_of_eligible(department, after(7))
    assert (reading.numerator, reading.denominator, reading.as_of) == (4, 10, after(7))
    assert reading.rows_url.endswith("/policies/")
