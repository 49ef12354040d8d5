"""Counts and their corrections, played at random: what stands at any time, of which area, against a memory."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.measures import read
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.situation.importation.actions import Cases, correct_cases, report_cases
from hucheng.situation.importation.models import CaseReport
from hucheng.situation.importation.queries import Found, counted_area, found, latest_reports, reports
from hucheng.situation.testing import TODAY, a_report, cases, turned_away

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def correct(report, new, *, at=None, actor=None, **given_):
    return correct_cases(
        actor=actor or an_actor(Role.DEPARTMENT), report_id=report.pk, cases=cases(new, **given_), at=at or after(60)
    )


@pytest.mark.parametrize("published", [-2, -3, -30])
def test_a_correction_published_before_the_day_was_over_is_refused(published):
    first = a_report(5)
    days = {"as_of": YESTERDAY - timedelta(days=40), "published_on": TODAY + timedelta(days=published)}
    code = turned_away(correct, report=first, new=4, **days)
    assert code == "day_not_over" and CaseReport.objects.get() == first


def test_area_day_and_flight_stay_whatever_the_correction_says():
    first = a_report(5, flight="HU7976", about="140100")
    moved = {"as_of": YESTERDAY - timedelta(days=9), "about": "140105", "flight": "ET604", "route": "Toronto"}
    second = correct(first, 4, **moved)
    assert (second.as_of, second.about, second.flight) == (YESTERDAY, "140100", "HU7976")
    assert (second.route, second.new, second.corrects) == ("Toronto", 4, first)


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"source": " "}, "source_missing"),
        ({"published_on": TODAY + timedelta(days=1)}, "published_to_come"),
        ({"found_port": 5}, "found_more_than_reported"),
        ({"found_outside": -1}, "found_more_than_reported"),
        ({"new": -1}, "found_more_than_reported"),
        ({"actor": Role.ENTRY}, "role_may_not"),
        ({"actor": Role.LEADING_GROUP}, "role_may_not"),
    ],
)
def test_a_correction_is_held_to_what_a_count_is_held_to(given_, code):
    first = a_report(5)
    told = {"new": 4} | given_
    if "actor" in told:
        told["actor"] = an_actor(told["actor"])
    assert turned_away(correct, report=first, **told) == code
    assert CaseReport.objects.get() == first and AuditLine.objects.latest("at").refused == code


def test_a_count_that_is_not_there_or_was_corrected_is_not_found():
    first = a_report(5)
    correct(first, 4)
    for which in (first.pk, uuid4()):
        with pytest.raises(Http404):
            correct_cases(actor=an_actor(Role.DEPARTMENT), report_id=which, cases=cases(3), at=after(90))
    assert CaseReport.objects.count() == 2


FOUND = st.tuples(*[st.integers(0, 2)] * 5)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("report"), st.sampled_from(["A", "B", ""]), st.integers(0, 2), FOUND),
        st.tuples(st.just("correct"), st.integers(0, 9), st.just(0), FOUND),
    ),
    max_size=12,
)


def told(found_):
    """A count with these many found at the port, in transfer, in quarantine, outside, and not said."""
    names = ("found_port", "found_transfer", "found_quarantine", "found_outside")
    return {"new": sum(found_)} | dict(zip(names, found_[:4], strict=True))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, minute=st.integers(-1, 12), days=st.integers(0, 3))
def test_what_stood_at_any_minute_is_the_last_word_on_each_day_and_flight(acts, minute, days):
    """NEW-36."""
    with transaction.atomic():
        words, rows = {}, []
        for at, (act, which, back, numbers) in enumerate(acts):
            if act == "report":
                key = (YESTERDAY - timedelta(days=back), which)
                given_ = {"as_of": key[0], "flight": which, "at": after(at), **told(numbers)}
                if key in words:
                    assert turned_away(a_report, **given_) == "report_known"
                    continue
                rows.append((key, a_report(**given_)))
                words[key] = [(at, numbers)]
            elif rows:
                key, row = rows.pop(which % len(rows))
                rows.append((key, correct(row, at=after(at), **told(numbers))))
                words[key].append((at, numbers))
        until = YESTERDAY - timedelta(days=days)
        stands = {
            key: [n for at, n in told_ if at <= minute][-1] for key, told_ in words.items() if told_[0][0] <= minute
        }
        shown = {(row.as_of, row.flight): row.new for row in reports(SYSTEM, after(minute))}
        assert shown == {key: sum(numbers) for key, numbers in stands.items()}
        for last, counted in ((None, stands), (until, {key: n for key, n in stands.items() if key[0] <= until})):
            sums = [sum(column) for column in zip(*counted.values(), strict=True)] or [0] * 5
            wanted = Found(sum(sums), *sums[:4])
            assert found(an_actor(Role.ENTRY), after(minute), until=last) == wanted
            assert wanted.unknown == sums[4]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("areas", "place", "counted"),
    [
        ((), "140100", ""),
        (("140000",), "140100", "140000"),
        (("140000", "140100"), "140100", "140100"),
        (("140105",), "140100", ""),
        (("000000", "140105"), "140100", "000000"),
        (("000000", "140000"), "140100", "140000"),
        (("140200", "150000"), "140100", ""),
    ],
)
def test_the_area_that_is_summed_is_the_nearest_that_holds_the_place(areas, place, counted):
    for number, about in enumerate(areas, start=1):
        a_report(number, about=about)
    reader = an_actor(Role.ENTRY, place)
    assert counted_area(reader, MORNING) == counted
    wanted = areas.index(counted) + 1 if counted else 0
    assert found(reader, MORNING).cases == wanted


def test_an_area_is_counted_from_the_minute_it_publishes():
    a_report(25)
    a_report(24, about="140100", at=after(60))
    assert [counted_area(an_actor(Role.ENTRY), after(minute)) for minute in (-1, 0, 59, 60)] == [
        "", "140000", "140000", "140100",
    ]  # fmt: skip


def test_without_an_area_a_count_is_of_the_place_of_its_reporter():
    given_ = Cases(as_of=YESTERDAY, published_on=TODAY, new=2, source="county")
    made = report_cases(actor=an_actor(Role.DEPARTMENT, COUNTY), cases=given_, at=MORNING)
    assert (made.place, made.about, made.flight) == (COUNTY, COUNTY, "")


@pytest.mark.parametrize(
    "other", [{"flight": "ET604"}, {"about": "140100"}, {"as_of": YESTERDAY - timedelta(days=1)}], ids=str
)
def test_another_flight_area_or_day_is_another_count(other):
    a_report(5, flight="HU7976")
    assert turned_away(a_report, new=5, flight="HU7976") == "report_known"
    assert a_report(**({"new": 5, "flight": "HU7976"} | other)).pk and CaseReport.objects.count() == 2


@pytest.mark.parametrize(
    ("as_of", "at", "code"),
    [
        (TODAY, MORNING, ""),
        (TODAY + timedelta(days=1), after(16 * 60), "day_not_over"),
        (TODAY + timedelta(days=1), after(0), "day_not_over"),
    ],
)
def test_a_day_may_be_published_on_itself_and_not_before(as_of, at, code):
    if code:
        assert turned_away(a_report, new=1, as_of=as_of, at=at) == code
    else:
        assert a_report(1, as_of=as_of, at=at).as_of == as_of


@pytest.mark.parametrize("numbers", [(0, 0, 0, 0), (1, 1, 1, 1), (4, 0, 0, 0), (0, 0, 0, 4)])
def test_as_many_may_be_found_as_were_reported_and_not_one_more(numbers):
    names = dict(zip(("found_port", "found_transfer", "found_quarantine", "found_outside"), numbers, strict=True))
    made = a_report(4, **names)
    assert made.inside + made.found_outside + made.unknown == 4 and made.inside == sum(numbers[:3])
    assert turned_away(a_report, new=sum(numbers) - 1, flight="X", **names) == "found_more_than_reported"


@pytest.mark.parametrize(
    ("inside", "outside", "value"), [(0, 0, None), (0, 3, 0), (3, 0, 100), (1, 2, pytest.approx(33.33, abs=0.01))]
)
def test_the_share_found_inside_the_line_is_of_those_said(inside, outside, value):
    a_report(9, found_transfer=inside, found_outside=outside)
    reading = read("situation.importation.found_inside_line", an_actor(Role.ENTRY), MORNING)
    assert reading.value == value and (reading.numerator, reading.denominator) == (inside, inside + outside)
    assert reading.rows_url == "/situation/importation/"


def test_a_hundred_counts_are_listed_the_newest_day_first():
    for number in range(101):
        a_report(1, flight=f"F{number:03}", as_of=YESTERDAY - timedelta(days=number % 3))
    listed = latest_reports(an_actor(Role.ENTRY), MORNING)
    keys = [(-row.as_of.toordinal(), row.flight) for row in listed]
    assert len(listed) == 100 and keys == sorted(keys)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.SYSTEM}))
def test_nobody_else_records_or_corrects(role):
    first, actor = a_report(5), an_actor(role, unit="x")
    assert turned_away(a_report, new=1, flight="X", actor=actor) == "role_may_not"
    assert turned_away(correct, report=first, new=4, actor=actor) == "role_may_not"
    assert CaseReport.objects.count() == 1


def test_the_database_lets_a_count_be_corrected_once_and_never_deleted():
    first = a_report(5)
    correct(first, 4)
    row = {"place": "140100", "about": "140000", "as_of": YESTERDAY, "published_on": TODAY, "new": 1, "source": "s"}
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseReport.objects.create(corrects=first, reported_at=MORNING, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseReport.objects.filter(pk=first.pk)._raw_delete("default")
    with pytest.raises(Refusal):
        a_report(5)
