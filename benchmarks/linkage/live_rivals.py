"""Who is this, asked of our register and of Splink in one run: benchmarks/linkage/live_rivals.py [ROWS] [ASKED].

A register of ROWS rows of invented people (made.py) is asked for ASKED rows that were held back. Splink 5 on DuckDB is
trained on the same rows, once as its documentation shows (rivals.py) and once with the fields, levels and keys that
lists of Chinese names need (splink_aware.py), and asked for a few of them in its two ways for one new record:
`predict_between` the record and the register, which finds candidates by its blocking rules, and `compare_records` with
its cached SQL on 50 candidates that are given to it. The times are told beside ours, clock and processor. Splink is no
part of the project: pip install --target RIVALS "splink>=5,<6" pandas, and RIVALS in PYTHONPATH.
"""

import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import rivals
import splink_aware
from live import MAP, ROWS_A_PERSON, Times, timed
from made import lists

from hucheng.engines.linkage.lists import row_of
from hucheng.engines.linkage.records import Row
from hucheng.engines.linkage.register import Register

SEED, FEW, GIVEN = 5, 12, 50


def main(size: int, asked: int) -> None:
    rows = [row_of(source, MAP[source], cells) for source, _person, cells in lists(int(size / ROWS_A_PERSON), SEED)]
    held = set(random.Random(SEED).sample(range(len(rows)), asked))
    kept = [row for place, row in enumerate(rows) if place not in held]
    new = [rows[place] for place in sorted(held)]
    register = Register(Path(tempfile.mkdtemp()) / "register.sqlite3")
    register.add(kept)
    timed(register.who, new)
    ours = timed(register.who, new)[1]
    print(f"{len(kept)} rows\n\n| | p50 ms | p50 processor ms | times ours | times ours, processor |")
    print("|---|---|---|---|---|")
    tell(f"who, of {asked} rows asked a second time", ours, ours)
    for setup, title in ((rivals, "as documented"), (splink_aware, "with fields and keys of ours")):
        for way, ask in splink_ways(kept, setup):
            ask(new[0])
            tell(f"Splink {title}, {way}", timed(ask, new[:FEW])[1], ours)


def tell(name: str, times: Times, ours: Times) -> None:
    clock, used = (statistics.median(part) for part in times)
    more = clock / statistics.median(ours.clock), used / statistics.median(ours.processor)
    print(f"| {name} | {clock * 1e3:.2f} | {used * 1e3:.2f} | {more[0]:.0f} | {more[1]:.0f} |", flush=True)


def splink_ways(kept: list[Row], setup: ModuleType) -> Iterator[tuple[str, Callable[[Row], list]]]:
    """Splink's ways to ask for one record; how common a name is stands beside it (`tf_name`) where Splink does not look
    it up itself."""
    from pyarrow import Table
    from splink.internals.realtime import compare_records

    plain = [setup.flat(number, row) for number, row in enumerate(kept)]
    linker, database, table = setup.trained(plain)
    model = linker.misc.save_model_to_json()
    given = Table.from_pylist([one | {"tf_name": 1e-4} for one in random.Random(1).sample(plain, GIVEN)])

    def asked(row: Row) -> Table:
        return Table.from_pylist([setup.flat(len(plain), row) | {"tf_name": 1e-4}], schema=given.schema)

    def between(row: Row) -> list:
        new = database.register(asked(row).drop(["tf_name"]))
        return linker.inference.predict_between(new, table).as_record_list()

    def cached(row: Row) -> list:
        key = setup.__name__
        return compare_records(asked(row), given, model, database, sql_cache_key=key).as_record_list()

    yield "predict_between", between
    yield f"compare_records, cached, on {GIVEN} given", cached


if __name__ == "__main__":
    sizes = [int(text) for text in sys.argv[1:]]
    main(*sizes, *(100_000, 1_000)[len(sizes) :])
