"""The same run on Spark, for lists that one machine does not hold: the extra `spark` and a Java of 17 or later."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from operator import add
from shutil import which
from typing import Any

import numpy as np

from hucheng.engines.linkage import placeholders
from hucheng.engines.linkage.batch import Batch, Bits, Places
from hucheng.engines.linkage.blocking import MOST, allowed, keys_of
from hucheng.engines.linkage.candidates import BLOCK, PAIR, SHARED, SIZES
from hucheng.engines.linkage.families import Families
from hucheng.engines.linkage.lists import ListError
from hucheng.engines.linkage.model import Model
from hucheng.engines.linkage.pairs import Found
from hucheng.engines.linkage.placeholders import without
from hucheng.engines.linkage.records import Prepared, Row, prepare
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.words.bilingual import Bilingual

MISSING = Bilingual(
    "没有 Spark：请先安装 hucheng[spark] 和 Java 17，或改用 --engine duckdb",
    "there is no Spark: install hucheng[spark] and Java 17, or use --engine duckdb",
)
SETTINGS = {
    "spark.master": "local[2]",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""What holds where PYSPARK_SUBMIT_ARGS or spark-defaults.conf say nothing else; both may name a cluster."""
AT_ONCE = 50_000
"""Pairs that a worker weighs in one go."""
Weighed = tuple[Places, Places, Bits, Bits, Families]
"""Pairs with the bits of each, with and without families, and the homes and phones that they share."""


def on_spark(rows: Sequence[Row], model: Model) -> Found:
    """Prepare, count, join and weigh on Spark, partition by partition; the rows and the weights come back here.

    Raises ListError where pyspark or Java is missing.
    """
    session = _session()
    try:
        return _Run(session, rows, model).found()
    finally:
        session.stop()


def require_spark() -> None:
    """Raise ListError where pyspark or Java is missing."""
    if find_spec("pyspark") is None or which("java") is None:
        raise ListError(MISSING)


def _session() -> Any:
    require_spark()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = import_module("pyspark").SparkConf()
    for name, value in SETTINGS.items():
        settings.setIfMissing(name, value)
    session = import_module("pyspark.sql").SparkSession.builder.config(conf=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


class _Run:
    """One run: `numbered` holds the prepared rows by place, spread over the workers."""

    def __init__(self, session: Any, rows: Sequence[Row], model: Model) -> None:
        self._session, self._context, self._model, self._rows = session, session.sparkContext, model, len(rows)
        prepared = self._context.parallelize(list(enumerate(rows))).mapValues(prepare).cache()
        nobodys = _nobodys(prepared)
        self._numbered = prepared.mapValues(lambda row: without(row, nobodys)).cache()

    def found(self) -> Found:
        prepared = [row for _place, row in sorted(self._numbered.collect(), key=lambda item: item[0])]
        terms = self._numbered.values().mapPartitions(lambda rows: [Terms.of(rows)]).fold(Terms(), _together)
        low, high, usual, lone, families = self._weighed(self._both(self._pairs()), terms)
        if families.none:
            return Found(prepared, terms, low, high, lone, self._model.without_families())
        return Found(prepared, terms, low, high, usual, self._model)

    def _weighed(self, both: Any, terms: Terms) -> Weighed:
        """The pairs in order with the bits of each, and the homes and phones that they share."""
        shared, families = self._context.broadcast((self._model, terms)), Families()
        portions = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))]
        for *portion, seen in both.mapPartitions(lambda pairs: _weighed(pairs, *shared.value)).collect():
            portions.append(tuple(portion))
            families.add(seen)
        low, high, usual, lone = map(np.concatenate, zip(*portions, strict=True))
        order = np.lexsort((high, low))
        return low[order], high[order], usual[order], lone[order], families

    def _pairs(self) -> Any:
        """The candidate pairs, by the same joins as in DuckDB."""
        self._view("held", self._numbered.flatMap(_held), "kind string, code long, place long")
        self._select("block", BLOCK.format(most=MOST))
        blocks = [(row.kind, row.size, row.blocks) for row in self._session.sql(SIZES).collect()]
        usable = self._context.parallelize(list(allowed(blocks, self._rows).items()), 1)
        self._view("allowed", usable, "kind string, size long")
        self._select("shared", SHARED)
        return self._session.sql(PAIR).rdd.map(tuple)

    def _both(self, pairs: Any) -> Any:
        """Each pair of places with both rows."""
        first = pairs.join(self._numbered)
        by_second = first.map(lambda item: (item[1][0], (item[0], item[1][1]))).join(self._numbered)
        return by_second.map(lambda item: (item[1][0][0], item[0], item[1][0][1], item[1][1]))

    def _view(self, name: str, rows: Any, columns: str) -> None:
        self._session.createDataFrame(rows, columns, verifySchema=False).createOrReplaceTempView(name)

    def _select(self, name: str, select: str) -> None:
        self._session.sql(select).cache().createOrReplaceTempView(name)


def _nobodys(numbered: Any) -> frozenset[str]:
    """The documents that are nobody's, as in `without_placeholders`."""
    carried = numbered.flatMap(lambda item: [(number, 1) for number in item[1].documents]).reduceByKey(add)
    return frozenset(carried.filter(lambda item: item[1] > placeholders.MOST).keys().collect())


def _held(item: tuple[int, Prepared]) -> Iterator[tuple[str, int, int]]:
    """The keys of a row. Spark gives all its workers one seed of hashes, so that equal keys have one code."""
    return ((str(key[0]), hash(key), item[0]) for key in keys_of(item[1]))


def _together(one: Terms, other: Terms) -> Terms:
    counts = (one.hanzi + other.hanzi, one.keys + other.keys, one.phones + other.phones, one.homes + other.homes)
    return Terms(one.rows + other.rows, *counts)


def _weighed(pairs: Iterable[tuple[int, int, Prepared, Prepared]], model: Model, terms: Terms) -> Iterator[Weighed]:
    rest = iter(pairs)
    while some := list(islice(rest, AT_ONCE)):
        rows = {place: row for low, high, a, b in some for place, row in ((low, a), (high, b))}
        places = np.array(sorted(rows), np.int64)
        low, high = np.array([pair[0] for pair in some], np.int64), np.array([pair[1] for pair in some], np.int64)
        batch, families = Batch([rows[place] for place in places.tolist()], model, terms), Families()
        usual, lone = batch.weights(np.searchsorted(places, low), np.searchsorted(places, high), families)
        yield low, high, usual, lone, families
