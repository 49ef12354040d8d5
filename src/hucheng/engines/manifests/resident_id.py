"""The Chinese resident identity number of 18 characters (GB 11643-1999)."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from hucheng.engines.manifests.catalogue import problem
from hucheng.engines.manifests.records import Problem
from hucheng.engines.words.resident_id import check_character

FORM = re.compile(r"[0-9]{17}[0-9X]")


def birth_of(number: str) -> date:
    """Give the birth date inside the number; raises ValueError when it does not exist."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def resident_id_problems(number: str, *, line: int = 0, person: int | None = None) -> Iterator[Problem]:
    """Give what is wrong with a number; the place code is never judged, old codes stay valid."""
    at: dict[str, Any] = {"line": line, "field": "resident_id", "value": number, "person": person}
    if not FORM.fullmatch(number):
        yield problem("RESIDENT_ID_FORM", **at)
        return
    try:
        birth_of(number)
    except ValueError:
        yield problem("RESIDENT_ID_DATE", **at)
        return
    if (expected := check_character(number[:17])) != number[17]:
        yield problem("RESIDENT_ID_CHECK", **at, expected=expected, found=number[17])
