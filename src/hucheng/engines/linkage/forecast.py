"""What a run will take, told before it starts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import process_time

import numpy as np

from hucheng.engines.linkage.records import Row, prepare
from hucheng.engines.words.bilingual import Bilingual

ROWS = (10_000, 100_000, 1_000_000)
PAIRS_A_ROW = (3.5, 4.5, 8.4)
MEGABYTES = (330, 970, 5_400)
"""Candidate pairs a row and memory by the number of rows, as measured (docs/evaluation/linkage.md)."""
TIMES_PREPARING = 0.35
"""The time of a whole run by that of preparing as many rows whose names are all new, as those of a sample are; names of
a long list repeat. Measured: 0.25 to 0.3 for 10,000 to 60,000 rows; pairs a row grow from there."""
SAMPLE = 1_000
WORDS = Bilingual(
    "{rows}行：预计约{pairs}对候选，{minutes}分钟，{gigabytes} GB 内存；按 Ctrl+C 可停止，不会留下任何文件",
    "{rows} rows: about {pairs} candidate pairs, {minutes} minutes and {gigabytes} GB of memory are expected; Ctrl+C "
    "stops it and leaves no file behind",
)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Rows, candidate pairs, seconds on a core of this machine as fast as just now, and megabytes."""

    rows: int
    pairs: int
    seconds: float
    megabytes: int

    @property
    def words(self) -> Bilingual:
        """The same for whoever waits."""
        minutes, gigabytes = f"{max(self.seconds / 60, 1):.0f}", f"{self.megabytes / 1000:.1f}"
        return WORDS.filled(rows=f"{self.rows:,}", pairs=f"{self.pairs:,}", minutes=minutes, gigabytes=gigabytes)


def forecast(rows: Sequence[Row], clock: Callable[[], float] = process_time) -> Forecast:
    """Say what linking some rows will take; a sample of them is prepared for it, which takes a moment.

    clock   gives seconds; of the processor by default, so that other work on the machine is not taken for ours
    """
    sample = rows[:: max(len(rows) // SAMPLE, 1)]
    for row in sample[:1]:
        prepare(row)  # the first row of a process loads the readings of characters
    started = clock()
    for row in sample:
        prepare(row)
    a_row = (clock() - started) / max(len(sample), 1)
    return Forecast(
        len(rows),
        round(len(rows) * _at(len(rows), PAIRS_A_ROW)),
        len(rows) * a_row * TIMES_PREPARING,
        round(_at(len(rows), MEGABYTES) * max(len(rows) / ROWS[-1], 1)),
    )


def _at(rows: int, measured: Sequence[float]) -> float:
    """What was measured, between the numbers of rows in a straight line."""
    return float(np.interp(rows, ROWS, measured))
