"""Makers for tests: series and goods open, values published, a county's day."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, an_actor
from hucheng.economy.firms.actions import FirmsIn, report_firms
from hucheng.economy.indicators.actions import open_series, publish
from hucheng.economy.indicators.models import Vintage
from hucheng.economy.indicators.vintages import ValueIn
from hucheng.economy.outlook.actions import TargetIn, adopt_targets
from hucheng.economy.outlook.models import TargetVersion
from hucheng.economy.pairing.actions import RequestIn, file_requests
from hucheng.economy.pairing.models import FirmRequest
from hucheng.economy.policies.actions import PolicyIn, publish_policy
from hucheng.economy.projects.actions import (
    BlockerIn,
    ProgressIn,
    ProjectIn,
    list_projects,
    report_blockers,
    report_projects,
)
from hucheng.economy.projects.models import Blocker
from hucheng.economy.supply.actions import PriceIn, StockIn, open_goods, report_prices, report_stocks
from hucheng.economy.tables import GOODS, SERIES, shipped

TODAY = date(2020, 3, 21)
"""The day of MORNING in the city."""


def a_department() -> Actor:
    """The city's department of the economy, with its series and goods open."""
    a_city()
    actor = an_actor(Role.DEPARTMENT)
    open_series(actor=actor, rows=shipped(SERIES), at=MORNING)
    open_goods(actor=actor, rows=shipped(GOODS), at=MORNING)
    return actor


def a_value(code: str, period: str, value: str, on: date, reason: str = "") -> ValueIn:
    """One value to publish."""
    return ValueIn(code, period, Decimal(value), on, reason)


def published(actor: Actor, *values: ValueIn, at: datetime = MORNING) -> list[Vintage]:
    """Values on record."""
    return publish(actor=actor, values=list(values), at=at)


def a_draft(actor: Actor, at: datetime = MORNING, **targets: str) -> TargetVersion:
    """A draft of the targets of 2020; underscores in names stand for the dashes of codes."""
    aims = [TargetIn(code.replace("_", "-"), Decimal(value)) for code, value in targets.items()]
    return adopt_targets(
        actor=actor,
        year=2020,
        state=TargetVersion.State.DRAFT,
        dated_on=date(2020, 3, 18),
        ground="working targets before the congress",
        targets=aims,
        at=at,
    )


def a_day(**fields: Any) -> FirmsIn:
    """A county's firms of TODAY: 90 of 100 resumed, 700 of 1,000 workers back."""
    usual = {"place": COUNTY, "day": TODAY, "above_size": 100, "resumed": 90, "on_roll": 1000, "back": 700}
    return FirmsIn(**(usual | fields))


def a_busy_department() -> Actor:
    """The department of a city with something in every room."""
    actor = a_department()
    a_draft(actor, gdp="7", industry="7.5", new_urban_jobs="83000")
    published(actor, a_value("industry", "2020M02", "-12.3", date(2020, 3, 18)))
    published(actor, a_value("industry", "2020M02", "-11.9", date(2020, 3, 20), "source data verified"))
    published(actor, a_value("gdp-china", "2019", "6.1", date(2020, 1, 17)))
    report_firms(actor=actor, reports=[a_day(), a_day(place=OTHER_COUNTY, resumed=40)], at=MORNING)
    report_prices(actor=actor, prices=[PriceIn("pork", TODAY, Decimal("54.30"))], at=MORNING)
    report_stocks(actor=actor, stocks=[StockIn("masks", TODAY, Decimal(500), Decimal(100))], at=MORNING)
    project = ProjectIn("P1", "示例道路", "Example road", COUNTY, "C-XD-ECO", date(2020, 3, 20))
    list_projects(actor=actor, projects=[project], at=MORNING)
    report_projects(actor=actor, day=TODAY, reports=[ProgressIn("P1", True, 3, 5)], at=MORNING)
    blocker = BlockerIn("P1", Blocker.Factor.LAND, "land", "TY-DRC", TODAY - timedelta(days=20))
    report_blockers(actor=actor, blockers=[blocker], at=MORNING)
    request = RequestIn(COUNTY, "steel parts", FirmRequest.Kind.PERMITS, "36 workers", "A. Clerk")
    file_requests(actor=actor, requests=[request], at=MORNING)
    policy = PolicyIn("减免", "Rent relief", ["small firm"], TODAY, date(2020, 6, 30), "doc 1", "TY-FIN", "industry")
    publish_policy(actor=actor, policy=policy, at=MORNING)
    return actor
