"""What tells English demands apart or makes them one: their words, and which of two deadlines is the earlier."""

import re
from collections import Counter

from hucheng.engines.minutes.english_dates import days_named
from hucheng.engines.minutes.english_deadlines import WITHIN, deadline, is_precise, number_of
from hucheng.engines.minutes.language import HAN
from hucheng.engines.minutes.vocabulary import lists

WORD = re.compile(r"[a-z0-9][a-z0-9'’-]*")
HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720}


def is_english(text: str) -> bool:
    """Tell whether a demand is written without Chinese characters."""
    return not HAN.search(text)


def content(text: str) -> Counter[str]:
    """Count the words of a demand that carry its matter: without small words and its deadline, plurals as singulars."""
    if time_word := deadline(text):
        text = text.replace(time_word, " ")
    small = {*lists("english_compare")["small"]}
    return Counter(_singular(word) for word in WORD.findall(text.lower()) if word not in small)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def light() -> frozenset[str]:
    """Give the words that many demands share: the verbs of orders."""
    table = lists("english_verbs")
    return frozenset([*table["plain"], *table["doubtful"]])


def deadline_rank(said: str) -> int:
    """A vague word (promptly) before a precise one (within two days)."""
    return 2 if is_precise(said) else 1


def hastened(before: str, after: str) -> int:
    """Compare two precise deadlines of one form: above 0 where the second is due earlier, 0 where nobody can tell."""
    spans = [WITHIN.search(one) for one in (before.lower(), after.lower())]
    if spans[0] and spans[1]:
        first, second = (number_of(one["number"]) * HOURS[one["unit"]] for one in spans if one)
        return first - second
    days = [next(days_named(one), None) for one in (before, after)]
    if days[0] and days[1] and not (days[0].doubtful or days[1].doubtful):
        return (days[0].month * 31 + days[0].day - days[1].month * 31 - days[1].day + 186) % 372 - 186
    return 0
