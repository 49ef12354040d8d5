"""The tracker line by line: gap, kind and pace of each kind of series and relation, found again by plain arithmetic."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.economy.indicators.models import Indicator, Vintage
from hucheng.economy.indicators.periods import month_end
from hucheng.economy.outlook.actions import TargetIn, adopt_targets
from hucheng.economy.outlook.models import Target, TargetVersion
from hucheng.economy.outlook.pace import needed_growth, paces, share_of_base
from hucheng.economy.outlook.queries import TrackerLine, in_force, tracker, versions_of
from hucheng.economy.testing import TODAY, a_department, a_draft, a_value, published

pytestmark = pytest.mark.django_db
ADOPTED, DRAFT = TargetVersion.State.ADOPTED, TargetVersion.State.DRAFT
Relation = Target.Relation
LATE = after(days=400)


@pytest.fixture
def department():
    return a_department()


def adopt(actor, *aims, at=LATE, **fields):
    usual = {"year": 2020, "state": ADOPTED, "dated_on": date(2020, 3, 20), "ground": "congress", "document": "report"}
    return adopt_targets(actor=actor, targets=list(aims), at=at, **usual | fields)


def aim(code, value="7", relation=Relation.EXACTLY):
    return TargetIn(code, Decimal(value), relation)


def line_of(actor, code, day=TODAY):
    (found,) = [line for line in tracker(actor, day).lines if line.indicator.code == code]
    return found


def a_line(value, target, relation=Relation.EXACTLY, kind="growth"):
    indicator = Indicator(code="x", kind=kind, period="month")
    wanted = Target(value=Decimal(target), relation=relation) if target is not None else None
    latest = Vintage(indicator=indicator, value=Decimal(value)) if value is not None else None
    return TrackerLine(indicator, wanted, latest, latest, False, [], None, None, None, [])


@pytest.mark.parametrize(
    ("value", "target", "relation", "kind", "short_by"),
    [
        ("7", "7", Relation.EXACTLY, "ok", 0),
        ("6.9999", "7", Relation.EXACTLY, "bad", 0.0001),
        ("7", "7", Relation.ABOUT, "ok", 0),
        ("6.9", "7", Relation.ABOUT, "bad", 0.1),
        ("7", "7", Relation.AT_LEAST, "ok", 0),
        ("-3", "7", Relation.AT_LEAST, "bad", 10),
        ("3.5", "3.5", Relation.AT_MOST, "ok", 0),
        ("3.6", "3.5", Relation.AT_MOST, "bad", 0.1),
        ("-1", "3.5", Relation.AT_MOST, "ok", 0),
        (None, "7", Relation.EXACTLY, "blind", 0),
        ("7", None, Relation.EXACTLY, "info", 0),
        (None, None, Relation.EXACTLY, "info", 0),
    ],
)
def test_a_line_is_met_behind_blind_or_without_a_target(value, target, relation, kind, short_by):
    line = a_line(value, target, relation)
    assert line.kind == kind and line.short_by == pytest.approx(short_by)
    assert line.gap == (Decimal(value) - Decimal(target) if value and target else None)


@given(st.decimals(-100, 100, places=1), st.decimals(-100, 100, places=1), st.sampled_from(list(Relation)))
def test_what_is_reached_is_short_by_nothing_and_what_is_not_by_the_gap(value, target, relation):
    line = a_line(value, target, relation)
    reached = value <= target if relation == Relation.AT_MOST else value >= target
    assert line.short_by == pytest.approx(0 if reached else abs(float(value - target)))
    assert (line.kind == "ok") == reached


CODES = ["industry", "retail", "investment", "revenue"]
NUMBERS = st.dictionaries(st.sampled_from(CODES), st.integers(-30, 20))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(NUMBERS, NUMBERS)
def test_the_counts_of_the_tracker_are_plain_counts(department, aims, values):
    with transaction.atomic():
        if aims:
            adopt(department, *(aim(code, str(value)) for code, value in aims.items()))
        day = date(2020, 3, 20)
        published(department, *(a_value(code, "2020M02", str(value), day) for code, value in values.items()))
        told = tracker(department, TODAY)
        both = aims.keys() & values.keys()
        assert [line.indicator.code for line in told.aimed] == sorted(both) + sorted(aims.keys() - both)
        assert (told.readable, told.reached) == (len(both), sum(values[code] >= aims[code] for code in both))
        behind = {code: aims[code] - values[code] for code in both if values[code] < aims[code]}
        assert (told.worst and told.worst.short_by) == (max(behind.values()) if behind else None)
        assert (told.lowest and told.lowest.latest.value) == (min(values.values()) if values else None)
        assert {line.indicator.code for line in told.told} == aims.keys() | values.keys()
        assert len(told.told) + len(told.silent) == len(told.lines) == 12
        transaction.set_rollback(True)


def test_the_value_of_last_year_is_shown_and_not_judged(department):
    adopt(department, aim("industry"))
    published(department, a_value("industry", "2019M12", "6.6", date(2020, 1, 22)))
    line = line_of(department, "industry")
    assert (line.kind, line.latest, line.last.value) == ("blind", None, Decimal("6.6"))
    assert line.to_year.needed == 7 and (line.to_quarter.until, line.to_quarter.needed) == (date(2020, 3, 31), 7)
    assert tracker(department, TODAY).lowest is None


def test_a_new_year_begins_without_targets_and_without_a_value(department):
    adopt(department, aim("industry"))
    published(department, a_value("industry", "2020M12", "3.2", date(2021, 1, 22)), at=LATE)
    told = tracker(department, date(2021, 1, 22))
    assert (told.year, told.version, told.aimed, told.lowest) == (2021, None, [], None)
    line = line_of(department, "industry", date(2021, 1, 22))
    assert (line.kind, line.last.value, line.to_year) == ("info", Decimal("3.2"), None)


@pytest.mark.parametrize(
    ("period", "published_on", "quarter", "days"),
    [
        ("2020M02", date(2020, 3, 20), (date(2020, 3, 31), 31), 306),
        ("2020M03", date(2020, 4, 20), (date(2020, 6, 30), 91), 275),
        ("2020M04", date(2020, 5, 20), (date(2020, 6, 30), 61), 245),
        ("2020M05", date(2020, 6, 20), (date(2020, 6, 30), 30), 214),
        ("2020M06", date(2020, 7, 20), (date(2020, 9, 30), 92), 184),
        ("2020M09", date(2020, 10, 20), (date(2020, 12, 31), 92), 92),
        ("2020M11", date(2020, 12, 20), (date(2020, 12, 31), 31), 31),
    ],
)
def test_the_pace_is_asked_of_the_days_behind_the_last_period(department, period, published_on, quarter, days):
    """Growth of -10 % so far against 7 %: the days of 2019 up to the period weigh what is published."""
    adopt(department, aim("industry"))
    published(department, a_value("industry", period, "-10", published_on), at=LATE)
    line = line_of(department, "industry", published_on)
    assert ((line.to_quarter.until, line.to_quarter.days), line.to_year.days) == (quarter, days)
    so_far = {2: 59, 3: 90, 4: 120, 5: 151, 6: 181, 9: 273, 11: 334}[line.latest.period.month]
    assert line.to_year.needed == pytest.approx((7 * 365 + 10 * so_far) / (365 - so_far))


def test_once_the_year_is_published_nothing_is_needed(department):
    adopt(department, aim("industry"))
    published(department, a_value("industry", "2020M12", "3.2", date(2020, 12, 31)), at=LATE)
    line = line_of(department, "industry", date(2020, 12, 31))
    assert (line.to_quarter, line.to_year, line.kind, line.beyond_history) == (None, None, "bad", False)


def test_a_state_of_the_period_has_a_target_and_no_pace(department):
    adopt(department, aim("urban-unemployment", "4.5", Relation.AT_MOST))
    published(department, a_value("urban-unemployment", "2020Q1", "4.6", date(2020, 4, 20)), at=LATE)
    line = line_of(department, "urban-unemployment", date(2020, 4, 20))
    assert (line.kind, line.to_quarter, line.to_year) == ("bad", None, None)


def test_a_total_asks_so_many_a_day_and_none_once_it_is_reached(department):
    adopt(department, aim("new-urban-jobs", "36600", Relation.AT_LEAST))
    published(department, a_value("new-urban-jobs", "2020M02", "6000", date(2020, 3, 20)))
    line = line_of(department, "new-urban-jobs")
    assert line.to_year.needed == pytest.approx(30_600 / 306) == 100
    assert line.to_quarter.needed == pytest.approx((36_600 * 91 / 366 - 6_000) / 31) and not line.beyond_history
    published(department, a_value("new-urban-jobs", "2020M03", "37000", date(2020, 4, 20)), at=LATE)
    line = line_of(department, "new-urban-jobs", date(2020, 4, 20))
    assert line.kind == "ok" and line.to_year.needed < 0


@pytest.mark.parametrize(("best", "beyond"), [("9.5", True), ("10.6", True), ("10.7", False), ("40", False)])
def test_a_pace_above_everything_ever_published_is_marked(department, best, beyond):
    """-11.9 % after February against 7 % needs (7 x 365 + 11.9 x 59) / 306 = 10.64 % of the rest of the year."""
    adopt(department, aim("industry"))
    published(
        department,
        a_value("industry", "2011M12", best, date(2012, 1, 20)),
        a_value("industry", "2020M02", "-11.9", date(2020, 3, 20)),
    )
    line = line_of(department, "industry")
    assert line.to_year.needed == pytest.approx(10.644, abs=0.001) and line.beyond_history == beyond


def test_the_spark_shows_the_last_twelve_periods_as_known(department):
    for month in range(1, 13):
        published(department, a_value("industry", f"2018M{month:02}", str(month), date(2019, 1, 22)))
    published(department, a_value("industry", "2019M12", "13", date(2020, 1, 22)))
    published(department, a_value("industry", "2019M12", "14", date(2020, 1, 23), "verified"))
    line = line_of(department, "industry")
    assert line.trend == [float(n) for n in (*range(2, 13), 14)] and line.revised
    assert line_of(department, "industry", date(2020, 1, 22)).trend[-1] == 13
    assert not line_of(department, "industry", date(2020, 1, 22)).revised


def test_the_version_in_force_on_a_day_is_the_last_adopted_by_then(department):
    a_draft(department, gdp="8")
    first = adopt(department, aim("gdp", "7"), dated_on=date(2020, 4, 1))
    adopt(department, aim("gdp", "5"), dated_on=date(2020, 6, 1), state=DRAFT)
    second = adopt(department, aim("gdp", "6"), dated_on=date(2020, 6, 1))
    for day, value in ((18, 8), (31, 8)):
        assert line_of(department, "gdp", date(2020, 3, day)).target.value == value
    assert line_of(department, "gdp", date(2020, 3, 17)).target is None
    assert tracker(department, date(2020, 5, 31)).version == first
    assert (
        tracker(department, date(2020, 6, 1)).version == second == in_force(versions_of(department, 2020, LATE.date()))
    )


def test_targets_of_another_year_stand_by_themselves(department):
    adopt(department, aim("gdp", "7"))
    later = adopt(department, aim("gdp", "6"), year=2021, dated_on=date(2021, 2, 1))
    assert later.number == 1 and versions_of(department, 2021, date(2021, 1, 31)) == []
    assert line_of(department, "gdp", date(2020, 12, 31)).target.value == 7
    assert line_of(department, "gdp", date(2021, 2, 1)).target.value == 6


@pytest.mark.parametrize(
    ("aims", "fields"),
    [
        ([aim("gdp", "7")], {"state": DRAFT}),
        ([aim("gdp", "7")], {"year": 2021}),
        ([aim("gdp", "7.0001")], {}),
        ([aim("gdp", "7", Relation.ABOUT)], {}),
        ([aim("gdp", "7"), aim("retail", "7")], {}),
        ([aim("retail", "7")], {}),
    ],
)
def test_a_version_that_differs_in_anything_is_the_next_one(department, aims, fields):
    adopt(department, aim("gdp", "7"))
    adopt(department, *aims, **fields)
    assert TargetVersion.objects.count() == 2


@pytest.mark.parametrize("again", [{}, {"ground": "another"}, {"document": "another"}, {"dated_on": date(2020, 4, 1)}])
def test_the_same_targets_in_the_same_state_are_no_new_version(department, again):
    adopt(department, aim("gdp", "7"))
    with pytest.raises(Refusal) as no:
        adopt(department, aim("gdp", "7.00004"), **again)
    assert no.value.code == "same_targets" and TargetVersion.objects.count() == 1
    assert AuditLine.objects.filter(act="economy.outlook.adopt_targets", refused="same_targets").count() == 1


def test_an_unknown_series_is_named_and_nothing_of_the_version_is_kept(department):
    with pytest.raises(Refusal) as no:
        adopt(department, aim("gdp"), aim("steel"), aim("coal"))
    assert no.value.code == "unknown_series" and "steel, coal" in str(no.value.why)
    assert not TargetVersion.objects.exists() and not Target.objects.exists()


def test_words_of_a_version_are_kept_without_blanks_and_cut(department):
    made = adopt(department, aim("gdp"), ground=" " + "g" * 400, document=" " + "d" * 300)
    assert (made.ground, made.document) == ("g" * 300, "d" * 200) and made.recorded_by_id == department.user_id


@pytest.mark.parametrize(
    ("dated_on", "minutes", "taken"),
    [(TODAY, 0, True), (date(2020, 3, 22), 16 * 60 - 1, False), (date(2020, 3, 22), 960, True)],
)
def test_targets_may_be_dated_up_to_the_day_in_the_city(department, dated_on, minutes, taken):
    if taken:
        assert adopt(department, aim("gdp"), dated_on=dated_on, at=after(minutes)).dated_on == dated_on
        return
    with pytest.raises(Refusal) as no:
        adopt(department, aim("gdp"), dated_on=dated_on, at=after(minutes))
    assert no.value.code == "targets_to_come"


def test_readers_see_the_tracker_of_their_place_alone(department):
    adopt(department, aim("gdp"))
    published(department, a_value("industry", "2020M02", "-11.9", date(2020, 3, 20)))
    assert tracker(an_actor(Role.LEADING_GROUP), TODAY).version is not None
    for place in (COUNTY, "110000"):
        told = tracker(an_actor(Role.LEADING_GROUP, place), TODAY)
        assert (told.version, told.lines, told.context, told.worst, told.readable) == (None, [], [], None, 0)


@given(st.integers(2001, 2099), st.integers(1, 11), st.floats(-50, 50), st.floats(-50, 50))
def test_the_pace_to_the_year_is_the_one_formula_at_the_share_that_is_published(year, month, so_far, target):
    end = month_end(year, month)
    _quarter, whole = paces(growth=True, so_far=so_far, target=target, published_to=end, today=end)
    share = (month_end(year - 1, month) - date(year - 2, 12, 31)).days / (366 if (year - 1) % 4 == 0 else 365)
    assert share_of_base(end, date(year, 12, 31)) == pytest.approx(share)
    assert whole.needed == pytest.approx(needed_growth(so_far, target, share))


@pytest.mark.parametrize("recorded", [MORNING, LATE])
def test_a_version_keeps_when_it_was_recorded_beside_its_date(department, recorded):
    made = adopt(department, aim("gdp"), at=recorded)
    assert (made.recorded_at, made.dated_on) == (recorded, date(2020, 3, 20))
