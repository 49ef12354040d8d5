"""Published counts and facts: as of and published apart, corrections as new rows, found where it is said."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.measures import read
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, after, an_actor
from hucheng.situation.importation.actions import correct_cases, note_fact
from hucheng.situation.importation.models import CaseReport, Figure, PublicFact
from hucheng.situation.importation.queries import counted_area, facts, found, latest_figure, latest_reports
from hucheng.situation.testing import TODAY, a_report, cases

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def reader():
    return an_actor(Role.ENTRY)


def correct(report, new, *, actor=None, at=None, **given):
    return correct_cases(
        actor=actor or an_actor(Role.COMMAND_OFFICE), report_id=report.pk, cases=cases(new, **given), at=at or after(60)
    )


def fact(at=MORNING, **given):
    usual = {"text_zh": "全省正在观察密切接触者252人。", "source": "province", "as_of": YESTERDAY}
    return note_fact(actor=an_actor(Role.DEPARTMENT), at=at, **(usual | given))


def test_a_count_keeps_the_day_it_is_about_and_the_day_it_was_published():
    made = a_report(1, flight="HU7976")
    assert (made.as_of, made.published_on, made.place, made.about) == (YESTERDAY, TODAY, "140100", "140000")
    assert AuditLine.objects.get().act == "situation.importation.report_cases"


def test_counts_are_summed_over_flights_and_days():
    a_report(1, flight="HU7976")
    a_report(3, flight="ET604")
    a_report(25, as_of=TODAY, flight="HU7976")
    assert found(reader(), MORNING).cases == 29
    assert found(reader(), MORNING, about="140000", until=YESTERDAY).cases == 4
    assert found(reader(), MORNING, about="140100").cases == 0


def test_a_second_count_of_one_day_and_flight_is_refused_not_added():
    a_report(1, flight="HU7976")
    with pytest.raises(Refusal) as no:
        a_report(2, flight="HU7976")
    assert no.value.code == "report_known" and found(reader(), MORNING).cases == 1


def test_a_correction_replaces_the_number_and_keeps_the_old_one():
    first = a_report(5, flight="HU7976")
    second = correct(first, 4)
    assert found(reader(), after(61)).cases == 4 and found(reader(), after(59)).cases == 5
    (line,) = latest_reports(reader(), after(61))
    assert (line.pk, line.corrects_id, line.flight) == (second.pk, first.pk, "HU7976")


def test_a_corrected_count_is_corrected_again_only_at_its_end():
    first = a_report(5)
    second = correct(first, 4)
    with pytest.raises(Http404):
        correct(first, 3)
    correct(second, 3, at=after(90))
    assert found(reader(), after(90)).cases == 3 and CaseReport.objects.count() == 3


def test_another_county_corrects_nothing_and_sees_nothing():
    first = a_report(5)
    stranger = an_actor(Role.DEPARTMENT, COUNTY)
    with pytest.raises(Http404):
        correct(first, 4, actor=stranger)
    assert found(stranger, after(60)).cases == 0 and facts(stranger, after(60)) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"as_of": TODAY + timedelta(days=1)}, "day_not_over"),
        ({"published_on": YESTERDAY - timedelta(days=1)}, "day_not_over"),
        ({"published_on": TODAY + timedelta(days=1)}, "published_to_come"),
        ({"source": ""}, "source_missing"),
        ({"found_port": 1, "found_outside": 1}, "found_more_than_reported"),
        ({"found_port": -1}, "found_more_than_reported"),
    ],
)
def test_a_count_that_cannot_be_is_refused(given, code):
    with pytest.raises(Refusal) as no:
        a_report(1, **given)
    assert no.value.code == code and not CaseReport.objects.exists()


def test_only_the_department_and_the_office_record():
    with pytest.raises(Refusal) as no:
        a_report(1, actor=Actor(None, "140100", Role.ENTRY))
    assert no.value.code == "role_may_not"


def test_the_measure_counts_only_cases_of_which_it_is_said_where():
    a_report(10, flight="A", found_port=2, found_quarantine=5, found_outside=1)
    a_report(30, flight="B")
    said = read("situation.importation.found_inside_line", reader(), MORNING)
    assert (said.numerator, said.denominator, said.value) == (7, 8, 87.5)
    sums = found(reader(), MORNING)
    assert (sums.inside, sums.said, sums.unknown) == (7, 8, 32)


def test_the_measure_is_blind_while_no_report_says_where():
    a_report(3)
    assert read("situation.importation.found_inside_line", reader(), MORNING).value is None


def test_counts_of_two_areas_are_never_added_up():
    a_report(25, flight="A", found_quarantine=20)
    assert counted_area(reader(), MORNING) == "140000" and found(reader(), MORNING).cases == 25
    a_report(24, at=after(60), about="140100", flight="A", found_quarantine=24)
    a_report(9, at=after(60), about="140105", flight="A")
    assert counted_area(reader(), after(60)) == "140100" and found(reader(), after(60)).cases == 24
    assert read("situation.importation.found_inside_line", reader(), after(60)).value == 100
    assert found(reader(), after(59)).cases == 25


def test_counts_of_a_neighbour_do_not_count_here():
    a_report(5, about="140200")
    assert counted_area(reader(), MORNING) == "" and found(reader(), MORNING).cases == 0
    assert read("situation.importation.found_inside_line", reader(), MORNING).value is None


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 5), max_size=6))
def test_every_case_is_inside_outside_or_unknown(given):
    with transaction.atomic():
        for place, (port, transfer, quarantine, outside, rest) in enumerate(given):
            new = port + transfer + quarantine + outside + rest
            a_report(
                new, flight=f"F{place}", found_port=port, found_transfer=transfer,
                found_quarantine=quarantine, found_outside=outside,
            )  # fmt: skip
        sums = found(reader(), MORNING)
        assert sums.inside + sums.outside + sums.unknown == sums.cases == sum(map(sum, given))
        assert sums.unknown == sum(one[4] for one in given)
        transaction.set_rollback(True)


@pytest.mark.parametrize("change", [{"new": 9}, {"flight": "X"}, {"found_port": 1}])
def test_a_count_is_written_once(change):
    a_report(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseReport.objects.update(**change)


@pytest.mark.parametrize("wrong", [{"found_port": 2}, {"as_of": TODAY + timedelta(days=1)}, {"flight": "HU7976"}])
def test_the_database_refuses_a_count_that_cannot_be(wrong):
    a_report(1, flight="HU7976")
    row = {
        "place": "140100", "about": "140000", "as_of": YESTERDAY, "published_on": TODAY, "new": 1, "flight": "Z",
        "source": "s", "reported_at": MORNING,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseReport.objects.create(**(row | wrong))


def test_a_fact_is_shown_in_the_language_in_force_else_in_the_other(settings):
    from django.utils.translation import override

    both = fact(text_en="252 close contacts are under observation.")
    only = fact(text_zh="", text_en="Only English.", as_of=TODAY)
    with override("en"):
        assert both.text.startswith("252") and only.text == "Only English."
    with override("zh-hans"):
        assert both.text.startswith("全省") and only.text == "Only English."


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"text_zh": " "}, "text_missing"),
        ({"source": ""}, "source_missing"),
        ({"as_of": TODAY + timedelta(days=1)}, "published_to_come"),
        ({"figures": {"height": 3}}, "figure_unknown"),
        ({"figures": {"contacts_traced": -3}}, "figure_unknown"),
    ],
)
def test_a_fact_without_ground_is_refused(given, code):
    with pytest.raises(Refusal) as no:
        fact(**given)
    assert no.value.code == code and not PublicFact.objects.exists()


def test_a_published_number_is_the_latest_that_was_known():
    fact(figures={"contacts_observed": 252, "contacts_traced": 4683})
    fact(at=after(60), as_of=TODAY, figures={"contacts_observed": 231})
    assert latest_figure(reader(), Figure.CONTACTS_OBSERVED, after(59))[0] == 252
    assert latest_figure(reader(), Figure.CONTACTS_OBSERVED, after(60))[0] == 231
    assert latest_figure(reader(), Figure.CONTACTS_TRACED, after(60))[0] == 4683
    assert latest_figure(reader(), Figure.CONTACTS_RELEASED, after(60)) is None


def test_a_fact_is_written_once_and_never_empty():
    made = fact()
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicFact.objects.update(source="other")
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicFact.objects.create(place="140100", source="s", as_of=TODAY, noted_at=MORNING)
    assert facts(reader(), MORNING) == [made]


def test_reading_asks_the_same_of_the_database_however_many_counts(django_assert_num_queries):
    who = reader()
    for number in range(3):
        a_report(1, flight=f"A{number}")
    with django_assert_num_queries(1):
        latest_reports(who, MORNING)
    for number in range(20):
        a_report(1, flight=f"B{number}")
    with django_assert_num_queries(1):
        assert len(latest_reports(who, MORNING)) == 23
