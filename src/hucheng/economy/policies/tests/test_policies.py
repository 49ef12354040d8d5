"""Relief: conditions, an end, a document, and how far it has reached."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.economy.policies.actions import PolicyIn, publish_policy, report_reach
from hucheng.economy.policies.measures import paid_of_eligible
from hucheng.economy.policies.models import Policy, PolicyCount
from hucheng.economy.policies.queries import policies_of
from hucheng.economy.testing import TODAY, a_department

pytestmark = pytest.mark.django_db
END = date(2020, 6, 30)
RENT = PolicyIn("减免", "Rent relief", ["small firm", " ", "nobody dismissed"], TODAY, END, "doc 1", "TY-FIN", "retail")


@pytest.fixture
def department():
    return a_department()


def put(actor, at=MORNING, **fields):
    return publish_policy(actor=actor, policy=replace(RENT, **fields), at=at)


def reach(actor, policy, eligible, paid, day=TODAY, reason="", at=MORNING):
    pk = getattr(policy, "pk", policy)
    return report_reach(actor=actor, policy_id=pk, day=day, eligible=eligible, paid=paid, reason=reason, at=at)


def test_relief_is_published_with_conditions_end_and_the_series_it_should_move(department):
    made = put(department)
    assert made.conditions == ["small firm", "nobody dismissed"] and made.indicator.code == "retail"
    assert put(department, name_en="Other", series="").indicator is None
    assert AuditLine.objects.filter(act="economy.policies.publish_policy", refused="").count() == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name_zh": " "}, "policy_incomplete"),
        ({"name_en": ""}, "policy_incomplete"),
        ({"document": ""}, "policy_incomplete"),
        ({"conditions": [" "]}, "policy_incomplete"),
        ({"until": TODAY - timedelta(days=1)}, "policy_ends_early"),
        ({"owner": "NOBODY"}, "owner_unknown"),
        ({"series": "steel"}, "unknown_series"),
    ],
)
def test_relief_that_is_not_whole_is_refused(department, fields, code):
    with pytest.raises(Refusal) as refused:
        put(department, **fields)
    assert refused.value.code == code and not Policy.objects.exists()


def test_reach_is_reported_corrected_and_never_doubled(department):
    policy = put(department)
    first = reach(department, policy, 100, 40)
    assert reach(department, policy, 100, 40) == first
    second = reach(department, policy, 110, 40, reason="ten more firms qualify")
    assert (second.revision, PolicyCount.objects.count()) == (1, 2)
    assert policies_of(department, MORNING)[0].count == second


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"eligible": 10, "paid": 11}, "more_paid_than_eligible"),
        ({"eligible": 10, "paid": 1, "day": TODAY + timedelta(days=1)}, "day_to_come"),
        ({"eligible": 10, "paid": 2}, "correction_without_reason"),
    ],
)
def test_reach_that_cannot_be_is_refused(department, fields, code):
    policy = put(department)
    reach(department, policy, 10, 1)
    with pytest.raises(Refusal) as refused:
        reach(department, policy, **fields)
    assert refused.value.code == code and PolicyCount.objects.count() == 1


def test_the_measure_sums_the_policies_that_run(department):
    assert paid_of_eligible(department, MORNING).value is None
    rent = put(department)
    assert paid_of_eligible(department, MORNING).value is None
    reach(department, rent, 100, 40)
    other = put(department, name_en="Other", until=TODAY)
    reach(department, other, 300, 60)
    assert paid_of_eligible(department, MORNING).value == 25
    assert paid_of_eligible(department, after(days=1)).value == 40  # the other one has ended
    assert [line.running for line in policies_of(department, after(days=1))] == [True, False]


def test_relief_for_nobody_is_blind_and_divides_by_nothing(department):
    reach(department, put(department), 0, 0)
    assert paid_of_eligible(department, MORNING).value is None and policies_of(department, MORNING)[0].share is None


def test_readers_and_strangers_report_nothing(department):
    policy = put(department)
    with pytest.raises(Refusal) as refused:
        reach(an_actor(Role.LEADING_GROUP), policy, 1, 1)
    assert refused.value.code == "role_may_not"
    stranger = an_actor(Role.DEPARTMENT, COUNTY)
    assert policies_of(stranger, MORNING) == []
    for what in (policy, uuid4()):
        with pytest.raises(Http404):
            reach(stranger, what, 1, 1)


def test_the_database_itself_holds_the_rules(department):
    policy = put(department)
    reach(department, policy, 10, 1)
    fields = {"place": "140100", "name_zh": "x", "name_en": "x", "owner": "TY-FIN", "published_at": MORNING}
    attacks = [
        lambda: Policy.objects.create(since=TODAY, until=TODAY - timedelta(days=1), document="d", **fields),
        lambda: Policy.objects.create(since=TODAY, until=TODAY, document="", **fields),
        lambda: Policy.objects.update(name_en="changed"),
        lambda: PolicyCount.objects.update(paid=2),
        lambda: PolicyCount.objects.create(policy=policy, day=TODAY, eligible=1, paid=1, reported_at=MORNING),
        lambda: PolicyCount.objects.create(
            policy=policy, day=TODAY, eligible=1, paid=2, revision=1, reason="x", reported_at=MORNING
        ),
    ]
    for attack in attacks:
        with pytest.raises(IntegrityError), transaction.atomic():
            attack()


def test_more_policies_ask_no_more_queries(department, django_assert_num_queries):
    reach(department, put(department), 10, 1)
    with django_assert_num_queries(3):
        policies_of(department, MORNING)
    for n in range(12):
        reach(department, put(department, name_en=str(n)), 10, 1)
    with django_assert_num_queries(3):
        assert len(policies_of(department, MORNING)) == 13
