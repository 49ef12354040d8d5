"""Invented families at home, and two western lists that speak of them: a roll of residents and a clinic's register.

python benchmarks/linkage/western.py FOLDER PERSONS SEED     (writes roll.csv, clinic.csv, western.yaml and truth.csv)

Made so that an address is what it is in life: a family shares it, so do strangers in a hall, neighbours share the
street, one in ten has moved between the lists, twins and a father and son of one name live together. No real person;
nothing of the FEBRL sets is used: names, streets and places are put together from syllables, errors are those of hand
and ear.
"""

import csv
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

WORDS = """
Hart Wal Brad Ash Whit Nor Black Har Mil Stan Pem Thorn Lang Hol West Hamp East Caf Rad Lind Ber Kes Ow Sor Mac Gar Fen
well ley ton ford man son field wood by ham more lock er ridge stone worth brook ini ski sen berg off
Alice Anna Amelia Beth Carla Chloe Clara Daisy Diana Edith Ella Emily Emma Eva Grace Holly Julia Kate Leah Lily Lucy
Adam Alan Albert Alex Andrew Arthur Ben Brian Callum Carl Charles Colin Daniel David Dylan Edward Eric Felix Frank Owen
"""
HEADS, TAILS, WOMEN, MEN = (line.split() for line in WORDS.strip().splitlines())
ROADS = (("Street", "St"), ("Road", "Rd"), ("Avenue", "Ave"), ("Place", "Pl"), ("Drive", "Dr"), ("Close", "Close"))
STATES = ("North", "South", "Coast", "Inland")
COLUMNS = (
    "rec_id",
    "surname",
    "given",
    "sex",
    "born",
    "id_no",
    "phone",
    "line_1",
    "line_2",
    "suburb",
    "postcode",
    "state",
)
MAP = """
roll: &western
  number: rec_id
  surname: surname
  given: given
  sex: sex
  birth: born
  documents: [id_no]
  phone: phone
  address: [line_1, line_2]
  locality: suburb
  postcode: postcode
  region: state
clinic: *western
"""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a family lives."""

    number: int
    road: tuple[str, str]
    building: str
    place: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody of a family."""

    surname: str
    given: str
    sex: str
    born: date
    number: str
    phone: str
    home: Home


