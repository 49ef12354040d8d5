"""Damaged passenger lists by the hundred thousand, and the time of a full flight's list.

python benchmarks/manifests.py [FILES] [SEED]     (100,000 files of seed 1 by default; prints two tables)

Every file is counted again by a reader of its own (`Counts`), which knows nothing of the engine: what it counts must
come out as a person or stand in a problem. A file that crashes the reader or loses a record in silence is printed with
its seed and number; `a_file` makes it again.
"""

import io
import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from hucheng.engines.manifests import (
    BoardingPass,
    Document,
    Leg,
    ManifestUnreadable,
    Mrz,
    PassLeg,
    Port,
    Reading,
    Traveller,
    read_manifest,
    write_bcbp,
    write_csv,
    write_json,
    write_mrz,
    write_paxlst,
    write_xlsx,
)
from hucheng.engines.manifests.catalogue import catalogue

TODAY = date(2020, 3, 21)
PREPARED = datetime(2020, 3, 21, 9, 15)
LEGS = (Leg("HU7976", (Port("125", "YYZ", datetime(2020, 3, 20, 14, 5)), Port("87", "TYN"))),)
SURNAMES = ("TESTWANG", "MUSTER", "O'BRIEN", "SPECIMEN", "LI")
SHARE = (("paxlst", 40), ("csv", 20), ("json", 14), ("bcbp", 12), ("mrz", 12), ("xlsx", 2))
"""Of each hundred files; a workbook takes as long as thirty others."""


