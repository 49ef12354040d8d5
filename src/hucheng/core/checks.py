"""System checks: SQLite runs with the settings that were measured; secrets are not defaults."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

WANTED = {"journal_mode": "wal", "synchronous": 1, "temp_store": 2, "recursive_triggers": 1}
"""Measured in the decision on SQLite: other values are 3 to 25 times slower, and nothing tells. Without recursive
triggers a REPLACE deletes a row past the guards of its table."""


@register(Tags.database)
def sqlite_is_tuned(app_configs: object, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Read the settings back from the open database."""
    if not databases or connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in WANTED}
    memory = "memory" in str(connection.settings_dict["NAME"]) or found["journal_mode"] == "memory"
    if memory:
        found["journal_mode"] = "wal"
    wrong = [f"{name} is {found[name]}, not {value}" for name, value in WANTED.items() if found[name] != value]
    mode = getattr(connection, "transaction_mode", None)
    if mode != "IMMEDIATE":
        wrong.append(f"transaction_mode is {mode}, not IMMEDIATE")
    return [Error(f"SQLite is not tuned: {text}", id="hucheng.E001", hint="See docs/decisions.") for text in wrong]


@register(Tags.security, deploy=True)
def secrets_are_own(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to deploy a demonstration's settings."""
    if settings.HUCHENG_EXERCISE:
        return [
            Error("An exercise's settings must not be deployed.", id="hucheng.E002", hint="Unset HUCHENG_EXERCISE.")
        ]
    return []
