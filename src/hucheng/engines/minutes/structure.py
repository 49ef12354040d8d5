"""Directives as a list with numbers and parents, whatever language they were read in."""

from collections.abc import Sequence
from dataclasses import replace

from hucheng.engines.minutes.records import Directive, Kind


def numbered(made: Sequence[Directive], paragraphs: Sequence[int]) -> tuple[Directive, ...]:
    """Number directives from 1 and give each the heading above it; `paragraphs` says where each of them stands."""
    parents = _parents(made, paragraphs)
    return tuple(
        replace(one, id=number, parent=parent)
        for number, (one, parent) in enumerate(zip(made, parents, strict=True), start=1)
    )


def _parents(made: Sequence[Directive], paragraphs: Sequence[int]) -> list[int | None]:
    """Give the number of the heading above each directive: the last one of its paragraph, while its theme holds."""
    parents: list[int | None] = []
    heading: int | None = None
    for at, one in enumerate(made):
        if at and paragraphs[at] != paragraphs[at - 1]:
            heading = None
        if one.kind is Kind.HEADING:
            heading = at
            parents.append(None)
            continue
        if heading is not None and made[heading].theme is not one.theme:
            heading = None
        parents.append(None if heading is None else heading + 1)
    return parents
