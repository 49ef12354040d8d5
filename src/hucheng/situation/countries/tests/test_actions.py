"""Series are kept in every vintage; nothing is doubled, nothing is overwritten."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.situation.countries.actions import import_series
from hucheng.situation.countries.models import SeriesFile, SeriesPoint
from hucheng.situation.countries.queries import countries_known, revisions_of, series_of
from hucheng.situation.testing import TODAY, a_series, a_table, days_up_to

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def send(rows, *, at=MORNING, published=TODAY, actor=None, source="health commission"):
    return import_series(
        actor=actor or an_actor(Role.DEPARTMENT), name="s.csv", data=a_table(rows), source=source,
        published_on=published, at=at,
    )  # fmt: skip


def counts(file):
    return file.rows, file.fresh, file.revised, file.same, file.faulty


def known(at, country="CA"):
    return [point.confirmed for point in series_of(an_actor(Role.DEPARTMENT), [country], at).get(country, [])]


def test_a_file_sent_twice_adds_nothing():
    rows = days_up_to(YESTERDAY, [1, 2, 3])
    assert counts(send(rows)) == (3, 3, 0, 0, 0)
    assert counts(send(rows, at=after(5))) == (3, 0, 0, 3, 0) and SeriesPoint.objects.count() == 3


def test_a_number_published_anew_is_a_new_vintage_and_the_old_one_stays():
    send(days_up_to(YESTERDAY, [10, 20]))
    assert counts(send(days_up_to(YESTERDAY, [10, 25]), at=after(60))) == (2, 0, 1, 1, 0)
    assert list(SeriesPoint.objects.filter(day=YESTERDAY).order_by("vintage").values_list("vintage", "confirmed")) == [
        (1, 20),
        (2, 25),
    ]
    (revision,) = revisions_of(an_actor(Role.DEPARTMENT), "CA", after(60))
    assert [value for _day, value in revision.values] == [20, 25]


def test_a_series_is_read_as_it_was_known_at_a_time():
    """NEW-36."""
    send(days_up_to(YESTERDAY, [10, 20]))
    send(days_up_to(YESTERDAY, [10, 25]), at=after(60))
    assert known(after(-1)) == [] and known(after(59)) == [10, 20] and known(after(60)) == [10, 25]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_was_known_at_each_time_never_changes_afterwards(sent):
    """NEW-36: what the pages would have shown then is what they show of then later on."""
    with transaction.atomic():
        snapshots = []
        for turn, totals in enumerate(sent):
            send(days_up_to(YESTERDAY, totals), at=after(turn))
            snapshots.append((after(turn), totals))
            assert all(known(at) == shown for at, shown in snapshots)
        transaction.set_rollback(True)


def test_a_value_that_comes_back_is_a_vintage_of_its_own():
    for minute, total in enumerate((5, 6, 5)):
        send([(YESTERDAY, "CA", total)], at=after(minute))
    assert SeriesPoint.objects.count() == 3 and known(after(9)) == [5]


def test_faulty_rows_are_kept_with_line_and_cause_and_can_be_sent_again():
    file = send([(YESTERDAY, "CA", 1), (YESTERDAY, "Atlantis", 2)])
    assert counts(file) == (2, 1, 0, 0, 1) and file.problems[0]["line"] == 3
    assert counts(send([(YESTERDAY, "CA", 1), (YESTERDAY, "FR", 2)], at=after(1))) == (2, 1, 0, 1, 0)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"source": "  "}, "source_missing"),
        ({"published": TODAY + timedelta(days=1)}, "published_to_come"),
        ({"actor": Actor(None, "140100", Role.ENTRY)}, "role_may_not"),
        ({"actor": Actor(None, "140100", Role.LEADING_GROUP)}, "role_may_not"),
    ],
)
def test_refused_files_leave_nothing_but_a_line_in_the_audit(given, code):
    with pytest.raises(Refusal) as no:
        send([(YESTERDAY, "CA", 1)], **given)
    assert no.value.code == code == AuditLine.objects.latest("at").refused
    assert not SeriesFile.objects.exists() and not SeriesPoint.objects.exists()


def test_an_import_leaves_its_audit_line():
    send([(YESTERDAY, "CA", 1)])
    line = AuditLine.objects.get()
    assert line.act == "situation.countries.import_series" and line.detail["published_on"] == str(TODAY)


def test_a_crash_in_the_middle_leaves_nothing_of_the_file(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("power")

    monkeypatch.setattr(SeriesPoint.objects, "bulk_create", broken)
    with pytest.raises(RuntimeError):
        send([(YESTERDAY, "CA", 1)])
    assert not SeriesFile.objects.exists()


def test_another_county_sees_no_series_of_the_city():
    a_series([1, 2])
    stranger = an_actor(Role.DEPARTMENT, COUNTY)
    assert series_of(stranger, ["CA"], after(1)) == {} and countries_known(stranger, after(1)) == {}


def test_the_last_day_of_each_country_is_known():
    a_series([1, 2])
    a_series([7], country="RU", last=YESTERDAY - timedelta(days=3))
    found = countries_known(an_actor(Role.ENTRY), after(1))
    assert found == {"CA": YESTERDAY, "RU": YESTERDAY - timedelta(days=3)}


@pytest.mark.parametrize("change", [{"confirmed": 9}, {"day": date(2020, 1, 1)}])
def test_a_point_is_written_once(change):
    a_series([1])
    with pytest.raises(IntegrityError), transaction.atomic():
        SeriesPoint.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeriesPoint.objects.all()._raw_delete("default")


@pytest.mark.parametrize(
    "given", [{"vintage": 1}, {"vintage": 0}, {"vintage": 2, "day": TODAY + timedelta(days=9)}], ids=str
)
def test_the_database_refuses_a_second_first_vintage_and_a_day_to_come(given):
    file = a_series([1])
    row = {
        "place": "140100", "country": "CA", "day": YESTERDAY, "confirmed": 2, "published_on": TODAY,
        "received_at": MORNING, "file": file,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        SeriesPoint.objects.create(**(row | given))


def test_the_database_refuses_a_file_whose_rows_do_not_add_up():
    with pytest.raises(IntegrityError), transaction.atomic():
        SeriesFile.objects.create(
            place="140100", name="x", digest="", source="s", published_on=TODAY, received_at=MORNING,
            rows=3, fresh=1, revised=0, same=0, faulty=1,
        )  # fmt: skip


def test_a_long_table_needs_few_queries(django_assert_max_num_queries):
    actor = an_actor(Role.DEPARTMENT)
    rows = [row for code in ("CA", "RU", "FR", "IT") for row in days_up_to(YESTERDAY, range(60), code)]
    with django_assert_max_num_queries(12):
        send(rows, actor=actor)
