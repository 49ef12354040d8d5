"""Goods of the story: daily prices and stocks, and what is done about alerts."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from hucheng.core.clock import SHANGHAI
from hucheng.economy import door as economy
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Day, Given, Work

PRICES = {
    "flour": 4.6, "rice": 6.2, "oil": 14.5, "pork": 54.3, "vegetables": 5.4, "masks": 2.6, "gowns": 85.0,
    "disinfectant": 11.0, "test-kits": 48.0,
}  # fmt: skip
"""Yuan a unit, invented; pork stays where the report of 30 March puts it."""
STOCK_DAYS = {
    "flour": 32, "rice": 35, "oil": 40, "pork": 12, "vegetables": 6, "masks": 9, "gowns": 7, "disinfectant": 14,
    "test-kits": 8,
}  # fmt: skip
PORK_FROM, PORK = date(2020, 3, 30), 58.0
NOISE, GAIN_A_DAY, USE_A_DAY = 0.015, 0.12, Decimal(100)
ANSWERED_IN_A_DAY = 0.8
FIRST = date(2020, 3, 18)


def works() -> dict[str, Work]:
    """The acts of the story about goods."""
    return {"price.report": told}


def days(seed: int) -> list[Day]:
    """Answers in the morning, prices and stocks in the afternoon."""
    return [
        ("11:00", "alert.handle", partial(answer, seed)),
        ("16:30", "price.report", partial(prices, seed)),
        ("16:31", "supply.report", partial(stocks, seed)),
    ]


def told(given: Given, at: datetime) -> None:
    """One price or one stock of the story."""
    day, actor = at.astimezone(SHANGHAI).date(), acting("economy")
    if "cny" in given:
        price = economy.PriceIn(given["good"], day, Decimal(str(given["cny"])))
        economy.report_prices(actor=actor, prices=[price], at=at)
    if "stock_days" in given:
        stock = economy.StockIn(given["good"], day, given["stock_days"] * USE_A_DAY, USE_A_DAY)
        economy.report_stocks(actor=actor, stocks=[stock], at=at)


def prices(seed: int, at: datetime) -> None:
    """Every price that the story has not told that day."""
    day, actor = at.astimezone(SHANGHAI).date(), acting("economy")
    rng = random.Random(f"{seed}/{day}/prices")
    known, _stocks = economy.reported_goods(actor, day)
    rows = []
    for code, usual in PRICES.items():
        level = PORK if code == "pork" and day >= PORK_FROM else usual
        price = Decimal(f"{level * (1 + rng.uniform(-NOISE, NOISE)):.2f}")
        if code not in known:
            rows.append(economy.PriceIn(code, day, price))
    economy.report_prices(actor=actor, prices=rows, at=at)


def stocks(seed: int, at: datetime) -> None:
    """Every stock that the story has not told that day: it grows slowly."""
    day, actor = at.astimezone(SHANGHAI).date(), acting("economy")
    rng = random.Random(f"{seed}/{day}/stocks")
    _prices, known = economy.reported_goods(actor, day)
    rows = []
    for code, start in STOCK_DAYS.items():
        lasts = start + GAIN_A_DAY * (day - FIRST).days + rng.uniform(-0.4, 0.4)
        if code not in known:
            rows.append(economy.StockIn(code, day, Decimal(f"{lasts * float(USE_A_DAY):.1f}"), USE_A_DAY))
    economy.report_stocks(actor=actor, stocks=rows, at=at)


def answer(seed: int, at: datetime) -> None:
    """Most alerts are answered the morning after."""
    rng = random.Random(f"{seed}/{at:%Y-%m-%d}/alerts")
    for alert in economy.open_alerts(acting("economy")):
        if rng.random() < ANSWERED_IN_A_DAY and at - alert.opened_at > timedelta(hours=12):
            text = "已投放储备并巡查市场 reserve released, markets inspected"
            economy.handle_alert(actor=acting("economy"), alert_id=alert.pk, answer=text, at=at)
