"""Which directives a heading spells out, whatever language they were read in."""

from collections.abc import Sequence

from hucheng.engines.minutes.records import Kind, Theme


def parents(kinds: Sequence[Kind], themes: Sequence[Theme], paragraphs: Sequence[int]) -> list[int | None]:
    """Give the number, from 1, of the heading above each directive: the last one of its paragraph, while its theme
    holds; None for a heading and where there is none.
    """
    found: list[int | None] = []
    heading: int | None = None
    for at, (kind, theme) in enumerate(zip(kinds, themes, strict=True)):
        if at and paragraphs[at] != paragraphs[at - 1]:
            heading = None
        if kind is Kind.HEADING:
            heading = at
            found.append(None)
            continue
        if heading is not None and themes[heading] is not theme:
            heading = None
        found.append(None if heading is None else heading + 1)
    return found
