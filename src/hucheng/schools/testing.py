"""Makers for tests: a school, its ten items stated, inspected, signed."""

import json
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.test import Client

from hucheng.core.accounts.actions import make_token
from hucheng.core.accounts.models import RoleGrant
from hucheng.core.clock import frozen_at
from hucheng.core.places.actions import load_places, shipped
from hucheng.core.places.models import Place
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, an_actor
from hucheng.schools.plans.actions import PieceIn, file_pieces
from hucheng.schools.plans.models import CONTINGENCIES, FORCES, PlanPiece
from hucheng.schools.readiness.actions import declare, inspect, register_schools, sign
from hucheng.schools.readiness.items import TEN
from hucheng.schools.readiness.models import ReadinessItem, School, Verdict
from hucheng.schools.readiness.rules import SchoolIn, Statement
from hucheng.schools.reopening.actions import announce_stage
from hucheng.schools.reopening.models import Stage

CODE = "S14010501"
UNTIL = date(2020, 6, 30)
RETURN = date(2020, 3, 30)
FIGURES = {2: 0, 4: 30, 5: 3, 6: 20, 8: 1, 9: 4}
"""Figures with which every item is within its limits."""


def education() -> Actor:
    """The city's education bureau."""
    return an_actor(Role.DEPARTMENT, CITY, "TY-EDU", "education")


def county_clerk(place: str = COUNTY) -> Actor:
    """The clerk of a county."""
    return an_actor(Role.COUNTY, place)


def head_of(code: str = CODE) -> Actor:
    """The head of a school, in its county."""
    return an_actor(Role.SCHOOL, code[1:7], code)


def particulars(code: str = CODE, **fields: object) -> SchoolIn:
    """A senior high school as a list gives it."""
    usual = {"place": code[1:7], "name_zh": f"{code}中学", "name_en": f"School {code}", "kind": "senior",
             "first_grade": 10, "last_grade": 12, "grade12": 400}  # fmt: skip
    return SchoolIn(code=code, **(usual | fields))


def the_counties() -> None:
    """The shipped divisions, where a test has not loaded them."""
    if not Place.objects.exists():
        load_places(actor=SYSTEM, rows=shipped("places.csv"), at=MORNING)


def a_school(code: str = CODE, at: datetime = MORNING, **fields: object) -> School:
    """A school that is entered and has stated nothing."""
    the_counties()
    register_schools(actor=education(), schools=[particulars(code, **fields)], at=at)
    return School.objects.get(code=code)


def a_statement(number: int, **fields: object) -> Statement:
    """An item in place, within its limits."""
    usual = {"in_place": True, "evidence": f"已查第{number}项", "figure": FIGURES.get(number), "valid_until": UNTIL}
    return Statement(number=number, **(usual | fields))


def stated(school: School, *numbers: int, at: datetime = MORNING, **fields: object) -> list[ReadinessItem]:
    """The school states these items to be in place; without numbers all ten, its six pieces filed."""
    if not numbers:
        planned(school, at)
    statements = [a_statement(number, **fields) for number in numbers or TEN]
    declare(actor=head_of(school.code), school_id=school.pk, statements=statements, at=at)
    return items_of(school, *numbers)


def items_of(school: School, *numbers: int) -> list[ReadinessItem]:
    """The items of a school as they stand now."""
    rows = ReadinessItem.objects.filter(school=school, number__in=numbers or TEN)
    return list(rows.select_related("school", "declared", "verdict"))


def accepted(school: School, *numbers: int, at: datetime = MORNING) -> list[ReadinessItem]:
    """The county accepts these items (all ten without numbers)."""
    ids = [item.pk for item in items_of(school, *numbers)]
    inspect(actor=county_clerk(school.place), item_ids=ids, answer=Verdict.Answer.ACCEPTED, at=at)
    return items_of(school, *numbers)


def planned(school: School, at: datetime = MORNING, without: str = "") -> None:
    """The school files its six pieces, the contingency plans rehearsed the day before."""
    drill = (at - timedelta(days=1)).date()
    pieces = [
        PieceIn(
            kind=kind,
            title=f"{school.code} {kind}",
            people=6 if kind in FORCES else 0,
            drilled_on=drill if kind in CONTINGENCIES else None,
        )
        for kind in PlanPiece.Kind
        if kind != without
    ]
    file_pieces(actor=head_of(school.code), school_id=school.pk, pieces=pieces, at=at)


def signed_by_all(school: School, at: datetime = MORNING) -> School:
    """All three lines sign."""
    for actor in (head_of(school.code), county_clerk(school.place), education()):
        sign(actor=actor, school_ids=[school.pk], at=at)
    return school


def an_accepted_school(code: str = CODE, at: datetime = MORNING, **fields: object) -> School:
    """A school whose ten items hold and that all three lines have signed for."""
    school = a_school(code, at, **fields)
    stated(school, at=at)
    accepted(school, at=at)
    return signed_by_all(school, at)


def a_stage(
    key: str = "grade-12", grades: tuple[int, ...] = (12,), opens_on: date = RETURN, at: datetime = MORNING
) -> Stage:
    """A stage announced by the education bureau."""
    return announce_stage(
        actor=education(), key=key, name_zh=f"{key}返校", name_en=f"Return of {key}", grades=grades,
        opens_on=opens_on, at=at,
    )  # fmt: skip


def on_the_day(stage: Stage, hour: int = 7) -> datetime:
    """A time on the day of return, in the city."""
    return MORNING + timedelta(days=(stage.opens_on - MORNING.date()).days, hours=hour - 8)


def called(client: Client, actor: Actor, path: str, body: object = None, at: datetime = MORNING) -> HttpResponse:
    """What a program of this actor is answered: to a body that it posts (as JSON, or raw text), else to a reading."""
    grant = RoleGrant.objects.get(user_id=actor.user_id, role=actor.role)
    auth = {"HTTP_AUTHORIZATION": f"Bearer {make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)}"}
    with frozen_at(at):
        if body is None:
            return client.get(f"/api/v1{path}", **auth)
        data = body if isinstance(body, str) else json.dumps(body)
        return client.post(f"/api/v1{path}", data, content_type="application/json", **auth)
