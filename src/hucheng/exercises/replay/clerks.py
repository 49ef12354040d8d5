"""The clerks of the counties in the demonstration, invented names; all but the first act without a sign-in."""

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.exercises.replay.staff import Colleague, acting

COUNTY_CLERKS = {
    "140105": "county",
    "140106": "county06",
    "140107": "county07",
    "140108": "county08",
    "140109": "county09",
    "140110": "county10",
    "140121": "county21",
    "140122": "county22",
    "140123": "county23",
    "140181": "county81",
}
"""Who acts for each county, by its code."""
_NAMES = ("吴一禾", "周以南", "徐望春", "孙若拙", "胡知夏", "朱怀远", "高书白", "林照野", "罗清和")
QUIET_CLERKS = tuple(
    Colleague(username, name, "县区专班（虚构）", Role.COUNTY, place, shown=False)
    for (place, username), name in zip(list(COUNTY_CLERKS.items())[1:], _NAMES, strict=True)
)


def clerk_of(place: str) -> Actor:
    """The clerk of a county."""
    return acting(COUNTY_CLERKS[place])
