"""Numbers that nobody holds: so many rows carry one that a clerk, an agency or a form must have put it there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from hucheng.engines.linkage.records import Prepared

MOST = 100
"""Rows that may carry one document; a person stands on a few lists, each a few times."""


def without_placeholders(rows: Iterable[Prepared]) -> list[Prepared]:
    """Give the rows without the documents that more than MOST of them carry."""
    kept = list(rows)
    counts = Counter(number for row in kept for number in row.documents)
    nobodys = frozenset(number for number, count in counts.items() if count > MOST)
    return [without(row, nobodys) for row in kept]


def without(row: Prepared, nobodys: frozenset[str]) -> Prepared:
    """Give a row without the documents that are nobody's."""
    return replace(row, documents=row.documents - nobodys) if row.documents & nobodys else row
