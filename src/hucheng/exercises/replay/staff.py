"""The people who act in the demonstration: one sign-in a role, invented names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hucheng.core.accounts.actions import add_person, grant_role
from hucheng.core.accounts.queries import actor_named
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role

PASSWORD = "hucheng-demo"  # noqa: S105 - printed at every start; the demonstration holds no real person
CITY = "140100"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the demonstration; `shown` in the list of sign-ins."""

    username: str
    name: str
    title: str
    role: Role
    place: str = CITY
    unit: str = ""
    shown: bool = True


COLLEAGUES = (
    Colleague("leader", "沈砚秋", "副市长（虚构）", Role.LEADING_GROUP),
    Colleague("office", "贺知远", "市领导小组办公室（虚构）", Role.COMMAND_OFFICE),
    Colleague("office2", "宋清越", "市领导小组办公室（虚构）", Role.COMMAND_OFFICE, shown=False),
    Colleague("airport", "卢文溪", "机场专班（虚构）", Role.ENTRY),
    Colleague("medic", "石岚", "医疗防疫专班（虚构）", Role.MEDICAL),
    Colleague("lab", "阎一舟", "机场实验室（虚构）", Role.LABORATORY),
    Colleague("rooms", "邢可心", "酒店保障专班（虚构）", Role.QUARANTINE),
    Colleague("rooms2", "何书云", "酒店保障专班（虚构）", Role.QUARANTINE, shown=False),
    Colleague("house", "林嘉宁", "一号隔离酒店（虚构）", Role.HOUSE, "140105", "H01"),
    Colleague("county", "马思齐", "小店区（虚构）", Role.COUNTY, "140105"),
    Colleague("education", "程望之", "市教育局（虚构）", Role.DEPARTMENT, unit="TY-EDU"),
    Colleague("economy", "魏书白", "市发改委、统计局（虚构）", Role.DEPARTMENT, shown=False),
    Colleague("emergency", "段青山", "市应急管理局（虚构）", Role.DEPARTMENT, shown=False),
    Colleague("public", "郝闻笛", "市民热线与信息公开（虚构）", Role.DEPARTMENT, shown=False),
    Colleague("health", "薛仲清", "市卫健委（虚构）", Role.DEPARTMENT, shown=False),
    Colleague("school", "董若岚", "小店区第一高级中学（虚构）", Role.SCHOOL, "140105", "S14010501"),
    Colleague("capital", "北京接收专班", "接收单位（虚构）", Role.RECEIVER, "110000"),
)


def hire(at: datetime, colleagues: Iterable[Colleague] = COLLEAGUES, password: str | None = PASSWORD) -> None:
    """Let people of the demonstration act in their one role, and sign in where there is a password."""
    for one in colleagues:
        person = add_person(
            actor=SYSTEM, username=one.username, password=password, display_name=one.name, title=one.title, at=at
        )
        grant_role(actor=SYSTEM, user_id=person.pk, role=one.role, place=one.place, unit=one.unit, at=at)


def hire_traveller(arrival_id: str, name: str, at: datetime) -> None:
    """Let one invented traveller sign in to the own page."""
    person = add_person(actor=SYSTEM, username="traveller", password=PASSWORD, display_name=name, at=at)
    grant_role(actor=SYSTEM, user_id=person.pk, role=Role.TRAVELLER, place=CITY, unit=arrival_id, at=at)


def acting(username: str) -> Actor:
    """The actor of a colleague."""
    return actor_named(username)
