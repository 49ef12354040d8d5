"""Invented travellers and the lists that speak of them, written by another process than the project's open lists."""

import random
from datetime import date, timedelta

from hucheng.engines.linkage.births import Birth
from hucheng.engines.linkage.records import Row, prepare

FAMILIES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
GIVEN = "子宇浩然思雨欣怡梓涵诗琪俊杰志强建国海燕丽娟晓明文博雅婷佳慧嘉伟瑞雪春梅振华玉兰国栋天佑若曦"
FLIGHTS = ("HU7976", "CA910", "CA856", "CA938", "MU5042")
COUNTIES = ("小店区", "迎泽区", "万柏林区", "阳曲县", "古交市")
FIRST_DAY = date(2020, 3, 18)


def a_row(number="1", source="border", **said):
    """One row; a year or a day of birth may be given as `birth`."""
    born = said.pop("birth", None)
    birth = Birth(born, born.year) if isinstance(born, date) else Birth(None, born)
    return Row(source=source, number=str(number), birth=birth, **said)


def prepared(**said):
    return prepare(a_row(**said))


def made_lists(seed, persons):
    """Rows of three lists and the person of each: a border list in pinyin, a hotel list in characters, a survey with
    half of the fields."""
    dice = random.Random(seed)
    rows, truth = [], {}
    for number in range(persons):
        for row in _rows_of(_person(dice), number, dice):
            rows.append(row)
            truth[row.source, row.number] = f"P{number}"
    dice.shuffle(rows)
    return rows, truth


def _person(dice):
    from hucheng.engines.linkage.spellings import spellings

    name = dice.choice(FAMILIES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2))))
    return {
        "name": name,
        "latin": spellings(name)[0],
        "birth": date(1950, 1, 1) + timedelta(days=dice.randrange(22_000)),
        "passport": f"E{dice.choice('ABCDEFGH')}{dice.randrange(10**7):07}",
        "phone": f"13{dice.randrange(10**9):09}",
        "flight": dice.choice(FLIGHTS),
        "day": FIRST_DAY + timedelta(days=dice.randrange(14)),
        "sex": dice.choice("MF"),
        "county": dice.choice(COUNTIES),
    }


def _rows_of(one, number, dice):
    latin = one["latin"]
    trip = {"flight": one["flight"], "day": one["day"]}
    yield a_row(
        number, "border", surname=latin.surname, given=latin.given, birth=one["birth"], sex=one["sex"],
        documents=(one["passport"],), phone=one["phone"] if dice.random() < 0.8 else "", **trip,
    )  # fmt: skip
    if dice.random() < 0.8:
        passport = _mistyped(one["passport"], dice) if dice.random() < 0.1 else one["passport"]
        born = one["birth"] if dice.random() < 0.7 else None
        day = one["day"] + timedelta(days=dice.randrange(2))
        said = {"name": one["name"], "documents": (passport,), "birth": born, "phone": one["phone"], "day": day}
        yield a_row(number, "hotel", **said)
    if dice.random() < 0.6:
        born = one["birth"] if dice.random() < 0.6 else one["birth"].year
        yield a_row(number, "survey", name=one["name"], birth=born, county=one["county"], phone=one["phone"], **trip)


def _mistyped(number, dice):
    place = dice.randrange(2, len(number))
    return number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
