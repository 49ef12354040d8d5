"""What was known on a day and what was due by then: each answer found again by walking every period one by one."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.clock import SHANGHAI
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, a_city, after, an_actor
from hucheng.economy.indicators.actions import open_series, receive_values
from hucheng.economy.indicators.measures import industry_growth, on_time, retail_growth
from hucheng.economy.indicators.models import Indicator
from hucheng.economy.indicators.periods import before, label, last_period, month_end, period_of, quarter_end
from hucheng.economy.indicators.queries import (
    all_vintages,
    areas_above,
    due_on,
    known_on,
    latest_uploads,
    problems_of,
    series_seen_by,
    upload_seen_by,
)
from hucheng.economy.tables import SERIES, shipped
from hucheng.economy.testing import a_department, a_value, published

pytestmark = pytest.mark.django_db
ON_THE_DATABASE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
DAY = timedelta(days=1)
CALENDAR = {"gdp": "quarter", "industry": "month", "investment": "month", "retail": "month", "revenue": "month"}
"""The series of the city that are due 22 days behind their period."""


@pytest.fixture
def department():
    return a_department()


def the(code):
    return Indicator.objects.get(code=code)


def ends(kind, first, last):
    """Every last day of a period between two days, by walking the days."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    months = [day for day in days if (day + DAY).day == 1]
    return [day for day in months if kind == "month" or day.month % 3 == 0]


@given(st.dates(date(1999, 1, 1), date(2030, 12, 31)), st.sampled_from(["month", "quarter"]))
def test_the_last_period_is_the_last_end_that_a_walk_over_the_days_meets(day, kind):
    walked = ends(kind, day - timedelta(days=200), day)
    assert last_period(day, kind) == walked[-1]
    assert before(walked[-1], kind) == walked[-2]


@pytest.mark.parametrize(
    ("day", "month", "quarter"),
    [
        (date(2020, 1, 1), date(2019, 12, 31), date(2019, 12, 31)),
        (date(2020, 2, 28), date(2020, 1, 31), date(2019, 12, 31)),
        (date(2020, 2, 29), date(2020, 2, 29), date(2019, 12, 31)),
        (date(2020, 3, 30), date(2020, 2, 29), date(2019, 12, 31)),
        (date(2020, 3, 31), date(2020, 3, 31), date(2020, 3, 31)),
        (date(2020, 4, 1), date(2020, 3, 31), date(2020, 3, 31)),
        (date(2020, 12, 30), date(2020, 11, 30), date(2020, 9, 30)),
        (date(2020, 12, 31), date(2020, 12, 31), date(2020, 12, 31)),
        (date(1900, 3, 1), date(1900, 2, 28), date(1899, 12, 31)),
        (date(2000, 3, 1), date(2000, 2, 29), date(1999, 12, 31)),
    ],
)
def test_months_and_quarters_end_at_the_edges_of_years_and_leap_years(day, month, quarter):
    assert (last_period(day, "month"), last_period(day, "quarter")) == (month, quarter)


@given(st.integers(1990, 2100), st.integers(1, 12))
def test_the_end_of_a_month_belongs_to_its_quarter_and_the_day_behind_it_to_the_next_month(year, month):
    end = month_end(year, month)
    assert (end + DAY).day == 1 and end.month == month
    assert quarter_end(end) == quarter_end(date(year, month, 1)) >= end
    assert quarter_end(end).month in (3, 6, 9, 12) and (quarter_end(end) - end).days < 62
    assert label(quarter_end(end), "quarter") == f"{year}Q{(month - 1) // 3 + 1}"


@pytest.mark.parametrize(
    ("text", "month", "quarter"),
    [
        ("2020Q2", date(2020, 6, 30), date(2020, 6, 30)),
        ("2020年第三季度", date(2020, 9, 30), date(2020, 9, 30)),
        ("2020年1-3月", date(2020, 3, 31), date(2020, 3, 31)),
        ("2020年1～11月", date(2020, 11, 30), None),
        ("2020M11", date(2020, 11, 30), None),
        ("2020-12-01", date(2020, 12, 31), date(2020, 12, 31)),
        ("2020年上半年", date(2020, 6, 30), date(2020, 6, 30)),
        ("1900", date(1900, 12, 31), date(1900, 12, 31)),
        ("2200M12", date(2200, 12, 31), date(2200, 12, 31)),
        ("2201M01", None, None),
        ("2020年五季度", None, None),
        ("2020Q0", None, None),
        ("2020-00-01", None, None),
    ],
)
def test_a_written_period_is_read_for_months_and_for_quarters(text, month, quarter):
    assert (period_of(text, "month"), period_of(text, "quarter")) == (month, quarter)


SENT = st.tuples(st.sampled_from(["industry", "cpi"]), st.integers(2, 3), st.integers(0, 12), st.integers(-50, 50))


