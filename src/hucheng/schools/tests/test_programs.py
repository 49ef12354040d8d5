"""Programs and pages of one school: who may do what, what a wrong body answers, what is shown of whom."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.schools.plans.models import PlanPiece
from hucheng.schools.readiness.models import SelfCheck, Signature, Verdict
from hucheng.schools.reopening.models import Opening
from hucheng.schools.testing import (
    a_school,
    a_stage,
    accepted,
    an_accepted_school,
    called,
    county_clerk,
    education,
    head_of,
    on_the_day,
    planned,
    stated,
)

pytestmark = pytest.mark.django_db
LINE = {"number": 1, "in_place": True, "evidence": "seen", "valid_until": "2020-06-30"}
ACTS = {
    "statements": [LINE],
    "verdicts": {"numbers": [1], "answer": "accepted"},
    "signature": {},
    "openings/grade-12": {},
}


@pytest.fixture(autouse=True)
def city():
    a_city()


def asked(client, actor, name, *args, data=None, at=MORNING, language="en"):
    client.force_login(User.objects.get(pk=actor.user_id))
    client.cookies["django_language"] = language
    with frozen_at(at):
        url = reverse(f"schools:{name}", args=args)
        return client.get(url) if data is None else client.post(url, data)


def nothing_happened():
    return not (Verdict.objects.exists() or Signature.objects.exists() or Opening.objects.exists())


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("actor", "answers"),
    [
        (lambda: an_actor(Role.LEADING_GROUP), {"": "role_may_not"}),
        (lambda: an_actor(Role.COMMAND_OFFICE), {"": "role_may_not"}),
        (lambda: an_actor(Role.ENTRY), {"": "role_may_not"}),
        (lambda: an_actor(Role.DEPARTMENT, CITY, "TY-DRC"), {"": "not_of_education"}),
        (lambda: head_of("S14010502"), {"": 404, "verdicts": "role_may_not"}),
        (lambda: county_clerk(OTHER_COUNTY), {"": 404}),
    ],
    ids=["leader", "office", "entry", "other department", "other school", "other county"],
)
def test_a_stranger_to_the_school_is_refused_or_finds_nothing(client, act, actor, answers):
    school, _stage = a_school(), a_stage()
    stated(school, 1)
    wanted = answers.get(act, answers[""])
    answer = called(client, actor(), f"/schools/{school.pk}/{act}", ACTS[act], after(days=9))
    if wanted == 404:
        assert answer.status_code == 404
    else:
        assert (answer.status_code, answer.json()["code"]) == (409, wanted)
    assert nothing_happened() and SelfCheck.objects.count() == 1


@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("statements", "", 422),
        ("statements", "[{]", 400),
        ("statements", [LINE | {"figure": "many"}], 422),
        ("statements", [LINE | {"figure": 1.5}], 422),
        ("statements", [LINE | {"in_place": "perhaps"}], 422),
        ("statements", [LINE | {"number": None}], 422),
        ("verdicts", {"numbers": [1]}, 422),
        ("verdicts", {"numbers": "1", "answer": "accepted"}, 422),
        ("verdicts", {"numbers": [1], "answer": "ACCEPTED"}, 422),
        ("verdicts", {"numbers": [], "answer": "accepted"}, 404),
        ("verdicts", {"numbers": [11], "answer": "accepted"}, 404),
        ("openings/grade-1", {}, 404),
    ],
)
def test_a_body_that_says_nothing_usable_changes_nothing(client, act, body, status):
    school, _stage = a_school(), a_stage()
    stated(school, 1)
    answer = called(client, county_clerk(), f"/schools/{school.pk}/{act}", body)
    assert answer.status_code == status and nothing_happened() and SelfCheck.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"numbers": [2], "answer": "accepted"}, "nothing_to_inspect"),
        ({"numbers": [1], "answer": "spot_checked"}, "not_accepted_yet"),
        ({"numbers": [1], "answer": "returned", "reason": " "}, "reason_missing"),
        ({"numbers": [1, 2], "answer": "accepted"}, "nothing_to_inspect"),
        ({"numbers": [10], "answer": "accepted"}, "others_missing"),
    ],
)
def test_a_verdict_that_may_not_be_given_is_409_with_its_three_parts(client, body, code):
    school = a_school()
    stated(school, 1, 10)
    answer = called(client, county_clerk(), f"/schools/{school.pk}/verdicts", body)
    assert answer.status_code == 409 and set(answer.json()) == {"code", "why", "do"}
    assert answer.json()["code"] == code and not Verdict.objects.exists()
    assert AuditLine.objects.filter(act="schools.readiness.inspect", refused=code).count() == 1


def test_a_program_sees_each_state_with_words_and_day(client):
    school = a_school()
    stated(school, 1, 2, 3, 6)
    accepted(school, 1, 2)
    called(client, education(), f"/schools/{school.pk}/verdicts", {"numbers": [2], "answer": "spot_checked"})
    (told,) = called(client, head_of(), "/schools").json()
    states = {item["number"]: item["state"] for item in told["items"]}
    assert [states[n] for n in (1, 2, 3, 4)] == ["ok", "s", "w", "b"]
    (later,) = called(client, head_of(), "/schools", at=after(days=14)).json()
    assert later["items"][5]["state"] == "e" and later["items"][5]["valid_until"] == "2020-04-03"
    assert (told["ready"], told["lines_signed"], told["grade12"], told["place"]) == (False, [], 400, "140105")


@pytest.mark.parametrize(("language", "words"), [("en", "Not ready; held by"), ("zh-hans", "不能开学，卡在")])
def test_the_page_of_a_school_says_what_holds_it(client, language, words):
    school = a_school()
    stated(school, 1, evidence="<i>all present</i>")
    page = asked(client, an_actor(Role.LEADING_GROUP), "school", school.pk, language=language).content.decode()
    assert words in page and "all present" in page and "<i>all present</i>" not in page
    assert 'type="checkbox"' not in page  # a reader chooses nothing


def test_only_what_is_stated_can_be_chosen_and_what_waits_is_ticked(client):
    school = a_school()
    stated(school, 1, 2, 3)
    accepted(school, 3)
    page = asked(client, county_clerk(), "school", school.pk).content.decode()
    boxes = re.findall(r'<input type="checkbox"[^>]*name="item"[^>]*>', page)
    assert len(boxes) == 3 and sum(" checked" in box for box in boxes) == 2


def test_the_button_to_sign_is_offered_once_nothing_is_missing_and_once(client):
    school = a_school()
    stated(school)
    assert "Sign for" not in asked(client, county_clerk(), "school", school.pk).content.decode()
    accepted(school)
    assert "Sign for" in asked(client, county_clerk(), "school", school.pk).content.decode()
    assert asked(client, county_clerk(), "sign", school.pk, data={}).status_code == 302
    assert "Sign for" not in asked(client, county_clerk(), "school", school.pk).content.decode()
    again = asked(client, county_clerk(), "sign", school.pk, data={})
    assert again.status_code == 422 and "signed_before" in again.content.decode() and Signature.objects.count() == 1


def test_the_form_of_an_item_begins_with_what_stands(client):
    school = a_school()
    stated(school, 4, figure=29, reference="No. 7", evidence="twelve classes")
    page = asked(client, head_of(), "self_check", school.pk, 4).content.decode()
    assert 'value="29"' in page and 'value="No. 7"' in page and "twelve classes" in page
    assert 'value="2020-06-30"' in page
    without = asked(client, head_of(), "self_check", school.pk, 1).content.decode()
    assert 'name="figure"' not in without


@pytest.mark.parametrize("name", ["self_check", "file_piece", "workbench"])
@pytest.mark.parametrize("actor", [county_clerk, education, lambda: an_actor(Role.LEADING_GROUP)])
def test_the_pages_of_the_school_itself_are_for_nobody_else(client, name, actor):
    school = a_school()
    args = {"self_check": (school.pk, 1), "file_piece": (school.pk,), "workbench": ()}[name]
    data = {"kind": "plan", "title": "x"} if name == "file_piece" else None
    assert asked(client, actor(), name, *args, data=data).status_code == 404
    assert not PlanPiece.objects.exists()


def test_a_school_does_not_reach_the_pages_of_the_overseers(client):
    a_school()
    for name in ("matrix", "matrix_xlsx", "reopening"):
        assert asked(client, head_of(), name).status_code == 404


@pytest.mark.parametrize(
    ("language", "head", "words"),
    [("en", "What holds it", {"not ready", "To inspect"}), ("zh-hans", "卡在哪里", {"不能开", "待验"})],
)
def test_the_export_follows_the_filter_and_the_language(client, language, head, words):
    an_accepted_school("S14010501")
    stated(a_school("S14010502"), 1)
    client.force_login(User.objects.get(pk=education().user_id))
    client.cookies["django_language"] = language
    with frozen_at(MORNING):
        data = client.get(reverse("schools:matrix_xlsx") + "?show=open").content
    heads, *rows = load_workbook(BytesIO(data)).active.iter_rows(values_only=True)
    assert [row[0] for row in rows] == ["S14010502"] and len(heads) == 16
    assert heads[-1] == head and words <= set(rows[0])


def test_a_school_opens_by_a_program_once_on_its_day(client):
    school, stage = an_accepted_school(), a_stage()
    path = f"/schools/{school.pk}/openings/{stage.key}"
    assert called(client, education(), path, {}).json()["code"] == "not_yet"
    assert called(client, education(), path, {}, on_the_day(stage)).json()["ready"]
    assert called(client, head_of(), path, {}, on_the_day(stage)).json()["code"] == "opened_before"
    assert Opening.objects.get().by_id == education().user_id


def test_without_its_plans_a_school_is_told_which_when_it_signs_by_a_program(client):
    school = a_school()
    stated(school, *range(1, 11))
    planned(school, without="force_supply")
    told = called(client, head_of(), f"/schools/{school.pk}/signature", {}).json()
    assert told["code"] == "plans_missing" and str(PlanPiece.Kind.FORCE_SUPPLY.label) in told["why"]
    assert not Signature.objects.exists()
