"""Makers for tests of every wing."""

from datetime import UTC, datetime, timedelta

from hucheng.core.accounts.models import RoleGrant, User
from hucheng.core.places.actions import load_organisations, load_places, shipped
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role

CITY = "140100"
COUNTY = "140105"
OTHER_COUNTY = "140123"
MORNING = datetime(2020, 3, 21, 0, 0, tzinfo=UTC)
"""08:00 in the city on the day of the first diverted flight."""


def after(minutes: float = 0, *, days: float = 0) -> datetime:
    """A time so long after that morning."""
    return MORNING + timedelta(days=days, minutes=minutes)


def a_city() -> None:
    """The shipped divisions and organisations, loaded through their own actions."""
    load_places(actor=SYSTEM, rows=shipped("places.csv"), at=MORNING)
    load_organisations(actor=SYSTEM, rows=shipped("organisations.csv"), at=MORNING)


def an_actor(role: Role, place: str = CITY, unit: str = "", name: str = "") -> Actor:
    """A person with one role, stored, so that rows may name them."""
    username = name or f"{role}.{place}.{unit}"
    user, _made = User.objects.get_or_create(username=username, defaults={"display_name": username})
    RoleGrant.objects.get_or_create(
        user=user, role=role, place=place, unit=unit, ended_at=None, defaults={"granted_at": MORNING}
    )
    return Actor(user.pk, place, role, unit, username)
