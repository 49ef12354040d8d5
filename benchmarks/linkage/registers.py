"""The rules by which SORMAS and Go.Data offer likely duplicates, said again here so that they run on the same lists.

SORMAS    names of a trigram similarity of at least .65 (pg_trgm), and sex and each part of the birthday equal wherever
          both records tell it; or the same passport. Read from PersonService.buildSimilarityCriteriaFilter and issue
          2178 of SORMAS-Project.
Go.Data   first and last name equal in either order, or the same document. Read from Person.findDuplicatesByType of its
          API; names in both spellings of case and, in its favour, in pinyin.

Both only offer a pair to a person; here each pair offered is taken as joined.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

SIMILAR = 0.65
"""The default of `namesimilaritythreshold` in SORMAS."""
LARGEST = 2_000
Flat = dict[str, object]
Pair = tuple[int, int]


def sormas(rows: list[Flat]) -> set[Pair]:
    """Pairs of places in rows that SORMAS would offer."""
    grams = [trigrams(str(row["name"] or "")) for row in rows]
    alike = (pair for pair in _share_a_rare_one(grams) if similarity(grams[pair[0]], grams[pair[1]]) >= SIMILAR)
    return {pair for pair in alike if _nothing_differs(rows[pair[0]], rows[pair[1]])} | set(_equal(rows, "document"))


def godata(rows: list[Flat]) -> set[Pair]:
    """Pairs of places in rows that Go.Data would offer."""
    return {*_equal(rows, "name"), *_equal(rows, "document")}


def trigrams(name: str) -> frozenset[str]:
    """The trigrams of pg_trgm: of each word in lower case, two blanks before it and one behind."""
    padded = [f"  {word} " for word in name.lower().split()]
    return frozenset(word[place : place + 3] for word in padded for place in range(len(word) - 2))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _share_a_rare_one(grams: list[frozenset[str]]) -> set[Pair]:
    """Pairs that may be similar: they share one of the rarest trigrams of each, so many that none else can be."""
    common = Counter(gram for own in grams for gram in own)
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(grams):
        rarest = sorted(own, key=lambda gram: (common[gram], gram))
        for gram in rarest[: len(own) - int(SIMILAR * len(own)) + 1]:
            blocks[gram].append(place)
    return {pair for places in blocks.values() if len(places) <= LARGEST for pair in combinations(places, 2)}


def _nothing_differs(one: Flat, other: Flat) -> bool:
    told = [(one[name], other[name]) for name in ("sex", "birth")]
    return all(mine == theirs for mine, theirs in told if mine and theirs)


def _equal(rows: Iterable[Flat], name: str) -> Iterator[Pair]:
    blocks: dict[object, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row[name]:
            blocks[row[name]].append(place)
    for places in blocks.values():
        yield from combinations(places[:LARGEST], 2)
