"""Invented families who travel home, and five lists that speak of them: made by another process than the open lists.

python benchmarks/linkage/made.py FOLDER PERSONS SEED     (writes five CSV files for lists.yaml, and truth.csv)

Families come first: a surname, an address, often one phone and one flight; then members by generation, then lists with
the errors of their own way of writing (a teletype cell, an officer who reads a passport, a receptionist who hears a
name, a village survey, a relative on the telephone). No real person; nothing of `make_lists.py` is used.
"""

import csv
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪"
    "陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟"
)
OLD = "建国军伟强明华平志文英秀兰玉珍桂芳素琴春梅红霞金凤德福荣贵永生海龙"
YOUNG = "子轩浩宇梓涵欣怡雨桐思远佳琪俊熙若琳一诺嘉懿晨曦奕辰诗雅博文雪莹天翔心悦泽楷语嫣睿"
HOMOPHONES = {
    "华": "花",
    "伟": "玮",
    "明": "铭",
    "芳": "方",
    "梅": "枚",
    "军": "君",
    "佳": "家",
    "琪": "淇",
    "晨": "辰",
}
CANTON = {
    "王": "WONG",
    "李": "LEE",
    "张": "CHEUNG",
    "刘": "LAU",
    "陈": "CHAN",
    "黄": "WONG",
    "林": "LAM",
    "何": "HO",
    "吴": "NG",
}
CANTON_GIVEN = {
    "佳": "KAI",
    "明": "MING",
    "华": "WAH",
    "文": "MAN",
    "英": "YING",
    "志": "CHI",
    "强": "KEUNG",
    "嘉": "KA",
    "怡": "YEE",
}
LATIN = {
    "KOR": (("KIM", "LEE", "PARK", "CHOI", "JUNG"), ("MIN JUN", "SEO YEON", "JI HOON", "HYE JIN", "DONG HYUN")),
    "VNM": (("NGUYEN", "TRAN", "LE", "PHAM"), ("VAN ANH", "THI HOA", "MINH TUAN", "QUOC BAO")),
    "RUS": (("IVANOV", "SMIRNOVA", "KUZNETSOV", "POPOVA"), ("ALEKSEI", "NATALIA", "SERGEY", "YULIYA", "DMITRIY")),
    "EGY": (("MOHAMED", "HASSAN", "IBRAHIM"), ("AHMED", "MAHMOUD", "FATMA", "YOUSSEF")),
    "DEU": (("MUELLER", "SCHROEDER", "WEISS", "BECKER"), ("JUERGEN", "ANNA LENA", "THOMAS", "UWE")),
}
CROSSED = {
    "ALEKSEI": "ALEXEY",
    "SERGEY": "SERGEI",
    "DMITRIY": "DMITRI",
    "MOHAMED": "MOHAMMED",
    "YOUSSEF": "YUSUF",
    "MUELLER": "MULLER",
    "JUERGEN": "JURGEN",
    "JUNG": "JEONG",
    "PARK": "BAK",
    "YULIYA": "IULIIA",
}
ROADS = (
    "文源",
    "桃园",
    "体育",
    "长治",
    "许坦",
    "坞城",
    "亲贤",
    "北大",
    "建设",
    "解放",
    "五一",
    "和平",
    "千峰",
    "新建",
    "寇庄",
)
COUNTIES = ("小店区", "迎泽区", "杏花岭区", "尖草坪区", "万柏林区", "晋源区", "清徐县", "阳曲县", "娄烦县", "古交市")
COUNTRIES = ("CAN", "USA", "GBR", "ITA", "KOR", "JPN", "RUS", "AUS", "ESP", "IRN")
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
HEADS = {
    "airline": (
        "rec_id",
        "pax_name",
        "sex",
        "dob",
        "nationality",
        "doc_no",
        "flight",
        "flight_date",
        "seat",
        "contact",
    ),
    "border": (
        "rec_id",
        "name_zh",
        "surname",
        "given",
        "gender",
        "birth",
        "nat",
        "passport",
        "mobile",
        "flight",
        "entry_date",
        "dest",
    ),
    "hotel": ("rec_id", "name", "id_no", "sex", "birth", "phone", "check_in"),
    "county": (
        "rec_id",
        "name",
        "sex",
        "birth",
        "id_card",
        "passport",
        "tel",
        "from_country",
        "return_date",
        "county",
        "community",
    ),
    "family": ("rec_id", "name", "birth", "passport", "reporter_tel", "country", "flight", "expected", "county"),
}


@dataclass(slots=True)
class Human:
    """Somebody who comes home."""

    hanzi: str
    surname: str
    given: str
    sex: str
    born: date
    passport: str
    resident: str
    nation: str
    home: "Household"
    seat: str = ""


@dataclass(slots=True)
class Household:
    """What a family shares."""

    phone: str
    county: str
    country: str
    flight: str
    day: date
    street: str
    members: list[Human] = field(default_factory=list)


