"""Candidate pairs by joins over keys: in DuckDB, which sorts and joins on disk what memory does not hold."""

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
from numpy.typing import NDArray

from hucheng.engines.linkage.blocking import MOST, allowed, keys_of
from hucheng.engines.linkage.records import Prepared

Places = NDArray[np.int64]
BLOCK = """
SELECT kind, code, count(*) AS size FROM held GROUP BY kind, code HAVING count(*) BETWEEN 2 AND {most}"""
SIZES = "SELECT kind, size, count(*) AS blocks FROM block GROUP BY kind, size"
SHARED = """
SELECT held.kind, held.code, held.place FROM held
JOIN block ON held.kind = block.kind AND held.code = block.code
JOIN allowed ON block.kind = allowed.kind AND block.size <= allowed.size"""
PAIR = """
SELECT DISTINCT one.place AS low, two.place AS high FROM shared AS one
JOIN shared AS two ON one.kind = two.kind AND one.code = two.code AND one.place < two.place"""
"""The joins in four steps, written so that DuckDB and Spark read them alike."""
AT_ONCE = 50_000
"""Rows whose keys, or whose pairs, are handed over in one go."""
MEMORY = "1GB"
"""What DuckDB may hold in memory; the rest goes to a temporary folder."""


def candidate_pairs(rows: Sequence[Prepared]) -> list[tuple[int, int]]:
    """Give the pairs of places in `rows` that share a usable key, each once, in order."""
    with joined(rows) as pairs:
        return [pair for low, high in pairs.portions() for pair in zip(low.tolist(), high.tolist(), strict=True)]


@contextmanager
def joined(rows: Sequence[Prepared]) -> Iterator["Joined"]:
    """Join the pairs of some rows; what was written to disk meanwhile is gone afterwards, whatever happened."""
    with (
        TemporaryDirectory(prefix="hucheng-link-") as folder,
        duckdb.connect(config={"temp_directory": folder, "memory_limit": MEMORY}) as database,
    ):
        yield Joined(database, rows)


class _Numbers(dict[str, int]):
    """A number for each name, in the order in which they are asked for."""

    def __missing__(self, name: str) -> int:
        return self.setdefault(name, len(self))


class Joined:
    """The candidate pairs of some rows, in the database until they are asked for.

    The number of pairs grows with the rows, not with their square: each row has a bounded number of keys, each key
    finds a bounded number of rows, and each kind of key has a budget (blocking.allowed).
    """

    def __init__(self, database: duckdb.DuckDBPyConnection, rows: Sequence[Prepared]) -> None:
        self._db, self._rows = database, len(rows)
        self._do("SET preserve_insertion_order = false")
        self._hold(rows)
        self._join()

    def _do(self, sql: str, *values: Sequence[int]) -> duckdb.DuckDBPyConnection:
        try:
            return self._db.execute(sql, *values)
        except RuntimeError as error:
            if "interrupted" in str(error):
                raise KeyboardInterrupt from error  # what DuckDB makes of Ctrl+C
            raise

    def portions(self) -> Iterator[tuple[Places, Places]]:
        """The pairs in order, the smaller place first, in portions."""
        for start in range(0, max(self._rows, 1), AT_ONCE):
            asked = "SELECT low, high FROM pair WHERE low >= ? AND low < ? ORDER BY low, high"
            found = self._do(asked, (start, start + AT_ONCE)).fetchnumpy()
            yield found["low"].astype(np.int64), found["high"].astype(np.int64)

    def _hold(self, rows: Sequence[Prepared]) -> None:
        """Hand the keys over, as hashes of 64 bits so that they stay small: two keys of one hash could only add a pair
        that is then weighed."""
        self._do("CREATE TABLE held (kind UTINYINT, code BIGINT, place UINTEGER)")
        self._kinds = _Numbers()
        for start in range(0, self._rows, AT_ONCE):
            kind, code, place = array("B"), array("q"), array("I")
            for number, row in enumerate(rows[start : start + AT_ONCE], start):
                keys = keys_of(row)
                kind.extend([self._kinds[str(key[0])] for key in keys])
                code.extend(map(hash, keys))
                place.extend(repeat(number, len(keys)))
            told = {"kind": np.array(kind), "code": np.array(code), "place": np.array(place)}
            self._db.register("keys", told)
            self._do("INSERT INTO held SELECT kind, code, place FROM keys")

    def _join(self) -> None:
        self._do(f"CREATE TABLE block AS {BLOCK.format(most=MOST)}")
        names = {number: name for name, number in self._kinds.items()}
        blocks = [(names[kind], size, count) for kind, size, count in self._do(SIZES).fetchall()]
        usable = allowed(blocks, self._rows)
        kinds = np.array([self._kinds[name] for name in usable], np.uint8)
        self._db.register("allowed", {"kind": kinds, "size": np.array(list(usable.values()), np.int64)})
        self._do(f"CREATE TABLE shared AS {SHARED}")
        self._do(f"CREATE TABLE pair AS {PAIR} ORDER BY low, high")
        self._do("DROP TABLE held; DROP TABLE block; DROP TABLE shared")
