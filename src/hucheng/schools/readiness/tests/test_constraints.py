"""Rules that must never fail, attacked past every action."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.testing import MORNING, after
from hucheng.schools.readiness.items import LAST, TEN
from hucheng.schools.readiness.models import (
    HOLDING,
    ReadinessItem,
    School,
    SelfCheck,
    Signature,
    State,
    Verdict,
)
from hucheng.schools.reopening.models import Opening
from hucheng.schools.testing import (
    UNTIL,
    a_school,
    a_stage,
    accepted,
    an_accepted_school,
    county_clerk,
    education,
    head_of,
    items_of,
    signed_by_all,
    stated,
)

pytestmark = pytest.mark.django_db
DAY = MORNING.date()


def broken(write, name=""):
    with pytest.raises(IntegrityError) as no, transaction.atomic():
        write()
    assert name in str(no.value)


def a_verdict(item, by, answer=Verdict.Answer.ACCEPTED, **fields):
    return Verdict.objects.create(declared=item.declared, answer=answer, by_id=by.user_id, at=MORNING, **fields)


def a_signature(school, by, line="county", **fields):
    given = {"name": "x", "at": MORNING, "day": DAY} | fields
    return Signature.objects.create(school=school, line=line, by_id=by.user_id, **given)


def test_statements_verdicts_and_signatures_are_never_rewritten():
    school = an_accepted_school()
    broken(lambda: SelfCheck.objects.update(evidence="better"), "no_update")
    broken(lambda: Verdict.objects.update(reason="better"), "no_update")
    broken(lambda: Signature.objects.update(name="somebody else"), "no_update")
    assert school.signatures.count() == 3


def test_the_database_lets_nobody_accept_an_own_statement():
    (item,) = stated(a_school(), 1)
    broken(lambda: a_verdict(item, head_of()), "nobody_accepts_an_own_statement")
    assert a_verdict(item, county_clerk())


def test_the_database_lets_nobody_accept_what_is_stated_as_missing():
    (item,) = stated(a_school(), 1, in_place=False, valid_until=None)
    broken(lambda: a_verdict(item, county_clerk()), "nobody_accepts_an_own_statement")


def test_a_verdict_counts_for_the_statement_it_was_given_on():
    school = a_school()
    stated(school, 1)
    (item,) = accepted(school, 1)
    old = item.verdict_id
    stated(school, 1, evidence="anew", at=after(5))
    broken(lambda: ReadinessItem.objects.filter(pk=item.pk).update(verdict_id=old), "statement_that_stands")


def test_a_return_without_a_reason_cannot_be_stored():
    (item,) = stated(a_school(), 1)
    broken(lambda: a_verdict(item, county_clerk(), Verdict.Answer.RETURNED))


@pytest.mark.parametrize("fields", [{"evidence": ""}, {"valid_until": None}])
def test_a_statement_without_evidence_or_last_day_cannot_be_stored(fields):
    (item,) = items_of(a_school(), 1)
    given = {"in_place": True, "evidence": "seen", "valid_until": UNTIL} | fields
    broken(lambda: SelfCheck.objects.create(item=item, by_id=head_of().user_id, at=MORNING, **given))


def test_the_database_takes_no_signature_over_a_gap_nor_over_a_lapsed_item():
    school = a_school()
    stated(school)
    accepted(school, *range(1, 10))
    broken(lambda: a_signature(school, county_clerk()), "no_signature_over_a_gap")
    accepted(school, 10)
    broken(lambda: a_signature(school, county_clerk(), day=date(2020, 4, 20)), "no_signature_over_a_gap")
    assert a_signature(school, county_clerk())


def test_the_database_takes_no_signature_of_whoever_declared_but_the_school_itself():
    school = a_school()
    stated(school)
    accepted(school)
    broken(lambda: a_signature(school, head_of()), "no_signature_by_whoever_declared")
    assert a_signature(school, head_of(), "school")


def test_one_person_signs_for_one_line():
    school = an_accepted_school()
    broken(lambda: a_signature(school, county_clerk(), "education"))


def test_the_database_opens_no_school_over_a_gap_or_without_three_lines():
    school, stage = a_school(), a_stage()
    stated(school)
    accepted(school)

    def opening():
        return Opening.objects.create(
            school=school, stage=stage, key=stage.key, grades=[12], day=DAY, at=MORNING, by_id=education().user_id
        )

    broken(opening, "no_opening_over_a_gap")
    signed_by_all(school)
    assert opening()


@pytest.mark.parametrize(
    "fields",
    [
        {"code": ""},
        {"name_zh": ""},
        {"first_grade": 11, "last_grade": 10},
        {"last_grade": 13},
        {"last_grade": 9, "first_grade": 7, "grade12": 5},
    ],
)
def test_a_school_that_cannot_be_is_not_stored(fields):
    given = {"code": "S14010599", "place": "140105", "name_zh": "甲", "name_en": "A", "kind": "senior"}
    given |= {"first_grade": 10, "last_grade": 12, "grade12": 1}
    broken(lambda: School.objects.create(**given | fields))


def test_a_school_has_each_item_once_and_ten_in_all():
    school = a_school()
    broken(lambda: ReadinessItem.objects.create(school=school, number=1))
    broken(lambda: ReadinessItem.objects.create(school=school, number=11))


def test_there_are_ten_items_in_both_languages_each_with_its_ground():
    assert list(TEN) == list(range(1, 11)) and LAST == 10
    for item in TEN.values():
        assert item.zh and item.en and item.need_zh and item.need_en and item.ground
        assert bool(item.figure_zh) == bool(item.figure_en) == (item.least is not None or item.most is not None)


@given(
    in_place=st.booleans(),
    answer=st.sampled_from([None, *Verdict.Answer]),
    left=st.integers(-5, 5),
    stated_at_all=st.booleans(),
)
def test_an_item_holds_exactly_when_it_is_stated_in_place_accepted_and_not_lapsed(
    in_place, answer, left, stated_at_all
):
    last = date.fromordinal(DAY.toordinal() + left)
    check = SelfCheck(in_place=in_place, valid_until=last) if stated_at_all else None
    verdict = Verdict(declared=check, answer=answer) if answer and check else None
    item = ReadinessItem(number=1, declared=check, verdict=verdict, valid_until=last if check else None)
    good = bool(check and in_place and verdict and answer != Verdict.Answer.RETURNED and left >= 0)
    assert (item.state(DAY) in HOLDING) == good
    if check and in_place and answer in (None, Verdict.Answer.ACCEPTED) and left < 0:
        assert item.state(DAY) == State.EXPIRED


@given(figure=st.integers(7, 60), days=st.integers(0, 90))
def test_a_stock_is_valid_while_seven_days_are_left_and_never_beyond_its_own_last_day(figure, days):
    last = date.fromordinal(DAY.toordinal() + days)
    lapses = TEN[6].lapses(last, figure, DAY)
    assert lapses <= last
    assert figure - (lapses - DAY).days >= 7
    assert TEN[4].lapses(last, figure, DAY) == last
