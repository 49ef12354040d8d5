"""Whose answer counts: the receiver's own people, or the office in its place."""

import csv
from functools import cache
from pathlib import Path

from hucheng.core.places.models import Organisation
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role

TABLE = Path(__file__).parent / "data" / "hands.csv"


@cache
def hands() -> dict[str, frozenset[Role]]:
    """The roles that act for a body, by its code or else by its kind."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["body"]: frozenset(Role(role) for role in row["roles"].split()) for row in csv.DictReader(file)}


def answers_for(actor: Actor, receiver: Organisation) -> bool:
    """Whether this actor is of the receiver.

    A body of the table is spoken for by its roles, a house's own people by their unit; any other by those who work at
    its very place, so that the city does not answer for a county.
    """
    if actor.role == Role.SYSTEM:
        return True
    roles = hands().get(receiver.code) or hands().get(receiver.kind)
    if roles is None:
        return actor.place == receiver.place and not actor.bound_to_unit
    return actor.role in roles and (not actor.bound_to_unit or actor.unit == receiver.code)


def answers_in_its_place(actor: Actor) -> bool:
    """Whether this actor may answer for a receiver that cannot, with a reason."""
    return actor.role == Role.COMMAND_OFFICE
