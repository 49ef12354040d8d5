"""Whether two records speak of one person, with reasons."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from hucheng.engines.words.bilingual import Bilingual

_SAME_DOCUMENT = Bilingual("证件号码相同", "the same document number")
_SAME_BIRTH = Bilingual("出生日期相同", "the same date of birth")
_OTHER_BIRTH = Bilingual("出生日期不同", "another date of birth")
_SAME_NAME = Bilingual("姓名相同", "the same name")
_OTHER_NAME = Bilingual("姓名不同", "another name")


@dataclass(frozen=True, slots=True)
class Record:
    """What one list says of a person; an empty text or None means that it does not say."""

    name_zh: str = ""
    surname: str = ""
    given: str = ""
    birth: date | None = None
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """certain: may be joined without a person; possible: a human should look; reasons in the order weighed."""

    certain: bool
    possible: bool
    reasons: tuple[Bilingual, ...]


def same_person(a: Record, b: Record) -> Evidence:
    """Compare two records.

    Certain when a document number agrees and neither name nor birth contradicts it. A document that agrees against
    another name or birth (a typing error, or a borrowed passport) and a name and birth that agree without a document
    are possible. Symmetric; never certain on names alone.
    """
    document = bool(a.documents & b.documents)
    name, birth = _same_name(a, b), _same_birth(a, b)
    told = [(_SAME_DOCUMENT, document)]
    told += [(_SAME_NAME, name is True), (_OTHER_NAME, name is False)]
    told += [(_SAME_BIRTH, birth is True), (_OTHER_BIRTH, birth is False)]
    reasons = tuple(reason for reason, holds in told if holds)
    certain = document and name is not False and birth is not False
    possible = not certain and (document or (name is True and birth is True))
    return Evidence(certain, possible, reasons)


def _same_birth(a: Record, b: Record) -> bool | None:
    return a.birth == b.birth if a.birth and b.birth else None


def _same_name(a: Record, b: Record) -> bool | None:
    """Chinese names where both have one, else Latin ones in any order of their parts; None when not comparable."""
    if a.name_zh and b.name_zh:
        return _plain(a.name_zh) == _plain(b.name_zh)
    mine, theirs = _latin(a), _latin(b)
    return mine == theirs if mine and theirs else None


def _latin(record: Record) -> str:
    return "".join(sorted(_plain(f"{record.surname} {record.given}")))


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
