"""Chinese numerals: 四十三, 〇, 两百零五 and 第92次 as whole numbers."""

import re

DIGITS = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
UNITS = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}
NUMERAL = f"[0-9０-９]+|[{''.join(DIGITS)}{''.join(UNITS)}{''.join(LARGE)}]+"
"""A pattern for one whole number in either script."""


def whole_number(text: str) -> int | None:
    """Give the whole number that a Chinese or Arabic numeral names; None for anything else.

    第四十三 without its 第 gives 43, 一〇八 gives 108, 两百零五 gives 205, ９２ gives 92; as it is spoken, 一百二 gives
    120 and 三万五 gives 35,000.
    """
    text = text.strip()
    if re.fullmatch(r"[0-9０-９]{1,12}", text):
        return int(text)
    if not text or len(text) > 24 or any(sign not in DIGITS | UNITS | LARGE for sign in text):
        return None
    if all(sign in DIGITS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    return _with_units(text)


def _with_units(text: str) -> int:
    total = section = digit = 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in ("廿", "卅"):
            section, digit = section + UNITS[sign], 0
        elif sign in UNITS:
            section, digit = section + (digit or 1) * UNITS[sign], 0
        elif sign == "亿":
            total, section, digit = (total + section + digit or 1) * LARGE[sign], 0, 0
        else:
            total, section, digit = total + (section + digit or 1) * LARGE[sign], 0, 0
    spoken_short = (before := (UNITS | LARGE).get(text[-2:-1], 0)) >= 100 and text[-1] in DIGITS
    return total + section + digit * (before // 10 if spoken_short else 1)


def in_chinese(number: int) -> str:
    """Write a whole number from 0 to 99,999,999 as Chinese does: 43 gives 四十三, 205 gives 二百零五.

    Raises ValueError outside that range.
    """
    if not 0 <= number < 100_000_000:
        raise ValueError(f"number must be between 0 and 99,999,999, got {number}")
    high, low = divmod(number, 10_000)
    text = f"{_section(high)}万{'零' if 0 < low < 1000 else ''}" if high else ""
    text += _section(low) if low or not high else ""
    return text.removeprefix("一") if text.startswith("一十") else text


def _section(number: int) -> str:
    if number == 0:
        return "零"
    signs = "零一二三四五六七八九"
    text = ""
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            text += signs[digit] + unit
        elif text and number and not text.endswith("零"):
            text += "零"
    return text
