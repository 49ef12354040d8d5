"""One repair taken back: the text as it would be had a person not allowed it."""

from bisect import bisect_right
from collections.abc import Iterable

from hucheng.engines.minutes.clean import clean
from hucheng.engines.minutes.edits import Cleaned, Edit, Kept


def undo(original: str, cleaned: Cleaned, edits: Edit | Iterable[Edit]) -> Cleaned:
    """Give the cleaned text with one repair taken back, or several; those taken back before stay so.

    The text is repaired anew without them, so every other repair has its right place in both texts, and one that was
    only possible through a repair taken back is gone with it. A place that was only pointed at is pointed at no more.

    Raises ValueError for a repair that `cleaned` does not hold.
    """
    wanted = (edits,) if isinstance(edits, Edit) else tuple(edits)
    if any(one not in cleaned.edits for one in wanted):
        raise ValueError("this repair is none of the text; take one of cleaned.edits")
    return clean(original, kept=(*cleaned.kept, *(Kept(one.kind, one.start, one.end) for one in wanted)))


def moved(place: int, before: Cleaned, after: Cleaned) -> int:
    """Give where a place of one cleaned text stands in another one of the same original.

    A place inside a repair that only one of the two made goes to the beginning of that repair, or to its end where it
    was the end.
    """
    return _across(_across(place, _anchors(before, to_clean=False)), _anchors(after, to_clean=True))


def _across(place: int, anchors: list[tuple[int, int]]) -> int:
    """Carry a place over by the last anchor at or before it, never past the next anchor."""
    at = bisect_right(anchors, (place, 1 << 62)) - 1
    ours, theirs = anchors[at]
    carried = theirs + place - ours
    return min(carried, anchors[at + 1][1]) if at + 1 < len(anchors) else carried


def _anchors(cleaned: Cleaned, *, to_clean: bool) -> list[tuple[int, int]]:
    """Give the pairs of places that belong together, from the original to the clean text or back."""
    pairs = [(0, 0)]
    for edit in cleaned.edits:
        for place, clean_place in ((edit.start, edit.clean_start), (edit.end, edit.clean_end)):
            if place >= pairs[-1][0] and clean_place >= pairs[-1][1]:
                pairs.append((place, clean_place))
    return pairs if to_clean else sorted((clean_place, place) for place, clean_place in pairs)
