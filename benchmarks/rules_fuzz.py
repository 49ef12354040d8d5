"""Throws broken files at every reader of tables and cases: each is a table or a ValueError, never anything else.

Run: `python benchmarks/rules_fuzz.py [SECONDS]`. What passes as a table must decide a batch as it decides each case.
"""

import random
import sys
import time
from contextlib import suppress
from datetime import date

from hucheng.engines.rules import as_json, check, decide_all, load_table, shipped_tables
from hucheng.engines.rules.files import answers_csv, read_table, run_cases, write_table

SIGNS = [
    b"",
    b"\x00",
    b"\xff",
    b'"',
    b"[",
    b"]",
    b"{",
    b"}",
    b"<",
    b">",
    b"&",
    b";",
    b",",
    b"\n",
    b"-",
    b"1e999",
    b"null",
]
SIGNS += [b"null", b"true", b"..", b"*x", b"&x ", b"!!python/object", "护".encode(), b"2020-02-30", b"nan"]


def seeds() -> list[tuple[str, bytes]]:
    """Every shipped table in every form."""
    made = []
    for name in shipped_tables():
        table = load_table(name)
        made += [(f"t{end}", write_table(table, name=f"t{end}")) for end in (".csv", ".xlsx", ".dmn", ".json")]
        made.append(("t.yaml", as_json(table).encode()))
    return made


def broken(data: bytes, dice: random.Random) -> bytes:
    """One to four places cut, doubled, changed or filled with signs that mean something."""
    for _change in range(dice.randrange(1, 5)):
        place, length = dice.randrange(len(data) + 1), dice.randrange(1, 30)
        kind = dice.randrange(4)
        if kind == 0:
            data = data[:place] + data[place + length :]
        elif kind == 1:
            data = data[:place] + data[place : place + length] * 2 + data[place + length :]
        elif kind == 2:
            data = data[:place] + dice.choice(SIGNS) + data[place:]
        else:
            data = data[:place] + dice.randbytes(1) + data[place + 1 :]
    return data


def some_facts(table, dice: random.Random) -> dict[str, object]:
    """Facts that the table takes."""
    facts: dict[str, object] = {}
    for name, given in table.inputs.items():
        if given.kind == "number":
            facts[name] = dice.uniform(given.low, given.high)
        elif given.kind == "choice":
            facts[name] = dice.choice(given.values)
        else:
            facts[name] = dice.random() < 0.5 if given.kind == "flag" else ("a",) * dice.randrange(2)
    return facts


def same_alone_and_together(table, dice: random.Random) -> bool:
    """Whether a batch and single decisions agree, also on having no answer."""
    cases, day = [some_facts(table, dice) for _case in range(5)], date(2020, 3, dice.randrange(1, 31))
    alone: list[str] = []
    for facts in cases:
        try:
            alone.append(table.decide(facts, on=day).row)
        except LookupError:
            alone.append("")
    try:
        return decide_all(table, cases, on=day).row_ids == alone
    except LookupError:
        return "" in alone


def main() -> None:
    """Run for some seconds and print the account."""
    until = time.monotonic() + float(sys.argv[1] if len(sys.argv) > 1 else 60)
    dice, files = random.Random(43), seeds()
    tried = tables = refused = 0
    while time.monotonic() < until:
        name, data = dice.choice(files)
        data, tried = broken(data, dice), tried + 1
        try:
            table = read_table(data, name=name)
        except ValueError:
            refused += 1
            continue
        tables += 1
        assert same_alone_and_together(table, dice), (name, data)
        if tables % 20 == 0:
            check(table)
            with suppress(ValueError):
                answers_csv(run_cases(table, broken(b"day,temp_c,test\n2020-03-24,36.5,negative\n" * 3, dice)))
    print(f"{tried:,} broken files = {tables:,} tables + {refused:,} refused; nothing else happened")


if __name__ == "__main__":
    main()
