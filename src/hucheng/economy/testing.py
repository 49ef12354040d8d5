"""Makers for tests: series and goods open, values published, a county's day."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, a_city, an_actor
from hucheng.economy.firms.actions import FirmsIn
from hucheng.economy.indicators.actions import open_series, publish
from hucheng.economy.indicators.models import Vintage
from hucheng.economy.indicators.vintages import ValueIn
from hucheng.economy.outlook.actions import TargetIn, adopt_targets
from hucheng.economy.outlook.models import TargetVersion
from hucheng.economy.supply.actions import open_goods
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
