"""Whether two records speak of one person, with reasons."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from hucheng.engines.linkage.fields import document, latin_key, phone, plain, unconfused
from hucheng.engines.words.bilingual import Bilingual

_WEIGHTS = Path(__file__).with_name("weights.csv")
_CONFUSED = Bilingual(
    "证件号码仅在字母 O、I 与数字 0、1 上不同", "the document numbers differ only in O for 0 or I for 1"
)


@dataclass(frozen=True, slots=True)
class Record:
    """What one list says of a person; an empty text or None means that it does not say.

    documents    numbers of passports, resident IDs and permits, as written or as one-way codes of them
    sex          F or M; nationality: three letters (ISO 3166); both in one form, or they contradict each other
    """

    name_zh: str = ""
    surname: str = ""
    given: str = ""
    birth: date | None = None
    documents: frozenset[str] = frozenset()
    sex: str = ""
    phone: str = ""
    nationality: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """certain: may be joined without a person; possible: a human should look; reasons in the order weighed.

    weight  bits for (above 0) or against, to sort candidates; fields are taken as independent, which families are not,
            so no weight alone ever makes a join certain
    """

    certain: bool
    possible: bool
    reasons: tuple[Bilingual, ...]
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class _Field:
    agrees: Bilingual
    differs: Bilingual
    weight_agrees: float
    weight_differs: float


def same_person(a: Record, b: Record) -> Evidence:
    """Compare two records.

    Certain when a document number agrees and nothing of name, birth and sex contradicts it; a number that agrees only
    after reading O as 0 or I as 1 also needs name and birth to agree. Possible, for a human to judge: a document that
    agrees against something else (a typing error, a borrowed passport), or a name and birth that agree without one.
    Two different documents never join by themselves. Symmetric; never certain on names alone.
    Weights from weights.csv (sources there).
    """
    exact, confused = _documents(a, b)
    says = {
        "document": _held(exact or confused, a, b),
        "name": _same_name(a, b),
        "birth": _equal(a.birth, b.birth),
        "phone": _equal(phone(a.phone), phone(b.phone)),
        "sex": _equal(plain(a.sex), plain(b.sex)),
        "nationality": _equal(plain(a.nationality), plain(b.nationality)),
    }
    fields = _fields()
    told = [
        fields[name].agrees if agrees else fields[name].differs for name, agrees in says.items() if agrees is not None
    ]
    if confused and not exact:
        told[0] = _CONFUSED
    agree = says["name"] is True and says["birth"] is True
    certain = (exact and False not in (says["name"], says["birth"], says["sex"])) or (
        confused and agree and says["sex"] is not False
    )
    possible = not certain and (exact or confused or agree)
    return Evidence(certain, possible, tuple(told), _weight(says))


def keys(record: Record) -> frozenset[str]:
    """Give the exact keys under which a register finds candidates: documents, phone, name with birth.

    Records without a key in common are no candidates of each other. Keys hold personal data: store them hashed.
    """
    found = {f"document:{unconfused(number)}" for text in record.documents if (number := document(text))}
    if number := phone(record.phone):
        found.add(f"phone:{number}")
    if record.birth:
        names = (plain(record.name_zh), latin_key(record.surname, record.given))
        found |= {f"name:{name}:{record.birth.isoformat()}" for name in names if name}
    return frozenset(found)


def _documents(a: Record, b: Record) -> tuple[bool, bool]:
    """Whether a number agrees exactly, and whether one agrees when look-alikes are read as digits."""
    mine, theirs = (frozenset(filter(None, map(document, record.documents))) for record in (a, b))
    return bool(mine & theirs), bool(set(map(unconfused, mine)) & set(map(unconfused, theirs)))


def _held(agrees: bool, a: Record, b: Record) -> bool | None:
    comparable = all(any(map(document, record.documents)) for record in (a, b))
    return agrees if comparable else None


def _equal(one: object, other: object) -> bool | None:
    return one == other if one and other else None


def _same_name(a: Record, b: Record) -> bool | None:
    """Whether the Chinese or the Latin names agree (Latin parts in any order); None when not comparable."""
    pairs = [
        _equal(plain(a.name_zh), plain(b.name_zh)),
        _equal(latin_key(a.surname, a.given), latin_key(b.surname, b.given)),
    ]
    said = [pair for pair in pairs if pair is not None]
    return any(said) if said else None


def _weight(says: dict[str, bool | None]) -> float:
    fields = _fields()
    counted = [(fields[name], agrees) for name, agrees in says.items() if agrees is not None]
    return sum(field.weight_agrees if agrees else field.weight_differs for field, agrees in counted)


@cache
def _fields() -> dict[str, _Field]:
    with _WEIGHTS.open(encoding="utf-8", newline="") as file:
        return {row["field"]: _field(row) for row in csv.DictReader(file)}


def _field(row: dict[str, str]) -> _Field:
    return _Field(
        Bilingual(row["agrees_zh"], row["agrees_en"]),
        Bilingual(row["differs_zh"], row["differs_en"]),
        float(row["agrees"]),
        float(row["differs"]),
    )
