"""The converter that spoils pages, built anew: traditional forms and pronunciation notes, to test the cleaner with."""

import zlib
from functools import cache

from hucheng.engines.minutes.notes import first_reading
from hucheng.engines.minutes.script import simplified
from hucheng.engines.words.script import converter

NEVER_CONVERTED = frozenset("于征并干里后只余咨布采仿佣占冬卷吁")
"""Characters that such converters leave as they are, since their traditional form is also a word of its own."""
PARTICLE = ("着", "著")
ANNOTATED_IN_TEN = 4


def damage(text: str) -> str:
    """Spoil a simplified text as copying sites do, always in the same way: `clean(damage(x)).text == x`.

    Each character is converted alone, without context; a converted one always or never carries its reading, written
    behind it in parentheses with its tone. The measured share in the document that started the project: 31 % of
    characters converted, about four in ten of these annotated.
    """
    return "".join(_spoiled(sign) for sign in text)


@cache
def _spoiled(sign: str) -> str:
    form = _traditional(sign)
    if form == sign or not _is_annotated(sign):
        return form
    return f"{form}({first_reading(form)})"


def _traditional(sign: str) -> str:
    if sign == PARTICLE[0]:
        return PARTICLE[1]
    if sign in NEVER_CONVERTED:
        return sign
    form = str(converter("s2t").convert(sign))
    return form if len(form) == 1 and simplified(form) == sign else sign


def _is_annotated(sign: str) -> bool:
    return zlib.crc32(sign.encode()) % 10 < ANNOTATED_IN_TEN and bool(first_reading(_traditional(sign)))
