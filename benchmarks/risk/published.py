"""Each published number beside ours, as tables for docs/evaluation/risk.md.

Run: `python benchmarks/risk/published.py benchmarks/risk/published.csv docs/evaluation/risk.md`. The tables are written
below the marker of the page; without a page they are printed. Any table of the same columns will do.
"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

from hucheng.engines.risk import curves, profile
from hucheng.engines.risk.first_report import against_report
from hucheng.engines.risk.kernels import Kernels
from hucheng.engines.risk.published.reproduce import Reproduced, read_rows, reproduce

MARKER = "<!-- written by benchmarks/risk/published.py: change it there -->"
TOLERANCE = re.compile(r"computable; tol=([\d.e+-]+)( relative)?")
FLIGHTS = [("CA910, Taiyuan, 6 April 2020", 25, 35), ("Moscow flight, Xi'an, 20 April 2020", 28, 37)]
Row = dict[str, str]


def main(table: str, page: str | None = None) -> None:
    """Write or print the tables."""
    rows = read_rows(Path(table).read_bytes())
    done = reproduce(rows)
    text = "\n\n".join([*real_flights(), *summary(rows, done), *details(rows, done), *rest(rows, done)])
    if page is None:
        print(text)
        return
    before = Path(page).read_text("utf-8").split(MARKER)[0]
    Path(page).write_text(f"{before}{MARKER}\n\n{text}\n", "utf-8")


def allowed(row: Row) -> float | None:
    """The tolerance of a row, None where it is none to compute."""
    found = TOLERANCE.match(row["note"])
    return float(found[1]) * (abs(float(row["value"])) if found[2] else 1) if found else None


def by_source(rows: list[Row], done: list[Reproduced]) -> dict[str, list[tuple[Row, Reproduced]]]:
    """Computable rows by source."""
    groups = defaultdict(list)
    for row, one in zip(rows, done, strict=True):
        if allowed(row) is not None:
            groups[row["source"]].append((row, one))
    return groups


def summary(rows: list[Row], done: list[Reproduced]) -> list[str]:
    """How many of each source are met."""
    lines = ["| source | numbers | met | largest difference | tolerance |", "|---|---|---|---|---|"]
    whole = [0, 0]
    for source, group in by_source(rows, done).items():
        met = [one.ours is not None and abs(one.ours - float(row["value"])) <= allowed(row) for row, one in group]
        off = max((abs(one.ours - float(row["value"])) for row, one in group if one.ours is not None), default=None)
        limits = sorted({TOLERANCE.match(row["note"])[1] for row, _ in group})
        shown = "-" if off is None else f"{off:.1e}"
        lines.append(f"| {source} | {len(group)} | {sum(met)} | {shown} | {', '.join(limits)} |")
        whole = [whole[0] + len(group), whole[1] + sum(met)]
    lines.append(f"| **all** | **{whole[0]}** | **{whole[1]}** | | |")
    return ["## Published numbers, summed up", "\n".join(lines)]


def details(rows: list[Row], done: list[Reproduced]) -> list[str]:
    """Every number beside ours."""
    parts = ["## Every number"]
    for source, group in by_source(rows, done).items():
        varied = varying([json.loads(row["parameters"]) for row, _ in group])
        lines = [f"| row | quantity | {', '.join(varied) or 'case'} | published | ours |", "|---|---|---|---|---|"]
        for row, one in group:
            asked = json.loads(row["parameters"])
            case = ", ".join(short(asked.get(name)) for name in varied) or "-"
            ours = one.status if one.ours is None else f"{one.ours:.7g}"
            lines.append(f"| {row['id']} | {row['quantity']} | {case} | {row['value']} | {ours} |")
        parts += [f"### {source}", f"{group[0][0]['doi_or_repo']}.", "\n".join(lines)]
    return parts


def rest(rows: list[Row], done: list[Reproduced]) -> list[str]:
    """What is not computed, and why."""
    lines = ["| row | source | quantity | published | why |", "|---|---|---|---|---|"]
    for row, one in zip(rows, done, strict=True):
        if one.ours is None and one.status != "input":
            ends = f" ({row['low']}-{row['high']})" if row["low"] and row["high"] else ""
            why = row["note"] if one.status == "literature only" else one.status
            lines.append(f"| {row['id']} | {row['source']} | {row['quantity']} | {row['value']}{ends} | {why} |")
    return ["## Not computed", "\n".join(lines)]


def real_flights() -> list[str]:
    """Real flights beside each test curve."""
    kernels = Kernels(profile("sars_cov_2_2020"), journey_hours=8)
    lines = [
        "| flight | in the first report | curve | samples on days | predicted share found | contradicted |",
        "|---|---|---|---|---|---|",
    ]
    for name, first, found in FLIGHTS:
        checks = against_report(kernels, list(curves().values()), [(0,), (0, 1)], found_first=first, found=found)
        for one in checks:
            seen = f"{first} of {found}: {one.seen:.2f} ({one.seen_low:.2f}-{one.seen_high:.2f})"
            days = ", ".join(map(str, one.samples))
            verdict = "yes" if one.contradicted else "no"
            lines.append(f"| {name} | {seen} | {one.curve} | {days} | {one.low:.2f}-{one.high:.2f} | {verdict} |")
    return ["## Real flights", "\n".join(lines)]


def varying(asked: list[dict[str, object]]) -> list[str]:
    """The parameters that differ between the rows of a source."""
    names = dict.fromkeys(name for one in asked for name in one)
    return [name for name in names if len({json.dumps(one.get(name)) for one in asked}) > 1]


def short(value: object) -> str:
    """A parameter as it fits a cell."""
    if isinstance(value, dict):
        return " ".join(f"{name} {inner}" for name, inner in value.items())
    return "-" if value is None else str(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
