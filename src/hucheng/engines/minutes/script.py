"""Traditional characters back to simplified ones, length for length, with the phrases that a table of characters
gets wrong.
"""

import re
from collections.abc import Iterator, Sequence

from hucheng.engines.minutes.edits import EditKind
from hucheng.engines.minutes.tracked import Repair
from hucheng.engines.words.script import converter

ZHU_STAYS = re.compile(r"著(?=[名作称述者书录])|(?<=[显原论编土昭卓译专合巨遗名所拙])著")
"""著 as zhù: in 著名, 著作, 显著 and their like. Elsewhere it stands for the particle 着."""


def simplified(text: str) -> str:
    """Give the text in simplified characters, as long as it was.

    OpenCC t2s line by line, then 著 to 着 where it is the particle. Converting again changes nothing.
    """
    return "".join(_simplified_line(line) for line in text.splitlines(keepends=True))


def _simplified_line(line: str) -> str:
    result = _same_length(line)
    for _again in range(3):
        further = _particle(_same_length(result))
        if further == result:
            break
        result = further
    return result


def _same_length(text: str) -> str:
    result = str(converter("t2s").convert(text))
    if len(result) == len(text):
        return result
    signs = (str(converter("t2s").convert(sign)) for sign in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, signs, strict=True))


def _particle(text: str) -> str:
    if "著" not in text:
        return text
    stays = {match.start() for match in ZHU_STAYS.finditer(text)}
    return "".join("着" if sign == "著" and at not in stays else sign for at, sign in enumerate(text))


def script_repairs(text: str) -> Iterator[Repair]:
    """Find the runs of characters that change; 著 is not certain when nothing else in the text was traditional."""
    new = simplified(text)
    if new == text:
        return
    changed = [at for at, (before, after) in enumerate(zip(text, new, strict=True)) if before != after]
    certain = any(text[at] != "著" for at in changed)
    kind = EditKind.TRADITIONAL
    for start, end in _runs(changed):
        yield Repair(kind, start, end, new[start:end], certain)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give where each run of neighbouring places begins and ends; there is one place at least."""
    start, end = places[0], places[0] + 1
    for at in places[1:]:
        if at != end:
            yield start, end
            start = at
        end = at + 1
    yield start, end
