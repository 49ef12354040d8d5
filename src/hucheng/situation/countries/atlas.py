"""Countries and airports of the shipped tables (`situation/data/SOURCES.md`)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.utils.translation import get_language

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO code of two letters; population None where no source is carried."""

    code: str
    iso3: str
    name_zh: str
    name_en: str
    population: int | None

    @property
    def name(self) -> str:
        """The name in the language in force."""
        return self.name_zh if _chinese() else self.name_en


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport by its IATA code, with its point in degrees east and north."""

    code: str
    country: str
    city_zh: str
    city_en: str
    longitude: float
    latitude: float

    @property
    def city(self) -> str:
        """The city in the language in force."""
        return self.city_zh if _chinese() else self.city_en


@cache
def countries() -> Mapping[str, Country]:
    """Every country by its code of two letters."""
    return MappingProxyType(
        {
            row["iso2"]: Country(
                row["iso2"], row["iso3"], row["name_zh"], row["name_en"], int(row["population"] or 0) or None
            )
            for row in _rows("countries.csv")
        }
    )


@cache
def airports() -> Mapping[str, Airport]:
    """Every airport of the table by its IATA code."""
    return MappingProxyType(
        {
            row["iata"]: Airport(
                row["iata"],
                row["country"],
                row["city_zh"],
                row["city_en"],
                float(row["longitude"]),
                float(row["latitude"]),
            )
            for row in _rows("airports.csv")
        }
    )


def country_code(text: str) -> str | None:
    """The code of a country named by ISO code or by name in either language; None for anything else."""
    return _by_name().get(text.strip().casefold())


@cache
def _by_name() -> Mapping[str, str]:
    return {
        name.casefold(): country.code
        for country in countries().values()
        for name in (country.code, country.iso3, country.name_zh, country.name_en)
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")
