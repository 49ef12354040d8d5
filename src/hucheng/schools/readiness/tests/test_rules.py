"""What a school and a statement may say: each limit from both sides, the field that is at fault, and who answers."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY
from hucheng.schools.readiness.items import TEN
from hucheng.schools.readiness.models import Line
from hucheng.schools.readiness.rules import fault_of_school, fault_of_statement, line_of, must_have_a_line
from hucheng.schools.testing import a_statement, particulars

TODAY = MORNING.date()
CLERK = Actor(uuid4(), COUNTY, Role.COUNTY)
BUREAU = Actor(uuid4(), CITY, Role.DEPARTMENT, "TY-EDU")


def said(fault):
    return (fault.code, fault.field) if fault else None


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"number": 0}, ("no_such_item", "number")),
        ({"number": 10}, None),
        ({"number": 11}, ("no_such_item", "number")),
        ({"number": -1}, ("no_such_item", "number")),
        ({"number": 1, "evidence": "看" * 2_000}, None),
        ({"number": 1, "evidence": "看" * 2_001}, ("too_long", "evidence")),
        ({"number": 1, "reference": "n" * 120}, None),
        ({"number": 1, "reference": "n" * 121}, ("too_long", "reference")),
        ({"number": 1, "figure": 0}, None),
        ({"number": 1, "figure": 1_000_000_000}, None),
        ({"number": 1, "figure": 1_000_000_001}, ("figure_beyond", "figure")),
        ({"number": 5, "figure": -1}, ("figure_beyond", "figure")),
        ({"number": 2, "figure": -1}, ("figure_beyond", "figure")),
        ({"number": 2, "figure": 1}, ("beyond_the_limit", "figure")),
        ({"number": 4, "figure": 30}, None),
        ({"number": 4, "figure": 31}, ("beyond_the_limit", "figure")),
        ({"number": 8, "figure": 0}, ("beyond_the_limit", "figure")),
        ({"number": 9, "figure": None}, ("figure_missing", "figure")),
        ({"number": 3, "figure": None}, None),
        ({"number": 3, "valid_until": TODAY}, None),
        ({"number": 3, "valid_until": TODAY - timedelta(days=1)}, ("impossible_day", "valid_until")),
        ({"number": 3, "valid_until": TODAY + timedelta(days=180)}, None),
        ({"number": 3, "valid_until": TODAY + timedelta(days=181)}, ("impossible_day", "valid_until")),
        ({"number": 3, "valid_until": None}, ("no_last_day", "valid_until")),
    ],
)
def test_a_statement_is_judged_at_each_limit_and_names_the_field(fields, fault):
    number = fields["number"]
    assert said(fault_of_statement(a_statement(**fields), TODAY)) == fault
    assert (number in TEN) or fault


@pytest.mark.parametrize("number", list(TEN))
def test_what_is_not_in_place_needs_words_alone(number):
    lack = a_statement(number, in_place=False, figure=None, valid_until=None)
    assert fault_of_statement(lack, TODAY) is None
    assert said(fault_of_statement(a_statement(number, in_place=False, evidence=" \n"), TODAY)) == (
        "evidence_missing",
        "evidence",
    )


@given(st.sampled_from(list(TEN)), st.integers(0, 2_000))
def test_a_figure_is_refused_exactly_when_its_item_does_not_allow_it(number, figure):
    item = TEN[number]
    least, most = item.least or 0, 2_000 if item.most is None else item.most
    fault = fault_of_statement(a_statement(number, figure=figure), TODAY)
    assert (fault is None) == (least <= figure <= most)
    if fault:
        assert str(figure) in str(fault.why) and item.need in str(fault.why)


@given(st.sampled_from(list(TEN)), st.integers(7, 1_000_000_000), st.integers(0, 180))
def test_no_statement_outlasts_its_own_last_day_however_large_the_figure(number, figure, ahead):
    """Five million masks typed in where days are wanted still lapse on the day that the school names."""
    last = TODAY + timedelta(days=ahead)
    lapses = TEN[number].lapses(last, figure, TODAY)
    by_stock = TODAY.toordinal() + figure - 7
    assert lapses == (min(last, date.fromordinal(by_stock)) if number == 6 and by_stock < 3_000_000 else last)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, None),
        ({"code": "S140105001"}, None),
        ({"code": "S1401050001"}, None),
        ({"code": "S1401051"}, ("school_code", "code")),
        ({"code": "S14010500001"}, ("school_code", "code")),
        ({"code": "s14010501"}, ("school_code", "code")),
        ({"code": "S14010501 "}, ("school_code", "code")),
        ({"code": ""}, ("school_code", "code")),
        ({"place": OTHER_COUNTY}, ("school_code", "code")),
        ({"code": "S14012301", "place": OTHER_COUNTY}, ("other_place", "place")),
        ({"name_zh": "\t"}, ("school_unnamed", "name_zh")),
        ({"name_en": " "}, ("school_unnamed", "name_en")),
        ({"name_zh": "校" * 80, "name_en": "s" * 120}, None),
        ({"name_zh": "校" * 81}, ("too_long", "name_zh")),
        ({"name_en": "s" * 121}, ("too_long", "name_en")),
        ({"kind": ""}, ("school_kind", "kind")),
        ({"kind": "Senior"}, ("school_kind", "kind")),
        ({"first_grade": -1}, ("school_grades", "first_grade")),
        ({"first_grade": 12}, None),
        ({"first_grade": 13, "last_grade": 13}, ("school_grades", "first_grade")),
        ({"first_grade": 0, "last_grade": 0, "grade12": 0, "kind": "kindergarten"}, None),
        ({"last_grade": 11}, ("school_pupils", "grade12")),
        ({"last_grade": 11, "grade12": 0}, None),
        ({"grade12": 0}, None),
        ({"grade12": 10_000}, None),
        ({"grade12": 10_001}, ("school_pupils", "grade12")),
        ({"grade12": -1}, ("school_pupils", "grade12")),
    ],
)
def test_a_school_is_judged_at_each_limit_and_names_the_field(fields, fault):
    one = particulars(**{"code": "S14010501", "place": COUNTY} | fields)
    assert said(fault_of_school(CLERK, one)) == fault


def test_a_bureau_enters_schools_of_every_county_of_its_city_and_of_no_other():
    assert fault_of_school(BUREAU, particulars("S14012301")) is None
    assert said(fault_of_school(BUREAU, particulars("S14020201"))) == ("other_place", "place")


@pytest.mark.parametrize(
    ("actor", "line"),
    [
        (Actor(uuid4(), COUNTY, Role.SCHOOL, "S14010501"), Line.SCHOOL),
        (CLERK, Line.COUNTY),
        (BUREAU, Line.EDUCATION),
        (Actor(uuid4(), COUNTY, Role.DEPARTMENT, "C-XD-EDU"), Line.EDUCATION),
        (Actor(uuid4(), CITY, Role.DEPARTMENT, "TY-EDUCATION"), None),
        (Actor(uuid4(), CITY, Role.DEPARTMENT), None),
        (Actor(uuid4(), CITY, Role.LEADING_GROUP), None),
        (Actor(uuid4(), CITY, Role.COMMAND_OFFICE), None),
        (SYSTEM, None),
    ],
)
def test_three_lines_answer_for_a_school_and_nobody_else(actor, line):
    assert line_of(actor) == line
    if line:
        assert must_have_a_line(actor) == (line, actor.user_id)
        return
    with pytest.raises(Refusal) as no:
        must_have_a_line(actor)
    assert no.value.code == "not_of_education"


def test_a_line_without_a_named_person_answers_for_nothing():
    with pytest.raises(Refusal) as no:
        must_have_a_line(Actor(None, COUNTY, Role.COUNTY))
    assert no.value.code == "not_of_education"
