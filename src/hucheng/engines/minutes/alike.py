"""How alike two texts are: steps from one to the other, and common characters."""

import re
from difflib import SequenceMatcher

UNSEEN = re.compile(r"[\s,，。;；、:：.“”\"‘’()（）]")


def error_rate(text: str, gold: str) -> float:
    """Give the share of characters to change, put in or take out until the texts are one, white space apart."""
    plain, wanted = "".join(text.split()), "".join(gold.split())
    return distance(plain, wanted) / max(1, len(wanted))


def distance(first: str, second: str) -> int:
    """Give the edit distance of two texts.

    Bit-parallel: Myers 1999, J ACM 46:395, in the form of Hyyrö 2003; a column of the table is one whole number.
    """
    if not first:
        return len(second)
    places: dict[str, int] = {}
    for at, sign in enumerate(first):
        places[sign] = places.get(sign, 0) | 1 << at
    every, last = (1 << len(first)) - 1, 1 << len(first) - 1
    up, down, result = every, 0, len(first)
    for sign in second:
        same = places.get(sign, 0)
        level = same | down
        slope = (((same & up) + up) ^ up) | same
        right, left = (down | ~(slope | up)) & every, up & slope
        result += bool(right & last) - bool(left & last)
        right, left = right << 1 | 1, left << 1
        up, down = (left | ~(level | right)) & every, right & level & every
    return result


def overlap(first: str, second: str) -> float:
    """Give the common characters of two texts, in their order, over all characters of both."""
    if not first and not second:
        return 1.0
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    common = sum(block.size for block in blocks)
    return common / (len(first) + len(second) - common)


def bare(text: str) -> str:
    """Give a text without spaces and marks, as texts are compared."""
    return UNSEEN.sub("", text)
