"""The day by which one demand is due, read from its own words."""

import re
from datetime import date

from hucheng.engines.minutes.directives import CHINESE
from hucheng.engines.minutes.english_judge import ENGLISH
from hucheng.engines.minutes.language import HAN

AT_ONCE = re.compile(r"立即|即刻|马上|immediately|at once|forthwith|right away", re.IGNORECASE)


def deadline_day(text: str, held: date) -> date | None:
    """Give the last day that the deadline in a demand names, counted from the meeting's; None where it names none.

    Either language: a Chinese sign makes it Chinese. At once says how, not by when, and names no day.
    """
    judges = CHINESE if HAN.search(text) else ENGLISH
    said = judges.deadline(text)
    return None if said is None or AT_ONCE.fullmatch(said) else judges.due_day(said, held)
