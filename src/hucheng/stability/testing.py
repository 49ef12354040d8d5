"""Makers for tests: a station with its season, patrols, a notice, questions; a visit to a page, a call by program."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, after, an_actor
from hucheng.stability.bulletins.actions import Saying, ask_question, open_answer
from hucheng.stability.bulletins.models import Answer, Question, Topic
from hucheng.stability.fire.actions import open_station, report_weather, start_series
from hucheng.stability.fire.models import Station
from hucheng.stability.fire.observed import ObservationIn
from hucheng.stability.patrols.actions import PatrolIn, plan_patrols
from hucheng.stability.patrols.models import Patrol
from hucheng.stability.response.actions import TaskIn, issue_notice
from hucheng.stability.response.models import FireNotice

TODAY = date(2020, 3, 21)
RED = (24.0, 12.0, 40.0, 0.0)
GREEN = (8.0, 85.0, 5.0, 6.0)


def department() -> Actor:
    """The department of the city."""
    return an_actor(Role.DEPARTMENT)


def clerk(place: str = COUNTY) -> Actor:
    """The clerk of a county."""
    return an_actor(Role.COUNTY, place)


def a_station(code: str = "C-XD", place: str = COUNTY, started: date | None = date(2020, 3, 17)) -> Station:
    """A station of a county, its series started after a day with the engine's standard codes."""
    station = open_station(
        actor=department(), code=code, place=place, name_zh=f"{code}站", name_en=f"Station {code}", at=MORNING
    )
    if started:
        start_series(actor=department(), station_id=station.pk, day=started, why="standard start", at=MORNING)
    return station


def seen(code: str = "C-XD", day: date = TODAY, values: tuple[float, float, float, float] = RED) -> ObservationIn:
    """One observation."""
    return ObservationIn(code, day, *values)


def a_season(
    days: int = 3, values: tuple[float, float, float, float] = RED, code: str = "C-XD", place: str = COUNTY
) -> Station:
    """A station that has sent the same weather for some days, the last of them yesterday."""
    station = a_station(code, place, started=TODAY - timedelta(days=days + 1))
    sent = [seen(code, TODAY - timedelta(days=n + 1), values) for n in reversed(range(days))]
    report_weather(actor=department(), observations=sent, at=MORNING)
    return station


def planned(
    checkpoints: str = "K1 K2", due: datetime | None = None, place: str = COUNTY, at: datetime = MORNING
) -> list[Patrol]:
    """Patrols planned in the morning, due an hour later."""
    patrols = [PatrolIn(one, due or after(60)) for one in checkpoints.split()]
    return plan_patrols(actor=clerk(place), place=place, patrols=patrols, at=at)


def a_notice(tasks: int = 2, due: date = TODAY, until: date = date(2020, 5, 31)) -> FireNotice:
    """A notice with some tasks for every county."""
    wanted = [TaskIn(f"task {n}", due) for n in range(1, tasks + 1)]
    return issue_notice(
        actor=an_actor(Role.DEPARTMENT, CITY), title="spring notice", until=until, tasks=wanted, at=MORNING
    )


def a_question(text: str = "何时开学", at: datetime = MORNING, channel: str = "hotline") -> Question:
    """A question about schools."""
    return ask_question(actor=department(), topic=Topic.SCHOOLS, text=text, channel=Question.Channel(channel), at=at)


def said(
    text_zh: str = "高三三月二十五日返校", text_en: str = "Grade 12 returns on 25 March", **changes: object
) -> Saying:
    """What the education bureau says."""
    usual: dict[str, object] = {"source": "省教育厅通知", "office": "TY-EDU", "since": TODAY, "until": None}
    return Saying(text_zh, text_en, **(usual | changes))  # type: ignore[arg-type]


def an_answer(*questions: Question, at: datetime = MORNING, **changes: object) -> Answer:
    """A public answer that settles these questions."""
    return open_answer(
        actor=department(), topic=Topic.SCHOOLS, matter_zh="高三何时返校？", matter_en="When does grade 12 return?",
        said=said(**changes), question_ids=[one.pk for one in questions], at=at,
    )  # fmt: skip


def refused(code: str, act: Callable[..., object], /, **given: object) -> Refusal:
    """The refusal that an act is met with: of this code, with its words."""
    with pytest.raises(Refusal) as no:
        act(**given)
    assert no.value.code == code and str(no.value.why) and str(no.value.do)
    return no.value


def visit(
    client: Client, actor: Actor | None, name: str, data: dict[str, Any] | None = None, *, args: Sequence[object] = (),
    query: str = "", language: str = "en", at: datetime = MORNING, follow: bool = False,
) -> Any:  # fmt: skip
    """What a page of the wing answers to somebody at a time, by POST where data are given."""
    if actor:
        client.force_login(User.objects.get(pk=actor.user_id))
    client.cookies["django_language"] = language
    with frozen_at(at):
        url = reverse(f"stability:{name}", args=args) + query
        return client.get(url, follow=follow) if data is None else client.post(url, data, follow=follow)


def words_of(answer: HttpResponse) -> str:
    """A page's text as sent, on one line."""
    return " ".join(answer.content.decode().split())


def call(client: Client, actor: Actor, path: str, body: object = None, *, at: datetime = MORNING) -> Any:
    """What the API answers to somebody at a time, by POST where a body is given."""
    client.force_login(User.objects.get(pk=actor.user_id))
    with frozen_at(at):
        if body is None:
            return client.get(f"/api/v1{path}")
        return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")