def lists(persons: int, seed: int, days: int = 30) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Give rows of all lists as (list, person, cells); the numbers in a list come in no order of families."""
    dice = random.Random(f"other process {seed}")
    made = 0
    while made < persons:
        home = _household(dice, days, max(30, persons // (days * 220)))
        for human in home.members[: persons - made]:
            made += 1
            for source, cells in _rows(human, dice):
                yield source, f"H{made}", {"rec_id": f"{dice.getrandbits(48):012x}", **cells}


def write(folder: Path, persons: int, seed: int) -> None:
    """Write the lists as files."""
    folder.mkdir(parents=True, exist_ok=True)
    opened = {name: (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in (*HEADS, "truth")}
    tables = {name: csv.DictWriter(opened[name], head, restval="") for name, head in HEADS.items()}
    tables["truth"] = csv.DictWriter(opened["truth"], ("source", "rec_id", "person_id"))
    for table in tables.values():
        table.writeheader()
    for source, person, cells in lists(persons, seed):
        tables[source].writerow(cells)
        tables["truth"].writerow({"source": source, "rec_id": cells["rec_id"], "person_id": person})
    for file in opened.values():
        file.close()


def _household(dice: random.Random, days: int, flights: int) -> Household:
    day = date(2020, 3, 10) + timedelta(days=dice.randrange(days))
    flight = f"{dice.choice(('CA', 'HU', 'MU', 'CZ', '3U'))}{700 + dice.randrange(flights)}"
    phone = f"1{dice.choice('35789')}{dice.randrange(10**9):09}"
    home = Household(phone, dice.choice(COUNTIES), dice.choice(COUNTRIES), flight, day, _street(phone))
    nation = dice.choices(("CHN", "HKG", *LATIN), (86, 5, *[9 / len(LATIN)] * len(LATIN)))[0]
    family = dice.choice(SURNAMES[: 1 + int(len(SURNAMES) * dice.random() ** 2)])
    latin = dice.choice(LATIN[nation][0]) if nation in LATIN else ""
    row, left = dice.randrange(30, 60), "ABCDEFGHJK"
    for place in range(dice.choices((1, 2, 3, 4), (62, 18, 14, 6))[0]):
        born = date(1962, 1, 1) + timedelta(days=dice.randrange(9000))
        if place >= 2:
            born = date(1996, 1, 1) + timedelta(days=dice.randrange(8000))
        other = place == 1 and nation in ("CHN", "HKG")
        name = dice.choice(SURNAMES[:60]) if other else family
        home.members.append(_human(dice, home, nation, name, latin, born, f"{row}{left[place]}"))
    return home


def _street(phone: str) -> str:
    """A road and number, by dice of their own: the other cells are those of lists made before there were any."""
    dice = random.Random(f"home of {phone}")
    return f"{dice.choice(ROADS)}{dice.choice(('路', '街', '大街', '巷'))}{dice.randrange(1, 250)}号"


def _human(dice: random.Random, home: Household, nation: str, family: str, latin: str, born: date, seat: str) -> Human:
    sex = dice.choice("MF")
    number = f"{dice.choice(('E', 'EA', 'EB', 'EJ', 'G') if nation == 'CHN' else ('K', 'H0', 'M', 'C'))}"
    passport = number + f"{dice.randrange(10 ** (9 - len(number))):0{9 - len(number)}}"
    if latin:
        return Human("", latin, dice.choice(LATIN[nation][1]), sex, born, passport, "", nation, home, seat)
    signs = OLD if born.year < 1985 else YOUNG
    given = "".join(dice.sample(signs, dice.choices((1, 2), (25, 75))[0]))
    if nation == "HKG":
        spelled = CANTON.get(family, pinyin(family)), " ".join(CANTON_GIVEN.get(sign, pinyin(sign)) for sign in given)
        return Human(family + given, *spelled, sex, born, passport, "", nation, home, seat)
    resident = _resident(dice, born, sex)
    return Human(
        family + given, pinyin(family), "".join(map(pinyin, given)), sex, born, passport, resident, nation, home, seat
    )


def _resident(dice: random.Random, born: date, sex: str) -> str:
    number = f"1401{dice.choice(('05', '06', '07', '21'))}{born:%Y%m%d}{dice.randrange(50):02}"
    number += str(2 * dice.randrange(5) + (sex == "M"))
    rest = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number)) % 11
    return number + "10X98765432"[rest]


@lru_cache(maxsize=10_000)
def pinyin(sign: str) -> str:
    """Letters of a passport."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(sign)).replace("lü", "lyu").replace("nü", "nyu").upper()


