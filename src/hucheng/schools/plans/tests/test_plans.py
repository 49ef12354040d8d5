"""One plan, two rehearsed contingency plans, three staffed task forces: required before anybody signs (NEW-26)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.testing import MORNING, after
from hucheng.schools.plans.actions import PieceIn, file_pieces
from hucheng.schools.plans.models import PlanPiece
from hucheng.schools.plans.queries import missing, pieces_of
from hucheng.schools.readiness.actions import sign
from hucheng.schools.readiness.models import Signature
from hucheng.schools.readiness.queries import lines
from hucheng.schools.testing import a_school, accepted, county_clerk, education, head_of, planned, stated

pytestmark = pytest.mark.django_db
Kind = PlanPiece.Kind
ALL_ITEMS = range(1, 11)


def filed(school, *pieces, actor=None, at=MORNING):
    return file_pieces(actor=actor or head_of(school.code), school_id=school.pk, pieces=pieces, at=at)


def refused(code, *pieces):
    school = a_school()
    with pytest.raises(Refusal) as no:
        filed(school, PieceIn(Kind.PLAN, "plan"), *pieces)
    assert no.value.code == code and not PlanPiece.objects.exists()


def missing_at(school):
    return missing(pieces_of([school.pk])[school.pk])


def test_a_school_has_nothing_at_first_and_everything_when_six_are_filed():
    school = a_school()
    assert missing_at(school) == list(Kind)
    planned(school)
    assert missing_at(school) == []
    assert AuditLine.objects.filter(act="schools.plans.file_pieces", refused="").count() == 1


def test_the_same_pieces_again_add_nothing_and_another_is_a_new_row():
    school = a_school()
    planned(school)
    planned(school)
    assert PlanPiece.objects.count() == 6
    filed(school, PieceIn(Kind.PLAN, "second edition"), at=after(5))
    assert PlanPiece.objects.count() == 7 and pieces_of([school.pk])[school.pk]["plan"].title == "second edition"


def test_a_contingency_plan_counts_once_it_was_rehearsed():
    school = a_school()
    planned(school, without=Kind.CASE)
    filed(school, PieceIn(Kind.CASE, "a case in class"))
    assert missing_at(school) == [Kind.CASE]
    filed(school, PieceIn(Kind.CASE, "a case in class", drilled_on=MORNING.date()), at=after(60))
    assert missing_at(school) == []


def test_a_piece_without_a_name_is_refused():
    refused("piece_untitled", PieceIn(Kind.CONTROL, " "))


@pytest.mark.parametrize("people", [0, -1, 501])
def test_a_task_force_has_people(people):
    refused("force_without_people", PieceIn(Kind.FORCE_SUPPLY, "Wen", people=people))


def test_a_drill_to_come_does_not_count():
    refused("no_such_drill", PieceIn(Kind.CASE, "x", drilled_on=MORNING.date() + timedelta(days=1)))


def test_a_plan_is_not_rehearsed():
    refused("no_such_drill", PieceIn(Kind.PLAN, "x", drilled_on=MORNING.date()))


def test_another_school_files_nothing_here_and_others_not_at_all():
    school = a_school()
    with pytest.raises(Http404):
        filed(school, PieceIn(Kind.PLAN, "x"), actor=head_of("S14010502"))
    with pytest.raises(Refusal) as no:
        filed(school, PieceIn(Kind.PLAN, "x"), actor=county_clerk())
    assert no.value.code == "role_may_not"


@pytest.mark.parametrize("kind", list(Kind))
def test_without_any_one_of_the_six_nobody_signs_and_the_missing_one_is_named(kind):
    """NEW-26: plan, contingency plans and task forces are required objects."""
    school = a_school()
    planned(school, without=kind)
    stated(school, *ALL_ITEMS)
    accepted(school)
    for actor in (head_of(), county_clerk(), education()):
        with pytest.raises(Refusal) as no:
            sign(actor=actor, school_ids=[school.pk], at=MORNING)
        assert no.value.code == "plans_missing" and str(kind.label) in str(no.value.why)
    (line,) = lines(education(), MORNING)
    assert not line.ready and str(kind.label) in line.missing_words


def test_the_database_takes_no_signature_without_plans():
    school = a_school()
    stated(school, *ALL_ITEMS)
    accepted(school)
    for line, actor in (("school", head_of()), ("county", county_clerk())):
        with pytest.raises(IntegrityError, match="no_signature_without_plans"), transaction.atomic():
            Signature.objects.create(
                school=school, line=line, by_id=actor.user_id, name="x", at=MORNING, day=MORNING.date()
            )


def test_what_was_filed_is_not_rewritten_and_a_force_without_people_not_stored():
    school = a_school()
    planned(school)
    with pytest.raises(IntegrityError, match="no_update"), transaction.atomic():
        PlanPiece.objects.update(title="x")
    for fields in ({"kind": Kind.FORCE_SUPPLY, "title": "x"}, {"kind": Kind.PLAN, "title": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlanPiece.objects.create(school=school, by_id=head_of().user_id, at=MORNING, **fields)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "未演练"), ("en", "not rehearsed")])
def test_a_school_files_a_piece_on_its_workbench(client, language, words):
    school = a_school()
    client.force_login(User.objects.get(pk=head_of().user_id))
    client.cookies["django_language"] = language
    given = {"kind": "case", "title": "a case in class"}
    with frozen_at(MORNING):
        url = reverse("schools:file_piece", args=[school.pk])
        assert client.post(url, given).status_code == 302
        assert words in client.get(reverse("schools:workbench")).content.decode()
        for wrong in ({"kind": "x"}, {"title": ""}, {"kind": "force_supply"}, {"drilled_on": "2020-03-32"}):
            assert client.post(url, given | wrong).status_code == 422
    assert PlanPiece.objects.count() == 1
