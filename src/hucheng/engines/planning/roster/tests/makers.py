"""Roster instances for tests."""

from typing import Any


def an_instance(
    days: int = 28,
    need: list[dict[str, list[int]]] | None = None,
    staff: list[dict[str, Any]] | None = None,
    open_days: list[list[int]] | None = None,
    off_requests: list[list[int]] | None = None,
    **params: int,
) -> dict[str, Any]:
    """Give an instance with one house that needs one nurse by day, and four nurses."""
    need = need or [{"medical": [1, 0, 0]}]
    return {
        "problem": "roster",
        "days": days,
        "need": need,
        "open": open_days or [[0, days]] * len(need),
        "staff": staff if staff is not None else [a_worker() for _ in range(4)],
        "off_requests": off_requests or [],
        "params": {
            "block": 14,
            "rest_after_block": 14,
            "overrun": 0,
            "max_run": 6,
            "max_nights_run": 4,
            "night_cap": 4,
            "w_under": 100,
            "w_request": 3,
            "w_block": 20,
            "w_fair": 5,
        }
        | params,
    }


def a_worker(
    skill: str = "medical", free_from: int = 0, away: list[list[int]] | None = None, **more: Any
) -> dict[str, Any]:
    """Give one worker; `more` may hold test_due and trained."""
    return {"skill": skill, "free_from": free_from, "away": away or []} | more