@ON_THE_DATABASE
@given(st.lists(SENT, min_size=4, max_size=14))
def test_what_was_known_on_any_day_is_the_last_value_published_by_then(department, sent):
    """Values of two months of 2019, each so many days behind its month; the witness keeps a list a period."""
    with transaction.atomic():
        chains = {}
        for code, month, late, value in sent:
            end = month_end(2019, month)
            day = end + late * DAY
            chain = chains.setdefault((code, end), [])
            if not chain or day > chain[-1][0]:
                chain.append((day, Decimal(value)))
                published(department, a_value(code, f"2019M{month}", str(value), day, "revised"))
        changes = {day for chain in chains.values() for day, _value in chain}
        for on in sorted(changes | {day - DAY for day in changes}):
            for one, lines in known_on(department, on, [the("industry"), the("cpi")]).items():
                code = Indicator.objects.get(pk=one).code
                wanted = [
                    (end, known)
                    for (its, end), chain in sorted(chains.items())
                    if its == code and (known := [value for day, value in chain if day <= on])
                ]
                told = [(x.vintage.period, [*(v.value for v in x.earlier), x.vintage.value]) for x in lines]
                assert told == wanted
                revised = [float(known[-1] - known[0]) if len(known) > 1 else None for _end, known in wanted]
                assert [line.revised_by for line in lines] == revised
        transaction.set_rollback(True)


def test_missing_months_leave_no_line_and_move_no_other(department):
    for month in (2, 4, 9):
        published(department, a_value("retail", f"2019M{month}", str(month), date(2019, 12, 31)))
    lines = known_on(department, date(2020, 1, 1), [the("retail")])[the("retail").pk]
    assert [line.vintage.period_label for line in lines] == ["2019M02", "2019M04", "2019M09"]


def test_a_series_without_a_value_has_an_empty_list_and_none_is_asked_of_no_series(department):
    assert known_on(department, date(2020, 3, 21), [the("cpi")]) == {the("cpi").pk: []}
    assert known_on(department, date(2020, 3, 21), []) == {}


def oracle(opened_on, today, came):
    """Series due and series in time, by walking every period of the year before `today`."""
    due = in_time = 0
    for code, kind in CALENDAR.items():
        over = [end for end in ends(kind, today - timedelta(days=400), today) if end + 22 * DAY < today]
        over = [end for end in over if end.month != 1]  # January is published with February
        if over and over[-1] + 22 * DAY >= opened_on:
            due += 1
            in_time += came.get((code, over[-1]), date.max) <= over[-1] + 22 * DAY
    return in_time, due


@ON_THE_DATABASE
@given(
    st.integers(0, 400),
    st.dictionaries(
        st.tuples(st.sampled_from(list(CALENDAR)), st.sampled_from([3, 6, 9, 12])), st.integers(0, 40), max_size=8
    ),
)
def test_what_is_due_on_any_day_is_found_by_walking_every_period(department, ahead, recorded):
    """The series were opened on 21 March 2020; values of 2020 come so many days behind the end of their month."""
    with transaction.atomic():
        at, came = after(days=ahead, minutes=90), {}
        for (code, month), late in sorted(recorded.items(), key=lambda one: (one[0][1], one[1])):
            end = month_end(2020, month)
            when = datetime(end.year, end.month, end.day, 4, tzinfo=UTC) + late * DAY
            published(department, a_value(code, f"2020M{month}", "1", end), at=when)
            if when <= at:
                came[code, end] = end + late * DAY
        assert due_on(department, at) == oracle(MORNING.date(), at.astimezone(SHANGHAI).date(), came)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2020, 3, 22), 0),  # February is due on this very day
        (date(2020, 3, 23), 4),
        (date(2020, 4, 22), 4),  # the first quarter is due on this very day
        (date(2020, 4, 23), 5),
        (date(2021, 2, 22), 5),  # January alone is over: December still counts
        (date(2021, 3, 24), 5),
    ],
)
def test_a_period_is_due_behind_its_twenty_second_day_and_january_never(department, today, due):
    at = datetime(today.year, today.month, today.day, 2, tzinfo=UTC)
    assert due_on(department, at) == (0, due) == oracle(MORNING.date(), today, {})


@pytest.mark.parametrize(("opened", "due"), [(0, 1), (1, 1), (2, 0)])
def test_a_period_that_was_due_before_the_series_was_opened_is_not_counted(opened, due):
    """The day of February is 22 March: one day behind the morning of these tests."""
    a_city()
    department = an_actor(Role.DEPARTMENT)
    rows = [row for row in shipped(SERIES) if row["code"] == "industry"]
    open_series(actor=department, rows=rows, at=after(days=opened))
    assert due_on(department, after(days=5)) == (0, due)
    assert on_time(department, after(days=5)).value == (0 if due else None)
    assert due_on(department, after(days=33)) == (0, 1)


def test_a_revision_in_time_does_not_mend_a_first_value_that_came_late(department):
    late = after(days=3)
    published(department, a_value("industry", "2020M02", "-11.9", date(2020, 3, 20)), at=late)
    published(department, a_value("industry", "2020M02", "-11.5", date(2020, 3, 21), "verified"), at=late)
    assert due_on(department, after(days=4))[0] == 0


