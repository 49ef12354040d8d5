"""Published numbers computed again by the engine's own functions: `hucheng risk reproduce IN.csv --out OUT.csv`.

A row names a model and its parameters; each model is one general function of the engine. What a paper only prints is
"literature only"; what cannot be computed is "not reproduced", with the reason.
"""

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from hucheng.engines.risk.published.reading import remarks
from hucheng.engines.risk.refusal import RiskRefused, refused
from hucheng.engines.risk.series import read_table

Parameters = dict[str, Any]
MODELS = {
    "gostic2020.individual": "travel:checkpoint_share",
    "gostic2020.population": "travel:population_share",
    "quilty2020": "travel:screening_share",
    "clifford2021": "travel:release_risk",
    "wells2021": "travel:infections_after_quarantine",
    "ashcroft2021": "travel:prevented_share",
    "serial_testing": "travel:found_in_time_share",
    "cori2013": "series:reproduction_number",
    "temporal_disaggregation": "series:disaggregated",
    "crps_normal": "series:ranked_probability_score",
    "distribution": "series:moment",
}


@dataclass(frozen=True, slots=True)
class Reproduced:
    """One row: ours is None unless the status is `computed`, with the remarks that were passed over."""

    id: str
    ours: float | None
    status: str


def reproduce(rows: Sequence[dict[str, str]]) -> list[Reproduced]:
    """Compute each row that names a model; curves and series come from the table's input rows, or are shipped."""
    given = _inputs(rows)
    return [_one(row, given) for row in rows]


def read_rows(data: bytes) -> list[dict[str, str]]:
    """Read a table of published numbers. Raises RiskRefused for what is no CSV with id, quantity and parameters."""
    return read_table(data, ("id", "quantity", "parameters"))


def as_csv(done: Iterable[Reproduced]) -> str:
    """Give the answer as CSV with the columns id, ours and status."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "ours", "status"])
    writer.writerows([one.id, "" if one.ours is None else repr(one.ours), one.status] for one in done)
    return out.getvalue()


def _one(row: dict[str, str], given: Sequence[tuple[str, Parameters]]) -> Reproduced:
    asked = _parameters(row)
    if "model" not in asked:
        return Reproduced(row["id"], None, _without_model(row))
    place = MODELS.get(str(asked["model"]))
    if place is None:
        return Reproduced(row["id"], None, f"not reproduced: no model {asked['model']}")
    module, function = place.split(":")
    compute = getattr(import_module(f"hucheng.engines.risk.published.{module}"), function)
    try:
        ours = float(compute(row["quantity"], asked, given))
    except RiskRefused as no:
        return Reproduced(row["id"], None, f"not reproduced: {no.why.en}. {no.do.en}")
    except KeyError as lacking:
        return Reproduced(row["id"], None, f"not reproduced: {refused('lacking', name=lacking.args[0]).why.en}")
    except (TypeError, ValueError, IndexError, AttributeError, ArithmeticError) as wrong:
        return Reproduced(row["id"], None, f"not reproduced: parameters cannot be used ({wrong})")
    if not math.isfinite(ours):
        return Reproduced(row["id"], None, f"not reproduced: these parameters give no number ({ours})")
    aside = remarks(asked)
    return Reproduced(row["id"], ours, f"computed; only remarks: {', '.join(aside)}" if aside else "computed")


def _without_model(row: dict[str, str]) -> str:
    """Say what a row without a model is: an input, a number that is only printed, or one that cannot be read."""
    note, given = row.get("note") or "", row["parameters"].strip()
    if note.startswith("computable"):
        return "not reproduced: it names no model"
    if given.startswith("{") and _parameters(row) == {} and given.strip("{} \n"):
        return "not reproduced: its parameters are no JSON"
    return "input" if note.startswith("input") else "literature only"


def _inputs(rows: Sequence[dict[str, str]]) -> list[tuple[str, Parameters]]:
    """Give the rows that hold series and curves: the words that may name them, and what they hold."""
    held = []
    for row in rows:
        asked = _parameters(row)
        if asked and "model" not in asked:
            named = " ".join(
                [row.get("source", ""), *(str(asked.get(key, "")) for key in ("curve", "data", "dataset"))]
            )
            held.append((named, {**asked, "quantity": row["quantity"], "value": row.get("value", "")}))
    return held


def _parameters(row: dict[str, str]) -> Parameters:
    try:
        read = json.loads(row["parameters"] or "{}")
    except json.JSONDecodeError:
        return {}
    return read if isinstance(read, dict) else {}
