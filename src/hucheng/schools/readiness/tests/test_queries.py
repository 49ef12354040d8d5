"""Schools as they are told: order, scope, what blocks, shares by county, the history of statements."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.schools.plans.models import PlanPiece
from hucheng.schools.readiness.actions import declare, inspect, register_schools, sign
from hucheng.schools.readiness.models import (
    HOLDING,
    Line,
    ReadinessItem,
    School,
    SelfCheck,
    Signature,
    State,
    Verdict,
)
from hucheng.schools.readiness.queries import (
    Cell,
    SchoolLine,
    blocking_items,
    gaps_of,
    history_of,
    in_words,
    item_seen_by,
    line_seen_by,
    lines,
    lines_of,
    ready_by_county,
    school_seen_by,
)
from hucheng.schools.testing import (
    a_school,
    a_statement,
    accepted,
    an_accepted_school,
    county_clerk,
    education,
    head_of,
    items_of,
    particulars,
    planned,
    stated,
)

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def refused(act, **kwargs):
    with pytest.raises(Refusal) as no:
        act(**kwargs)
    assert str(no.value.why) and str(no.value.do)
    return no.value.code


def returned(school, number, at=MORNING, reason="not so"):
    ids = [item.pk for item in items_of(school, number)]
    inspect(actor=education(), item_ids=ids, answer=Verdict.Answer.RETURNED, reason=reason, at=at)


def codes(found):
    return [line.school.code for line in found]


def test_schools_stand_by_county_and_code_and_are_narrowed_to_either():
    for code in ("S14012301", "S14010502", "S14010501"):
        a_school(code)
    assert codes(lines(education(), MORNING)) == ["S14010501", "S14010502", "S14012301"]
    assert codes(lines(education(), MORNING, county=COUNTY)) == ["S14010501", "S14010502"]
    assert codes(lines(education(), MORNING, code="S14012301")) == ["S14012301"]
    assert codes(lines(education(), MORNING, county=COUNTY, code="S14012301")) == []


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (education, ["S14010501", "S14012301"]),
        (county_clerk, ["S14010501"]),
        (lambda: head_of("S14012301"), ["S14012301"]),
        (lambda: head_of("S14010577"), []),
        (lambda: an_actor(Role.LEADING_GROUP), ["S14010501", "S14012301"]),
        (lambda: an_actor(Role.LEADING_GROUP, "110000"), []),
        (lambda: an_actor(Role.DEPARTMENT, "140106", "C-XD-EDU"), []),
    ],
)
def test_each_sees_the_schools_of_the_own_place_or_the_own_school(actor, seen):
    schools = {code: a_school(code) for code in ("S14010501", "S14012301")}
    one = actor()
    assert codes(lines(one, MORNING)) == seen
    for code, school in schools.items():
        if code in seen:
            assert school_seen_by(one, school.pk) == school
            assert item_seen_by(one, school.pk, "7").number == 7
            assert line_seen_by(one, school.pk, MORNING).school == school
            continue
        for query, args in ((school_seen_by, ()), (item_seen_by, ("7",)), (line_seen_by, (MORNING,))):
            with pytest.raises(Http404):
                query(one, school.pk, *args)


@pytest.mark.parametrize("number", ["", "0", "11", "-1", "1.0", "٣", "01", "ten"])
def test_an_item_is_asked_for_by_its_plain_number(number):
    with pytest.raises(Http404):
        item_seen_by(education(), a_school().pk, number)


def a_line(states):
    """A line with cells of these states and nothing else."""
    cells = [Cell(ReadinessItem(number=number), state) for number, state in enumerate(states, start=1)]
    return SchoolLine(School(code="x", place=COUNTY, first_grade=10, last_grade=12), cells)


@given(st.lists(st.sampled_from(list(State)), min_size=10, max_size=10))
def test_what_blocks_is_the_first_of_the_worst_and_the_tenth_only_alone(states):
    line = a_line(states)
    open_ones = [number for number, state in enumerate(states, start=1) if state not in HOLDING]
    assert [gap.number for gap in line.gaps] == open_ones
    if not open_ones:
        assert line.blocking is None
        return
    first_nine = [number for number in open_ones if number != 10] or [10]
    for state in (State.MISSING, State.EXPIRED, State.TO_INSPECT):
        if worst := [number for number in first_nine if states[number - 1] == state]:
            assert line.blocking.number == worst[0] and line.blocking.state == state
            break


@given(st.lists(st.lists(st.sampled_from(list(State)), min_size=10, max_size=10), max_size=6))
def test_items_that_hold_most_schools_come_first_and_none_is_counted_twice(drawn):
    found = [a_line(states) for states in drawn]
    told = blocking_items(found)
    counts = [count for _item, count in told]
    assert counts == sorted(counts, reverse=True) and sum(counts) == sum(line.blocking is not None for line in found)
    numbers = [item.number for item, _count in told]
    assert len(set(numbers)) == len(numbers)
    for one, other in zip(told, told[1:], strict=False):
        assert one[1] > other[1] or one[0].number < other[0].number


def test_what_is_missing_is_said_in_one_line_of_items_plans_and_signatures():
    school = a_school()
    planned(school, without="case")
    stated(school, *range(1, 10))
    accepted(school, *range(1, 9))
    (line,) = lines_of([school], TODAY)
    assert line.missing_words == (
        "Supplies (To inspect); Acceptance school by school (Not yet in place);"
        " Contingency plan: a case at school, School, Education department, County"
    )
    assert in_words(line.gaps) == "Supplies (To inspect); Acceptance school by school (Not yet in place)"
    assert line.pieces_missing == [str(PlanPiece.Kind.CASE.label)] and line.accepted_on == date.max


def test_an_accepted_school_misses_nothing_and_was_accepted_with_its_last_signature():
    school = a_school()
    stated(school)
    accepted(school)
    for days, actor in enumerate((head_of(), county_clerk(), education())):
        assert not lines(education(), after(days=days))[0].ready
        sign(actor=actor, school_ids=[school.pk], at=after(days=days))
    (line,) = lines(education(), after(days=2))
    assert (line.ready, line.missing_words, line.lines_missing, line.gaps) == (True, "", [], [])
    assert line.accepted_on == TODAY + timedelta(days=2) and line.blocking is None


def test_of_each_line_the_last_signature_counts():
    school = an_accepted_school()
    deputy = an_actor(Role.COUNTY, COUNTY, name="deputy")
    sign(actor=deputy, school_ids=[school.pk], at=after(days=3))
    (line,) = lines(education(), after(days=3))
    assert line.signed[Line.COUNTY].name == "deputy" and line.accepted_on == TODAY + timedelta(days=3)
    assert Signature.objects.count() == 4


def test_a_gap_says_the_reason_of_its_return_before_the_evidence():
    school = a_school()
    stated(school, 1, 2, evidence="seen")
    returned(school, 1, reason="list incomplete")
    found = gaps_of([school], TODAY)[school.pk]
    assert [(gap.number, gap.words) for gap in found[:3]] == [(1, "list incomplete"), (2, "seen"), (3, "")]
    assert found[0].item.number == 1 and len(found) == 10


def test_gaps_of_no_school_are_none():
    assert gaps_of([], TODAY) == {} and lines_of([], TODAY) == [] and blocking_items([]) == []


def test_shares_are_of_schools_with_grade_12_by_county_with_the_pupils_of_those_ready():
    a_city()
    an_accepted_school("S14010501", grade12=430)
    a_school("S14010502", grade12=388)
    an_accepted_school("S14012301", grade12=100)
    a_school("S14012302", kind="junior", first_grade=7, last_grade=9, grade12=0)
    told = ready_by_county(lines(education(), MORNING))
    assert [(one.place, one.ready, one.total, one.pupils, one.share) for one in told] == [
        (COUNTY, 1, 2, 430, 50.0), (OTHER_COUNTY, 1, 1, 100, 100.0),
    ]  # fmt: skip
    assert all(one.name and one.name != one.place for one in told)


def test_a_county_without_a_name_keeps_its_code_in_the_shares():
    a_school(grade12=0)
    School.objects.update(place="140199")  # entered before a county was known by its code
    (told,) = ready_by_county(lines(education(), MORNING))
    assert (told.name, told.share) == ("140199", 0.0)


def test_the_history_holds_the_latest_sixty_statements_with_what_was_found():
    school = a_school()
    for n in range(7):
        stated(school, *range(1, 10), evidence=f"round {n}", at=after(n))
    accepted(school, 1, at=after(10))
    returned(school, 1, at=after(11), reason="gate open")
    told = list(history_of(school))
    assert len(told) == 60 and SelfCheck.objects.count() == 63
    assert [(check.item.number, check.evidence) for check in told[:2]] == [(1, "round 6"), (2, "round 6")]
    assert {verdict.answer for verdict in told[0].verdicts.all()} == {"accepted", "returned"}
    assert [check.at for check in told] == sorted((check.at for check in told), reverse=True)


def test_history_and_lines_ask_no_more_queries_for_more_of_either(django_assert_num_queries):
    first = an_accepted_school("S14010501")
    bureau = education()
    for _round in range(2):
        with django_assert_num_queries(4):
            lines(bureau, MORNING)
        with django_assert_num_queries(3):
            assert all(str(v.by) for check in history_of(first) for v in check.verdicts.all())
        for n in range(2, 6):
            if not School.objects.filter(code=f"S1401050{n}").exists():
                an_accepted_school(f"S1401050{n}")


def test_new_particulars_of_a_school_keep_its_items_and_their_statements():
    school = a_school()
    stated(school, 1)
    done = register_schools(actor=county_clerk(), schools=[particulars(name_en="Renamed", grade12=1)], at=after(5))
    assert (done.new, done.changed, done.known) == (0, 1, 0)
    (line,) = lines(head_of(), after(5))
    assert (line.school.name_en, line.school.grade12, line.cells[0].state) == ("Renamed", 1, State.TO_INSPECT)
    assert line.school.pk == school.pk and ReadinessItem.objects.count() == 10


def test_one_school_that_cannot_be_keeps_the_particulars_of_the_others_as_they_were():
    a_school()
    schools = [particulars(grade12=1), particulars("S14010502", kind="x")]
    assert refused(register_schools, actor=education(), schools=schools, at=after(5)) == "school_kind"
    assert School.objects.get().grade12 == 400


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.ENTRY])
def test_who_answers_for_no_school_acts_on_none(role):
    school, actor = a_school(), an_actor(role)
    (item,) = stated(school, 1)
    acts = [
        (register_schools, {"schools": [particulars("S14010502")]}),
        (declare, {"school_id": school.pk, "statements": [a_statement(2)]}),
        (inspect, {"item_ids": [item.pk], "answer": Verdict.Answer.ACCEPTED}),
        (sign, {"school_ids": [school.pk]}),
    ]
    assert {refused(act, actor=actor, at=MORNING, **told) for act, told in acts} == {"role_may_not"}
    assert (School.objects.count(), SelfCheck.objects.count(), Verdict.objects.count()) == (1, 1, 0)
    assert AuditLine.objects.filter(user_id=actor.user_id, refused="role_may_not").count() == 4


def test_a_department_other_than_education_acts_on_no_school():
    school, other = a_school(), an_actor(Role.DEPARTMENT, CITY, "TY-DRC")
    (item,) = stated(school, 1)
    acts = [
        (declare, {"school_id": school.pk, "statements": [a_statement(2)]}),
        (inspect, {"item_ids": [item.pk], "answer": Verdict.Answer.ACCEPTED}),
        (sign, {"school_ids": [school.pk]}),
    ]
    assert {refused(act, actor=other, at=MORNING, **told) for act, told in acts} == {"not_of_education"}


def test_items_or_schools_out_of_sight_refuse_the_whole_of_an_act():
    mine, other = a_school("S14010501"), a_school("S14012301")
    ids = [item.pk for school in (mine, other) for item in stated(school, 1)]
    with pytest.raises(Http404):
        inspect(actor=county_clerk(), item_ids=ids, answer=Verdict.Answer.ACCEPTED, at=MORNING)
    for acting, told in ((inspect, {"item_ids": [], "answer": Verdict.Answer.ACCEPTED}), (sign, {"school_ids": []})):
        with pytest.raises(Http404):
            acting(actor=county_clerk(), at=MORNING, **told)
    with pytest.raises(Http404):
        sign(actor=county_clerk(), school_ids=[mine.pk, other.pk], at=MORNING)
    assert not Verdict.objects.exists() and not Signature.objects.exists()


def test_one_item_that_may_not_be_judged_leaves_the_others_as_they_were():
    school = a_school()
    stated(school, 1, 2)
    accepted(school, 2)
    ids = [item.pk for item in items_of(school, 1, 2)]
    assert refused(inspect, actor=education(), item_ids=ids, answer=Verdict.Answer.ACCEPTED, at=MORNING) == (
        "judged_before"
    )
    assert items_of(school, 1)[0].state(TODAY) == State.TO_INSPECT and Verdict.objects.count() == 1


def test_of_two_statements_of_one_item_sent_at_once_the_last_stands_and_both_are_kept():
    school = a_school()
    told = [a_statement(1, evidence="first"), a_statement(1, evidence="second")]
    declare(actor=head_of(), school_id=school.pk, statements=told, at=MORNING)
    assert items_of(school, 1)[0].declared.evidence == "second" and SelfCheck.objects.count() == 2


def test_a_reason_is_kept_in_its_first_three_hundred_signs():
    school = a_school()
    stated(school, 1)
    returned(school, 1, reason="  " + "x" * 400)
    assert Verdict.objects.get().reason == "x" * 300


def test_a_person_who_states_for_the_school_may_sign_for_the_school_alone():
    school = a_school()
    planned(school)
    both = an_actor(Role.COUNTY, COUNTY, name=head_of().name)
    declare(actor=both, school_id=school.pk, statements=[a_statement(n) for n in range(1, 11)], at=MORNING)
    ids = [item.pk for item in items_of(school)]
    inspect(actor=education(), item_ids=ids, answer=Verdict.Answer.ACCEPTED, at=MORNING)
    assert refused(sign, actor=both, school_ids=[school.pk], at=after(1)) == "own_statement"
    assert sign(actor=head_of(), school_ids=[school.pk], at=after(1))[0].line == Line.SCHOOL
