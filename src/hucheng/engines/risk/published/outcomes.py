"""Which share of travellers a quantity means, whatever words join its parts: `share detected at exit` is one of Quilty.

A quantity with a word that belongs to no share, or that could be two, is refused.
"""

from collections.abc import Collection

from hucheng.engines.risk.checkpoints import OUTCOMES
from hucheng.engines.risk.published.quantities import unknown
from hucheng.engines.risk.published.reading import words_of
from hucheng.engines.risk.special import Array

_JOINING = {"p", "prob", "probability", "proportion", "share", "fraction", "of", "the", "at", "on", "in", "by", "being"}
_JOINING |= {"travellers", "travelers", "infected", "during", "screening", "and", "upon"}
_ALIKE = {"exit": "departure", "entry": "arrival", "found": "detected", "questionnaire": "risk"}
_SCREENED = {
    "at_exit": {"detected", "departure"},
    "at_entry": {"detected", "arrival"},
    "severe_in_flight": {"severe", "flight"},
    "missed": {"missed"},
}
_SCREENED_NAMES = ("p_not_detected", "p_detected_at_exit", "p_severe_in_flight", "p_detected_at_entry")
_DETECTED = [place for place, name in enumerate(OUTCOMES) if name.startswith("detected")]


def screened(quantity: str) -> tuple[str, float]:
    """Give the field of a screening that a quantity means, and what it is multiplied by: 100 for percent."""
    words, times = _words(quantity, set().union(*_SCREENED.values()) | {"not", "undetected", "both"})
    if _missed_at_both(words):
        return "missed", times
    found = [name for name, asked in _SCREENED.items() if asked == words]
    if len(found) != 1:
        raise unknown(quantity, _SCREENED_NAMES)
    return found[0], times


def outcome(shares: Array, quantity: str, *, averaged: bool = False) -> float:
    """Give one of the eight outcomes of Gostic 2020 by its words, or the sum of all that are detected, here or there.

    averaged  whether the quantity may be called a mean
    """
    named = {name: set(name.split("_")) for name in OUTCOMES}
    also = {"not", "undetected", "total", "overall", *(("mean", "average") if averaged else ())}
    words, times = _words(quantity, set().union(*named.values()) | also)
    words -= {"mean", "average"}
    for place, (_, asked) in enumerate(named.items()):
        if asked == words:
            return times * float(shares[place])
    words -= {"total", "overall"}
    if words in ({"not", "detected"}, {"undetected"}):
        return times * float(1 - shares[_DETECTED].sum(axis=0))
    if words in ({"detected"}, {"detected", "departure"}, {"detected", "arrival"}):
        places = [place for place in _DETECTED if words <= named[OUTCOMES[place]]]
        return times * float(shares[places].sum(axis=0))
    raise unknown(quantity, OUTCOMES)


def _words(quantity: str, known: Collection[str]) -> tuple[set[str], float]:
    """Give the words that tell shares apart, one for each thing, and the scale of the number."""
    found = words_of(quantity, {*known, *_JOINING, *_ALIKE, "percent"})
    plain = {_ALIKE.get(word, word) for word in found - _JOINING - {"percent"}}
    return plain, 100.0 if "percent" in found else 1.0


def _missed_at_both(words: set[str]) -> bool:
    """Whether the words say that neither end found anybody: both named, or neither."""
    ends = words & {"departure", "arrival"}
    return words - ends - {"both"} in ({"not", "detected"}, {"undetected"}, {"missed"}) and len(ends) != 1
