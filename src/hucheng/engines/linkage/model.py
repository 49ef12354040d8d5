"""The weight of a pair of rows in bits, and what it is made of."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hucheng.engines.linkage.levels import Levels, levels_of
from hucheng.engines.linkage.records import Prepared
from hucheng.engines.linkage.tables import table
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.words.bilingual import Bilingual

FAMILY = tuple(
    f"joint={term}"
    for term in ("twins", "generations", "relatives", "household_home", "household_phone", "household_trip")
)
"""Terms that tell a family's members from each other."""
FEW_FAMILIES = 0.01
"""The share of homes and phones, of those that rows share, under which some are plainly two people: below it lists hold
no families; where families travel or live together it is a tenth to a half."""
LONE = math.log2((1 - FEW_FAMILIES) / FEW_FAMILIES)
RARE_NAMES = ("hanzi", "sound", "letters")
"""Levels of a name at which the rarity of what is shared counts."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a weight: a term of the model, its bits, and what it says in a clerk's words."""

    term: str
    bits: float
    words: Bilingual


@dataclass(frozen=True, slots=True)
class Model:
    """An additive model: bits by term.

    A term is `field=level`, `joint=...` for what weak fields say together, `rarity=...` for bits a bit of rarity, or
    `prior`, the odds of two compared rows before anything of them is known. The weight of a pair is the sum of its
    terms, the log2 of the odds that both rows are one person's.
    """

    bits: Mapping[str, float]
    words: Mapping[str, Bilingual]

    @property
    def prior(self) -> float:
        """Bits before anything is known."""
        return self.bits["prior"]

    def terms_of(self, levels: Levels, a: Prepared, terms: Terms) -> dict[str, float]:
        """Give each term of a pair with how much of it the pair has: 1, or for rarity the bits of what is shared."""
        return plain_terms(levels) | rare_terms(levels, a, terms)

    def weight(self, a: Prepared, b: Prepared, terms: Terms) -> float:
        """The weight of a pair in bits; symmetric."""
        return self.sum_of(self.terms_of(levels_of(a, b), a, terms))

    def sum_of(self, found: Mapping[str, float]) -> float:
        """The weight of a pair whose terms are known."""
        return self.prior + self.bits_of(found)

    def bits_of(self, found: Mapping[str, float]) -> float:
        """What some terms weigh, without the prior."""
        return sum(self.bits.get(term, 0.0) * much for term, much in found.items())

    def explain(self, a: Prepared, b: Prepared, terms: Terms) -> list[Bar]:
        """The parts of the weight, the prior first, then from the strongest to the weakest; they sum to the weight."""
        return self.bars_of(self.terms_of(levels_of(a, b), a, terms))

    def bars_of(self, found: Mapping[str, float]) -> list[Bar]:
        """The parts of the weight of a pair whose terms are known.

        How rare a shared name, phone or home is counts in the bar of its field; parts that weigh nothing are left out.
        """
        weighed = {term: self.bits.get(term, 0.0) * much for term, much in found.items()}
        rare = {_rarity_field(term): bits for term, bits in weighed.items() if _is_rarity(term)}
        bars = [
            Bar(term, bits + rare.get(term.partition("=")[0], 0.0), self.words[term])
            for term, bits in weighed.items()
            if not _is_rarity(term)
        ]
        told = sorted((bar for bar in bars if bar.bits), key=lambda bar: (-abs(bar.bits), bar.term))
        return [Bar("prior", self.prior, self.words["prior"]), *told]

    def without_families(self) -> "Model":
        """The same model for lists in which no two people share a home or a phone: who shares one is one person, and
        nothing tells of twins or of a father and son."""
        return Model({**self.bits, **dict.fromkeys(FAMILY, 0.0), "joint=one_home": LONE}, self.words)

    def shifted(self, bits: float) -> "Model":
        """The same model with another prior."""
        return Model({**self.bits, "prior": self.prior + bits}, self.words)


def plain_terms(levels: Levels) -> dict[str, float]:
    """The terms of a pair's levels, without how rare it is what they share."""
    return {f"{name}={level}": 1.0 for name, level in levels.fields.items()} | {
        f"joint={term}": 1.0 for term in levels.joint
    }


def rare_terms(levels: Levels, a: Prepared, terms: Terms) -> dict[str, float]:
    """The rarity of all that two rows share, of which `a` is one."""
    rare = rare_name(levels.fields["name"], levels.shared_name, terms) | rare_home(levels.shared_homes, terms)
    return rare | rare_phone(levels.fields["phone"], a.phone, terms)


def rare_name(level: str, shared: str, terms: Terms) -> dict[str, float]:
    """The rarity of a name that two rows share, where its level is one at which rarity counts."""
    return {f"rarity={level}": terms.rarity(level, shared)} if level in RARE_NAMES else {}


def rare_phone(level: str, number: str, terms: Terms) -> dict[str, float]:
    """The rarity of a phone that two rows share."""
    return {"rarity=phone": terms.phone_rarity(number)} if level == "exact" else {}


def rare_home(homes: frozenset[str], terms: Terms) -> dict[str, float]:
    """The rarity of a home that two rows share, by its keys."""
    return {"rarity=home": terms.home_rarity(homes)} if homes else {}


def _is_rarity(term: str) -> bool:
    return term.startswith("rarity=")


def _rarity_field(term: str) -> str:
    return {"rarity=phone": "phone", "rarity=home": "address"}.get(term, "name")


def probability(weight: float) -> float:
    """The probability that a weight in bits stands for."""
    return 1.0 / (1.0 + math.exp(-max(-700.0, min(700.0, weight * math.log(2)))))


@cache
def shipped() -> Model:
    """The model that comes with the house: fitted to the project's synthetic lists of March 2020 by
    `benchmarks/linkage/fit_weights.py`; data/weights.csv can be written again by it."""
    return Model(
        {row["term"]: float(row["bits"]) for row in table("weights.csv")},
        {row["term"]: Bilingual(row["zh"], row["en"]) for row in table("words.csv")},
    )


@cache
def shipped_share() -> float:
    """The share of one person's pairs among the candidates to which the shipped model was fitted."""
    return probability(next(float(row["bits"]) for row in table("weights.csv") if row["term"] == "share"))
