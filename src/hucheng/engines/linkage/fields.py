"""Fields brought to one form: documents and phones. Placeholders of clerks count as nothing said."""

import re
import unicodedata
from functools import lru_cache

_LOOKALIKES = str.maketrans({"O": "0", "I": "1"})
_PLACEHOLDERS = frozenset({"123456", "1234567", "12345678", "123456789", "1234567890"})


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Letters and digits only, full-width made narrow, lower case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def document(text: str) -> str:
    """A document number in one form; "" for a placeholder (no digit, eight zeros, one digit repeated, counting up)."""
    number = plain(text).upper()
    digits = {sign for sign in number if sign.isdigit()}
    empty = not digits or number.endswith("0" * 8) or (number.isdigit() and len(digits) == 1) or number in _PLACEHOLDERS
    return "" if empty else number


def unconfused(number: str) -> str:
    """The number with letters that are read for digits made digits: O for 0, I for 1."""
    return number.translate(_LOOKALIKES)


def phone(text: str) -> str:
    """Digits of a phone without the country code of China; "" for fewer than seven or one digit repeated."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(00)?86(?=1\d{10}$)", "", digits)
    return digits if len(digits) >= 7 and len(set(digits)) > 1 else ""
