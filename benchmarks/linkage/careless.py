"""Lists as careless hands write them: benchmarks/linkage/careless.py FOLDER OUT [SHARE] [SEED].

Takes the five lists of FOLDER with their truth and writes them again to OUT with a SHARE of the cells in another way
that clerks and spreadsheets have: labels and two numbers in a cell, masks, placeholders, airlines by name, noughts,
times behind dates, numbers of days, countries by name. What a cell says stays the same, or is masked or left out.
"""

import csv
import random
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hucheng.engines.linkage.births import birth

Ways = tuple[Callable[[str, random.Random], str], ...]
COUNTRIES = {
    "CHN": ("中国", "China", "CN"), "USA": ("美国", "United States", "US"), "GBR": ("英国", "UK", "GB"),
    "KOR": ("韩国", "Korea", "KR"), "JPN": ("日本", "Japan", "JP"), "ITA": ("意大利", "Italy", "IT"),
    "CAN": ("加拿大", "Canada", "CA"), "FRA": ("法国", "France", "FR"), "DEU": ("德国", "Germany", "DE"),
    "ESP": ("西班牙", "Spain", "ES"),
}  # fmt: skip


def as_serial(text: str, _dice: random.Random) -> str:
    day = birth(text).day
    return str((day - date(1899, 12, 30)).days) if day and day.year > 1927 else text


def with_time(text: str, dice: random.Random) -> str:
    day = birth(text).day
    return f"{day} {dice.choice(('00:00:00', '0:00', '08:15'))}" if day else text


def in_words(text: str, dice: random.Random) -> str:
    day = birth(text).day
    return f"{day:{dice.choice(('%B %d, %Y', '%d %B %Y'))}}" if day else text


def of_country(text: str, dice: random.Random) -> str:
    return dice.choice(COUNTRIES.get(text, (text,)))


def flight_in_words(text: str, dice: random.Random) -> str:
    ways = (f"{text[:2]} {text[2:]}", f"{text[:2]}0{text[2:]}", f"{text}次", text.replace("CA", "国航"))
    return dice.choice(ways) if text.startswith("CA") else text


DAYS: Ways = (as_serial, with_time, in_words)
NUMBERS: Ways = (
    lambda text, dice: f"护照{text}",
    lambda text, dice: f"护照号：{text}",
    lambda text, dice: f"{text}/E{dice.randrange(10**7, 10**8)}",
    lambda text, dice: f"{text[:4]}****",
    lambda text, dice: f"{text}.0" if text.isdigit() else text,
)
PHONES: Ways = (
    lambda text, dice: f"{text}（家人）",
    lambda text, dice: f"{text}/0351-{dice.randrange(10**6, 10**7)}",
    lambda text, dice: f"{text[:3]}****{text[-4:]}",
    lambda text, dice: f"{text}.0" if text.isdigit() else text,
)
NAMES: Ways = (
    lambda text, dice: f"{text}等{dice.randrange(2, 5)}人" if not text.isascii() else text,
    lambda text, dice: f"{dice.choice(('女儿', '儿子', '母亲'))}{text}" if not text.isascii() else text,
    lambda text, dice: f"{text}{dice.choice(('先生', '女士', '老师'))}" if not text.isascii() else text,
    lambda text, dice: f"{text[0]}**" if not text.isascii() else text,
    lambda text, dice: dice.choice(("不详", "待核", "无")),
)
SEXES: Ways = (lambda text, dice: {"M": "1", "F": "2", "男": "男性", "女": "女性"}.get(text, text),)
WAYS: dict[str, Ways] = {
    "dob": DAYS, "birth": DAYS, "flight_date": DAYS, "entry_date": DAYS, "check_in": DAYS, "return_date": DAYS,
    "expected": DAYS, "doc_no": NUMBERS, "passport": NUMBERS, "id_no": NUMBERS, "contact": PHONES, "mobile": PHONES,
    "phone": PHONES, "tel": PHONES, "reporter_tel": PHONES, "name": NAMES, "name_zh": NAMES, "sex": SEXES,
    "gender": SEXES, "nationality": (of_country,), "nat": (of_country,), "from_country": (of_country,),
    "country": (of_country,), "flight": (flight_in_words,),
}  # fmt: skip


def main(folder: Path, out: Path, share: float, seed: int) -> None:
    dice = random.Random(seed)
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / "truth.csv", out / "truth.csv")
    for path in sorted(folder.glob("*.csv")):
        if path.stem == "truth":
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with (out / path.name).open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]))
            table.writeheader()
            for row in rows:
                table.writerow({name: written(name, text, share, dice) for name, text in row.items()})


def written(column: str, text: str, share: float, dice: random.Random) -> str:
    """The cell as it is, or in one of the other ways."""
    if not text or column not in WAYS or dice.random() >= share:
        return text
    return dice.choice(WAYS[column])(text, dice)


if __name__ == "__main__":
    told = sys.argv[3:]
    share, seed = [*told, *("0.2", "7")[len(told) :]]
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(share), int(seed))
