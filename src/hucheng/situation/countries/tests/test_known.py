"""What was known at a time: against a memory of every file that came in, by query, page and API."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core import clock
from hucheng.core.clock import SHANGHAI, frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, a_city, after, an_actor
from hucheng.situation.countries.actions import import_series
from hucheng.situation.countries.figures import Point
from hucheng.situation.countries.known import BEGINNING, known_at, not_later_than_now
from hucheng.situation.countries.models import SeriesPoint
from hucheng.situation.countries.queries import WINDOW, countries_known, revisions_of, series_of
from hucheng.situation.testing import TODAY, Visitor, a_report, a_series, a_table, a_watch, local_counts

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)
HEADS = "date,code,confirmed,deaths,recovered"
FIRST_TIMES = ("0001-01-01T00:00", "0001-01-01T00:00:00+14:00", "1000-06-01T00:00:00Z", "2019-11-30T23:59:59")


@pytest.mark.parametrize("asked", FIRST_TIMES)
def test_a_time_before_the_disease_shows_that_nothing_was_known(client, asked):
    a_city()
    a_watch()
    a_series([1, 2])
    local_counts([1, 2])
    a_report(1)
    visitor = Visitor(client).comes_as(an_actor(Role.ENTRY))
    visitor.at = after(60)
    nothing = {
        "origins": "No country is watched.", "importation": "No imported case is published.",
        "city": "No local count is here",
    }  # fmt: skip
    for name, words in nothing.items():
        assert words in visitor.reads(name, at=asked), name
    assert visitor.opens("country", "CA", at=asked).status_code == 404
    for path in ("series/CA", "watch-list", "cases"):
        assert visitor.asks(path, known_at=asked).json() == [], path


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (None, after(60)),
        (after(59), after(59)),
        (after(60), after(60)),
        (after(61), after(60)),
        (datetime(2020, 3, 21, 8, 30), after(30)),
        (datetime(2020, 3, 21, 9, 30), after(60)),
        (datetime(9999, 12, 31), after(60)),
        (datetime(1, 1, 1), BEGINNING),
        (datetime(2019, 12, 1), BEGINNING),
        (datetime(2019, 12, 1, 0, 1), BEGINNING + timedelta(minutes=1)),
        (datetime(2019, 11, 30, 16, tzinfo=UTC), BEGINNING),
    ],
)
def test_a_time_is_the_citys_and_lies_between_the_beginning_and_now(asked, wanted):
    with frozen_at(after(60)):
        assert not_later_than_now(asked) == wanted


@pytest.mark.parametrize("text", ["", "now", "2020-02-30T08:00", "2020-03-21T25:00", "'; --"])
def test_what_is_no_time_is_now(text):
    with frozen_at(after(60)):
        assert known_at(RequestFactory().get("/", {"at": text})) == clock.now() == after(60)


def test_a_time_of_an_address_is_read_with_and_without_its_offset():
    with frozen_at(after(60)):
        assert known_at(RequestFactory().get("/", {"at": "2020-03-21"})) == after(-480), "a day alone is its midnight"
        for text in ("2020-03-21T08:30", "2020-03-21 08:30:00", "2020-03-21T00:30Z", "2020-03-21T08:30+08:00"):
            assert known_at(RequestFactory().get("/", {"at": text})) == after(30), text


def send(rows, at, heads=HEADS, actor=None):
    return import_series(
        actor=actor or an_actor(Role.DEPARTMENT), name="s.csv", data=a_table(rows, heads), source="commission",
        published_on=TODAY, at=at,
    )  # fmt: skip


ROWS = st.lists(
    st.tuples(
        st.integers(0, 4), st.sampled_from(["CA", "RU"]), st.integers(3, 6), st.sampled_from(["", 0, 1]),
        st.sampled_from(["", 0, 2]),
    ),
    max_size=6, unique_by=lambda row: row[:2],
)  # fmt: skip
"""Rows of one file: days before yesterday, country, confirmed, deaths, recovered."""


class Memory:
    """Every value of each country and day with the minute in which its file came."""

    def __init__(self):
        self.values = {}

    def takes(self, rows, minute):
        """Send the rows in; the file must count them as this memory does."""
        fresh = revised = same = 0
        for back, code, *figures in rows:
            known = self.values.setdefault((code, YESTERDAY - timedelta(days=back)), [])
            figures = tuple(None if one == "" else one for one in figures)
            if known and known[-1][1] == figures:
                same += 1
                continue
            known.append((minute, figures))
            fresh, revised = fresh + (len(known) == 1), revised + (len(known) > 1)
        file = send([(YESTERDAY - timedelta(days=back), *rest) for back, *rest in rows], after(minute))
        assert (file.rows, file.fresh, file.revised, file.same, file.faulty) == (len(rows), fresh, revised, same, 0)

    def known(self, code, minute):
        """Points of a country at a minute."""
        points = []
        for (country, day), values in sorted(self.values.items()):
            by_then = [figures for at, figures in values if at <= minute]
            if country == code and by_then:
                points.append(Point(day, *by_then[-1], TODAY, len(by_then)))
        return points

    def revised(self, code, minute):
        """Days of a country with more than one value by then, newest first."""
        days = {
            day: [f[0] for at, f in values if at <= minute] for (c, day), values in self.values.items() if c == code
        }
        return [(day, values) for day, values in sorted(days.items(), reverse=True) if len(values) > 1]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(ROWS, min_size=1, max_size=4))
def test_series_and_revisions_of_any_minute_are_those_of_every_file_that_had_come(files):
    """NEW-36."""
    with transaction.atomic():
        memory, reader = Memory(), an_actor(Role.ENTRY)
        for minute, rows in enumerate(files):
            memory.takes(rows, minute)
        for minute in range(-1, len(files)):
            found = series_of(reader, ["CA", "RU"], after(minute))
            wanted = {code: memory.known(code, minute) for code in ("CA", "RU")}
            assert found == {code: points for code, points in wanted.items() if points}
            last = {code: points[-1].day for code, points in wanted.items() if points}
            assert countries_known(reader, after(minute)) == last
            for code in ("CA", "RU"):
                shown = revisions_of(reader, code, after(minute))
                told = [(one.day, [value for _day, value in one.values]) for one in shown]
                assert told == memory.revised(code, minute)
        transaction.set_rollback(True)


@pytest.mark.parametrize(("back", "shown"), [(60, True), (61, False), (400, False)])
def test_sixty_days_are_read_and_older_ones_kept(back, shown):
    at = MORNING + timedelta(days=500)
    day = TODAY + timedelta(days=500 - back)
    send([(YESTERDAY, "CA", 5, "", "")], MORNING)
    a_series([1, 2], last=day, at=at)
    found = series_of(an_actor(Role.ENTRY), ["CA"], at).get("CA", [])
    assert (day in {point.day for point in found}) == shown and timedelta(days=60) == WINDOW
    assert SeriesPoint.objects.count() == 3 and countries_known(an_actor(Role.ENTRY), at) == {"CA": max(day, YESTERDAY)}


def test_the_window_begins_with_the_day_of_the_city():
    send([(TODAY - WINDOW, "CA", 5, "", "")], MORNING)
    evening, midnight = after(16 * 60 - 1), after(16 * 60)
    assert series_of(an_actor(Role.ENTRY), ["CA"], evening) and not series_of(an_actor(Role.ENTRY), ["CA"], midnight)


def test_a_revision_names_each_value_with_the_day_it_was_published():
    send([(YESTERDAY, "CA", 5, "", "")], MORNING)
    import_series(
        actor=an_actor(Role.DEPARTMENT), name="s.csv", data=a_table([(YESTERDAY, "CA", 9, "", "")], HEADS),
        source="commission", published_on=TODAY + timedelta(days=1), at=after(0, days=1),
    )  # fmt: skip
    (one,) = revisions_of(an_actor(Role.ENTRY), "CA", after(0, days=1))
    assert (one.day, one.values) == (YESTERDAY, [(TODAY, 5), (TODAY + timedelta(days=1), 9)])


def test_deaths_alone_make_a_new_vintage_and_no_unknown_becomes_zero():
    for minute, deaths in enumerate(("", 0, "", 1)):
        file = send([(YESTERDAY, "CA", 5, deaths, "")], after(minute))
        assert (file.fresh, file.revised) == ((1, 0) if minute == 0 else (0, 1))
    (point,) = series_of(an_actor(Role.ENTRY), ["CA"], after(0))["CA"]
    assert point.deaths is None is point.recovered
    assert series_of(an_actor(Role.ENTRY), ["CA"], after(9))["CA"][0] == Point(YESTERDAY, 5, 1, None, TODAY, 4)


def test_only_countries_asked_for_are_read_in_one_query(django_assert_num_queries):
    reader = an_actor(Role.ENTRY)
    for code in ("CA", "RU", "FR"):
        a_series(range(10), country=code)
    with django_assert_num_queries(1):
        assert set(series_of(reader, ["CA", "FR", "IT"], after(1))) == {"CA", "FR"}
    with django_assert_num_queries(1):
        assert list(countries_known(reader, after(1))) == ["CA", "FR", "RU"]
    assert series_of(reader, [], after(1)) == {}


def test_a_county_keeps_its_own_files_and_another_reads_none():
    clerk = an_actor(Role.DEPARTMENT, COUNTY)
    send([(YESTERDAY, "CA", 5, "", "")], MORNING, actor=clerk)
    assert series_of(clerk, ["CA"], after(1))["CA"][0].confirmed == 5
    assert series_of(an_actor(Role.DEPARTMENT, "140123"), ["CA"], after(1)) == {}


def test_vintages_of_a_county_are_no_part_of_the_series_of_its_city():
    a_series([19, 20])
    for minute, totals in ((1, [1, 3]), (2, [1, 4])):
        a_series(totals, actor=an_actor(Role.DEPARTMENT, COUNTY), at=after(minute))
    a_series([7], country="RU", actor=an_actor(Role.DEPARTMENT, COUNTY), at=after(3))
    for actor, numbers, revised in ((an_actor(Role.ENTRY), [19, 20], 0), (an_actor(Role.ENTRY, COUNTY), [1, 4], 1)):
        assert [point.confirmed for point in series_of(actor, ["CA"], after(5))["CA"]] == numbers
        assert len(revisions_of(actor, "CA", after(5))) == revised
    assert list(countries_known(an_actor(Role.ENTRY), after(5))) == ["CA"]
    assert series_of(SYSTEM, ["CA"], after(5))["CA"][-1].confirmed == 20, "the house reads its own city"


def test_the_beginning_is_the_first_minute_of_december_in_the_city():
    assert datetime(2019, 12, 1, tzinfo=SHANGHAI) == BEGINNING
