"""Keeping persons out of what is asked and said in public: numbers and names that would point at somebody."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal

_JOINED = re.compile(r"(?<=\d)[\s\-.·—_]+(?=\d)")
_SAID = str.maketrans("〇零一二三四五六七八九", "00123456789")
_SIGNS = (
    re.compile(r"(?<!\d)\d{14}[\dXx]|\d{17}[\dXx]"),  # resident identity numbers, old and new
    re.compile(r"\d{10,}"),  # mobile, bank and other long numbers
    re.compile(r"(?<!\d)0\d{9,11}(?!\d)"),  # land lines with their area
    re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,2}\d{7,8}(?!\d)"),  # passports and permits
    re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    re.compile(r"(?:微信|QQ)\s*(?:号|号码)?\s*[:是为]?\s*[A-Za-z0-9_-]{5,}", re.IGNORECASE),
)
_NAMES = re.compile(r"我叫|姓名\s*[:是]|名字\s*[:叫是]|\bmy name is\b|\bi am called\b", re.IGNORECASE)


def refuse_personal(text: str) -> None:
    """Refuse a text with a telephone, identity, passport or account number, or with somebody's name."""
    plain = unicodedata.normalize("NFKC", text)
    guises = (plain, _JOINED.sub("", plain), _JOINED.sub("", plain.translate(_SAID)))
    if any(sign.search(one) for one in guises for sign in _SIGNS):
        raise Refusal(
            "personal_number",
            why=_("The text holds a number that points at a person: telephone, identity card, passport or account."),
            do=_("Take the number out and send the text again; an answer needs none. For your own case call 12345."),
        )
    if _NAMES.search(plain):
        raise Refusal(
            "personal_name",
            why=_("The text names a person."),
            do=_("Take the name out and send the text again; nobody keeps who asks."),
        )
