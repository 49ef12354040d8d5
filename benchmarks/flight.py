"""A full flight through the desk on the embedded database, and daily checks against bare INSERTs of the same rows.

python benchmarks/flight.py   (its own throw-away home; prints a table)
"""

import os
import sqlite3
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="hucheng-bench-")
os.environ["HUCHENG_HOME"] = HOME
os.environ["DJANGO_SETTINGS_MODULE"] = "hucheng.config.settings"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from hucheng.command.board.queries import board_of  # noqa: E402
from hucheng.core.terms import Destination, Role  # noqa: E402
from hucheng.core.testing import MORNING, a_city, after, an_actor  # noqa: E402
from hucheng.engines.manifests import write_paxlst  # noqa: E402
from hucheng.entry.flights.actions import land  # noqa: E402
from hucheng.entry.manifests.actions import receive_manifest  # noqa: E402
from hucheng.entry.testing import a_flight, a_passenger, arrivals_of, declared, the_rules  # noqa: E402
from hucheng.entry.triage.actions import triage_flight  # noqa: E402
from hucheng.quarantine.checks.actions import CheckIn, record_checks  # noqa: E402
from hucheng.quarantine.checks.models import DailyCheck  # noqa: E402
from hucheng.quarantine.lodging.actions import admit, assign_flight  # noqa: E402
from hucheng.quarantine.lodging.models import Stay  # noqa: E402
from hucheng.quarantine.testing import a_house  # noqa: E402

PEOPLE, HOUSES, ROOMS = 400, 10, 175


def timed(name: str, work, rows: list[tuple[str, float]]):
    start = time.perf_counter()
    given = work()
    rows.append((name, time.perf_counter() - start))
    return given


def bare_inserts(count: int) -> float:
    """Seconds for the same number of rows of the same width, one commit, same settings."""
    base = sqlite3.connect(Path(HOME) / "bare.sqlite3")
    base.executescript("PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;CREATE TABLE c(a,b,c,d,e,f,g,h,i,j)")
    row = ("x" * 32, "y" * 32, "140105", "2020-03-22", "am", "2020-03-22 00:20", "k1:" + "z" * 44, "", 0, "k" * 36)
    start = time.perf_counter()
    base.executemany("INSERT INTO c VALUES(?,?,?,?,?,?,?,?,?,?)", [row] * count)
    base.commit()
    return time.perf_counter() - start


def main() -> None:
    """Play the flight, print the table."""
    call_command("migrate", verbosity=0)
    a_city()
    the_rules()
    for number in range(HOUSES):
        a_house(f"H{number:02}", rooms=ROOMS)
    desk, keeper, rows = an_actor(Role.ENTRY), an_actor(Role.QUARANTINE), []
    flight = a_flight()
    people = [a_passenger(n, seat=f"{11 + n // 8}{'ACDEFGJL'[n % 8]}") for n in range(PEOPLE)]
    data = write_paxlst(people, flight="HU7976", prepared=datetime(2020, 3, 21, 9))
    timed("file read and taken in", lambda: receive_manifest(
        actor=desk, flight_id=flight.pk, name="x.edi", data=data, at=MORNING), rows)  # fmt: skip
    land(actor=desk, flight_id=flight.pk, holder="TY-MOAT", at=MORNING)
    declared(arrivals_of(flight), at=after(10), destination=Destination.ELSEWHERE)
    timed("everybody triaged", lambda: triage_flight(
        actor=desk, flight_id=flight.pk, because="screening", at=after(20)), rows)  # fmt: skip
    timed("rooms given", lambda: assign_flight(actor=keeper, flight_id=flight.pk, at=after(30)), rows)
    total = sum(seconds for _name, seconds in rows)
    stays = list(Stay.objects.all())
    admit(actor=keeper, stay_ids=[s.pk for s in stays], at=after(60))
    slot = DailyCheck.Slot.MORNING
    checks = [CheckIn(s.pk, date(2020, 3, 22), slot, 36.5, (), s.pk.hex) for s in stays]
    checked: list[tuple[str, float]] = []
    timed("checks", lambda: record_checks(actor=keeper, checks=checks, at=after(days=1)), checked)
    leader = an_actor(Role.LEADING_GROUP)
    board: list[tuple[str, float]] = []
    timed("board", lambda: board_of(leader, after(days=1)), board)
    for name, seconds in rows:
        print(f"{name:<28} {seconds:6.2f} s")
    print(f"{'file to room proposed':<28} {total:6.2f} s   ({PEOPLE} passengers, {HOUSES * ROOMS} rooms; goal 5 s)")
    ratio = checked[0][1] / bare_inserts(len(checks))
    print(f"{'daily checks, one batch':<28} {checked[0][1]:6.2f} s   {len(checks)} rows, {ratio:.0f} x bare INSERTs")
    print(f"{'board, queries only':<28} {board[0][1]:6.3f} s")


if __name__ == "__main__":
    main()
