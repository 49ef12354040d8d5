"""Invented travellers: households, names, documents, from a seed. Nobody is taken from a real list."""

import random
from datetime import date

from hucheng.engines.manifests import Document, Traveller

SURNAMES = {
    "王": "WANG", "李": "LI", "张": "ZHANG", "刘": "LIU", "陈": "CHEN", "杨": "YANG", "赵": "ZHAO", "黄": "HUANG",
    "周": "ZHOU", "吴": "WU", "徐": "XU", "孙": "SUN", "马": "MA", "朱": "ZHU", "胡": "HU", "郭": "GUO",
    "何": "HE", "林": "LIN", "高": "GAO", "罗": "LUO", "郑": "ZHENG", "梁": "LIANG", "谢": "XIE", "宋": "SONG",
}  # fmt: skip
GIVEN = {
    "晚": "WAN", "舟": "ZHOU", "若": "RUO", "水": "SHUI", "启": "QI", "明": "MING", "予": "YU", "安": "AN",
    "砚": "YAN", "秋": "QIU", "知": "ZHI", "远": "YUAN", "清": "QING", "越": "YUE", "一": "YI", "可": "KE",
    "心": "XIN", "岚": "LAN", "书": "SHU", "云": "YUN", "嘉": "JIA", "宁": "NING", "思": "SI", "齐": "QI",
}  # fmt: skip
HOUSEHOLDS = {1: 0.70, 2: 0.14, 3: 0.11, 4: 0.05}
BUSINESS, ECONOMY = [(row, "ACDGJL") for row in range(11, 16)], [(row, "ACDEFGJL") for row in range(31, 66)]


def passengers(flight: str, count: int, *, seed: int, day: date) -> list[Traveller]:
    """Draw so many passengers of one flight, a household at a time, seated side by side. Same seed, same people."""
    rng = random.Random(f"{seed}/{flight}/{day}")
    seats = iter([f"{row}{letter}" for row, letters in [*ECONOMY, *BUSINESS] for letter in letters])
    people: list[Traveller] = []
    while len(people) < count:
        size = min(rng.choices(list(HOUSEHOLDS), list(HOUSEHOLDS.values()))[0], count - len(people))
        party = f"ZT{len(people):04}"
        family = rng.choice(list(SURNAMES))
        for place in range(size):
            people.append(_person(rng, len(people), flight, day, party, family, child=place >= 2, seat=next(seats)))
    return people


def crew(flight: str, count: int, *, seed: int, day: date) -> list[Traveller]:
    """Draw the crew of one flight."""
    rng = random.Random(f"{seed}/{flight}/{day}/crew")
    families = list(SURNAMES)
    return [
        _person(rng, 900 + n, flight, day, "", rng.choice(families), child=False, seat="", kind="crew")
        for n in range(count)
    ]


def _person(
    rng: random.Random,
    number: int,
    flight: str,
    day: date,
    party: str,
    family: str,
    *,
    child: bool,
    seat: str,
    kind: str = "passenger",
) -> Traveller:
    given = rng.sample(list(GIVEN), 2)
    age = rng.randint(2, 16) if child else rng.choices([rng.randint(18, 29), rng.randint(30, 59), rng.randint(60, 80)],
                                                       [0.52, 0.41, 0.07])[0]  # fmt: skip
    return Traveller(
        number=number + 1,
        kind=kind,
        surname=SURNAMES[family],
        given=" ".join(GIVEN[sign] for sign in given),
        sex=rng.choice("FM"),
        birth=_born(day, age, rng.randint(1, 12), rng.randint(1, 28)),
        nationality="CHN" if rng.random() < 0.94 else "CAN",
        document=Document("P", f"ZT{day:%m%d}{flight[-1]}{number:04}", date(day.year + 4, 6, 1), "CHN"),
        seat=seat,
        pnr=party,
        embark="YYZ",
        debark="PEK" if kind != "crew" else "TYN",
    )


def _born(day: date, age: int, month: int, day_of_month: int) -> date:
    """The birthday of somebody who is so many years old on a day: an adult drawn is an adult, not 17 until summer."""
    not_yet = (month, day_of_month) > (day.month, day.day)
    return date(day.year - age - not_yet, month, day_of_month)
