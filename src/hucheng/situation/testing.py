"""Makers for tests here and above: files of series, watched countries, published counts; a page as somebody sees it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, an_actor
from hucheng.situation.city.actions import LocalDay, report_local
from hucheng.situation.city.models import LocalCount
from hucheng.situation.countries.actions import import_series
from hucheng.situation.countries.models import SeriesFile
from hucheng.situation.importation.actions import Cases, report_cases
from hucheng.situation.importation.models import CaseReport
from hucheng.situation.origins.actions import watch
from hucheng.situation.origins.models import Watch

TODAY = date(2020, 3, 21)
"""The city's day at MORNING."""


def a_table(rows: Iterable[tuple[object, ...]], heads: str = "date,code,confirmed_cum") -> bytes:
    """A CSV file of series."""
    return "\n".join([heads, *(",".join(str(cell) for cell in row) for row in rows)]).encode() + b"\n"


def days_up_to(last: date, totals: Iterable[int], country: str = "CA") -> list[tuple[object, ...]]:
    """Rows of one country, the last total on the last day."""
    given = list(totals)
    return [(last - timedelta(days=len(given) - 1 - n), country, total) for n, total in enumerate(given)]


def a_series(
    totals: Iterable[int],
    *,
    country: str = "CA",
    last: date = TODAY - timedelta(days=1),
    at: datetime = MORNING,
    actor: Actor | None = None,
) -> SeriesFile:
    """A series of one country taken in, the last total on `last`."""
    return import_series(
        actor=actor or an_actor(Role.DEPARTMENT),
        name="series.csv",
        data=a_table(days_up_to(last, totals, country)),
        source="health commission",
        published_on=max(last, TODAY),
        at=at,
    )


def a_watch(country: str = "CA", *, at: datetime = MORNING, actor: Actor | None = None) -> Watch:
    """A country put on the watch list."""
    return watch(actor=actor or an_actor(Role.DEPARTMENT), country=country, reason="flights", at=at)


def cases(new: int, **given: object) -> Cases:
    """A published count of the province, as of yesterday."""
    usual = {"as_of": TODAY - timedelta(days=1), "published_on": TODAY, "source": "province", "about": "140000"}
    return Cases(**(usual | given), new=new)


def a_report(new: int, *, at: datetime = MORNING, actor: Actor | None = None, **given: object) -> CaseReport:
    """A published count on record."""
    return report_cases(actor=actor or an_actor(Role.DEPARTMENT), cases=cases(new, **given), at=at)


def local_counts(
    totals: Iterable[int], *, last: date = TODAY - timedelta(days=1), at: datetime = MORNING, actor: Actor | None = None
) -> list[LocalCount]:
    """Local cases by day, the last total on `last`."""
    days = [LocalDay(day, total) for day, _code, total in days_up_to(last, totals)]
    return report_local(
        actor=actor or an_actor(Role.DEPARTMENT), days=days, source="city", published_on=max(last, TODAY), at=at
    )


def turned_away(act: Callable[..., object], /, **given: object) -> str:
    """The code with which an act is refused; its words stand beside it."""
    with pytest.raises(Refusal) as no:
        act(**given)
    assert str(no.value.why) and str(no.value.do)
    return no.value.code


class Visitor:
    """Somebody before the pages and the API of the situation, at a time that stands."""

    def __init__(self, client: Client, at: datetime = MORNING) -> None:
        self.client = client
        self.at = at

    def comes_as(self, actor: Actor, language: str = "en") -> "Visitor":
        """Sign in, reading in a language."""
        self.client.force_login(User.objects.get(pk=actor.user_id))
        self.client.cookies["django_language"] = language
        return self

    def opens(self, name: str, *args: object, **query: object) -> Any:
        """Open a page."""
        with frozen_at(self.at):
            return self.client.get(reverse(f"situation:{name}", args=args), query)

    def reads(self, name: str, *args: object, **query: object) -> str:
        """A page's text on one line."""
        return " ".join(self.opens(name, *args, **query).content.decode().split())

    def sends(self, name: str, *args: object, **given: object) -> Any:
        """Send a form."""
        with frozen_at(self.at):
            return self.client.post(reverse(f"situation:{name}", args=args), given)

    def asks(self, path: str, body: object = None, **query: object) -> Any:
        """Ask the API, or send it a body."""
        with frozen_at(self.at):
            if body is None:
                return self.client.get(f"/api/v1/situation/{path}", query)
            return self.client.post(f"/api/v1/situation/{path}", body, content_type="application/json")
