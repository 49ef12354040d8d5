"""A model that weighs pair after pair: each combination of levels is weighed once."""

from collections.abc import Mapping
from functools import lru_cache

from hucheng.engines.linkage.levels import FIELDS, Levels, levels_of
from hucheng.engines.linkage.model import Model, plain_terms, rare_terms
from hucheng.engines.linkage.records import Prepared
from hucheng.engines.linkage.terms import Terms

COLUMNS = ("name", *FIELDS)
"""The fields in the order of their levels."""


class Weigher:
    """The weights of `Model.weight`, to 1e-9, without the parts that explain them.

    plain   the weight of one level for each of COLUMNS and of the two signs of Levels, without how rare it is what is
            shared
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.plain = lru_cache(maxsize=200_000)(self._plain)

    def weight(self, a: Prepared, b: Prepared, terms: Terms) -> float:
        """The weight of a pair in bits."""
        return self.weight_of(levels_of(a, b), a, terms)

    def weight_of(self, levels: Levels, a: Prepared, terms: Terms) -> float:
        """The weight of a pair that has been compared, of which `a` is a row."""
        return self.weight_with(levels, rare_terms(levels, a, terms))

    def weight_with(self, levels: Levels, rare: Mapping[str, float]) -> float:
        """The weight of a pair that has been compared and whose rarities are known."""
        plain = self.plain(tuple(levels.fields.values()), levels.other_given, levels.in_a_row)
        return plain + self.model.bits_of(rare)

    def _plain(self, levels: tuple[str, ...], other_given: bool, in_a_row: bool) -> float:
        fields = dict(zip(COLUMNS, levels, strict=True))
        return self.model.sum_of(plain_terms(Levels(fields, other_given, in_a_row)))
