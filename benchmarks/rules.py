"""How quickly tables decide, how long the analysis takes, and 100,000 random histories that must break no rule.

Run: `python benchmarks/rules.py`. Each figure stands beside a plain loop over the same cases in the same run.
"""

import random
import time
from datetime import date, timedelta

from hucheng.engines.rules import check, decide_all, load_table, table_of, written_of

CASES, SINGLES, HISTORIES = 100_000, 20_000, 100_000
DAY = date(2020, 3, 24)
ENTRY = load_table("entry")


def a_case(dice: random.Random) -> dict[str, object]:
    """A traveller of those days: mostly well, one fact in ten adverse."""
    return {
        "temp_c": dice.choice([36.2, 36.5, 36.8, 37.2, 37.3, 38.4, None]) if dice.random() < 0.2 else 36.6,
        "symptoms": ("cough",) if dice.random() < 0.05 else (),
        "contact_14d": dice.random() < 0.05,
        "rows_from_case": float(dice.randrange(40)) if dice.random() < 0.3 else None,
        "companion_of_case": dice.random() < 0.02,
        "crew_of_zone": dice.random() < 0.02,
        "seat_unknown_with_case": dice.random() < 0.02,
        "whole_cabin_contacts": dice.random() < 0.02,
        "test": dice.choice(["negative"] * 6 + ["pending", "positive", "invalid", "not_done"]),
        "case_status": dice.choice(["none"] * 20 + ["suspected", "confirmed", "asymptomatic", "cleared"]),
        "declaration_complete": dice.random() < 0.95,
        "destination": dice.choice(["Beijing", "Beijing", "Taiyuan", "other"]),
        "foreigner_suspended": dice.random() < 0.02,
        "order_needs_place": dice.random() < 0.3,
        "place_confirmed": dice.random() < 0.7,
        "order_waits_for_flight": dice.random() < 0.3,
        "flight_results_complete": dice.random() < 0.7,
    }


def may_travel_on(f: dict[str, object], day: date) -> bool:
    """The conditions of R15 and the city order, written out by hand: nothing of the table is used."""
    well = f["temp_c"] is not None and f["temp_c"] < 37.3 and not f["symptoms"]
    near = f["rows_from_case"] is not None and f["rows_from_case"] <= 3
    contact = near or f["contact_14d"] or f["companion_of_case"] or f["crew_of_zone"]
    contact = contact or f["seat_unknown_with_case"] or f["whole_cabin_contacts"]
    cleared = f["test"] == "negative" and f["case_status"] in ("none", "cleared")
    refused = f["foreigner_suspended"] and date(2020, 3, 28) <= day <= date(2020, 9, 27)
    order = (f["place_confirmed"] or not f["order_needs_place"]) and (
        f["flight_results_complete"] or not f["order_waits_for_flight"]
    )
    bound = f["declaration_complete"] and f["destination"] == "Beijing"
    in_time = date(2020, 3, 20) <= day <= date(2020, 6, 7)
    return bool(well and not contact and cleared and not refused and order and bound and in_time)


def singles(cases: list[dict[str, object]]) -> tuple[float, float, float]:
    """Median, p99 and rate a second of one decision with its trace, wall clock."""
    rows = ENTRY.on(DAY)
    times = []
    for facts in cases:
        start = time.perf_counter()
        ENTRY.decide(facts, on=DAY, rows=rows)
        times.append(time.perf_counter() - start)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.99)], len(times) / sum(times)


def histories(dice: random.Random) -> tuple[int, int, int]:
    """Facts come in one after another and each time the table is asked; cleared, wrongly cleared, wrongly kept."""
    cleared = wrong = kept = 0
    for _block in range(10):
        day = date(2020, 3, 15) + timedelta(dice.randrange(100))
        people = [a_case(dice) for _person in range(HISTORIES // 10)]
        for _step in range(4):
            for facts in people:
                name = dice.choice(tuple(facts))
                facts[name] = a_case(dice)[name]
            for facts, outcome in zip(people, decide_all(ENTRY, people, on=day).outcomes, strict=True):
                onward, may = outcome == "ONWARD_BEIJING", may_travel_on(facts, day)
                cleared, wrong, kept = cleared + onward, wrong + (onward and not may), kept + (may and not onward)
    return cleared, wrong, kept


def sixty_rows():
    """The entry table grown to sixty rows by splitting its rows in two."""
    said = written_of(ENTRY)
    *body, last = said["rows"]
    halves = [
        {**row, "id": f"{row['id']}-{placed}", "when": {**row["when"], "place_confirmed": placed}}
        for row in body
        for placed in (True, False)
        if row["when"] and "place_confirmed" not in row["when"]
    ]
    late = [{**row, "id": f"{row['id']}-late"} for row in halves[: 59 - len(halves) - len(body)]]
    return table_of({**said, "rows": [*halves, *body, *late, last], "tests": []})


def main() -> None:
    """Print the table of figures."""
    dice = random.Random(43)
    cases = [a_case(dice) for _case in range(CASES)]
    start = time.process_time()
    ids = decide_all(ENTRY, cases, on=DAY).row_ids
    batch = CASES / (time.process_time() - start)
    median, p99, rate = singles(cases[:SINGLES])
    assert ids[:SINGLES] == [ENTRY.decide(c, on=DAY).row for c in cases[:SINGLES]]
    print(f"batch, row ids           {batch:10,.0f} /s/core  (goal 50,000)   {batch / rate:.1f} x one by one")
    print(f"single, whole trace      {median * 1e6:10.1f} us median (goal 20)   p99 {p99 * 1e6:.1f} us (goal 2,000)")
    grown = sixty_rows()
    start = time.perf_counter()
    found, took = len(check(grown)), time.perf_counter() - start
    print(f"analysis, {len(grown.rows)} rows        {took:10.3f} s (goal 1)   {found} findings")
    cleared, wrong, kept = histories(dice)
    print(f"histories of 4 steps     {HISTORIES:10,}   {cleared:,} clearances, {wrong} wrong, {kept} kept wrongly")
    assert wrong == 0 and kept == 0


if __name__ == "__main__":
    main()
