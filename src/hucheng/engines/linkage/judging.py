"""One person? Certain by a document that nothing contradicts, else a weight for a human to judge."""

from dataclasses import dataclass

from hucheng.engines.linkage.clusters import cannot_be_one
from hucheng.engines.linkage.fields import documents
from hucheng.engines.linkage.levels import birth_level
from hucheng.engines.linkage.model import Bar, shipped
from hucheng.engines.linkage.name_levels import name_level
from hucheng.engines.linkage.records import Prepared
from hucheng.engines.linkage.terms import Terms

SAME_NAME = frozenset({"hanzi", "sound", "letters", "prefix"})
"""Levels at which one name is only written otherwise: other characters of one spelling, another script, a cut cell."""
SAME_BIRTH = frozenset({"exact", "newyear", "yearonly"})
LIKELY = 0.0
"""Bits from which a human is asked: more likely one person than two."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """certain: may be joined without a person; possible: a human should look; the weight in bits and its parts.

    Fields of a family agree without being one person's, so no weight ever makes a join certain: a document does.
    """

    certain: bool
    possible: bool
    weight: float
    bars: tuple[Bar, ...]


def judge(a: Prepared, b: Prepared, terms: Terms) -> Judgement:
    """Compare two rows; symmetric. `terms` tells how common names and phones are.

    Certain when a document agrees sign by sign and nothing of name, birth, sex and valid resident numbers contradicts
    it; a number that agrees only with O read as 0 or I as 1 needs name and birth to agree. A name in characters and one
    in letters that do not fit contradict nothing where document and birth agree. Possible: a document that
    agrees against something else (a typing error, a borrowed passport), or a weight from LIKELY.
    """
    weight, certain = shipped().weight(a, b, terms), _certain(a, b)
    possible = not certain and (weight >= LIKELY or bool(_numbers(a) & _numbers(b)))
    return Judgement(certain, possible, weight, tuple(shipped().explain(a, b, terms)))


def _certain(a: Prepared, b: Prepared) -> bool:
    exact = bool(_as_written(a) & _as_written(b))
    if not exact and not _numbers(a) & _numbers(b) or cannot_be_one(a, b):
        return False
    name, born = name_level(a.name, b.name).level, birth_level(a.birth, b.birth)
    if a.sex and b.sex and a.sex != b.sex:
        return False
    if exact and born in SAME_BIRTH and _other_script(a, b):
        return True
    unsaid = {"null"} if exact else set()
    return name in SAME_NAME | unsaid and born in SAME_BIRTH | unsaid


def _other_script(a: Prepared, b: Prepared) -> bool:
    """Whether one name is told in characters alone and the other in letters alone."""
    told = [(bool(row.name.hanzi), bool(row.name.joined)) for row in (a, b)]
    return told in ([(True, False), (False, True)], [(False, True), (True, False)])


def _numbers(row: Prepared) -> frozenset[str]:
    return row.documents | row.resident_ids


def _as_written(row: Prepared) -> frozenset[str]:
    return frozenset(number for text in row.row.documents for number in documents(text))
