"""What schools may state, who may judge it, who may sign."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils.translation import override

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.schools.readiness.actions import declare, inspect, register_schools, sign
from hucheng.schools.readiness.models import Line, ReadinessItem, School, SelfCheck, Signature, State, Verdict
from hucheng.schools.readiness.queries import gaps_of, lines
from hucheng.schools.testing import (
    CODE,
    a_school,
    a_statement,
    accepted,
    an_accepted_school,
    county_clerk,
    education,
    head_of,
    items_of,
    particulars,
    signed_by_all,
    stated,
)  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counties")]
TODAY = MORNING.date()
ACCEPT, RETURN, SPOT = Verdict.Answer.ACCEPTED, Verdict.Answer.RETURNED, Verdict.Answer.SPOT_CHECKED


@pytest.fixture(autouse=True)
def in_chinese():
    with override("zh-hans"):
        yield


def states(school, *numbers, today=TODAY):
    return [item.state(today) for item in items_of(school, *numbers)]


def refused(code, act, **kwargs):
    with pytest.raises(Refusal) as no:
        act(**kwargs)
    assert no.value.code == code and str(no.value.why) and str(no.value.do)
    return str(no.value.why)


def test_a_school_is_entered_with_its_ten_items():
    school = a_school()
    assert states(school) == [State.MISSING] * 10
    assert AuditLine.objects.filter(act="schools.readiness.register_schools", refused="").count() == 1


def test_the_same_school_again_adds_nothing_and_new_particulars_replace_the_old():
    a_school()
    again = register_schools(actor=education(), schools=[particulars()], at=after(1))
    assert (again.new, again.changed, again.known) == (0, 0, 1)
    more = register_schools(actor=education(), schools=[particulars(grade12=512)], at=after(2))
    assert (more.changed, School.objects.get().grade12, ReadinessItem.objects.count()) == (1, 512, 10)


@pytest.mark.parametrize("code", ["S14019901", "S14010001"])
def test_a_school_of_no_county_is_refused_whole_with_what_to_write(code):
    schools = [particulars(), particulars(code)]
    why = refused("county_unknown", register_schools, actor=education(), schools=schools, at=MORNING)
    assert code[1:7] in why and not School.objects.exists()


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("school_code", {"place": OTHER_COUNTY}),
        ("school_unnamed", {"name_zh": " "}),
        ("school_kind", {"kind": "academy"}),
        ("school_grades", {"first_grade": 11, "last_grade": 10}),
        ("school_grades", {"last_grade": 13}),
        ("school_pupils", {"kind": "junior", "first_grade": 7, "last_grade": 9}),
        ("school_pupils", {"grade12": 10_001}),
    ],
)
def test_a_school_that_cannot_be_is_refused_and_nothing_is_entered(code, fields):
    schools = [particulars("S14010502"), particulars(**fields)]
    refused(code, register_schools, actor=education(), schools=schools, at=MORNING)
    assert not School.objects.exists()


def test_a_county_enters_its_own_schools_only():
    clerk = county_clerk(OTHER_COUNTY)
    refused("other_place", register_schools, actor=clerk, schools=[particulars()], at=MORNING)
    assert register_schools(actor=clerk, schools=[particulars("S14012301")], at=MORNING).new == 1


def test_a_department_that_is_not_education_may_not_touch_schools():
    other = an_actor(Role.DEPARTMENT, CITY, "TY-DRC")
    refused("not_of_education", register_schools, actor=other, schools=[particulars()], at=MORNING)


def test_what_is_stated_waits_for_an_inspection():
    school = a_school()
    stated(school, 1, 4)
    assert states(school, 1, 2, 4) == [State.TO_INSPECT, State.MISSING, State.TO_INSPECT]


def test_what_a_school_says_it_lacks_is_missing_with_its_words():
    school = a_school()
    lack = a_statement(5, in_place=False, evidence="12间宿舍住4人", figure=4, valid_until=None)
    declare(actor=head_of(), school_id=school.pk, statements=[lack], at=MORNING)
    (gap,) = [g for g in gaps_of([school], TODAY)[school.pk] if g.words]
    assert (gap.number, gap.state, gap.words) == (5, State.MISSING, "12间宿舍住4人")


def test_the_same_statement_again_adds_nothing():
    school = a_school()
    stated(school)
    stated(school, at=after(5))
    assert SelfCheck.objects.count() == 10


def test_the_same_statement_counts_anew_once_the_old_one_has_lapsed():
    school = a_school()
    stated(school, 6, figure=8)
    stated(school, 6, figure=8, at=after(days=2))
    assert SelfCheck.objects.count() == 2
    assert states(school, 6, today=TODAY + timedelta(days=3)) == [State.TO_INSPECT]


def test_a_corrected_statement_needs_a_new_acceptance_and_the_old_one_stays_on_record():
    school = a_school()
    stated(school, 4)
    accepted(school, 4)
    stated(school, 4, figure=28, at=after(60))
    assert states(school, 4) == [State.TO_INSPECT]
    assert SelfCheck.objects.count() == 2 and Verdict.objects.count() == 1
    accepted(school, 4, at=after(90))
    assert states(school, 4) == [State.IN_PLACE]


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("no_such_item", {"number": 11}),
        ("evidence_missing", {"number": 1, "evidence": "  "}),
        ("figure_missing", {"number": 4, "figure": None}),
        ("beyond_the_limit", {"number": 4, "figure": 31}),
        ("beyond_the_limit", {"number": 5, "figure": 4}),
        ("beyond_the_limit", {"number": 6, "figure": 6}),
        ("beyond_the_limit", {"number": 2, "figure": 1}),
        ("figure_beyond", {"number": 9, "figure": 10**10}),
        ("no_last_day", {"number": 1, "valid_until": None}),
        ("impossible_day", {"number": 1, "valid_until": TODAY - timedelta(days=1)}),
        ("impossible_day", {"number": 1, "valid_until": TODAY + timedelta(days=181)}),
    ],
)
def test_a_statement_that_cannot_stand_is_refused_with_all_that_came_with_it(code, fields):
    school = a_school()
    number = fields.pop("number")
    statements = [a_statement(3), a_statement(number, **fields)]
    refused(code, declare, actor=head_of(), school_id=school.pk, statements=statements, at=MORNING)
    assert not SelfCheck.objects.exists() and AuditLine.objects.filter(refused=code).count() == 1


@pytest.mark.parametrize(("number", "figure"), [(4, 30), (5, 3), (6, 7), (2, 0), (8, 1)])
def test_a_figure_at_its_limit_is_within_it(number, figure):
    school = a_school()
    stated(school, number, figure=figure)
    assert states(school, number) == [State.TO_INSPECT]


@pytest.mark.parametrize(
    "actor", [lambda: head_of("S14010502"), lambda: county_clerk(OTHER_COUNTY)], ids=["another school", "county"]
)
def test_a_stranger_finds_no_school_to_state_inspect_or_sign_for(actor):
    school = a_school()
    (item,) = stated(school, 1)
    stranger = actor()
    with pytest.raises(Http404):
        declare(actor=stranger, school_id=school.pk, statements=[a_statement(2)], at=MORNING)
    with pytest.raises(Http404):
        sign(actor=stranger, school_ids=[school.pk], at=MORNING)
    if stranger.role == Role.COUNTY:
        with pytest.raises(Http404):
            inspect(actor=stranger, item_ids=[item.pk], answer=ACCEPT, at=MORNING)
    assert lines(stranger, MORNING) == [] and not Verdict.objects.exists()


def test_a_school_does_not_accept_its_own():
    (item,) = stated(a_school(), 1)
    refused("role_may_not", inspect, actor=head_of(), item_ids=[item.pk], answer=ACCEPT, at=MORNING)


def test_whoever_declared_for_a_school_cannot_judge_it():
    school, clerk = a_school(), county_clerk()
    declare(actor=clerk, school_id=school.pk, statements=[a_statement(1)], at=MORNING)
    ids = [item.pk for item in items_of(school, 1)]
    for answer, reason in ((ACCEPT, ""), (RETURN, "again")):
        refused("own_statement", inspect, actor=clerk, item_ids=ids, answer=answer, reason=reason, at=MORNING)
    inspect(actor=education(), item_ids=ids, answer=ACCEPT, at=MORNING)
    assert states(school, 1) == [State.IN_PLACE]


def test_a_return_needs_a_reason_and_leaves_the_item_missing():
    school = a_school()
    (item,) = stated(school, 9)
    refused("reason_missing", inspect, actor=county_clerk(), item_ids=[item.pk], answer=RETURN, reason=" ", at=MORNING)
    inspect(actor=county_clerk(), item_ids=[item.pk], answer=RETURN, reason="测温仪检定过期", at=MORNING)
    assert states(school, 9) == [State.MISSING]
    assert gaps_of([school], TODAY)[school.pk][8].words == "测温仪检定过期"


def test_an_accepted_item_may_be_returned_later_and_spot_checked_before():
    school = a_school()
    stated(school, 3)
    refused(
        "not_accepted_yet", inspect, actor=education(), item_ids=[items_of(school, 3)[0].pk], answer=SPOT, at=MORNING
    )
    accepted(school, 3)
    ids = [item.pk for item in items_of(school, 3)]
    refused("judged_before", inspect, actor=county_clerk(), item_ids=ids, answer=ACCEPT, at=after(5))
    inspect(actor=education(), item_ids=ids, answer=SPOT, at=after(10))
    assert states(school, 3) == [State.SPOT_CHECKED]
    inspect(actor=education(), item_ids=ids, answer=RETURN, reason="gate open", at=after(20))
    assert states(school, 3) == [State.MISSING]


def test_nothing_stated_and_nothing_in_place_cannot_be_inspected():
    school = a_school()
    lack = a_statement(2, in_place=False, figure=None, valid_until=None)
    declare(actor=head_of(), school_id=school.pk, statements=[lack], at=MORNING)
    for item in items_of(school, 1, 2):
        refused("nothing_to_inspect", inspect, actor=county_clerk(), item_ids=[item.pk], answer=ACCEPT, at=MORNING)


def test_masks_lapse_on_the_day_on_which_less_than_seven_days_are_left():
    school = a_school()
    stated(school, 6, figure=9)
    accepted(school, 6)
    assert states(school, 6, today=TODAY + timedelta(days=2)) == [State.IN_PLACE]
    assert states(school, 6, today=TODAY + timedelta(days=3)) == [State.EXPIRED]
    ids = [items_of(school, 6)[0].pk]
    refused("expired", inspect, actor=education(), item_ids=ids, answer=SPOT, at=after(days=3))


def test_an_item_lapses_behind_its_last_day():
    school = a_school()
    stated(school, 1, valid_until=date(2020, 3, 25))
    accepted(school, 1)
    assert states(school, 1, today=date(2020, 3, 25)) == [State.IN_PLACE]
    assert states(school, 1, today=date(2020, 3, 26)) == [State.EXPIRED]


def test_the_tenth_item_waits_for_the_other_nine():
    """NEW-26: a school with any gap cannot pass acceptance."""
    school = a_school()
    stated(school)
    accepted(school, 1, 2, 3, 4, 5, 6, 7, 8)
    ids = [item.pk for item in items_of(school, 10)]
    why = refused("others_missing", inspect, actor=county_clerk(), item_ids=ids, answer=ACCEPT, at=MORNING)
    assert "物资保障" in why and states(school, 10) == [State.TO_INSPECT]
    accepted(school, 9, 10)
    assert states(school) == [State.IN_PLACE] * 10


@pytest.mark.parametrize("gap", range(1, 11))
def test_a_school_with_any_gap_is_not_signed_for(gap):
    """NEW-26: each single gap keeps county and education from signing; the school is not ready."""
    school = a_school()
    stated(school)
    accepted(school)
    inspect(
        actor=education(), item_ids=[items_of(school, gap)[0].pk], answer=RETURN, reason="not as stated", at=after(1)
    )
    for actor in (county_clerk(), education(), head_of()):
        refused("items_missing", sign, actor=actor, school_ids=[school.pk], at=after(2))
    assert not Signature.objects.exists() and not lines(education(), after(2))[0].ready


def test_a_school_is_accepted_when_ten_items_hold_and_three_named_people_signed():
    school = a_school()
    stated(school)
    sign(actor=head_of(), school_ids=[school.pk], at=MORNING)
    refused("items_missing", sign, actor=county_clerk(), school_ids=[school.pk], at=MORNING)
    accepted(school)
    sign(actor=county_clerk(), school_ids=[school.pk], at=MORNING)
    assert lines(education(), MORNING)[0].lines_missing == [str(Line.EDUCATION.label)]
    sign(actor=education(), school_ids=[school.pk], at=MORNING)
    (line,) = lines(education(), MORNING)
    assert line.ready and {s.name for s in line.signed.values()} == {head_of().name, county_clerk().name, "education"}


def test_nobody_signs_twice_nor_in_two_lines():
    school = signed_by_all(an_unsigned())
    refused("signed_before", sign, actor=education(), school_ids=[school.pk], at=after(1))
    both = an_actor(Role.COUNTY, COUNTY, name=head_of().name)
    refused("signed_before", sign, actor=both, school_ids=[school.pk], at=after(1))


def an_unsigned():
    school = a_school()
    stated(school)
    accepted(school)
    return school


def test_whoever_declared_for_a_school_cannot_sign_for_county_or_education():
    school, clerk = a_school(), an_actor(Role.COUNTY, COUNTY, name="scribe")
    declare(actor=clerk, school_id=school.pk, statements=[a_statement(n) for n in range(1, 11)], at=MORNING)
    accepted(school)
    refused("own_statement", sign, actor=clerk, school_ids=[school.pk], at=MORNING)


def test_a_lapsed_item_takes_a_school_out_of_readiness_and_a_new_one_brings_it_back():
    school = an_accepted_school()
    later = after(days=15)
    (line,) = lines(education(), later)
    assert not line.ready and line.blocking.number == 6 and line.blocking.state == State.EXPIRED
    stated(school, 6, at=later)
    assert not lines(education(), later)[0].ready
    accepted(school, 6, at=later)
    assert lines(education(), later)[0].ready


def test_many_schools_are_judged_and_signed_for_in_a_few_queries(django_assert_max_num_queries):
    schools = [a_school(f"S140105{n:02}") for n in range(1, 8)]
    for school in schools:
        stated(school)
    ids, clerk = [item.pk for school in schools for item in items_of(school)], county_clerk()
    with django_assert_max_num_queries(14):
        inspect(actor=clerk, item_ids=ids, answer=ACCEPT, at=MORNING)
    with django_assert_max_num_queries(14):
        sign(actor=clerk, school_ids=[school.pk for school in schools], at=MORNING)
    assert CODE in {line.school.code for line in lines(county_clerk(), MORNING)}
