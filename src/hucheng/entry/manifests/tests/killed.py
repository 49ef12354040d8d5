"""A process whose children are killed in the middle of an act; prints what stood after each, as JSON.

python -m hucheng.entry.manifests.tests.killed SEED ROUNDS, with HUCHENG_HOME and DATABASE_URL set to an installation.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hucheng.config.settings")
django.setup()

from django.db import connections  # noqa: E402

from hucheng.core.audit.models import AuditLine  # noqa: E402
from hucheng.core.terms import Outcome, Role  # noqa: E402
from hucheng.core.testing import MORNING, after, an_actor  # noqa: E402
from hucheng.engines.manifests import write_paxlst  # noqa: E402
from hucheng.entry.clearance.actions import clear  # noqa: E402
from hucheng.entry.clearance.keys import signing_key  # noqa: E402
from hucheng.entry.clearance.models import Pass  # noqa: E402
from hucheng.entry.flights.models import Arrival, Custody  # noqa: E402
from hucheng.entry.manifests.actions import receive_manifest  # noqa: E402
from hucheng.entry.manifests.models import Manifest, ManifestRow  # noqa: E402
from hucheng.entry.testing import (  # noqa: E402
    a_flight,
    a_landed_flight,
    a_passenger,
    arrivals_of,
    fact,
    fit_to_travel,
    the_rules,
)
from hucheng.entry.triage.actions import triage_flight  # noqa: E402
from hucheng.entry.triage.models import Fact, Triage  # noqa: E402
from hucheng.people.register.models import Person  # noqa: E402

LIST, FLOWN = 400, 24


def killed_after(act: Callable[[], object], seconds: float | None) -> bool:
    """Do the act in a child of its own and kill it so long after it began. Gives whether it came to its end."""
    connections.close_all()
    started, begun = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(begun, b".")
        act()
        os._exit(0)
    os.read(started, 1)
    os.close(started)
    os.close(begun)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == 0


class TakingIn:
    """A list of 400 passengers is taken in."""

    def __init__(self, number: int) -> None:
        self.flight = a_flight(f"HU{number}")
        people = [a_passenger(n + LIST * number) for n in range(LIST)]
        self.data = write_paxlst(people, flight=f"HU{number}", prepared=MORNING.replace(tzinfo=None))
        self.before = Person.objects.count()

    def act(self) -> None:
        receive_manifest(
            actor=an_actor(Role.ENTRY), flight_id=self.flight.pk, name="x.edi", data=self.data, at=after(5)
        )

    def stands(self) -> dict[str, int]:
        lines = AuditLine.objects.filter(act="entry.manifests.receive_manifest", detail__flight_id=str(self.flight.pk))
        return {
            "lists": Manifest.objects.filter(flight=self.flight).count() * LIST,
            "rows": ManifestRow.objects.filter(manifest__flight=self.flight).count(),
            "arrivals": Arrival.objects.filter(flight=self.flight).count(),
            "people": Person.objects.count() - self.before,
            "custody": Custody.objects.filter(arrival__flight=self.flight).count(),
            "audit": lines.count() * LIST,
        }


class Judging:
    """A landed flight is judged."""

    def __init__(self, number: int) -> None:
        people = [a_passenger(n + 1_000_000 + FLOWN * number, seat=f"{n + 1}A") for n in range(FLOWN)]
        self.flight = a_landed_flight(people, number=f"HU{number}")
        fit_to_travel(arrivals_of(self.flight), at=after(30))

    def act(self) -> None:
        triage_flight(actor=an_actor(Role.ENTRY), flight_id=self.flight.pk, because="screening", at=after(60))

    def stands(self) -> dict[str, int]:
        lines = AuditLine.objects.filter(act="entry.triage.triage_flight", detail__flight_id=str(self.flight.pk))
        judged = Arrival.objects.filter(flight=self.flight)
        return {
            "triages": Triage.objects.filter(arrival__flight=self.flight).count(),
            "judged": judged.exclude(last_triage=None).count(),
            "onward": judged.filter(outcome=Outcome.ONWARD).count(),
            "audit": lines.count() * FLOWN,
        }


class Clearing(Judging):
    """Everybody of a judged flight gets a pass."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        Judging.act(self)
        self.ids = [a.pk for a in arrivals_of(self.flight)]

    def act(self) -> None:
        clear(actor=an_actor(Role.ENTRY), flight_id=self.flight.pk, arrival_ids=self.ids, at=after(70))

    def stands(self) -> dict[str, int]:
        lines = AuditLine.objects.filter(act="entry.clearance.clear", detail__flight_id=str(self.flight.pk))
        return {"passes": Pass.objects.filter(arrival__in=self.ids).count(), "audit": lines.count() * FLOWN}


class Revoking(Clearing):
    """A positive result ends the pass of its person."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        Clearing.act(self)
        an_actor(Role.MEDICAL)
        self.person = self.ids[0]
        self.lines = AuditLine.objects.filter(act="entry.triage.record_facts").count()

    def act(self) -> None:
        fact(self.person, Fact.Kind.TEST, "positive", at=after(80))

    def stands(self) -> dict[str, int]:
        return {
            "fact": Fact.objects.filter(arrival=self.person, at=after(80)).count(),
            "revoked": Pass.objects.filter(arrival=self.person).exclude(revoked_at=None).count(),
            "hospital": Arrival.objects.filter(pk=self.person, outcome=Outcome.HOSPITAL).count(),
            "audit": AuditLine.objects.filter(act="entry.triage.record_facts").count() - self.lines,
        }


def main(seed: int, rounds: int) -> None:
    """Run every act whole once, then kill it at random moments, then run it whole again."""
    chance = random.Random(seed)
    signing_key()
    the_rules()
    told = []
    number = 1
    for kind in (TakingIn, Judging, Clearing, Revoking):
        lasts = 0.3
        for turn in range(rounds + 2):
            number += 1
            case = kind(number)
            whole = turn in (0, rounds + 1)
            began = time.perf_counter()
            ended = killed_after(case.act, None if whole else chance.uniform(0, lasts))
            lasts = time.perf_counter() - began if turn == 0 else lasts
            told.append({"act": kind.__name__, "whole": whole, "ended": ended, "stands": case.stands()})
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
