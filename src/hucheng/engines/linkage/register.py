"""A register that can be asked who somebody is while a clerk types, and that knows a new row at once."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from hucheng.engines.linkage.births import Birth
from hucheng.engines.linkage.blocking import keys_of, largest
from hucheng.engines.linkage.model import Bar, Model, shipped
from hucheng.engines.linkage.records import Prepared, Row, prepare
from hucheng.engines.linkage.terms import Terms

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, source TEXT, number TEXT, row TEXT, UNIQUE (source, number));
CREATE TABLE IF NOT EXISTS entry_key (key INTEGER, entry INTEGER, PRIMARY KEY (key, entry)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS term (term INTEGER PRIMARY KEY, count INTEGER) WITHOUT ROWID;
"""
_ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the register that may be the same person, with its weight in bits and what it is made of."""

    row: Row
    weight: float
    bars: tuple[Bar, ...]


class Register:
    """Rows on disk (SQLite) with their keys and the counts of names and phones.

    One process writes; any number may ask. Keys are kept as one-way codes of 64 bits, rows as they were given: the file
    holds personal data and is protected like the lists themselves.
    """

    def __init__(self, path: Path | str, model: Model | None = None) -> None:
        self.model = model or shipped()
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_SCHEMA)
        self._prepared = lru_cache(maxsize=20_000)(self._load)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __len__(self) -> int:
        return _Stored(self._db).rows

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows; all or none of them. Raises ValueError for a row that is there already."""
        with self._transaction():
            for row in rows:
                self._add(prepare(row))

    def remove(self, source: str, number: str) -> None:
        """Take a row away again; raises KeyError for one that is not there."""
        found = self._db.execute("SELECT id FROM entry WHERE source = ? AND number = ?", (source, number)).fetchone()
        if found is None:
            raise KeyError((source, number))
        prepared = self._prepared(found[0])
        with self._transaction():
            keys = [(_code(key), found[0]) for key in keys_of(prepared)]
            self._db.executemany("DELETE FROM entry_key WHERE key = ? AND entry = ?", keys)
            self._db.execute("DELETE FROM entry WHERE id = ?", found)
            self._count(prepared, -1)
        self._prepared.cache_clear()

    def who(self, row: Row, *, at_most: int = 5) -> list[Candidate]:
        """Give the rows most likely to be the same person, the likeliest first.

        The weight of a candidate is the one that a run over the register and this row would give the pair
        (engines.linkage.link), before the prior of such a run. A row does not find itself.
        """
        asked = prepare(row)
        terms = _Stored(self._db, asked)
        found = [self._prepared(entry) for entry in self._entries(asked)]
        weighed = [(self.model.weight(asked, other, terms), other) for other in found if other.key != asked.key]
        weighed.sort(key=lambda item: (-item[0], item[1].key))
        return [
            Candidate(other.row, weight, tuple(self.model.explain(asked, other, terms)))
            for weight, other in weighed[:at_most]
        ]

    def _add(self, prepared: Prepared) -> None:
        try:
            told = (prepared.row.source, prepared.row.number, _json(prepared.row))
            entry = self._db.execute("INSERT INTO entry (source, number, row) VALUES (?, ?, ?)", told).lastrowid
        except sqlite3.IntegrityError as error:
            raise ValueError(f"Row {prepared.row.number} of {prepared.row.source} is there already.") from error
        keys = [(_code(key), entry) for key in keys_of(prepared)]
        self._db.executemany("INSERT INTO entry_key VALUES (?, ?)", keys)
        self._count(prepared, 1)

    def _count(self, prepared: Prepared, times: int) -> None:
        counted = [(_term(kind, text), times) for kind, text in _terms_of(prepared)]
        self._db.executemany(
            "INSERT INTO term VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET count = count + excluded.count", counted
        )

    def _entries(self, asked: Prepared) -> set[int]:
        """Rows that share a usable key; a key that too many share finds nothing, as in a run."""
        found: set[int] = set()
        for key in keys_of(asked):
            limit = largest(key)
            one = [
                entry
                for (entry,) in self._db.execute(
                    "SELECT entry FROM entry_key WHERE key = ? LIMIT ?", (_code(key), limit)
                )
            ]
            if len(one) < limit:
                found.update(one)
        return found

    def _load(self, entry: int) -> Prepared:
        (told,) = self._db.execute("SELECT row FROM entry WHERE id = ?", (entry,)).fetchone()
        return prepare(_row(told))

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._db)


class _Transaction:
    """All or nothing."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def __enter__(self) -> None:
        self.db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_others: object) -> None:
        self.db.execute("COMMIT" if kind is None else "ROLLBACK")


class _Stored(Terms):
    """The counts of the register as Terms, with one more row that is asked about."""

    def __init__(self, db: sqlite3.Connection, asked: Prepared | None = None) -> None:
        self._db = db
        self._asked = frozenset(_terms_of(asked)) if asked else frozenset()
        self.rows = self._stored(_ROWS, "") + (1 if asked else 0)

    def rarity(self, level: str, shared: str) -> float:
        return self._bits(self._counted("hanzi" if level == "hanzi" else "key", shared) + 1)

    def phone_rarity(self, number: str) -> float:
        return self._bits(max(self._counted("phone", number), 1))

    def _counted(self, kind: str, text: str) -> int:
        return self._stored(kind, text) + ((kind, text) in self._asked)

    def _stored(self, kind: str, text: str) -> int:
        found = self._db.execute("SELECT count FROM term WHERE term = ?", (_term(kind, text),)).fetchone()
        return found[0] if found else 0


def _terms_of(row: Prepared) -> list[tuple[str, str]]:
    named = [("key", key) for key in row.name.keys]
    if row.name.hanzi:
        named.append(("hanzi", row.name.hanzi))
    if row.phone:
        named.append(("phone", row.phone))
    return [(_ROWS, ""), *named]


def _term(kind: str, text: str) -> int:
    return _code((kind, text))


def _code(parts: Sequence[object]) -> int:
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _json(row: Row) -> str:
    return json.dumps(asdict(row), default=date.isoformat, ensure_ascii=False)


def _row(told: str) -> Row:
    fields = json.loads(told)
    born, arrived = fields.pop("birth"), fields.pop("day")
    return Row(
        **{**fields, "documents": tuple(fields["documents"])},
        birth=Birth(_date(born["day"]), born["year"]),
        day=_date(arrived),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