def people(count: int, chance: random.Random) -> list[Traveller]:
    """Invented travellers with documents of their own."""
    return [
        Traveller(
            number=number, kind="crew" if chance.random() < 0.1 else "passenger", surname=chance.choice(SURNAMES),
            given=f"P{chr(65 + number % 26)}{chr(65 + number // 26 % 26)}", sex=chance.choice("FMX"),
            birth=date(1950, 1, 1) + timedelta(days=chance.randrange(20_000)), nationality="CHN",
            document=Document("P", f"EZ{number:07}", date(2027, 8, 12), "CHN"), pnr=f"ZZ{number:04}",
            seat=f"{number // 8 + 11}{'ACDEFGJL'[number % 8]}", embark="YYZ", debark="PEK",
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def a_pass(one: Traveller) -> str:
    """The boarding pass of a traveller."""
    leg = PassLeg(pnr=one.pnr, origin="YYZ", destination="TYN", carrier="HU", flight="HU7976", day=TODAY,
                  seat=one.seat, sequence=f"{one.number:04}", status="1", serial="1234567890")  # fmt: skip
    return write_bcbp(BoardingPass(surname=one.surname, given=one.given, electronic=True, legs=(leg,), version="6"))


def a_zone(one: Traveller) -> str:
    """The machine-readable zone of a traveller's document, of one of three sizes."""
    number = one.document.number if one.document else ""
    holder = Mrz(type="P", issuer="CHN", surname=one.surname, given=one.given, number=number, nationality="CHN",
                 birth=one.birth, sex="F", expiry=date(2027, 8, 12))  # fmt: skip
    return "\n".join(write_mrz(holder, ("TD3", "TD2", "TD1")[one.number % 3]))


MAKERS: dict[str, Callable[[list[Traveller]], bytes]] = {
    "paxlst": lambda aboard: write_paxlst(aboard, flight="HU7976", legs=LEGS, prepared=PREPARED),
    "csv": lambda aboard: write_csv(aboard, flight="HU7976").replace(b'"', b""),
    "json": lambda aboard: write_json(aboard, flight="HU7976", legs=LEGS),
    "bcbp": lambda aboard: "\n".join(map(a_pass, aboard)).encode(),
    "mrz": lambda aboard: "\n\n".join(map(a_zone, aboard)).encode(),
    "xlsx": lambda aboard: write_xlsx(aboard, flight="HU7976"),
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Do one to three kinds of harm: what lines, disks, editors and hands do to files."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        place = chance.randrange(len(data) + 1)
        end = min(place + chance.choice((1, 2, 8, 40, 200)), len(data))
        other = chance.randrange(len(data) + 1)
        data = chance.choice((
            lambda d, a, b, c: d[:a] + d[b:],                                        # a piece is lost
            lambda d, a, b, c: d[:a],                                                # the end is lost
            lambda d, a, b, c: d[:b] + d[a:],                                        # a piece comes twice
            lambda d, a, b, c: d[:a] + chance.randbytes(b - a) + d[b:],              # noise instead
            lambda d, a, b, c: d[:a] + chance.randbytes(3) + d[a:],                  # noise between
            lambda d, a, b, c: (d[:a] + d[b:])[:c] + d[a:b] + (d[:a] + d[b:])[c:],   # a piece moves
            lambda d, a, b, c: d[:a] + d[a:b].swapcase() + d[b:],                    # capitals change
            lambda d, a, b, c: d[:a] + bytes(chance.choice(b"0123456789") for _ in range(b - a)) + d[b:],
            lambda d, a, b, c: d[:a] + chance.choice((b"'", b"+", b":", b"?", b",", b"\n", b"<", b"[", b"}")) + d[a:],
        ))(data, place, end, other)  # fmt: skip
        if not data:
            return data
    return data


class Counts:
    """Records of a text by readers of a few lines each. None: this text has no number that is certain."""

    @staticmethod
    def paxlst(text: str, reading: Reading) -> int | None:
        """Persons as NAD segments, letter by letter; own separators or no release character leave it open."""
        start = re.match(r"\s*UNA(.{6})", text, re.DOTALL)
        if start and start[1] != ":+.? '":
            return None
        body = text[start.end() :] if start else text
        segments, segment, escaped = [], "", False
        for letter in body:
            if letter in "\r\n":
                continue
            if letter == "'" and not escaped:
                segments.append(segment.strip())
                segment = ""
                continue
            escaped = letter == "?" and not escaped
            segment += letter
        return sum(one.upper().startswith("NAD") and one[3:7] in ("+FL+", "+FM+") for one in segments)

    @staticmethod
    def csv(text: str, reading: Reading) -> int | None:
        """Lines with something in them, below the header; a quotation mark may join lines."""
        if '"' in text or not reading.columns:
            return None
        mark = reading.meta.get("delimiter", ",")
        rows = [tuple(cell.strip(" \u3000\xa0") for cell in line.split(mark)) for line in re.split(r"[\r\n]+", text)]
        rows = [row for row in rows if any(row)]
        return len(rows) - rows.index(reading.columns) - 1 if reading.columns in rows else None

    @staticmethod
    def json(text: str, reading: Reading) -> int | None:
        """Elements of the list, by Python's own reader."""
        given = json.loads(text)
        return len(given if isinstance(given, list) else given["persons"]) if "persons" in text else None

    @staticmethod
    def bcbp(text: str, reading: Reading) -> int | None:
        """Lines with something in them."""
        return sum(bool(line.strip()) for line in text.splitlines())

    @staticmethod
    def mrz(text: str, reading: Reading) -> int | None:
        """Lines: each must stand in the source of one person."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        kept = [line for one in reading.travellers for line in one.raw.split("\n")]
        return reading.rows if kept == lines else reading.rows + 1


@dataclass
class Tally:
    """What became of the files of one format."""

    files: int = 0
    refused: int = 0
    records: int = 0
    readable: int = 0
    listed: int = 0
    crashes: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)


def check(data: bytes, kind: str, made: int, tally: Tally, name: str) -> None:
    """Read one file and note what became of its records; `made` were in it before it was damaged."""
    tally.files += 1
    try:
        reading = read_manifest(data, today=TODAY)
    except ManifestUnreadable as refused:
        tally.refused += 1
        if refused.problem.code not in catalogue() or not refused.problem.do.zh:
            tally.silent.append(name)
        return
    except Exception as crash:  # what this benchmark looks for
        tally.crashes.append(f"{name}: {type(crash).__name__}: {crash}")
        return
    tally.records += reading.rows
    tally.readable += len(reading.readable)
    tally.listed += reading.rows - len(reading.readable)
    tally.codes.update(problem.code for problem in reading.problems)
    if loss := lost(data, kind, made, reading):
        tally.silent.append(f"{name}: {loss}")


def lost(data: bytes, kind: str, made: int, reading: Reading) -> str:
    """Say what was lost in silence, or nothing."""
    unread = any(problem.code == "UNKNOWN_COLUMNS" for problem in reading.problems)
    if reading.rows != len(reading.travellers) and not unread:
        return f"{reading.rows} rows, {len(reading.travellers)} persons"
    if any(not one.readable and not one.problems for one in reading.travellers):
        return "somebody is set aside without a reason"
    if reading.rows < made and kind == "paxlst" and not reading.problems:
        return f"{made} persons were announced, {reading.rows} came, nothing is said"
    if reading.format != kind or kind == "xlsx" or unread:
        return ""
    text = data.decode(reading.meta["encoding"], "ignore").removeprefix("\ufeff")
    expected = getattr(Counts, kind)(text, reading)
    return f"{expected} records, {reading.rows} rows" if expected is not None and expected > reading.rows else ""


KINDS = [kind for kind, share in SHARE for _ in range(share)]


def a_file(seed: int, number: int) -> tuple[str, int, bytes]:
    """Give format, number of people and damaged bytes of one file; the same number and seed make the same file."""
    chance = random.Random(f"{seed}/{number}")
    kind, made = chance.choice(KINDS), chance.randint(1, 6)
    return kind, made, damaged(MAKERS[kind](people(made, chance)), chance)


def fuzz(files: int, seed: int) -> dict[str, Tally]:
    """Damage and read so many files."""
    tallies = {kind: Tally() for kind, _share in SHARE}
    for number in range(files):
        kind, made, data = a_file(seed, number)
        check(data, kind, made, tallies[kind], f"{kind} {seed}/{number}")
    return tallies


def timed(count: int = 400, turns: int = 15) -> list[tuple[str, float]]:
    """Milliseconds, median of so many turns, to read and to write the list of a full flight."""
    aboard = people(count, random.Random(1))
    rows = []
    for kind, maker in MAKERS.items():
        data = maker(aboard)
        rows.append((f"{kind}, read", _median(lambda given=data: read_manifest(given, today=TODAY), turns)))
        rows.append((f"{kind}, write", _median(lambda write=maker: write(aboard), turns)))
    return rows


def _median(work: Callable[[], object], turns: int) -> float:
    """Milliseconds of the processor, so that what else a machine does stays out."""
    took = []
    for _ in range(turns):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return statistics.median(took) * 1000


def same_in_meaning(count: int = 400) -> bool:
    """A list read, written and read again says the same of everybody."""
    first = read_manifest(MAKERS["paxlst"](people(count, random.Random(1))), today=TODAY)
    again = read_manifest(
        write_paxlst(first.travellers, flight=first.flight, legs=first.legs, prepared=PREPARED), today=TODAY
    )
    bare = [[replace(one, raw="", line=0) for one in reading.travellers] for reading in (first, again)]
    return bare[0] == bare[1] and first.legs == again.legs and first.problems == again.problems == ()


def main() -> None:
    """Print both tables; end with 1 when a file crashed the reader or a record was lost in silence."""
    files, seed = (int(given) for given in (sys.argv[1:] + ["100000", "1"][len(sys.argv) - 1 :]))
    for name, milliseconds in timed():
        print(f"400 people, {name:<16} {milliseconds:7.1f} ms")
    print(f"read, written, read again: {'the same' if same_in_meaning() else 'NOT THE SAME'}\n")
    start = time.perf_counter()
    tallies = fuzz(files, seed)
    print(
        f"{'format':<8}{'files':>8}{'refused':>9}{'records':>9}{'readable':>10}{'listed':>8}{'crashes':>9}{'silent':>8}"
    )
    for kind, one in tallies.items():
        numbers = (one.files, one.refused, one.records, one.readable, one.listed, len(one.crashes), len(one.silent))
        print(f"{kind:<8}" + "".join(f"{n:>{w}}" for n, w in zip(numbers, (8, 9, 9, 10, 8, 9, 8), strict=True)))
    kinds = {code for tally in tallies.values() for code in tally.codes}
    print(f"{time.perf_counter() - start:.0f} s, {len(kinds)} kinds of problems met")
    bad = [line for one in tallies.values() for line in (*one.crashes, *one.silent)]
    print("\n".join(bad[:40]), file=io.TextIOWrapper(sys.stdout.buffer, "utf-8", write_through=True))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
