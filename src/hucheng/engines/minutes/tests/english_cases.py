"""Short invented minutes in English, and what the reader makes of them."""

from datetime import date

from hucheng.engines.minutes import Directive, Minutes, read

HELD_ON = date(2021, 5, 6)
"""A Thursday."""
HEAD = (
    "Minutes of the 5th meeting of the Lanhe Epidemic Board\n"
    "Date: Thursday, 6 May 2021\nChair: Dr Ann Lee\nPresent: Wang Wei (Health Bureau); Tom Fox (Port Authority)\n\n"
)


def minutes_of(text: str) -> Minutes:
    """The minutes of a meeting with this text behind its head."""
    return read(HEAD + text)


def demanded(text: str) -> tuple[Directive, ...]:
    return minutes_of(text).directives


def words_of(text: str) -> list[str]:
    return [one.text_clean for one in demanded(text)]


def only(text: str) -> Directive:
    (one,) = demanded(text)
    return one
