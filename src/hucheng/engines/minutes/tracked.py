"""A text under repair that remembers where each of its characters stood in the original."""

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
        self._starts = list(range(len(original)))
        self._ends = list(range(1, len(original) + 1))
        self._done: list[tuple[EditKind, int, int, str, str, bool]] = []

    def apply(self, repairs: Iterable[Repair]) -> None:
        """Make the repairs, given in the order of the text. One that overlaps its predecessor is left out, and so is
        one that a person does not want.
        """
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for one in repairs:
            if one.start < at or one.end <= one.start or (self._kept and self._is_kept(one)):
                continue
            self._keep(at, one.start, pieces, starts, ends)
            self._replace(one, pieces, starts, ends)
            at = one.end
        if at == 0:
            return
        self._keep(at, len(self.text), pieces, starts, ends)
        self.text, self._starts, self._ends = "".join(pieces), starts, ends

    def _is_kept(self, one: Repair) -> bool:
        first, last = self._starts[one.start], self._ends[one.end - 1]
        return any(one.kind is kept.kind and first < kept.end and kept.start < last for kept in self._kept)

    def _keep(self, start: int, end: int, pieces: list[str], starts: list[int], ends: list[int]) -> None:
        pieces.append(self.text[start:end])
        starts += self._starts[start:end]
        ends += self._ends[start:end]

    def _replace(self, one: Repair, pieces: list[str], starts: list[int], ends: list[int]) -> None:
        before = self.text[one.start : one.end]
        first, last = self._starts[one.start], self._ends[one.end - 1]
        self._done.append((one.kind, first, last, before, one.after, one.certain))
        pieces.append(one.after)
        if len(one.after) == len(before):
            starts += self._starts[one.start : one.end]
            ends += self._ends[one.start : one.end]
        else:
            starts += [first] * len(one.after)
            ends += [last] * len(one.after)

    def result(self) -> Cleaned:
        """Give the text and its repairs, each once and with its place in both; a place pointed at again is one."""
        edits = [
            Edit(
                kind,
                start,
                end,
                before,
                after,
                bisect_left(self._starts, start),
                bisect_left(self._starts, end),
                certain,
            )
            for kind, start, end, before, after, certain in sorted(dict.fromkeys(self._done), key=itemgetter(1, 2))
        ]
        return Cleaned(self.text, tuple(edits), self._kept)