def _rows(one: Human, dice: random.Random) -> Iterator[tuple[str, dict[str, str]]]:
    home, chance = one.home, dice.random
    trip = {"flight": home.flight}
    if chance() < 0.93:
        title = dice.choice((" MR" if one.sex == "M" else " MS", "", ""))
        cell = f"{one.surname}/{_crossed(one.given, dice).replace(' ', dice.choice(('', ' ')))}{title}"[:22]
        yield (
            "airline",
            {
                "pax_name": cell,
                "sex": one.sex,
                "dob": _day(one.born, dice, "teletype") if chance() < 0.8 else "",
                "nationality": one.nation,
                "doc_no": _number(one.passport, dice) if chance() < 0.85 else "",
                "seat": one.seat,
                "flight_date": f"{home.day:%Y-%m-%d}",
                "contact": home.phone if chance() < 0.6 else "",
                **trip,
            },
        )
    if chance() < 0.9:
        late = home.day + timedelta(days=chance() < 0.15)
        yield (
            "border",
            {
                "name_zh": one.hanzi if chance() < 0.55 else "",
                "surname": one.surname,
                "given": one.given,
                "gender": one.sex,
                "birth": _day(one.born, dice, "iso"),
                "nat": one.nation,
                "passport": one.passport,
                "entry_date": f"{late:%Y-%m-%d}",
                "mobile": _phone(home.phone, dice) if chance() < 0.75 else "",
                "dest": f"太原市{home.county}{_address(home, 'border')}",
                **trip,
            },
        )
    if chance() < 0.6:
        paper = one.resident if one.resident and chance() < 0.5 else _number(one.passport, dice)
        yield (
            "hotel",
            {
                "name": _heard(one, dice),
                "id_no": paper if chance() < 0.9 else "",
                "sex": one.sex if chance() < 0.7 else "",
                "birth": _day(one.born, dice, "iso") if chance() < 0.5 else "",
                "phone": _phone(home.phone, dice),
                "check_in": f"{home.day + timedelta(days=dice.choice((0, 0, 1))):%Y-%m-%d}",
            },
        )
    if chance() < 0.6:
        yield (
            "county",
            {
                "name": _heard(one, dice),
                "sex": {"M": "男", "F": "女"}[one.sex],
                "birth": _day(one.born, dice, "survey"),
                "id_card": one.resident if chance() < 0.5 else "",
                "passport": _number(one.passport, dice) if chance() < 0.4 else "",
                "tel": _phone(home.phone, dice) if chance() < 0.8 else "",
                "from_country": home.country,
                "return_date": f"{home.day + timedelta(days=dice.choice((0, 0, 1, 2))):%Y/%m/%d}",
                "county": home.county,
                "community": _address(home, "county"),
            },
        )
    if chance() < 0.35:
        yield (
            "family",
            {
                "name": _heard(one, dice),
                "birth": _day(one.born, dice, "survey") if chance() < 0.7 else "",
                "passport": one.passport if chance() < 0.25 else "",
                "reporter_tel": home.phone if chance() < 0.8 else "",
                "country": home.country,
                "expected": f"{home.day:%Y-%m-%d}",
                "county": home.county,
                "flight": home.flight if chance() < 0.7 else "",
            },
        )


def _address(home: Household, source: str) -> str:
    """The home as a list writes it: in full, without the flat, without the number, or not at all."""
    dice = random.Random(f"{home.street} {home.phone} {source}")
    street, flat = home.street, dice.choice(("2单元301", "1-502", "3号楼4单元1101室"))
    return dice.choice((street + flat, street, street, street.rstrip("0123456789号"), ""))


def _heard(one: Human, dice: random.Random) -> str:
    """A name as a receptionist or a relative writes it."""
    if not one.hanzi:
        return (
            f"{_crossed(one.surname, dice)} {_crossed(one.given, dice)}"
            if dice.random() < 0.8
            else f"{one.given} {one.surname}"
        )
    name = one.hanzi
    if dice.random() < 0.06:
        name = "".join(HOMOPHONES.get(sign, sign) for sign in name)
    return f"{one.surname} {one.given}".title() if dice.random() < 0.08 else name


def _crossed(text: str, dice: random.Random) -> str:
    return " ".join(CROSSED.get(word, word) if dice.random() < 0.3 else word for word in text.split())


def _number(number: str, dice: random.Random) -> str:
    if dice.random() > 0.06:
        return number
    place = dice.randrange(2, len(number) - 1)
    if dice.random() < 0.5:
        return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return number[:place] + str(dice.randrange(10)) + number[place + 1 :]


def _phone(number: str, dice: random.Random) -> str:
    form = dice.random()
    if form < 0.15:
        return f"+86 {number}"
    return f"{number[:3]}-{number[3:7]}-{number[7:]}" if form < 0.25 else "" if form < 0.3 else number


def _day(born: date, dice: random.Random, way: str) -> str:
    if dice.random() < 0.02:
        born = born.replace(year=born.year + dice.choice((-1, 1)), day=min(born.day, 28))
    if way == "teletype":
        return f"{born.day:02}{MONTHS[born.month - 1]}{born:%y}"
    if way == "survey":
        form = dice.random()
        return f"{born.year}" if form < 0.2 else f"{born.year}-01-01" if form < 0.24 else f"{born:%Y/%m/%d}"
    return f"{born:%Y-%m-%d}"


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
