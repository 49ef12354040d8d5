"""Local cases of one place at any time: against a count by hand, never mixed with those of another place."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.measures import read
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.situation.city.actions import LocalDay, report_local
from hucheng.situation.city.models import LocalCount
from hucheng.situation.city.queries import FORTNIGHT, local_cases
from hucheng.situation.testing import TODAY, Visitor, local_counts, turned_away

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YESTERDAY = TODAY - DAY
MEASURE = "situation.city.days_since_local_case"
SENT = {"day": "2020-03-20", "total": "21", "published_on": "2020-03-21", "source": "city"}


def keeper(place="140100"):
    return an_actor(Role.DEPARTMENT, place)


def report(*days, at=MORNING, actor=None, source="city", published=TODAY):
    return report_local(
        actor=actor or keeper(), days=[LocalDay(*one) for one in days], source=source, published_on=published, at=at
    )


def cases(at=MORNING, place="140100"):
    return local_cases(an_actor(Role.ENTRY, place), at)


def totals(at=MORNING, place="140100"):
    return [line.total for line in cases(at, place).lines]


def test_counts_of_a_county_are_no_part_of_those_of_its_city():
    local_counts([19, 20])
    for minute, county in ((1, [1, 3]), (2, [1, 4])):
        local_counts(county, actor=keeper(COUNTY), at=after(minute))
    assert totals(after(3)) == [20, 19] and totals(after(3), COUNTY) == [4, 1]
    assert totals(after(3), OTHER_COUNTY) == []
    assert read(MEASURE, an_actor(Role.LEADING_GROUP), after(3)).value == 1
    assert [line.total for line in local_cases(SYSTEM, after(3)).lines] == [20, 19], "the house reads its own city"


def test_a_city_that_publishes_nothing_is_not_told_by_one_of_its_counties():
    local_counts([1, 3], actor=keeper(COUNTY))
    assert cases().lines == [] and cases().stale and read(MEASURE, an_actor(Role.LEADING_GROUP), MORNING).value is None


REPORTS = st.lists(
    st.dictionaries(st.integers(0, 20), st.integers(10, 13), min_size=1, max_size=5), min_size=1, max_size=4
)
"""Each report of one minute: totals by days before yesterday."""


def by_hand(known, at):
    """Days newest first with what is new, the last case, days since and the sum of the fortnight."""
    days = sorted(known)
    lines = [(day, known[day], known[day] - known[day - DAY] if day - DAY in known else None) for day in days[::-1]]
    rises = [late for early, late in zip(days, days[1:], strict=False) if known[late] > known[early]]
    fresh = bool(days) and at <= after(16 * 60) + timedelta(days=(days[-1] - YESTERDAY).days + 1)
    since = (TODAY - rises[-1]).days if rises and fresh else None
    window = [days[-1] - n * DAY for n in range(FORTNIGHT + 1)] if days else []
    whole = bool(days) and all(day in known for day in window)
    new = known[window[0]] - known[window[-1]] if whole else -1
    return lines, rises[-1] if rises else None, since, new if new >= 0 else None


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports=REPORTS, minute=st.integers(-1, 4))
def test_what_is_said_at_any_minute_is_that_of_a_count_by_hand(reports, minute):
    """NEW-36."""
    with transaction.atomic():
        known, vintages = {}, {}
        for at, days in enumerate(reports):
            told = {YESTERDAY - timedelta(days=back): total for back, total in days.items()}
            made = report(*told.items(), at=after(at))
            new = {day: total for day, total in told.items() if vintages.get(day, [None])[-1] != total}
            assert {row.day: row.total for row in made} == new
            for day, total in new.items():
                vintages.setdefault(day, []).append(total)
                if at <= minute:
                    known[day] = total
        found, (lines, last, since, fortnight) = cases(after(minute)), by_hand(known, after(minute))
        assert [(line.day, line.total, line.new) for line in found.lines] == lines
        assert (found.last_case, found.days_since, found.new_fortnight) == (last, since, fortnight)
        transaction.set_rollback(True)


def test_a_fortnight_that_is_known_whole_is_summed():
    local_counts(range(10, 25))
    assert cases().new_fortnight == 14 and len(cases().lines) == 15
    report((YESTERDAY - timedelta(days=7), 17), at=after(1))
    assert cases(after(1)).new_fortnight == 14, "a revision between the ends moves no sum"


def test_a_fortnight_that_a_correction_leaves_below_nothing_is_not_told():
    local_counts([20] * 15)
    assert cases().new_fortnight == 0
    report((YESTERDAY, 17), at=after(1))
    assert cases(after(1)).new_fortnight is None and cases(after(1)).lines[0].new == -3


def test_a_line_says_who_published_it_when_and_how_often():
    report((YESTERDAY, 20), source="  county  ", published=TODAY)
    report((YESTERDAY, 21), source="c" * 200, at=after(5))
    (line,) = cases(after(5)).lines
    assert (line.source, line.published_on, line.vintage, line.new) == ("c" * 120, TODAY, 2, None)
    assert cases(after(4)).lines[0].source == "county"


@pytest.mark.parametrize(
    ("day", "published", "at", "code"),
    [
        (0, 0, after(0), ""),
        (1, 0, after(0), "day_not_over"),
        (1, 1, after(0), "published_to_come"),
        (1, 1, after(16 * 60), ""),
        (-1, -1, after(0), ""),
        (0, -1, after(0), "day_not_over"),
    ],
)
def test_a_day_is_published_on_itself_or_later_and_not_before_it_came(day, published, at, code):
    given_ = {
        "actor": keeper(), "days": [LocalDay(TODAY + timedelta(days=day), 1)], "source": "city",
        "published_on": TODAY + timedelta(days=published), "at": at,
    }  # fmt: skip
    if code:
        assert turned_away(report_local, **given_) == code and not LocalCount.objects.exists()
    else:
        assert len(report_local(**given_)) == 1


def test_one_wrong_day_of_many_keeps_none():
    given_ = {"actor": keeper(), "source": "city", "published_on": YESTERDAY, "at": MORNING}
    for days, code in (
        ([LocalDay(YESTERDAY, 1), LocalDay(TODAY, 2)], "day_not_over"),
        ([LocalDay(YESTERDAY, 1), LocalDay(YESTERDAY, 1)], "day_twice"),
    ):
        assert turned_away(report_local, days=days, **given_) == code
    assert report_local(days=[], **given_) == [] and not LocalCount.objects.exists()
    assert sorted(AuditLine.objects.values_list("refused", flat=True)) == ["", "day_not_over", "day_twice"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.SYSTEM}))
def test_nobody_else_reports(role):
    given_ = {"days": [LocalDay(YESTERDAY, 1)], "source": "city", "published_on": TODAY, "at": MORNING}
    assert turned_away(report_local, actor=an_actor(role, unit="x"), **given_) == "role_may_not"


@pytest.fixture
def visitor(client):
    a_city()
    return Visitor(client, after(60)).comes_as(keeper())


@pytest.mark.parametrize(
    ("numbers", "at", "words"),
    [
        ([], after(60), "No local count is here; nothing can be said."),
        ([20, 20], after(60), "The day of the last local case is not known."),
        ([19, 20], after(60), "<b>1 days</b> without a local case; the last was published for 2020-03-20."),
        ([19, 20], after(60, days=3), "The last report is over 48 hours old; days without a case are not counted."),
    ],
)
def test_the_first_sentence_says_what_can_be_said(visitor, numbers, at, words):
    local_counts(numbers)
    visitor.at = at
    assert words in visitor.reads("city")


def test_a_revised_day_is_marked_and_can_be_read_as_it_was(visitor):
    local_counts([19, 20])
    report((YESTERDAY, 22), at=after(30))
    assert "revised" in visitor.reads("city") and ">22<" in visitor.reads("city")
    before = visitor.reads("city", at=after(29).isoformat())
    assert "revised" not in before and ">20<" in before and ">22<" not in before


def test_sixty_days_are_shown_and_all_are_counted(visitor):
    local_counts([20] * 59 + [21] + [21] * 10)
    text = visitor.reads("city")
    assert text.count('<td class="nw">2020-') == 120 and "0 local cases in 14 days" not in text
    assert "1 local cases in 14 days; below 11 cases no interval is computed." in text


@pytest.mark.parametrize(
    ("field", "value"),
    [("day", ""), ("day", "2020-02-30"), ("total", "-1"), ("total", "10000001"), ("total", str(10**30)),
     ("published_on", "soon"), ("source", " "), ("source", "s" * 121)],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_wrong_field_is_named_and_the_rest_is_kept_in_the_form(visitor, field, value, language):
    answer = visitor.comes_as(keeper(), language).sends("city", **(SENT | {field: value}))
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    text = answer.content.decode()
    assert all(f'value="{SENT[name]}"' in text for name in SENT if name != field) and not LocalCount.objects.exists()


def test_a_refused_day_comes_back_as_it_was_typed(visitor):
    answer = visitor.sends("city", **(SENT | {"day": "2020-03-21", "published_on": "2020-03-20"}))
    text = answer.content.decode()
    assert answer.status_code == 422 and "day_not_over" in text and 'value="21"' in text


@pytest.mark.parametrize("role", [Role.ENTRY, Role.LEADING_GROUP, Role.MEDICAL])
def test_readers_read_and_send_nothing(visitor, role):
    local_counts([19, 20])
    visitor.comes_as(an_actor(role))
    assert "1 days" in visitor.reads("city") and "Record a day" not in visitor.reads("city")
    assert visitor.sends("city", **SENT).status_code == 404 and LocalCount.objects.count() == 2


def test_other_desks_find_no_page(visitor):
    assert visitor.comes_as(an_actor(Role.LABORATORY)).opens("city").status_code == 404
