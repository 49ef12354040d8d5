"""A register that can be asked who somebody is while a clerk types, and that knows a new row at once."""

import hashlib
import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from hucheng.engines.linkage.blocking import Key, keys_of, largest, stages_of
from hucheng.engines.linkage.levels import Levels, levels_of
from hucheng.engines.linkage.model import Bar, Model, plain_terms, rare_terms, shipped
from hucheng.engines.linkage.records import Prepared, Row, prepare
from hucheng.engines.linkage.stored import FORM, form_text, prepared_of, row_of, row_text
from hucheng.engines.linkage.terms import Terms, counted
from hucheng.engines.linkage.weigher import Weigher

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY, source TEXT, number TEXT, row TEXT, form TEXT, UNIQUE (source, number)
);
CREATE TABLE IF NOT EXISTS entry_key (key INTEGER, entry INTEGER, PRIMARY KEY (key, entry)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS term (term INTEGER PRIMARY KEY, count INTEGER) WITHOUT ROWID;
"""
_MEMORY = "PRAGMA cache_size = -65536; PRAGMA mmap_size = 2147418112;"
_ROWS = ("rows", "")
_ONE_KEY = "SELECT * FROM (SELECT key, entry FROM entry_key WHERE key = ? LIMIT ?)"
SURE = 16.0
"""Bits from which whoever is found is sure enough that looking under further keys would tell nothing."""
FIRST, MOST = 8, 20
"""Rows that are weighed at most after each of the first two stages and after all, those first whose keys in common say
most: in a register of a million rows the right person leads in 736 of 745 questions, and in 743 with all keys."""
KEYS_AT_ONCE = 200
ROWS_AT_ONCE = 20_000
"""Rows that are entered together."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the register that may be the same person, with its weight in bits."""

    row: Row
    weight: float
    levels: Levels
    rare: dict[str, float]
    model: Model = field(repr=False)

    @property
    def terms(self) -> dict[str, float]:
        """The terms of the model that the pair has, each with how much of it."""
        return plain_terms(self.levels) | self.rare

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What the weight is made of, in a clerk's words."""
        return tuple(self.model.bars_of(self.terms))


class Register:
    """Rows on disk (SQLite) with their keys and the counts of names and phones.

    One process writes; any number may ask. Keys are kept as one-way codes of 64 bits, rows as they were given and as
    they are compared: the file holds personal data and is protected like the lists themselves.
    """

    def __init__(self, path: Path | str, model: Model | None = None) -> None:
        self.model = model or shipped()
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_SCHEMA + _MEMORY)
        self._weigher = Weigher(self.model)
        self._prepared = lru_cache(maxsize=20_000)(self._load)
        self._row = lru_cache(maxsize=20_000)(self._load_row)
        self._count_of = lru_cache(maxsize=200_000)(self._load_count)
        self._version = 0
        self._prepare_again_if_forms_changed()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __len__(self) -> int:
        with self._one_state():
            return self._count_of(*_ROWS)

    def names(self) -> Iterator[tuple[str, str]]:
        """The list and the number of each row."""
        yield from self._db.execute("SELECT source, number FROM entry")

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows; all or none of them. Raises ValueError for a row that is there already."""
        rest = iter(rows)
        with self._transaction():
            while some := [prepare(row) for row in islice(rest, ROWS_AT_ONCE)]:
                self._key([(self._enter(row), row) for row in some])
                self._count(some, 1)
            self._forget()

    def remove(self, source: str, number: str) -> None:
        """Take a row away again; raises KeyError for one that is not there."""
        found = self._db.execute("SELECT id FROM entry WHERE source = ? AND number = ?", (source, number)).fetchone()
        if found is None:
            raise KeyError((source, number))
        with self._transaction():
            prepared = self._load(found[0])
            keys = [(_code(key), found[0]) for key in keys_of(prepared)]
            self._db.executemany("DELETE FROM entry_key WHERE key = ? AND entry = ?", keys)
            self._db.execute("DELETE FROM entry WHERE id = ?", found)
            self._count([prepared], -1)
            self._forget()

    def who(self, row: Row, *, at_most: int = 5) -> list[Candidate]:
        """Give the rows most likely to be the same person, the likeliest first.

        The weight of a candidate is the one that a run over the register and this row would give the pair
        (engines.linkage.link), before the prior of such a run. A row does not find itself. The numbers are looked under
        first and the usual spelling of the name next; where that finds somebody sure, other keys are not asked.
        """
        asked = prepare(row)
        with self._one_state():
            found = self._found(asked)
            best = sorted(found.items(), key=lambda item: (-item[1].weight, item[1].key))[:at_most]
            return [Candidate(self._row(entry), one.weight, one.levels, one.rare, self.model) for entry, one in best]

    def _found(self, asked: Prepared) -> dict[int, "_Weighed"]:
        terms = _Stored(self._count_of, asked)
        evidence: defaultdict[int, float] = defaultdict(float)
        found: dict[int, _Weighed] = {}
        for keys, most in zip(stages_of(asked), (FIRST, FIRST, MOST), strict=True):
            self._add_evidence(evidence, keys, terms.rows)
            for entry in _likeliest(evidence, most):
                if entry not in found and (one := self._prepared(entry)).key != asked.key:
                    found[entry] = self._weighed(asked, one, terms)
            if max((one.weight for one in found.values()), default=0.0) >= SURE:
                break
        return found

    def _weighed(self, asked: Prepared, row: Prepared, terms: Terms) -> "_Weighed":
        levels = levels_of(asked, row)
        rare = rare_terms(levels, asked, terms)
        return _Weighed(row.key, levels, rare, self._weigher.weight_with(levels, rare))

    def _enter(self, prepared: Prepared) -> int:
        row = prepared.row
        told = (row.source, row.number, row_text(row), form_text(prepared))
        insert = "INSERT INTO entry (source, number, row, form) VALUES (?, ?, ?, ?)"
        try:
            return int(self._db.execute(insert, told).lastrowid or 0)
        except sqlite3.IntegrityError as error:
            raise ValueError(f"Row {row.number} of {row.source} is there already.") from error

    def _key(self, entered: Iterable[tuple[int, Prepared]]) -> None:
        """Keep the keys of some rows; in order, since neighbours lie on one page of the file."""
        keys = sorted((_code(key), entry) for entry, row in entered for key in keys_of(row))
        self._db.executemany("INSERT INTO entry_key VALUES (?, ?)", keys)

    def _count(self, rows: Iterable[Prepared], times: int) -> None:
        counts = Counter(_code(term) for row in rows for term in _terms_of(row))
        changes = sorted((term, count * times) for term, count in counts.items())
        self._db.executemany(
            "INSERT INTO term VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET count = count + excluded.count", changes
        )

    def _add_evidence(self, evidence: defaultdict[int, float], keys: Iterable[Key], rows: int) -> None:
        """Add what keys say of the entries that share them: for each key the bits of how few of the rows have it. A key
        that too many share finds nothing, as in a run."""
        limits = {_code(key): largest(key) for key in keys}
        codes = iter(limits)
        shared: defaultdict[int, list[int]] = defaultdict(list)
        while some := list(islice(codes, KEYS_AT_ONCE)):
            asked = [value for code in some for value in (code, limits[code])]
            for code, entry in self._db.execute(" UNION ALL ".join([_ONE_KEY] * len(some)), asked):
                shared[code].append(entry)
        for code, entries in shared.items():
            if len(entries) < limits[code]:
                bits = math.log2(rows / len(entries))
                for entry in entries:
                    evidence[entry] += bits

    def _load(self, entry: int) -> Prepared:
        source, number, form = self._db.execute(
            "SELECT source, number, form FROM entry WHERE id = ?", (entry,)
        ).fetchone()
        return prepared_of(Row(source, number), form)

    def _load_count(self, kind: str, text: str) -> int:
        found = self._db.execute("SELECT count FROM term WHERE term = ?", (_code((kind, text)),)).fetchone()
        return found[0] if found else 0

    def _load_row(self, entry: int) -> Row:
        (row,) = self._db.execute("SELECT row FROM entry WHERE id = ?", (entry,)).fetchone()
        return row_of(row)

    def _prepare_again_if_forms_changed(self) -> None:
        """Bring a register of an earlier version to the forms and keys of this one."""
        (form,) = self._db.execute("PRAGMA user_version").fetchone()
        if form == FORM:
            return
        with self._transaction():
            self._db.execute("DELETE FROM entry_key")
            self._db.execute("DELETE FROM term")
            rows = self._db.execute("SELECT id, row FROM entry")
            while some := [(entry, prepare(row_of(row))) for entry, row in rows.fetchmany(ROWS_AT_ONCE)]:
                forms = [(form_text(prepared), entry) for entry, prepared in some]
                self._db.executemany("UPDATE entry SET form = ? WHERE id = ?", forms)
                self._key(some)
                self._count((prepared for _entry, prepared in some), 1)
            self._db.execute(f"PRAGMA user_version = {FORM}")

    @contextmanager
    def _transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        """All or nothing."""
        self._db.execute(begin)
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    @contextmanager
    def _one_state(self) -> Iterator[None]:
        """Read one state of the file, which is locked once for all that is read. What is remembered of an earlier state
        goes when another process has written."""
        with self._transaction("BEGIN"):
            (version,) = self._db.execute("PRAGMA data_version").fetchone()
            if version != self._version:
                self._forget()
                self._version = version
            yield

    def _forget(self) -> None:
        for remembered in (self._prepared, self._row, self._count_of):
            remembered.cache_clear()


class _Weighed(NamedTuple):
    """A row of the register by its list and number, how far it agrees with the one asked about, and its weight."""

    key: tuple[str, str]
    levels: Levels
    rare: dict[str, float]
    weight: float


class _Stored(Terms):
    """The counts of the register as Terms, with one more row that is asked about."""

    def __init__(self, count_of: Callable[[str, str], int], asked: Prepared) -> None:
        self._count_of = count_of
        self._asked = frozenset(counted(asked))
        self.rows = count_of(*_ROWS) + 1

    def rarity(self, level: str, shared: str) -> float:
        return self._bits(self._counted("hanzi" if level == "hanzi" else "key", shared) + 1)

    def phone_rarity(self, number: str) -> float:
        return self._bits(max(self._counted("phone", number), 1))

    def home_rarity(self, homes: Iterable[str]) -> float:
        return self._bits(max(1, *(self._counted("home", home) for home in homes)))

    def _counted(self, kind: str, text: str) -> int:
        return self._count_of(kind, text) + ((kind, text) in self._asked)


def _likeliest(evidence: Mapping[int, float], at_most: int) -> list[int]:
    """Give the entries for which most speaks, the first of them first."""
    return sorted(evidence, key=lambda entry: (-evidence[entry], entry))[:at_most]


def _terms_of(row: Prepared) -> list[tuple[str, str]]:
    return [_ROWS, *counted(row)]


def _code(parts: Sequence[object]) -> int:
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
