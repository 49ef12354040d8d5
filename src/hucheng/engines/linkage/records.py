"""One row of one list, and the same row prepared for comparison."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from hucheng.engines.linkage.addresses import Address, county_of, read_address
from hucheng.engines.linkage.births import Birth, resident_birth
from hucheng.engines.linkage.fields import country, documents, flight, phone, plain, unconfused
from hucheng.engines.linkage.names import Name, read_name

SEXES = {
    written: sex
    for sex, ways in {
        "M": "m male man mr 男 男性 先生 1",
        "F": "f female woman mrs ms miss 女 女性 女士 小姐 2",
    }.items()
    for written in ways.split()
}
"""What lists write for a sex; 1 and 2 are the codes of GB/T 2261.1."""
_RESIDENT_ID = re.compile(r"\d{15}(\d\d[\dX])?|\d{16,18}X?")


@dataclass(frozen=True, slots=True)
class Row:
    """What one list says of a person, as it stands there; an empty text means that it does not say.

    source, number   the list and the row's own number in it: together they name the row
    name             a whole name in one cell; surname and given where the list has two more cells in Latin letters
    birth            a day, or a year alone
    documents        passports and permits; a resident identity number may stand among them
    flight, day      the flight number and the day of arrival; seat on that flight
    county           of the address; origin: the country travelled from; nationality
    address          lines of the home: number and street, building; Chinese lines may begin with divisions
    locality, postcode, region   suburb or town, and the state or province, where a list has cells for them
    """

    source: str
    number: str
    name: str = ""
    surname: str = ""
    given: str = ""
    birth: Birth = Birth()
    documents: tuple[str, ...] = ()
    phone: str = ""
    sex: str = ""
    nationality: str = ""
    flight: str = ""
    day: date | None = None
    seat: str = ""
    county: str = ""
    origin: str = ""
    address: tuple[str, ...] = ()
    locality: str = ""
    postcode: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row in the forms that are compared; `resident_ids` stand apart from other documents."""

    row: Row
    name: Name
    birth: Birth
    documents: frozenset[str]
    resident_ids: frozenset[str]
    phone: str
    sex: str
    nationality: str
    flight: str
    day: date | None
    seat: str
    county: str
    origin: str
    address: Address
    key: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (self.row.source, self.row.number))

    @property
    def linkable(self) -> bool:
        """Whether anything here could ever point at a person."""
        return bool(self.name.said or self.documents or self.resident_ids or self.phone)


def prepare(row: Row) -> Prepared:
    """Bring a row to the forms that are compared.

    Letters O and I in numbers are read as the digits 0 and 1. A resident identity number whose check character holds
    gives the date of birth and the sex where the list does not say them.
    """
    numbers = {unconfused(number) for text in row.documents for number in documents(text)}
    resident = {number for number in numbers if _RESIDENT_ID.fullmatch(number)}
    held = next(iter(sorted(number for number in resident if resident_birth(number).day)), "")
    sex = SEXES.get(plain(row.sex), "")
    return Prepared(
        row=row,
        name=read_name(row.name, row.surname, row.given),
        birth=row.birth if row.birth.year else resident_birth(held),
        documents=frozenset(numbers - resident),
        resident_ids=frozenset(resident),
        phone=phone(_digits_misread(row.phone)),
        sex=sex or (("F", "M")[int(held[16]) % 2] if held else ""),
        nationality=country(row.nationality),
        flight=flight(row.flight),
        day=row.day,
        seat=plain(row.seat).lstrip("0"),
        county=plain(row.county) or county_of(row.address),
        origin=country(row.origin),
        address=read_address(row.address, row.locality, row.postcode, row.region),
    )


def _digits_misread(text: str) -> str:
    return unconfused(unicodedata.normalize("NFKC", text).upper())
