"""Text that was read in a wrong encoding: UTF-8 taken for Latin or for GB18030, GB18030 taken for Latin."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hucheng.engines.minutes.edits import EditKind
from hucheng.engines.minutes.tracked import Repair

LATIN = re.compile("[\x80-\xffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{4,}")
CHINESE = re.compile("[^\x00-\x7f\n]{4,}")
FEWEST_HAN = 0.6
LEADS = range(0xC2, 0xF5)
"""Bytes that begin a sign of several bytes in UTF-8; those behind it are CONTINUED."""
CONTINUED = range(0x80, 0xC0)
TAILS = (0, 1, 2)
"""A run may end in the middle of a sign; so many of its last signs are left as they are."""


def encoding_repairs(text: str) -> Iterator[Repair]:
    """Give the runs that make Chinese when they are read as what they were; real text is never such a run."""
    for run in CHINESE.finditer(text):
        found = _as_utf8(run.group()) or _from_latin(run.group())
        if found:
            length, mended = found
            yield Repair(EditKind.ENCODING, run.start(), run.start() + length, mended)


def _as_utf8(run: str) -> tuple[int, str] | None:
    """UTF-8 that was taken for GB18030: 鐤儏 was 疫情."""
    if not _begins_utf8(run[0]):
        return None
    return _decoded(run, run.encode("gb18030", errors="replace"), "gb18030", ("utf-8",))


@lru_cache(maxsize=4_000)
def _begins_utf8(sign: str) -> bool:
    """Tell whether the bytes of a sign in GB18030 begin a text in UTF-8; those of most usual signs do not."""
    first, second = sign.encode("gb18030", errors="replace")[:2].ljust(2)
    return first in LEADS and second in CONTINUED


def _from_latin(run: str) -> tuple[int, str] | None:
    if not LATIN.fullmatch(run):
        return None
    letters = all("\xa1" <= sign <= "\xff" for sign in run)  # GB18030 of usual Han holds no other bytes
    return _decoded(run, b"".join(_byte(sign) for sign in run), "", ("utf-8", "gb18030") if letters else ("utf-8",))


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1", errors="replace")


def _decoded(run: str, data: bytes, width: str, encodings: tuple[str, ...]) -> tuple[int, str] | None:
    for encoding in encodings:
        for tail in TAILS:
            kept = run[: len(run) - tail]
            body = data if not tail else kept.encode(width, errors="replace") if width else data[: len(kept)]
            try:
                mended = body.decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(mended) < len(kept) and _is_chinese(mended):
                return len(kept), mended
    return None


def _is_chinese(text: str) -> bool:
    return sum("\u4e00" <= sign <= "\u9fa5" for sign in text) >= FEWEST_HAN * max(2, len(text))
