"""Histories: what happened when, by whom; a correction is an entry of its own, nothing is taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Event:
    """One entry.

    what    the fact in a few words
    by      who did it, if it is told
    before  what stood there before, shown struck out
    detail  what is to be read with it
    kind    a kind of the design language whose icon and word lead the entry
    """

    at: datetime
    what: str | Promise
    by: str = ""
    before: str = ""
    detail: str = ""
    kind: str = ""
    now: bool = False
