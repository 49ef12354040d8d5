"""The six pieces by chance and by table: which are missing, what is the same, who files them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, after, an_actor
from hucheng.schools.plans.actions import MOST_PEOPLE, PieceIn, file_pieces
from hucheng.schools.plans.measures import plans_complete
from hucheng.schools.plans.models import CONTINGENCIES, FORCES, PlanPiece
from hucheng.schools.plans.queries import missing, pieces_of
from hucheng.schools.testing import a_school, a_stage, education, head_of, planned

pytestmark = pytest.mark.django_db
Kind = PlanPiece.Kind
TODAY = MORNING.date()


def filed(school, *pieces, at=MORNING, actor=None):
    return file_pieces(actor=actor or head_of(school.code), school_id=school.pk, pieces=pieces, at=at)


def refused(school, *pieces, at=MORNING, actor=None):
    with pytest.raises(Refusal) as no:
        filed(school, *pieces, at=at, actor=actor)
    assert str(no.value.why) and str(no.value.do)
    return no.value.code


def a_piece(kind, title="x", drilled=True):
    drill = TODAY if drilled and kind in CONTINGENCIES else None
    return PieceIn(kind, title, people=3 if kind in FORCES else 0, drilled_on=drill)


FILED = st.lists(st.tuples(st.sampled_from(list(Kind)), st.sampled_from("ab"), st.booleans()), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(FILED)
def test_of_each_kind_the_last_filed_counts_and_every_change_is_a_row(db, drawn):
    with transaction.atomic():
        school, last, rows = a_school(), {}, 0
        for minute, (kind, title, drilled) in enumerate(drawn):
            piece = a_piece(kind, title, drilled)
            made = filed(school, piece, at=after(minute))
            assert bool(made) == (last.get(kind) != piece)
            rows += len(made)
            last[kind] = piece
        found = pieces_of([school.pk])[school.pk]
        assert {kind: row.title for kind, row in found.items()} == {kind: one.title for kind, one in last.items()}
        undrilled = {kind for kind in CONTINGENCIES if kind in last and last[kind].drilled_on is None}
        assert set(missing(found)) == (set(Kind) - last.keys()) | undrilled
        assert PlanPiece.objects.count() == rows
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "change",
    [{"title": "y"}, {"reference": "No. 7"}, {"people": 4}, {"kind": Kind.FORCE_TEACHING}],
)
def test_a_piece_that_differs_in_anything_is_filed_anew(change):
    school, piece = a_school(), a_piece(Kind.FORCE_SUPPLY)
    filed(school, piece)
    assert filed(school, piece, at=after(1)) == []
    (again,) = filed(school, replace(piece, **change), at=after(2))
    assert again.by_id == head_of().user_id and again.at == after(2) and PlanPiece.objects.count() == 2


@pytest.mark.parametrize("people", [1, MOST_PEOPLE])
def test_a_task_force_has_between_one_and_five_hundred_people(people):
    assert filed(a_school(), PieceIn(Kind.FORCE_SUPPLY, "Wen", people=people))[0].people == people


@pytest.mark.parametrize(
    ("piece", "code"),
    [
        (PieceIn(Kind.PLAN, ""), "piece_untitled"),
        (PieceIn(Kind.FORCE_SUPPLY, "\t", people=3), "piece_untitled"),
        (PieceIn(Kind.FORCE_CONTROL, "x"), "force_without_people"),
        (PieceIn(Kind.FORCE_TEACHING, "x", people=MOST_PEOPLE + 1), "force_without_people"),
        (PieceIn(Kind.FORCE_SUPPLY, "x", people=3, drilled_on=TODAY), "no_such_drill"),
        (PieceIn(Kind.PLAN, "x", drilled_on=TODAY), "no_such_drill"),
        (PieceIn(Kind.CONTROL, "x", drilled_on=TODAY + timedelta(days=1)), "no_such_drill"),
    ],
)
def test_one_piece_that_cannot_be_keeps_all_out_and_leaves_its_line(piece, code):
    school = a_school()
    assert refused(school, a_piece(Kind.CASE), piece) == code and not PlanPiece.objects.exists()
    assert AuditLine.objects.filter(act="schools.plans.file_pieces", refused=code).count() == 1


def test_a_drill_of_today_is_that_of_the_city():
    school, tomorrow = a_school(), PieceIn(Kind.CASE, "x", drilled_on=TODAY + timedelta(days=1))
    assert refused(school, tomorrow, at=after(16 * 60 - 1)) == "no_such_drill"
    assert len(filed(school, tomorrow, at=after(16 * 60))) == 1


@pytest.mark.parametrize("role", [Role.COUNTY, Role.DEPARTMENT, Role.LEADING_GROUP, Role.COMMAND_OFFICE])
def test_nobody_but_the_school_files_its_pieces(role):
    school, actor = a_school(), an_actor(role, COUNTY, "C-XD-EDU" if role == Role.DEPARTMENT else "")
    assert refused(school, a_piece(Kind.PLAN), actor=actor) == "role_may_not" and not PlanPiece.objects.exists()


def test_pieces_of_many_schools_are_read_in_one_query(django_assert_num_queries):
    schools = [a_school(f"S140105{n:02}") for n in range(1, 5)]
    for school in schools[:3]:
        planned(school)
    with django_assert_num_queries(1):
        found = pieces_of([school.pk for school in schools])
    assert [len(found[school.pk]) for school in schools] == [6, 6, 6, 0]
    assert pieces_of([]) == {}


@pytest.mark.parametrize(
    ("place", "counts"), [(CITY, (1, 3)), ("140105", (1, 2)), ("140123", (0, 1)), ("110000", (0, 0))]
)
def test_each_place_counts_its_own_schools_with_all_six(place, counts):
    a_stage()
    planned(a_school("S14010501"))
    planned(a_school("S14010502"), without=Kind.CONTROL)
    a_school("S14012301")
    a_school("S14010503", kind="junior", first_grade=7, last_grade=9, grade12=0)  # not due yet
    reading = plans_complete(an_actor(Role.LEADING_GROUP, place), after(1))
    assert (reading.numerator, reading.denominator) == counts and reading.as_of == after(1)
    assert reading.value == (100 * counts[0] / counts[1] if counts[1] else None)


def test_a_later_plan_without_a_drill_takes_the_school_out_until_it_is_rehearsed():
    a_stage()
    school = a_school()
    planned(school)
    assert plans_complete(education(), after(1)).value == 100
    filed(school, PieceIn(Kind.CASE, "second edition"), at=after(2))
    assert plans_complete(education(), after(3)).value == 0
    filed(school, PieceIn(Kind.CASE, "second edition", drilled_on=TODAY), at=after(4))
    assert plans_complete(education(), after(5)).value == 100