def test_a_revision_that_comes_later_does_not_spoil_a_first_value_in_time(department):
    published(department, a_value("industry", "2020M02", "-11.9", date(2020, 3, 20)))
    later = a_value("industry", "2020M02", "-11.5", date(2020, 3, 24), "verified")
    published(department, later, at=after(days=3))
    assert due_on(department, after(days=4)) == (1, 4)


def test_a_value_recorded_later_is_not_in_time_for_an_earlier_reading(department):
    published(department, a_value("industry", "2020M02", "-11.9", date(2020, 3, 20)), at=after(days=1, minutes=600))
    assert due_on(department, after(days=2)) == (1, 4)
    assert on_time(department, after(days=2)).value == 25 and on_time(department, after(days=2)).numerator == 1


def test_another_place_is_owed_nothing(department):
    for place in (COUNTY, "110000"):
        actor = an_actor(Role.LEADING_GROUP, place)
        assert due_on(actor, after(days=40)) == (0, 0) and industry_growth(actor, MORNING).value is None
    assert due_on(an_actor(Role.LEADING_GROUP, "140000"), after(days=40)) == (0, 5)


@pytest.mark.parametrize(("reader", "code"), [(industry_growth, "industry"), (retail_growth, "retail")])
def test_growth_reads_the_last_period_of_the_year_and_when_it_was_recorded(department, reader, code):
    published(department, a_value(code, "2020M02", "-20", date(2020, 3, 20)), at=after(5))
    published(department, a_value(code, "2020M03", "-10", date(2020, 4, 20)), at=after(days=30))
    early, later = reader(department, after(days=29)), reader(department, after(days=31))
    assert (early.value, early.as_of) == (-20, after(5))
    assert (later.value, later.as_of) == (-10, after(days=30)) and str(the(code).pk) in later.rows_url
    assert reader(department, after(days=300)).value is None  # in January 2021 the year has no value yet


def test_all_vintages_stand_by_code_period_and_revision(department):
    day = date(2020, 3, 21)
    published(
        department, a_value("retail", "2019M12", "1", day), a_value("industry", "2020M02", "2", date(2020, 3, 20))
    )
    published(
        department, a_value("industry", "2019M12", "3", day), a_value("industry", "2020M02", "4", day, "verified")
    )
    told = [(v.indicator.code, v.period_label, v.revision) for v in all_vintages(department)]
    assert told == [
        ("industry", "2019M12", 0), ("industry", "2020M02", 0), ("industry", "2020M02", 1), ("retail", "2019M12", 0),
    ]  # fmt: skip
    assert all_vintages(an_actor(Role.DEPARTMENT, COUNTY)) == []


@pytest.mark.parametrize(
    ("place", "areas"),
    [
        ("140100", ["140100", "140000", "000000"]),
        ("140000", ["140000", "000000"]),
        ("000000", ["000000"]),
        ("140105", ["140105", "140000", "000000"]),
    ],
)
def test_a_city_keeps_series_of_itself_its_province_and_the_nation(place, areas):
    a_city()
    assert [one.code for one in areas_above(place)] == areas


def test_series_stand_by_code_for_those_who_see_their_place(department):
    codes = [one.code for one in series_seen_by(department)]
    assert codes == sorted(row["code"] for row in shipped(SERIES))
    assert series_seen_by(an_actor(Role.LEADING_GROUP, "110000")) == []


def send(actor, text, name="values.csv", at=MORNING):
    return receive_values(actor=actor, name=name, data=text.encode(), at=at)


def test_the_last_five_files_are_shown_the_newest_first(department):
    for n in range(6):
        send(department, f"code,period,value,published_on\ncpi,2019M{n + 1},1,2020-03-01\n", f"{n}.csv", after(n))
    assert [one.name for one in latest_uploads(department)] == ["5.csv", "4.csv", "3.csv", "2.csv", "1.csv"]
    assert latest_uploads(an_actor(Role.DEPARTMENT, COUNTY)) == []


def test_the_problems_of_a_file_name_line_field_and_what_stood_there(department):
    rows = "code,period,value,published_on\n\ncpi,2019M01,x,2020-03-01\n\nsteel,2019M01,1,2020-03-01\n"
    told = problems_of(send(department, rows))
    assert [(one.line, one.field, one.value) for one in told] == [(3, "value", "x"), (5, "code", "steel")]


def test_a_file_is_seen_by_its_own_place_alone(department):
    mine = send(department, "code,period,value,published_on\ncpi,2019M01,1,2020-03-01\n")
    assert upload_seen_by(department, mine.pk) == mine
    for actor, asked in ((an_actor(Role.DEPARTMENT, COUNTY), mine.pk), (department, uuid4())):
        with pytest.raises(Http404):
            upload_seen_by(actor, asked)


def test_a_long_name_of_a_file_is_cut_and_its_sender_kept(department):
    made = send(department, "code,period,value,published_on\ncpi,2019M01,1,2020-03-01\n", "v" * 300)
    assert made.name == "v" * 200 and made.received_by_id == department.user_id
