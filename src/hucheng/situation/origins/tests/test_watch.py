"""The watch list: on and off with reasons, proposals from flights, the measure of freshness."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.measures import read
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.situation.countries.figures import Way
from hucheng.situation.origins.actions import end_watch, note_origin, watch
from hucheng.situation.origins.models import Origin, Watch
from hucheng.situation.origins.queries import ended_watches, proposals, summary, watch_list
from hucheng.situation.testing import TODAY, a_series, a_watch

pytestmark = pytest.mark.django_db
GROWING = [0] + [n * 10 for n in range(1, 8)] + [70 + n * 20 for n in range(1, 8)]


def lines(at=MORNING):
    return watch_list(an_actor(Role.ENTRY), at)


def seen_from(airport, *, at=MORNING, place="140100"):
    return note_origin(actor=an_actor(Role.ENTRY, place), airport=airport, at=at)


def test_a_watched_country_stands_with_author_reason_and_day():
    made = a_watch()
    (line,) = lines()
    assert (line.watch.pk, line.watch.reason, line.watch.since) == (made.pk, "flights", TODAY)
    assert line.watch.watched_by_id and AuditLine.objects.get().act == "situation.origins.watch"


def test_a_country_is_watched_once_at_a_time_and_again_after_it_ended():
    first = a_watch()
    with pytest.raises(Refusal) as no:
        a_watch()
    assert no.value.code == "watched_already"
    end_watch(actor=an_actor(Role.COMMAND_OFFICE), watch_id=first.pk, why="no more flights", at=after(days=3))
    a_watch(at=after(days=4))
    assert Watch.objects.count() == 2 and len(lines(after(days=4))) == 1
    (ended,) = ended_watches(an_actor(Role.ENTRY), after(days=4))
    assert ended.until == TODAY + timedelta(days=3) and ended.why_ended == "no more flights"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"country": "XX"}, "country_unknown"),
        ({"reason": "  "}, "reason_missing"),
        ({"actor": Actor(None, "140100", Role.ENTRY)}, "role_may_not"),
    ],
)
def test_a_watch_without_ground_is_refused(given, code):
    usual = {"actor": an_actor(Role.DEPARTMENT), "country": "CA", "reason": "flights", "at": MORNING}
    with pytest.raises(Refusal) as no:
        watch(**(usual | given))
    assert no.value.code == code and not Watch.objects.exists()


def test_a_watch_ends_with_a_reason_once_and_by_its_own_place():
    made = a_watch()
    keeper = an_actor(Role.DEPARTMENT)
    with pytest.raises(Refusal) as no:
        end_watch(actor=keeper, watch_id=made.pk, why="", at=after(5))
    assert no.value.code == "reason_missing"
    with pytest.raises(Http404):
        end_watch(actor=an_actor(Role.DEPARTMENT, COUNTY), watch_id=made.pk, why="x", at=after(5))
    end_watch(actor=keeper, watch_id=made.pk, why="x", at=after(5))
    with pytest.raises(Http404):
        end_watch(actor=keeper, watch_id=made.pk, why="again", at=after(6))


@pytest.mark.parametrize("change", [{"country": "FR"}, {"reason": "other"}, {"since": TODAY - timedelta(days=9)}])
def test_the_database_lets_a_watch_change_only_by_ending(change):
    made = a_watch()
    with pytest.raises(IntegrityError), transaction.atomic():
        Watch.objects.filter(pk=made.pk).update(**change)


def test_the_database_keeps_an_ended_watch_ended():
    made = a_watch()
    end_watch(actor=an_actor(Role.DEPARTMENT), watch_id=made.pk, why="x", at=after(5))
    with pytest.raises(IntegrityError), transaction.atomic():
        Watch.objects.update(ended_at=None, until=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Watch.objects.create(
            place="140100", country="FR", reason="r", since=TODAY, watched_at=MORNING, ended_at=MORNING, until=TODAY
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Watch.objects.create(
            place="140100", country="FR", reason="r", since=TODAY, watched_at=MORNING, ended_at=MORNING,
            until=TODAY - timedelta(days=1), why_ended="x",
        )  # fmt: skip


def test_the_database_holds_one_open_watch_a_country():
    a_watch()
    with pytest.raises(IntegrityError), transaction.atomic():
        Watch.objects.create(place="140100", country="CA", reason="r", since=TODAY, watched_at=MORNING)


def test_flights_propose_their_country_until_it_is_watched():
    for minute, airport in enumerate(("YYZ", "YVR", "ADD", "YYZ")):
        seen_from(airport, at=after(minute))
    found = proposals(an_actor(Role.DEPARTMENT), after(9))
    assert [(one.country.code, [a.code for a in one.airports]) for one in found] == [
        ("CA", ["YYZ", "YVR"]),
        ("ET", ["ADD"]),
    ]
    a_watch("CA")
    assert [one.country.code for one in proposals(an_actor(Role.DEPARTMENT), after(9))] == ["ET"]
    assert [airport.code for airport in lines(after(9))[0].airports] == ["YYZ", "YVR"]


def test_an_airport_that_nobody_knows_is_not_guessed():
    assert seen_from("QQQ") is None and not Origin.objects.exists()


def test_another_place_proposes_and_watches_nothing_here():
    seen_from("YYZ", place=COUNTY)
    a_watch("CA", actor=an_actor(Role.DEPARTMENT, COUNTY))
    stranger = an_actor(Role.DEPARTMENT, "140123")
    assert proposals(stranger, MORNING) == [] == watch_list(stranger, MORNING)


def test_a_line_says_what_its_series_holds():
    a_watch()
    a_series(GROWING)
    (line,) = lines()
    assert line.last.confirmed == 210 and line.new_week == 140 and line.new_fortnight == 210
    assert line.incidence == pytest.approx(210 / 377.42, rel=1e-3)
    assert line.pace.way == Way.DOUBLING and line.fresh and len(line.trend) == 8


def test_a_country_without_a_series_says_nothing():
    a_watch("ET")
    (line,) = lines()
    assert line.last is None is line.hours is line.incidence and not line.fresh and line.pace.way == Way.UNKNOWN


def test_the_summary_names_the_steepest_and_counts_the_blind():
    for code in ("CA", "RU", "BY"):
        a_watch(code)
    a_series(GROWING)
    a_series([0] * 7 + [100] + [220] * 7, country="RU")
    found = summary(lines())
    assert (found.watched, found.fresh, found.blind) == (3, 2, 1)
    assert found.steepest.country.code == "CA" and found.steepest.pace.days == pytest.approx(7)


@pytest.mark.parametrize(("hours", "share"), [(8, 100), (48, 100), (48.1, 0), (400, 0)])
def test_a_series_is_fresh_for_48_hours_after_the_end_of_its_day(hours, share):
    a_watch()
    a_series([1, 2], last=TODAY - timedelta(days=1))
    midnight = after(-8 * 60)
    found = read("situation.countries.series_fresh", an_actor(Role.DEPARTMENT), midnight + timedelta(hours=hours))
    assert found.value == share


def test_the_measure_counts_watched_countries_without_a_series_as_not_fresh():
    for code in ("CA", "ET", "BY", "RU"):
        a_watch(code)
    a_series([1, 2])
    a_series([1, 2], country="RU")
    found = read("situation.countries.series_fresh", an_actor(Role.DEPARTMENT), after(10))
    assert (found.value, found.numerator, found.denominator) == (50, 2, 4)


def test_the_measure_is_blind_while_nobody_is_watched():
    assert read("situation.countries.series_fresh", an_actor(Role.DEPARTMENT), MORNING).value is None


def test_a_longer_watch_list_asks_no_more_of_the_database(django_assert_num_queries):
    reader = an_actor(Role.ENTRY)
    for code in ("CA", "RU"):
        a_watch(code)
        a_series(GROWING, country=code)
    with django_assert_num_queries(3):
        watch_list(reader, MORNING)
    for code in ("FR", "IT", "DE", "ES", "GB"):
        a_watch(code)
        a_series(GROWING, country=code)
    with django_assert_num_queries(3):
        watch_list(reader, MORNING)
