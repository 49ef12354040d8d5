"""A model that weighs pair after pair: each combination of levels is weighed once."""

from functools import lru_cache

from hucheng.engines.linkage.levels import FIELDS, Levels, compared, joint_of
from hucheng.engines.linkage.model import Model, plain_terms, rare_name, rare_phone
from hucheng.engines.linkage.records import Prepared
from hucheng.engines.linkage.terms import Terms

COLUMNS = ("name", *FIELDS)
"""The fields in the order of their levels."""


class Weigher:
    """The weights of `Model.weight`, to 1e-9, without the parts that explain them.

    plain   the weight of one level for each of COLUMNS, without how rare it is what names and phones share
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.plain = lru_cache(maxsize=200_000)(self._plain)

    def weight(self, a: Prepared, b: Prepared, terms: Terms) -> float:
        """The weight of a pair in bits."""
        return self.weight_of(*compared(a, b), a.phone, terms)

    def weight_of(self, fields: dict[str, str], shared: str, phone: str, terms: Terms) -> float:
        """The weight of a pair that has been compared, with the phone of one of its rows."""
        rare = rare_name(fields["name"], shared, terms) | rare_phone(fields["phone"], phone, terms)
        return self.plain(tuple(fields.values())) + self.model.bits_of(rare)

    def _plain(self, levels: tuple[str, ...]) -> float:
        fields = dict(zip(COLUMNS, levels, strict=True))
        return self.model.sum_of(plain_terms(Levels(fields, joint_of(fields))))
