"""Loading a city: its divisions and its organisations, from tables that a deployer may replace."""

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from hucheng.core.audit.action import action
from hucheng.core.places.models import Organisation, Place
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role

DATA = Path(__file__).parent / "data"
Rows = Iterable[Mapping[str, str]]


def shipped(name: str) -> list[dict[str, str]]:
    """The rows of a table shipped beside this room."""
    with (DATA / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@action(by={Role.SYSTEM})
def load_places(*, actor: Actor, rows: Rows, at: datetime) -> int:
    """Load divisions, parents before parts; a code already known takes the new names. Gives how many rows.

    Raises KeyError for a missing column, ValueError for a wrong number, code or kind.
    """
    places = [
        Place(
            code=_national(row["code"]),
            kind=Place.Kind(row["kind"]),
            parent_id=row["parent"] or None,
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            short=row["short"],
            population=int(row["population"]) if row["population"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            latitude=float(row["latitude"]) if row["latitude"] else None,
        )
        for row in rows
    ]
    return _upsert(Place, places)


@action(by={Role.SYSTEM})
def load_organisations(*, actor: Actor, rows: Rows, at: datetime) -> int:
    """Load organisations, each under exactly one parent; a code already known takes the new names."""
    organisations = [
        Organisation(
            code=row["code"],
            kind=row["kind"],
            parent_id=row["parent"] or None,
            place=row["jurisdiction"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            duties=row["duties"],
        )
        for row in rows
    ]
    return _upsert(Organisation, organisations)


def _national(code: str) -> str:
    """A code of GB/T 2260: six digits, on which every sight rests."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        raise ValueError(f"{code!r} is no code of six digits")
    return code


def _upsert(model: type[Place] | type[Organisation], rows: list[Any]) -> int:
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields)
    return len(rows)