def rows(persons: int, seed: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Give rows of both lists as (list, person, cells)."""
    dice = random.Random(f"western {seed}")
    places = [_place(dice) for _number in range(max(20, persons // 60))]
    roads = [(_word(dice), dice.choice(ROADS)) for _number in range(max(60, persons // 12))]
    halls = [_home(dice, places, roads) for _number in range(max(1, persons // 800))]
    made = 0
    while made < persons:
        for one in _family(dice, dice.choice(halls) if dice.random() < 0.04 else _home(dice, places, roads)):
            made += 1
            later = replace(one, home=_home(dice, places, roads)) if dice.random() < 0.1 else one
            if dice.random() < 0.85:
                yield "roll", f"W{made}", _cells(one, dice, 0.6)
            for _visit in range(dice.choice((0, 1, 1, 1, 2))):
                yield "clinic", f"W{made}", _cells(later, dice, 1.0)


def _family(dice: random.Random, home: Home) -> list[Human]:
    surname, phone = _word(dice, TAILS), _phone(dice)
    elders = [_human(dice, surname, home, phone, dice.randrange(1935, 1985)) for _one in range(dice.choice((1, 1, 2)))]
    younger = elders[-1].born.year + dice.randrange(22, 38)
    children = [_human(dice, surname, home, phone, younger + 2 * place) for place in range(dice.choice((0, 0, 1, 2)))]
    children = [child for child in children if child.born.year < 2019]
    if children and dice.random() < 0.05:
        children[0] = replace(children[0], given=elders[0].given, sex=elders[0].sex)
    if children and dice.random() < 0.06:
        children.append(replace(_human(dice, surname, home, phone, younger), born=children[0].born))
    return [*elders, *children]


def _human(dice: random.Random, surname: str, home: Home, phone: str, year: int) -> Human:
    sex = dice.choice("FM")
    own = _phone(dice) if dice.random() < 0.5 and year < 2004 else phone
    born = date(year, 1, 1) + timedelta(days=dice.randrange(365))
    given = dice.choice(WOMEN if sex == "F" else MEN)
    return Human(surname, given, sex, born, f"{dice.randrange(10**8):08}", own, home)


def _home(dice: random.Random, places: list[tuple[str, str, str]], roads: list[tuple[str, tuple[str, str]]]) -> Home:
    name, (long, short) = dice.choice(roads)
    building = f"{_word(dice)} {dice.choice(('House', 'Court', 'Park', 'Villas'))}" if dice.random() < 0.2 else ""
    return Home(dice.randrange(1, 180), (f"{name} {long}", f"{name} {short}"), building, dice.choice(places))


def _place(dice: random.Random) -> tuple[str, str, str]:
    state = dice.randrange(len(STATES))
    return _word(dice, TAILS), f"{state + 2}{dice.randrange(1000):03}", STATES[state]


def _word(dice: random.Random, tails: list[str] = TAILS) -> str:
    return dice.choice(HEADS) + dice.choice(tails)


def _phone(dice: random.Random) -> str:
    return f"04{dice.randrange(10**8):08}"


def _cells(one: Human, dice: random.Random, noise: float) -> dict[str, str]:
    def said(share: float, text: str) -> str:
        return text if dice.random() < share else ""

    def slip(text: str, share: float = 0.05) -> str:
        return _slip(text, dice) if dice.random() < share * noise else text

    married = one.sex == "F" and dice.random() < 0.015 * noise
    surname = _word(dice, TAILS) if married else one.surname
    renewed = f"{dice.randrange(10**8):08}" if dice.random() < 0.03 * noise else one.number
    suburb, postcode, state = one.home.place
    road = one.home.road[dice.random() < 0.3 * noise]
    return {
        "rec_id": f"{dice.getrandbits(40):010x}",
        "surname": slip(surname, 0.06),
        "given": said(0.98, slip(one.given, 0.06)),
        "sex": said(0.8, one.sex),
        "born": said(0.95, _born(one.born, dice, noise)),
        "id_no": said(0.75, slip(renewed, 0.04)),
        "phone": said(0.6, slip(one.phone, 0.03)),
        "line_1": said(0.96, f"{slip(str(one.home.number), 0.03)} {slip(road, 0.08)}"),
        "line_2": said(0.7, one.home.building),
        "suburb": said(0.95, slip(suburb, 0.06)),
        "postcode": said(0.95, slip(postcode, 0.03)),
        "state": said(0.9, state),
    }


def _born(born: date, dice: random.Random, noise: float) -> str:
    error = dice.random() / noise
    if error < 0.01:
        born = date(dice.randrange(1930, 2010), dice.randrange(1, 13), dice.randrange(1, 29))
    elif error < 0.03:
        born += timedelta(days=dice.choice((1, -1, 10, 30)))
    elif error < 0.04 and born.day <= 12:
        born = born.replace(month=born.day, day=born.month)
    return f"{born:%d/%m/%Y}" if dice.random() < 0.5 else f"{born:%Y-%m-%d}"


def _slip(text: str, dice: random.Random) -> str:
    """A letter left out, doubled, exchanged with the next or struck wrongly; figures stay figures."""
    if len(text) < 3:
        return text
    place = dice.randrange(1, len(text) - 1)
    other = str(dice.randrange(10)) if text[place].isdigit() else dice.choice("aeiourstnl")
    before, sign, after = text[:place], text[place], text[place + 1 :]
    return dice.choice(
        (before + after, before + sign * 2 + after, before + other + after, before + after[0] + sign + after[1:])
    )


def write(folder: Path, persons: int, seed: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "western.yaml").write_text(MAP, encoding="utf-8")
    told = list(rows(persons, seed))
    for source in ("roll", "clinic"):
        with (folder / f"{source}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, COLUMNS)
            table.writeheader()
            table.writerows(cells for name, _person, cells in told if name == source)
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("source", "rec_id", "person_id"))
        table.writerows((source, cells["rec_id"], person) for source, person, cells in told)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
