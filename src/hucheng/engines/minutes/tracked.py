"""A text under repair that remembers where each of its characters stood in the original."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from hucheng.engines.minutes.edits import Cleaned, Edit, EditKind, Kept


class Repair(NamedTuple):
    """Put `after` in the place of `text[start:end]` of the text as it now stands; `after` equal to it only flags."""

    kind: EditKind
    start: int
    end: int
    after: str
    certain: bool = True


class TrackedText:
    """A text and, for each character, the stretch of the original that it comes from."""

    def __init__(self, original: str, kept: Sequence[Kept] = ()) -> None:
        self.original = original
        self._kept = tuple(kept)
        self.text = original
        self._starts = array("q", range(len(original)))
        self._ends = array("q", range(1, len(original) + 1))
        self._done: list[tuple[EditKind, int, int, str, str, bool]] = []

    def apply(self, repairs: Iterable[Repair]) -> None:
        """Make the repairs, given in the order of the text. One that overlaps its predecessor is left out, and so is
        one that a person does not want.
        """
        text, starts, ends = self.text, self._starts, self._ends
        pieces: list[str] = []
        resized: list[Repair] = []
        at = 0
        for one in repairs:
            kind, start, end, after, certain = one
            if start < at or end <= start or (self._kept and self._is_kept(one)):
                continue
            self._done.append((kind, starts[start], ends[end - 1], text[start:end], after, certain))
            pieces += (text[at:start], after)
            if len(after) != end - start:
                resized.append(one)
            at = end
        if at == 0:
            return
        pieces.append(text[at:])
        self.text = "".join(pieces)
        self._move(resized)

    def _is_kept(self, one: Repair) -> bool:
        first, last = self._starts[one.start], self._ends[one.end - 1]
        return any(one.kind is kept.kind and first < kept.end and kept.start < last for kept in self._kept)

    def _move(self, resized: Sequence[Repair]) -> None:
        """Give the signs of each repair that made the text longer or shorter the whole stretch that they stand for."""
        if not resized:
            return
        starts, ends = array("q"), array("q")
        at = 0
        for _kind, start, end, after, _certain in resized:
            starts += self._starts[at:start]
            ends += self._ends[at:start]
            if after:
                starts += self._starts[start : start + 1] * len(after)
                ends += self._ends[end - 1 : end] * len(after)
            at = end
        self._starts, self._ends = starts + self._starts[at:], ends + self._ends[at:]

    def result(self) -> Cleaned:
        """Give the text and its repairs, each once and with its place in both; a place pointed at again is one."""
        starts = self._starts.tolist()
        edits = [
            Edit(kind, start, end, before, after, bisect_left(starts, start), bisect_left(starts, end), certain)
            for kind, start, end, before, after, certain in sorted(dict.fromkeys(self._done), key=itemgetter(1, 2))
        ]
        return Cleaned(self.text, tuple(edits), self._kept)
