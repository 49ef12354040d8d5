"""The life of disputes, played at random against the rules, and the three measures against counts by hand."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.disputes.actions import DisputeIn, file_dispute, reach_both_sides, settle
from hucheng.stability.disputes.measures import first_contact_2d, over_30_days, settled_without_court
from hucheng.stability.disputes.models import Dispute
from hucheng.stability.disputes.queries import contact_due, open_disputes, settled_disputes
from hucheng.stability.testing import clerk, department, refused

pytestmark = pytest.mark.django_db
Settled = Dispute.Settled
GROUPS = (("一家餐馆", "员工"), ("一家餐馆", "供货商"), ("砖厂", "员工"))


@pytest.fixture(autouse=True)
def city():
    a_city()


def filed(at=MORNING, place=COUNTY, actor=None, **changes):
    usual = {"kind": Dispute.Kind.LABOUR, "firm": "一家餐馆", "other_side": "员工", "cause": "工资"}
    return file_dispute(actor=actor or clerk(place), place=place, given=DisputeIn(**(usual | changes)), at=at)


@dataclass
class Known:
    """What a good register would know of one dispute."""

    group: int
    filed: int
    repeats: "Known | None"
    contacted: int | None = None
    settled: int | None = None
    how: str = ""


class Register:
    """A memory beside the database: days since the morning, one act a day."""

    def __init__(self):
        self.rows, self.day = {}, 0

    @property
    def at(self):
        return after(0, days=self.day)

    def play(self, act, which, how, days):
        self.day += days
        if act == "file":
            self.file(which % len(GROUPS))
        elif self.rows:
            pk = list(self.rows)[which % len(self.rows)]
            self.change(act, pk, self.rows[pk], how)

    def file(self, group):
        mine = [row for row in self.rows.values() if row.group == group]
        firm, other = GROUPS[group]
        try:
            made = filed(self.at, firm=firm, other_side=other)
        except Refusal as no:
            assert no.code == "dispute_open" and any(row.settled is None for row in mine)
            return
        assert all(row.settled is not None for row in mine)
        before = max(mine, key=lambda row: row.settled, default=None)
        assert (made.repeats_id and self.rows[made.repeats_id].settled) == (before and before.settled)
        self.rows[made.pk] = Known(group, self.day, before)

    def change(self, act, pk, row, how):
        wanted = "dispute_settled" if row.settled is not None else ""
        if not wanted and act == "settle" and how == Settled.MEDIATED and row.contacted is None:
            wanted = "nobody_reached"
        try:
            if act == "reach":
                reach_both_sides(actor=clerk(), dispute_id=pk, at=self.at)
                row.contacted = self.day if row.contacted is None else row.contacted
            else:
                settle(actor=clerk(), dispute_id=pk, how=how, at=self.at)
                row.settled, row.how = self.day, how
            assert not wanted
        except Refusal as no:
            assert no.code == wanted


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["file", "file", "reach", "settle"]), st.integers(0, 9), st.sampled_from(Settled),
        st.integers(0, 12),
    ),
    max_size=14,
)  # fmt: skip


def share(hits, judged):
    return sum(hits), sum(judged)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, day=st.integers(0, 120))
def test_disputes_live_by_their_rules_and_measures_count_what_was_so(acts, day):
    with transaction.atomic():
        register = Register()
        for act in acts:
            register.play(*act)
        rows = register.rows.values()
        assert {pk for pk, row in register.rows.items() if row.settled is None} == {
            line.dispute.pk for line in open_disputes(department(), register.at)
        }
        at = after(0, days=day)
        known = [row for row in rows if row.filed <= day]
        reading = over_30_days(department(), at)
        still = [row for row in known if row.settled is None or row.settled > day]
        assert reading.value == (sum(day - row.filed > 30 for row in still) if known else None)
        reached = [(row, row.contacted is not None and row.contacted <= day) for row in known]
        due = [done or at > contact_due(after(0, days=row.filed)) for row, done in reached]
        timely = [
            done and after(0, days=row.contacted) <= contact_due(after(0, days=row.filed)) for row, done in reached
        ]
        reading = first_contact_2d(department(), at)
        assert (reading.numerator, reading.denominator) == share(timely, due)
        over = [row for row in rows if row.settled is not None and row.settled <= day]
        reading = settled_without_court(department(), at)
        assert (reading.numerator, reading.denominator) == (sum(row.how != "court" for row in over), len(over))
        transaction.set_rollback(True)


@given(st.integers(0, 40 * 24 * 60))
def test_the_time_for_contact_ends_with_the_second_working_day_of_a_count_by_hand(minutes):
    filed_at = after(minutes)
    day, working = filed_at.astimezone(SHANGHAI).date(), 0
    while working < 2:
        day += timedelta(days=1)
        working += day.isoweekday() not in (6, 7)
    due = contact_due(filed_at)
    assert due.date() == day and (due + timedelta(microseconds=1)).date() == day + timedelta(days=1)


def test_words_are_kept_without_the_space_around_and_between_them():
    made = filed(firm="  一家   餐馆 ", other_side="38\t名 员工", cause=" 工资\n拖欠 ", policy="  staged return ")
    assert (made.firm, made.other_side, made.cause, made.policy) == (
        "一家 餐馆", "38 名 员工", "工资 拖欠", "staged return",
    )  # fmt: skip
    refused("dispute_open", filed, firm="一家 餐馆", other_side="38 名 员工")


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True), ({"cause": "加班"}, True), ({"people": 99}, True), ({"kind": Dispute.Kind.DEBT}, False),
        ({"firm": "砖厂"}, False), ({"other_side": "房东"}, False), ({"place": OTHER_COUNTY}, False),
    ],
)  # fmt: skip
def test_a_group_is_known_by_county_kind_and_both_sides(changes, same):
    filed()
    if same:
        refused("dispute_open", filed, **changes)
    else:
        assert filed(**changes).repeats is None and Dispute.objects.count() == 2


def test_a_chain_of_repeats_names_the_last_one_before():
    made = []
    for day in range(3):
        made.append(filed(after(0, days=day)))
        settle(actor=clerk(), dispute_id=made[-1].pk, how=Settled.WITHDRAWN, at=after(60, days=day))
    assert [one.repeats for one in made] == [None, made[0], made[1]]
    assert list(settled_disputes(clerk())) == made[::-1]


@pytest.mark.parametrize(
    ("filed_at", "contacted_at", "goes_in"),
    [(-10, -10, True), (-10, 0, True), (0, 0, True), (-10, -11, False), (-10, 1, False), (1, None, False),
     (None, -1, False), (None, 0, True)],
)  # fmt: skip
def test_times_of_a_paper_lie_in_their_order_and_in_the_past(filed_at, contacted_at, goes_in):
    times = {"filed_at": filed_at, "contacted_at": contacted_at}
    times = {name: after(minute) for name, minute in times.items() if minute is not None}
    if goes_in:
        assert filed(**times).contacted_at == times.get("contacted_at")
    else:
        refused("dispute_times", filed, **times)
        assert not Dispute.objects.exists()


def test_the_policy_too_names_nobody():
    refused("personal_number", filed, policy="承诺书 13812345678")
    refused("personal_name", filed, other_side="我叫某某")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNTY, Role.DEPARTMENT, Role.SYSTEM}))
def test_nobody_but_county_and_department_files_reaches_or_settles(role):
    dispute, actor = filed(), an_actor(role, unit="x")
    refused("role_may_not", filed, actor=actor, other_side="房东")
    refused("role_may_not", reach_both_sides, actor=actor, dispute_id=dispute.pk, at=after(5))
    refused("role_may_not", settle, actor=actor, dispute_id=dispute.pk, how=Settled.COURT, at=after(5))
    dispute.refresh_from_db()
    assert dispute.contacted_at is dispute.settled_at is None and Dispute.objects.count() == 1


def test_a_dispute_that_is_not_there_is_not_found():
    for act, extra in ((reach_both_sides, {}), (settle, {"how": Settled.COURT})):
        with pytest.raises(Http404):
            act(actor=department(), dispute_id=uuid4(), at=after(5), **extra)
    with pytest.raises(Http404):
        filed(place="110105", actor=department())


@pytest.mark.parametrize(("days", "whole", "long"), [(29.99, 29, False), (30.99, 30, False), (31, 31, True)])
def test_whole_days_are_shown_and_long_is_more_than_thirty(days, whole, long):
    filed()
    (line,) = open_disputes(clerk(), after(0, days=days))
    assert (line.days, line.long) == (whole, long)


def test_open_disputes_are_read_at_once_oldest_first(django_assert_num_queries):
    young, old = filed(after(9)), filed(after(1), other_side="房东")
    actor = department()
    with django_assert_num_queries(1):
        lines = open_disputes(actor, after(60))
        assert [line.dispute for line in lines] == [old, young] and lines[0].dispute.repeats is None
    assert open_disputes(actor, after(0)) == [] and settled_disputes(actor).count() == 0


@pytest.mark.parametrize(
    "change",
    [{"firm": "别家"}, {"other_side": "别人"}, {"cause": "别的"}, {"kind": "debt"}, {"filed_at": after(9)}],
    ids=str,
)
def test_the_database_keeps_a_dispute_as_it_was_filed(change):
    filed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Dispute.objects.update(**change)
