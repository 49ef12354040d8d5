"""The board with 100,000 people in the embedded database, bulk-loaded: judged and released but for the last flight.

python benchmarks/board.py   (its own throw-away home; prints a table)
"""

import os
import tempfile
import time
from datetime import timedelta

os.environ["HUCHENG_HOME"] = tempfile.mkdtemp(prefix="hucheng-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "hucheng.config.settings"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import OuterRef, Subquery  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from hucheng.command.testing import a_published_meeting  # noqa: E402
from hucheng.core.accounts.models import User  # noqa: E402
from hucheng.core.clock import frozen_at  # noqa: E402
from hucheng.core.terms import Outcome, Risk, Role  # noqa: E402
from hucheng.core.testing import CITY, COUNTY, MORNING, a_city, after, an_actor  # noqa: E402
from hucheng.entry.flights.models import Arrival, Custody, Flight, Whereabouts  # noqa: E402
from hucheng.entry.triage.models import Triage  # noqa: E402
from hucheng.people.models import Person  # noqa: E402

FLIGHTS, ABOARD, TIMES = 250, 400, 15
GOAL = 0.150


def load() -> None:
    """One flight a day before the morning, everybody judged within the hour."""
    for number in range(FLIGHTS):
        landed = MORNING - timedelta(days=number)
        flight = Flight.objects.create(
            number=f"HU{number}", date=landed.date(), origin="YYZ", destination="PEK", port="TYN", place=CITY,
            scheduled_landing=landed, landed_at=landed, announced_at=landed,
        )  # fmt: skip
        people = Person.objects.bulk_create(
            Person(surname="LI", given=f"N{n}", place=COUNTY, home="county", entry_reason="manifest", added_at=landed)
            for n in range(ABOARD)
        )
        where = Whereabouts.RELEASED if number else Whereabouts.HOUSE
        arrivals = Arrival.objects.bulk_create(
            Arrival(flight=flight, person=one, place=CITY, whereabouts=where, holder="TY-MOAT", held_since=landed,
                    first_triaged_at=landed + timedelta(hours=1))
            for one in people
        )  # fmt: skip
        Custody.objects.bulk_create(
            Custody(arrival=one, at=landed, whereabouts=where, holder="TY-MOAT") for one in arrivals
        )
        Triage.objects.bulk_create(
            Triage(arrival=one, at=landed + timedelta(hours=1), outcome=Outcome.QUARANTINE, risk=Risk.MEDIUM, code="x",
                   rule="R01", table="entry", version="1", reason_zh="x", reason_en="x", basis_zh="x", basis_en="x",
                   because="screening")
            for one in arrivals
        )  # fmt: skip
    last = Triage.objects.filter(arrival=OuterRef("pk")).values("pk")[:1]
    Arrival.objects.update(outcome=Outcome.QUARANTINE, risk=Risk.MEDIUM, last_triage=Subquery(last))


def main() -> None:
    """Load, open the page, print the table."""
    call_command("migrate", verbosity=0)
    a_city()
    load()
    a_published_meeting(supports=["C-*-LG"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(User.objects.get(pk=an_actor(Role.LEADING_GROUP).user_id))
    seconds = []
    with frozen_at(after(300)):
        for _time in range(TIMES):
            with CaptureQueriesContext(connection) as queries:
                start = time.perf_counter()
                answer = client.get(reverse("command:board"), HTTP_HOST="localhost")
                seconds.append(time.perf_counter() - start)
    slow = sorted(queries.captured_queries, key=lambda one: -float(one["time"]))[:5]
    print(f"{'people in the database':<28} {Arrival.objects.count():,}")
    print(f"{'board page, first call':<28} {seconds[0]:6.3f} s")
    print(f"{'board page, median':<28} {sorted(seconds)[TIMES // 2]:6.3f} s   (goal {GOAL} s), {len(queries)} queries")
    print(f"{'answer':<28} {answer.status_code}")
    for one in slow:
        print(f"  {one['time']} s  {one['sql'][:110]}")


if __name__ == "__main__":
    main()
