"""Signed lists of revoked papers that stay small: a few by their number, many as a cascade of filters.

A cascade (after CRLite: Larisch et al., IEEE S&P 2017) answers exactly for every paper that was alive when the list
was made: each level is a Bloom filter of what the level before took by mistake. Half of 100,000 revoked is its worst
case. It says nothing of a paper issued since, and a paper past its end fails by itself.
"""

import hashlib
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hucheng.engines.papers.keys import Keys
from hucheng.engines.papers.signed import seal, unseal

REVOKED_PREFIX = "HUR1:"
KIND, ISSUED, IDS, INVERTED, LEVELS, COVERS = -70000, 6, 7, -70010, -70011, -70012
PASS, RELEASE = "pass", "release"
REVOKED = "revoked"
FEW = 500
"""Up to so many stand by their number, which also reaches papers issued after the list."""
MOST_LEVELS = 60


@dataclass(frozen=True, slots=True)
class Level:
    """One filter: `bits` as bytes, of which `size` count, `probes` a number."""

    size: int
    probes: int
    bits: bytes

    def has(self, number: str, salt: bytes, level: int) -> bool:
        """Whether the filter takes a number."""
        return all(self.bits[place >> 3] >> (place & 7) & 1 for place in _places(self, number, salt, level))


@dataclass(frozen=True, slots=True)
class RevocationList:
    """What a signed list says, as of a time."""

    as_of: datetime
    kinds: frozenset[str] = frozenset({PASS, RELEASE})
    ids: frozenset[str] = frozenset()
    levels: tuple[Level, ...] = ()
    inverted: bool = False
    filtered: bool = False
    salt: bytes = field(default=b"", repr=False)

    def revokes(self, number: str, issued_at: datetime) -> bool:
        """Whether a paper that was issued at a time is revoked by this list."""
        if not self.filtered:
            return number in self.ids
        if issued_at >= self.as_of:
            return False
        return self._listed(number) != self.inverted

    def _listed(self, number: str) -> bool:
        for place, level in enumerate(self.levels):
            if not level.has(number, self.salt, place):
                return place % 2 == 1
        return len(self.levels) % 2 == 1


def sign_revocations(
    ids: Collection[str],
    private_pem: bytes,
    *,
    at: datetime,
    live: Collection[str] | None = None,
    kinds: Collection[str] = (PASS, RELEASE),
) -> str:
    """Give the signed list of revoked papers as of a time, for verifiers without a network.

    live   every paper of these kinds that is alive at that time, revoked or not: with it the list stays small however
           many are revoked; without it each revoked one stands by its number
    kinds  what the list speaks of; of other papers it says nothing
    """
    revoked, now = set(ids), int(at.timestamp())
    payload: dict[int, Any] = {KIND: REVOKED, ISSUED: now, COVERS: sorted(kinds)}
    if live is None or len(revoked) <= FEW:
        payload[IDS] = sorted(map(_short, revoked), key=str)
    else:
        good = set(live) - revoked
        inverted = len(revoked) > len(good)
        levels = _cascade(*((good, revoked) if inverted else (revoked, good)), salt=_salt(now))
        payload |= {INVERTED: inverted, LEVELS: [[one.size, one.probes, one.bits] for one in levels]}
    return REVOKED_PREFIX + seal(payload, private_pem)


def read_revocations(text: str, keys: Keys) -> RevocationList:
    """Give the list of a signed text. Raises ValueError for a list that is not ours."""
    if not text.startswith(REVOKED_PREFIX):
        raise ValueError("This is not a list of revocations of Hucheng.")
    payload, known, code = unseal(text.removeprefix(REVOKED_PREFIX), keys)
    if payload is None:
        raise ValueError("The signature of the list does not match." if code == "bad_signature" else f"{code}")
    if payload.get(KIND) != REVOKED or not isinstance(payload.get(ISSUED), int):
        raise ValueError("This is signed, but is not a list of revocations.")  # a pass is signed with the same key
    now = payload[ISSUED]
    try:
        as_of = datetime.fromtimestamp(now, UTC)
        if not any(key.signed_then(as_of) for key in known):
            raise ValueError("The list is signed by a key that was not in use then.")
        kinds = frozenset(map(_long, payload[COVERS]))
        if payload.keys() == {KIND, ISSUED, COVERS, IDS}:
            return RevocationList(as_of, kinds, frozenset(map(_long, payload[IDS])))
        levels = tuple(Level(_whole(one[0]), _whole(one[1]), _octets(one[2])) for one in payload[LEVELS])
        if not all(one.size > 0 and one.probes > 0 and len(one.bits) * 8 >= one.size for one in levels):
            raise ValueError("The list is damaged.")
        return RevocationList(as_of, kinds, frozenset(), levels, bool(payload[INVERTED]), True, _salt(now))
    except (KeyError, TypeError, IndexError, OverflowError, OSError) as wrong:
        raise ValueError("This is signed, but is not a list of revocations.") from wrong


def _cascade(listed: Collection[str], others: Collection[str], *, salt: bytes) -> list[Level]:
    """Filters that tell the listed from the others without a mistake."""
    levels: list[Level] = []
    while listed:
        if len(levels) == MOST_LEVELS:
            raise ValueError("the numbers of papers are not random")
        probes = max(1, round(math.log2(len(others) / len(listed)))) if not levels and len(others) else 1
        level = _filter(listed, probes, salt, len(levels))
        mistaken = {number for number in others if level.has(number, salt, len(levels))}
        levels.append(level)
        listed, others = mistaken, listed
    return levels


def _filter(numbers: Collection[str], probes: int, salt: bytes, place: int) -> Level:
    size = max(8, math.ceil(len(numbers) * probes / math.log(2)))
    bits = bytearray((size + 7) // 8)
    empty = Level(size, probes, b"")
    for number in numbers:
        for bit in _places(empty, number, salt, place):
            bits[bit >> 3] |= 1 << (bit & 7)
    return Level(size, probes, bytes(bits))


def _places(level: Level, number: str, salt: bytes, place: int) -> Iterable[int]:
    digest = hashlib.sha256(salt + bytes([place]) + number.encode()).digest()
    first, step = int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big") | 1
    return [(first + probe * step) % level.size for probe in range(level.probes)]


def _salt(now: int) -> bytes:
    return now.to_bytes(8, "big")


def _short(number: str) -> bytes | str:
    """A UUID in its sixteen bytes, any other number as it is."""
    try:
        return UUID(number).bytes if str(UUID(number)) == number else number
    except ValueError:
        return number


def _long(number: bytes | str) -> str:
    if isinstance(number, bytes):
        return str(UUID(bytes=number))
    if not isinstance(number, str):
        raise TypeError("a number is bytes or a text")
    return number


def _octets(bits: object) -> bytes:
    if not isinstance(bits, bytes):
        raise TypeError("bytes are wanted")
    return bits


def _whole(number: object) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError("a whole number is wanted")
    return number
