"""Daily checks through the API against bare INSERTs of the same rows, on SQLite and on a throw-away PostgreSQL.

python benchmarks/checks.py   (prints a table; PostgreSQL only where its binaries are installed)
"""

import json
import os
import pwd
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOUSES, ROOMS, FLIGHTS, PEOPLE, BATCH, TURNS = 10, 60, 3, 300, 100, 5
"""900 people in ten houses, checked in batches of 100; five pairs of runs, their median counts."""


def main() -> None:
    """One line a database."""
    print(f"{'database':<12}{'checks':>8}{'API, s':>10}{'bare, s':>10}{'ratio':>8}{'p95 of a batch, ms':>22}")
    home = tempfile.mkdtemp(prefix="hucheng-checks-")
    Path(home, "static").mkdir()
    measure("sqlite", f"sqlite:///{home}/checks.sqlite3", home)
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaries:
        print("no PostgreSQL binaries here")
        return
    cluster = Cluster(binaries[-1].parent)
    try:
        measure("postgresql", cluster.url, home)
    finally:
        cluster.stop()


class Cluster:
    """A PostgreSQL of its own under /tmp, durable as a real one: fsync stays on."""

    def __init__(self, binaries: Path) -> None:
        self.binaries, self.folder = binaries, Path(tempfile.mkdtemp(prefix="hucheng-pg-", dir="/tmp"))
        self.folder.chmod(0o755)
        self.user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "hucheng", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-c listen_addresses='' -k {self.folder}"
        self._run("pg_ctl", "-D", data, "-s", "-w", "-l", str(self.folder / "log"), "-o", options, "start")
        self.url = f"postgres://hucheng@/postgres?host={self.folder}"

    def stop(self) -> None:
        """Stop it and leave nothing behind."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-s", "stop")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        before = ["runuser", "-u", self.user, "--"] if os.getuid() == 0 else []
        command = [*before, str(self.binaries / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)


def measure(name: str, url: str, home: str) -> None:
    """Run one database in a process of its own, since settings are read once."""
    env = os.environ | {"DATABASE_URL": url, "HUCHENG_HOME": home, "DJANGO_SETTINGS_MODULE": "hucheng.config.settings"}
    subprocess.run([sys.executable, __file__, name], env=env, check=True)


def one_database(name: str) -> None:
    """Load the houses, then alternate: a slot of everybody through the API, the same rows bare."""
    import django

    django.setup()
    auth, stays = loaded()
    api, bare, batches = [], [], []
    for turn in range(TURNS):
        lasted, each = through_the_api(auth, stays, turn)
        api.append(lasted)
        batches += each
        bare.append(bare_inserts(len(stays), turn))
    ratio = statistics.median(a / b for a, b in zip(api, bare, strict=True))
    late = sorted(batches)[int(0.95 * (len(batches) - 1))] * 1000
    print(
        f"{name:<12}{len(stays):>8}{statistics.median(api):>10.3f}{statistics.median(bare):>10.4f}{ratio:>8.1f}{late:>22.0f}",
        flush=True,
    )


def loaded():
    """Ten houses with everybody of three flights inside, and the token of a program of the quarantine task force."""
    from django.core.management import call_command

    from hucheng.core.accounts.actions import make_token
    from hucheng.core.accounts.models import RoleGrant
    from hucheng.core.scope.actor import SYSTEM
    from hucheng.core.terms import Role
    from hucheng.core.testing import MORNING, a_city, after, an_actor
    from hucheng.quarantine.lodging.actions import admit, assign_flight
    from hucheng.quarantine.lodging.models import Stay
    from hucheng.quarantine.testing import a_flight_to_house, a_house

    call_command("migrate", verbosity=0)
    a_city()
    for number in range(HOUSES):
        a_house(f"H{number:02}", rooms=ROOMS)
    keeper = an_actor(Role.QUARANTINE)
    for number in range(FLIGHTS):
        flight = a_flight_to_house(PEOPLE, number=f"HU{number + 1}")
        assign_flight(actor=keeper, flight_id=flight.pk, at=after(90))
    ids = list(Stay.objects.values_list("pk", flat=True))
    admit(actor=keeper, stay_ids=ids, at=after(180))
    grant = RoleGrant.objects.get(user_id=keeper.user_id)
    token = make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)
    return {"HTTP_AUTHORIZATION": f"Bearer {token}", "HTTP_HOST": "localhost"}, [str(pk) for pk in ids]


def through_the_api(auth: dict[str, str], stays: list[str], turn: int) -> tuple[float, list[float]]:
    """Seconds for one slot of everybody, and for each batch; every batch is one request and one transaction."""
    from django.test import Client

    from hucheng.core.clock import frozen_at
    from hucheng.core.testing import after

    client, each = Client(), []
    rows = [
        {"stay_id": pk, "day": f"2020-03-{22 + turn}", "slot": "am", "temperature": 36.5, "key": f"{turn}-{pk}"[:40]}
        for pk in stays
    ]
    for first in range(0, len(rows), BATCH):
        body = json.dumps(rows[first : first + BATCH])
        start = time.perf_counter()
        with frozen_at(after(60, days=1 + turn)):
            answer = client.post("/api/v1/checks", body, content_type="application/json", **auth)
        each.append(time.perf_counter() - start)
        assert answer.status_code == 201 and answer.json()["new"] == len(rows[first : first + BATCH]), answer.content
    return sum(each), each


def bare_inserts(count: int, turn: int) -> float:
    """Seconds for the stored rows of that slot, copied bare into a table without checks, in the same transactions."""
    from django.db import connection, transaction

    columns = "id, place, day, slot, at, temperature, symptoms, abnormal, key, by_id, stay_id"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS bare AS SELECT {columns} FROM quarantine_dailycheck WHERE 1 = 0")
        cursor.execute(f"SELECT {columns} FROM quarantine_dailycheck WHERE day = '2020-03-{22 + turn}'")
        rows = cursor.fetchall()
    assert len(rows) == count
    insert = f"INSERT INTO bare VALUES ({', '.join(['%s'] * 11)})"
    start = time.perf_counter()
    for first in range(0, count, BATCH):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(insert, rows[first : first + BATCH])
    return time.perf_counter() - start


if __name__ == "__main__":
    one_database(sys.argv[1]) if len(sys.argv) > 1 else main()
