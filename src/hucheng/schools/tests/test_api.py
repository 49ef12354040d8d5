"""Schools for programs: the same acts, typed; a refusal is 409 with its three parts."""

import pytest

from hucheng.core.terms import Role
from hucheng.core.testing import OTHER_COUNTY, after, an_actor
from hucheng.schools.testing import (
    FIGURES,
    a_school,
    a_stage,
    called,
    county_clerk,
    education,
    head_of,
    on_the_day,
    planned,
    stated,
)

pytestmark = pytest.mark.django_db
ALL = list(range(1, 11))


def a_line(number, **fields):
    usual = {"number": number, "in_place": True, "evidence": "seen", "figure": FIGURES.get(number)}
    return usual | {"valid_until": "2020-06-30"} | fields


def test_a_school_is_stated_inspected_signed_and_opened_by_programs(client):
    school, stage = a_school(), a_stage()
    planned(school)
    at = f"/schools/{school.pk}"
    told = called(client, head_of(), f"{at}/statements", [a_line(n) for n in ALL]).json()
    assert {item["state"] for item in told["items"]} == {"w"} and not told["ready"]
    told = called(client, county_clerk(), f"{at}/verdicts", {"numbers": ALL, "answer": "accepted"}).json()
    assert {item["state"] for item in told["items"]} == {"ok"}
    for actor in (head_of(), county_clerk(), education()):
        told = called(client, actor, f"{at}/signature", {}).json()
    assert told["ready"] and told["lines_signed"] == ["county", "education", "school"]
    early = called(client, head_of(), f"{at}/openings/{stage.key}", {})
    assert early.status_code == 409 and early.json()["code"] == "not_yet"
    assert called(client, head_of(), f"{at}/openings/{stage.key}", {}, on_the_day(stage)).status_code == 200


def test_the_list_holds_the_schools_in_sight(client):
    a_school("S14010501")
    a_school("S14012301")
    assert len(called(client, education(), "/schools").json()) == 2
    assert [s["code"] for s in called(client, education(), "/schools?county=140123").json()] == ["S14012301"]
    assert [s["code"] for s in called(client, county_clerk(OTHER_COUNTY), "/schools").json()] == ["S14012301"]
    assert [s["code"] for s in called(client, head_of(), "/schools").json()] == ["S14010501"]
    assert called(client, an_actor(Role.ENTRY), "/schools").status_code == 409


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ([a_line(5, figure=4)], 409, "beyond_the_limit"),
        ([a_line(5, figure=-1)], 409, "figure_beyond"),
        ([a_line(2, in_place=False, figure=-1)], 409, "figure_beyond"),
        ([a_line(12)], 409, "no_such_item"),
        ([a_line(1, evidence="")], 409, "evidence_missing"),
        ([a_line(1, valid_until="2020-06-31")], 422, ""),
        ([{"number": 1}], 422, ""),
        ({"number": 1}, 422, ""),
    ],
)
def test_a_statement_that_cannot_stand_is_answered_with_its_code(client, body, status, code):
    school = a_school()
    answer = called(client, head_of(), f"/schools/{school.pk}/statements", body)
    assert answer.status_code == status
    if code:
        assert set(answer.json()) == {"code", "why", "do"} and answer.json()["code"] == code


def test_masks_counted_by_the_piece_hold_until_the_day_that_is_named(client):
    school = a_school()
    told = called(client, head_of(), f"/schools/{school.pk}/statements", [a_line(6, figure=5_000_000)]).json()
    assert (told["items"][5]["state"], told["items"][5]["valid_until"]) == ("w", "2020-06-30")


def test_a_school_cannot_accept_and_a_stranger_finds_nothing(client):
    school = a_school()
    stated(school, 1)
    body = {"numbers": [1], "answer": "accepted"}
    assert called(client, head_of(), f"/schools/{school.pk}/verdicts", body).json()["code"] == "role_may_not"
    for stranger in (county_clerk(OTHER_COUNTY),):
        assert called(client, stranger, f"/schools/{school.pk}/verdicts", body).status_code == 404
    assert called(client, head_of("S14010502"), f"/schools/{school.pk}/statements", [a_line(1)]).status_code == 404
    unknown = called(client, county_clerk(), f"/schools/{school.pk}/verdicts", {"numbers": [1], "answer": "perhaps"})
    assert unknown.status_code == 422


def test_a_return_tells_its_reason_to_the_next_reader(client):
    school = a_school()
    stated(school, 1)
    body = {"numbers": [1], "answer": "returned", "reason": "no list"}
    called(client, county_clerk(), f"/schools/{school.pk}/verdicts", body, after(5))
    (told,) = called(client, head_of(), "/schools", at=after(6)).json()
    assert told["items"][0]["state"] == "b" and told["items"][0]["evidence"] == "no list"


def test_nobody_without_a_token_is_answered(client):
    assert client.get("/api/v1/schools").status_code == 401
