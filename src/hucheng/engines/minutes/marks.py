"""Punctuation and width: stray commas, invisible characters, full-width letters and digits, masked characters."""

import re
from collections.abc import Iterator

from hucheng.engines.minutes.edits import EditKind
from hucheng.engines.minutes.tracked import Repair

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
COMMAS = re.compile(r"[,，](?=[,，]*[、。；：;:])|(?<=[、。；：;:,，])[,，]+|^[,，]+(?=.)", re.MULTILINE)
MASKED_PARTY = re.compile(r"[*＊×✕□■▇█●○◆]+(?=委|中央)")
MASK = re.compile(r"(?<=[\u3400-\u9fff])[*＊□■▇█◆]+(?=[\u3400-\u9fff])|\ufffd+")


def invisible_repairs(text: str) -> Iterator[Repair]:
    """Find invisible characters alone."""
    for match in INVISIBLE.finditer(text):
        yield Repair(EditKind.WIDTH, match.start(), match.end(), "")


def width_repairs(text: str) -> Iterator[Repair]:
    """Find invisible characters (they go) and full-width letters and digits (they become plain)."""
    found = [(match.start(), match.end(), "") for match in INVISIBLE.finditer(text)]
    found += [
        (match.start(), match.end(), "".join(chr(ord(sign) - 0xFEE0) for sign in match.group()))
        for match in WIDE.finditer(text)
    ]
    for start, end, after in sorted(found):
        yield Repair(EditKind.WIDTH, start, end, after)


def comma_repairs(text: str) -> Iterator[Repair]:
    """Find commas beside another mark of the sentence, and commas that open a line."""
    for match in COMMAS.finditer(text):
        yield Repair(EditKind.COMMA, match.start(), match.end(), "")


def mask_repairs(text: str) -> Iterator[Repair]:
    """Put 党 for a masked sign before 委 and 中央; any other masked or lost character is only pointed at."""
    found = [(match.start(), match.end(), "党") for match in MASKED_PARTY.finditer(text)]
    known = {start for start, _end, _after in found}
    found += [(one.start(), one.end(), one.group()) for one in MASK.finditer(text) if one.start() not in known]
    for start, end, after in sorted(found):
        yield Repair(EditKind.MASKED, start, end, after, certain=False)
