"""One repair taken back: the text as it would be had a person not allowed it."""

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
