"""Samples and results of the demonstration: tubes with barcodes, files of results, now and then a barcode misread."""

import csv
import io
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay.staff import acting
from hucheng.quarantine import door as quarantine

MISREAD = 0.004
"""Share of results that name nobody (the scenario's generator `tests`, unmatched)."""
RUN = timedelta(minutes=25)
"""From the end of the test to the file."""


def take(people: Sequence[UUID], batch: str, at: datetime) -> None:
    """One tube a person; all go to the laboratory."""
    tubes = [quarantine.SampleIn(person, f"{batch}{number:04}") for number, person in enumerate(people, start=1)]
    if tubes:
        quarantine.take_samples(actor=acting("lab"), samples=tubes, at=at)
        quarantine.send_samples(actor=acting("lab"), at=at)


def report(samples: Sequence[quarantine.Sample], name: str, seed: int, at: datetime, *, misread: bool) -> None:
    """A file of results, all negative: the story's positives are facts of their own days."""
    if not samples:
        return
    rng = random.Random(f"{seed}/{name}")
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["样本条码", "检测结果", "检测时间"])
    tested = f"{(at - RUN).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    for sample in samples:
        wrong = misread and rng.random() < MISREAD
        sheet.writerow([f"{sample.barcode}X" if wrong else sample.barcode, "阴性", tested])
    data = ("\ufeff" + out.getvalue()).encode()
    quarantine.receive_results(actor=acting("lab"), name=f"{name}.csv", data=data, at=at)


def work_off(at: datetime) -> None:
    """The queue: each barcode is read again from the tube."""
    waiting = quarantine.ResultRow.objects.seen_by(SYSTEM).filter(state=quarantine.ResultRow.State.UNMATCHED)
    for row in waiting.order_by("received_at", "line"):
        quarantine.settle_row(actor=acting("lab"), row_id=row.pk, barcode=row.barcode.removesuffix("X"), at=at)


def take_due(at: datetime) -> None:
    """Day 7 and day 13: whoever is inside and owes a sample."""
    owed = [one.arrival.pk for one in quarantine.due_samples(SYSTEM, at) if one.round]
    take(owed, f"D{at.astimezone(SHANGHAI):%m%d}", at)


def report_due(seed: int, at: datetime) -> None:
    """The results of the houses' samples of today."""
    rows = quarantine.Sample.objects.seen_by(SYSTEM).filter(result="", round__gt=0, taken_at__lte=at - RUN)
    report(list(rows.order_by("barcode")), f"houses-{at.astimezone(SHANGHAI):%m%d}", seed, at, misread=True)
