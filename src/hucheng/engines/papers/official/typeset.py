"""Documents as PDF, set by Typst on the grid of the national format: 22 lines of 28 characters."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from hucheng.engines.papers.official.compose import compose
from hucheng.engines.papers.official.records import Paper
from hucheng.engines.papers.official.sheet import Sheet
from hucheng.engines.papers.pdf import set_in_type

WIDEST_MARK = 440
"""Points that a red mark may take of the 442 of a line."""
LARGEST_MARK = 44
TITLE_SIGNS = 20
"""Characters of size 2 (22 pt) that one line of a title holds."""


@cache
def faces() -> Mapping[str, Mapping[str, Any]]:
    """Give the families of each face, best first, and the one that a Word file names."""
    import yaml

    with files(__package__).joinpath("data/faces.yaml").open(encoding="utf-8") as stream:
        loaded: Mapping[str, Mapping[str, Any]] = yaml.safe_load(stream)
    return loaded


def official_pdf(paper: Paper) -> bytes:
    """Give a document as PDF. Raises FontMissing where no font with Chinese characters is found."""
    return set_in_type("official.typ", _data(compose(paper)), {})


def _data(sheet: Sheet) -> dict[str, object]:
    return asdict(sheet) | {
        "mark_size": mark_size(sheet.mark),
        "title_lines": title_lines(sheet.title),
        "faces": {name: face["families"] for name, face in faces().items()},
    }


def mark_size(mark: str) -> float:
    """Give the size of the red mark in points: as large as one line holds, never above 44."""
    return min(LARGEST_MARK, WIDEST_MARK / max(1, len(mark)))


def title_lines(title: str) -> list[str]:
    """Break a title by sense into lines of nearly equal length: behind 的, 关于…, 、 and brackets, never inside a word
    where a better place is near.
    """
    count = -(-len(title) // TITLE_SIGNS)
    lines, rest = [], title
    for left in range(count, 1, -1):
        cut = _best_cut(rest, len(rest) / left)
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [*lines, rest] if rest or not lines else lines


def _best_cut(text: str, wanted: float) -> int:
    """Give the place nearest to the wanted one, a place behind a joint counting as four characters nearer."""
    places = range(max(1, int(wanted) - 6), min(len(text), TITLE_SIGNS) + 1)
    return min(places, key=lambda at: (abs(at - wanted) - 4 * _is_joint(text, at), at))


def _is_joint(text: str, at: int) -> bool:
    return text[at - 1] in "的、，》）”和及" or text[at : at + 1] in ("《", "（", "“", "第")
