"""Targets in versions, and each series beside its target as both were known on a day."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.economy.indicators.models import Indicator
from hucheng.economy.outlook.actions import TargetIn, adopt_targets
from hucheng.economy.outlook.models import Target, TargetVersion
from hucheng.economy.outlook.queries import in_force, tracker, versions_of
from hucheng.economy.policies.actions import PolicyIn, publish_policy
from hucheng.economy.testing import TODAY, a_department, a_draft, a_value, published

pytestmark = pytest.mark.django_db
ADOPTED, DRAFT = TargetVersion.State.ADOPTED, TargetVersion.State.DRAFT


@pytest.fixture
def department():
    return a_department()


def adopt(actor, at=MORNING, **fields):
    usual = {
        "year": 2020,
        "state": ADOPTED,
        "dated_on": date(2020, 3, 20),
        "ground": "the congress",
        "document": "work report",
        "targets": [TargetIn("gdp", Decimal(7), Target.Relation.ABOUT), TargetIn("industry", Decimal("7.5"))],
    }
    return adopt_targets(actor=actor, at=at, **(usual | fields))


def test_a_draft_and_what_was_adopted_are_two_versions_and_both_stand(department):
    draft, adopted = a_draft(department, gdp="7"), adopt(department)
    assert (draft.number, adopted.number) == (1, 2) and draft.targets.count() == 1
    assert versions_of(department, 2020, TODAY) == [draft, adopted]
    assert AuditLine.objects.filter(act="economy.outlook.adopt_targets", refused="").count() == 2


def test_what_counts_is_the_last_adopted_version_even_behind_a_later_draft(department):
    draft, adopted = a_draft(department, gdp="7"), adopt(department)
    later = adopt(department, state=DRAFT, dated_on=TODAY, targets=[TargetIn("gdp", Decimal(3))])
    assert in_force([draft]) == draft and in_force([draft, adopted, later]) == adopted and in_force([]) is None


def test_a_version_is_known_from_its_date(department):
    a_draft(department, gdp="7")
    adopt(department)
    assert len(versions_of(department, 2020, date(2020, 3, 17))) == 0
    assert len(versions_of(department, 2020, date(2020, 3, 19))) == 1
    assert tracker(department, date(2020, 3, 19)).version.state == DRAFT


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"document": " "}, "adopted_without_document"),
        ({"ground": ""}, "targets_without_ground"),
        ({"dated_on": date(2020, 3, 22)}, "targets_to_come"),
        ({"dated_on": date(2020, 3, 17)}, "targets_older_than_known"),
        ({"targets": []}, "targets_unclear"),
        ({"targets": [TargetIn("gdp", Decimal(7)), TargetIn("gdp", Decimal(6))]}, "targets_unclear"),
        ({"targets": [TargetIn("steel", Decimal(7))]}, "unknown_series"),
        ({"state": DRAFT, "targets": [TargetIn("gdp", Decimal(7))]}, "same_targets"),
    ],
)
def test_a_version_that_cannot_stand_is_refused(department, fields, code):
    a_draft(department, gdp="7")
    with pytest.raises(Refusal) as refused:
        adopt(department, **fields)
    assert refused.value.code == code and TargetVersion.objects.count() == 1


@pytest.mark.parametrize("actor", [(Role.LEADING_GROUP, "140100"), (Role.COUNTY, COUNTY)])
def test_only_keepers_set_targets(department, actor):
    with pytest.raises(Refusal) as refused:
        adopt(an_actor(*actor))
    assert refused.value.code == "role_may_not"


def test_another_place_sees_no_version_and_has_no_such_series(department):
    adopt(department)
    stranger = an_actor(Role.DEPARTMENT, COUNTY)
    assert versions_of(stranger, 2020, TODAY) == [] and tracker(stranger, TODAY).lines == []
    with pytest.raises(Refusal) as refused:
        adopt(stranger)
    assert refused.value.code == "unknown_series"


def test_the_database_itself_wants_the_document_and_lets_nothing_change(department):
    version = adopt(department)
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetVersion.objects.create(
            place="140100", year=2020, number=9, state="adopted", dated_on=TODAY, ground="x", recorded_at=MORNING
        )
    for rows in (TargetVersion.objects.all(), Target.objects.all()):
        field = "ground" if rows.model is TargetVersion else "value"
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{field: "9"})
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetVersion.objects.create(
            place="140100", year=2020, number=version.number, state="draft", dated_on=TODAY, ground="x",
            recorded_at=MORNING,
        )  # fmt: skip


def line_of(told, code):
    return next(line for line in told.lines if line.indicator.code == code)


def test_a_line_shows_gap_state_and_the_pace_to_both_ends(department):
    adopt(department)
    published(department, a_value("industry", "2020M02", "-11.9", date(2020, 3, 20)))
    line = line_of(tracker(department, TODAY), "industry")
    assert line.gap == Decimal("-19.4") and line.short_by == pytest.approx(19.4) and line.kind == "bad"
    assert line.to_quarter.needed == pytest.approx(44.42, abs=0.01) and line.to_year.until == date(2020, 12, 31)
    assert line.trend == [-11.9] and line.beyond_history


def test_a_target_without_a_value_of_this_year_is_blind_and_asks_the_target_itself(department):
    adopt(department)
    published(department, a_value("gdp", "2019", "6.6", date(2020, 1, 22)))
    line = line_of(tracker(department, TODAY), "gdp")
    assert line.kind == "blind" and line.gap is None and line.latest is None and line.last.value == Decimal("6.6")
    assert line.to_year.needed == 7.0 and line.beyond_history


def test_a_ceiling_is_kept_from_below(department):
    aims = [TargetIn("cpi", Decimal("3.5"), Target.Relation.AT_MOST)]
    adopt(department, targets=aims)
    published(department, a_value("cpi", "2020M02", "5.2", date(2020, 3, 10)))
    line = line_of(tracker(department, TODAY), "cpi")
    assert line.kind == "bad" and line.to_year is None and line.short_by == pytest.approx(1.7)
    assert Target(value=Decimal("3.5"), relation="<=").reached_by(3.5)
    assert not Target(value=Decimal("3.5"), relation=">=").reached_by(3.4)
    assert Target(value=Decimal(7), relation="about").reached_by(7.0)


def test_the_tracker_counts_what_is_reached_and_names_the_furthest_below(department):
    adopt(department, targets=[TargetIn(code, Decimal(7)) for code in ("industry", "retail", "investment", "revenue")])
    day = date(2020, 3, 20)
    values = {"industry": "-11.9", "retail": "-22.7", "investment": "9"}
    published(department, *(a_value(code, "2020M02", value, day) for code, value in values.items()))
    told = tracker(department, TODAY)
    assert (len(told.aimed), told.readable, told.reached) == (4, 3, 1)
    assert told.worst.indicator.code == "retail" == told.lowest.indicator.code
    assert [line.target is None for line in told.lines] == sorted(line.target is None for line in told.lines)


def test_series_of_nation_and_province_stand_beside_and_are_not_judged(department):
    published(department, a_value("cpi-china", "2020M02", "5.2", date(2020, 3, 10)))
    told = tracker(department, TODAY)
    assert [line.indicator.code for line in told.context] == ["cpi-china"]
    assert all(line.indicator.area == "140100" for line in told.lines)


def test_relief_that_runs_stands_beside_the_series_it_should_move(department):
    policy = PolicyIn("减免", "Relief", ["small"], TODAY, date(2020, 6, 30), "doc", "TY-FIN", "retail")
    made = publish_policy(actor=department, policy=policy, at=MORNING)
    assert line_of(tracker(department, TODAY), "retail").policies == [made]
    assert line_of(tracker(department, date(2020, 7, 1)), "retail").policies == []
    assert line_of(tracker(department, date(2020, 3, 20)), "retail").policies == []


def test_the_tracker_of_a_day_knows_no_later_value(department):
    adopt(department, dated_on=date(2020, 3, 18))
    published(department, a_value("industry", "2020M02", "-11.9", date(2020, 3, 20)))
    assert line_of(tracker(department, date(2020, 3, 19)), "industry").latest is None


def test_more_series_and_values_ask_no_more_queries(department, django_assert_num_queries):
    adopt(department)
    with django_assert_num_queries(6):
        tracker(department, TODAY)
    values = [
        a_value(code, f"{year}M12", "6", date(year + 1, 1, 22))
        for code in ("industry", "retail")
        for year in range(2000, 2019)
    ]
    published(department, *values, at=after(5))
    assert Indicator.objects.count() > 2
    with django_assert_num_queries(6):
        tracker(department, TODAY)
