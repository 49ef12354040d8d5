"""Duty instances for the tests of the planning contract."""

from typing import Any


def an_instance(
    days: int = 4,
    leaders: list[dict[str, Any]] | None = None,
    holidays: list[int] | None = None,
    **params: int,
) -> dict[str, Any]:
    """Give an instance that four leaders of four portfolios can serve."""
    return {
        "problem": "duty",
        "days": days,
        "leaders": leaders if leaders is not None else [a_leader(portfolio=name) for name in "abcd"],
        "holidays": holidays or [],
        "params": {"min_gap": 2, "w_spread": 10, "w_holiday": 8, "w_avoid": 4} | params,
    }


def a_leader(
    *, chief: bool = True, portfolio: str = "a", away: tuple[int, ...] = (), avoid: tuple[int, ...] = ()
) -> dict[str, Any]:
    """Give one leader."""
    return {"chief": chief, "portfolio": portfolio, "away": list(away), "avoid": list(avoid)}
