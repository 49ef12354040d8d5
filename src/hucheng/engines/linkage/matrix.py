"""Who stands on which list: the lists side by side, and who is missing where."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Gap:
    """A person whom some lists name and others do not."""

    person: str
    on: frozenset[str]
    missing: frozenset[str]


def gaps(persons: Mapping[Key, str], lists: Iterable[str]) -> list[Gap]:
    """Give each person who is missing from one of `lists`, in order; persons on none of them are not looked at.

    persons   by row the person (Linked.persons); lists that are not named in `lists` do not count
    """
    wanted = frozenset(lists)
    on = _lists_of(persons, wanted)
    return [Gap(person, there, wanted - there) for person, there in sorted(on.items()) if there != wanted]


def matrix(persons: Mapping[Key, str], lists: Iterable[str]) -> dict[tuple[str, str], int]:
    """Count for each two lists the persons who are on the first and not on the second; for one list with itself those
    who are on it."""
    wanted = sorted(set(lists))
    pairs = [(here, there) for here in wanted for there in wanted]
    on = _lists_of(persons, frozenset(wanted))
    found = Counter(
        (here, there)
        for lists_of in on.values()
        for here, there in pairs
        if here in lists_of and (here == there or there not in lists_of)
    )
    return {pair: found[pair] for pair in pairs}


def _lists_of(persons: Mapping[Key, str], wanted: frozenset[str]) -> dict[str, frozenset[str]]:
    on: dict[str, set[str]] = {}
    for (source, _number), person in persons.items():
        if source in wanted:
            on.setdefault(person, set()).add(source)
    return {person: frozenset(sources) for person, sources in on.items()}
