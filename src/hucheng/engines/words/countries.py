"""Countries as lists write them: codes of three and of two letters (ISO 3166-1), names in both languages."""

import csv
from functools import cache
from importlib.resources import files


@cache
def written_countries() -> dict[str, str]:
    """Give the code of three letters for each way in which lists write a country or its people."""
    with files(__package__).joinpath("countries.csv").open(encoding="utf-8") as stream:
        return {form: row["alpha3"] for row in csv.DictReader(stream) for form in _forms(row)}


def _forms(row: dict[str, str]) -> list[str]:
    return [form for form in (row["alpha3"], row["alpha2"], row["zh"], *row["en"].split("|")) if form]
