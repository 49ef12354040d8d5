"""A flight with a file of its own, seat by seat: who was found when, and what followed, on the published days."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Destination, Outcome
from hucheng.engines.manifests import Traveller, write_paxlst
from hucheng.entry import door as entry
from hucheng.exercises.replay.cabin import cabin_people
from hucheng.exercises.replay.people import crew
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Given, Step
from hucheng.exercises.scenarios import written
from hucheng.quarantine import door as quarantine

Kind, Whereabouts = entry.Fact.Kind, entry.Whereabouts
SYMPTOM = {"loss of smell": "loss_of_smell", "sore throat": "sore_throat", "shortness of breath": "breathless"}
TO_HOSPITAL, TO_HOUSE = timedelta(minutes=20), timedelta(minutes=40)
"""After a finding: the ambulance, and the bus for those who are contacts or free of the first wait."""
PLACES = timedelta(hours=1)
"""After the landing the capital names whom it has a place for; without one nobody waits in the port for a pass."""
NIGHT_ENDS, NIGHT_BEGINS = time(7, 30), time(22)
"""No bus drives at night (measure quarantine.transport.night_trips)."""


class CabinPlay:
    """One flight of a scenario file with its cabin; it keeps nothing in mind, so a cut story finds it as it was."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.file = written(str(row["file"]).removesuffix(".yaml"))
        self.skipped = set(row.get("skip_acts", ()))
        self.number, self.origin, self.destination = row["flight"], row["from"], row["to"]
        self.lands = _moment(row["lands"])
        self.crew_count: int = row["crew"]
        self.seed: int = self.file["seed"]
        columns = self.file["cabin"]["columns"]
        self.cabin = [dict(zip(columns, seat, strict=True)) for seat in self.file["cabin"]["rows"]]

    def steps(self) -> Iterator[Step]:
        """The file's events without those that stand in the main story, and the rides that follow a finding."""
        works = self._works()
        for event in self.file["events"]:
            if event["act"] in self.skipped:
                continue
            at, given = _moment(event["at"]), {**event["with"], "by": event["by"], "time": event["at"]}
            if event["act"] == "clearance.issue":
                yield Step(self.lands + PLACES, "clearance.expect", partial(self.confirm, given))
            maker = None if given.get("what") == "recall" else works.get(event["act"])
            yield Step(at, event["act"], partial(_with, maker, given) if maker else None)
            if event["act"] in ("results.arrive", "person.fact"):
                yield Step(at + TO_HOSPITAL, "handover.send", self.to_hospital)
                yield Step(_by_day(at + TO_HOUSE), "transfer.run", self.to_houses)

    def _works(self) -> dict[str, Callable[[Given, datetime], object]]:
        return {
            "manifest.send": lambda given, at: self.send_lists(at),
            "lodging.assign": lambda given, at: self.propose(at),
            "flight.land": lambda given, at: self.land(at),
            "declarations.submit": lambda given, at: self.declare(at),
            "temperatures.take": lambda given, at: self.measure(at),
            "triage.run": lambda given, at: self.judge(given["because"], at),
            "samples.take": lambda given, at: self.sample(at),
            "handover.send": self.hand_over,
            "handover.answer": self.answer,
            "transfer.run": lambda given, at: self.to_houses(at),
            "results.arrive": self.results,
            "contacts.recompute": lambda given, at: None,
            "recall.send": lambda given, at: None,
            "person.fact": self.find,
            "clearance.issue": self.clear,
            "onward.depart": self.depart,
        }

    @property
    def flight_id(self) -> UUID:
        """The flight in the ledger. Raises Flight.DoesNotExist before it is announced."""
        flights = entry.Flight.objects.seen_by(SYSTEM)
        return flights.get(number=self.number, scheduled_landing=self.lands).pk

    @cached_property
    def people(self) -> list[Traveller]:
        """The passengers of the cabin: seat, party and age band of the file, names and documents drawn."""
        return cabin_people(self.cabin, seed=self.seed, day=self.lands.astimezone(SHANGHAI).date())

    def send_lists(self, at: datetime) -> None:
        """The flight is announced and its two lists come."""
        desk = acting("airport")
        flight = entry.announce_flight(
            actor=desk, number=self.number, origin=self.origin, destination=self.destination, port="TYN",
            scheduled_landing=self.lands, at=at,
        )  # fmt: skip
        staff = crew(self.number, self.crew_count, seed=self.seed, day=self.lands.astimezone(SHANGHAI).date())
        prepared = at.astimezone(SHANGHAI).replace(tzinfo=None)
        for name, aboard in (("passengers", self.people), ("crew", staff)):
            data = write_paxlst(aboard, flight=self.number, prepared=prepared)
            entry.receive_manifest(
                actor=desk, flight_id=flight.pk, name=f"{self.number}-{name}.edi", data=data, at=at
            )  # fmt: skip

    def propose(self, at: datetime) -> None:
        """Rooms before the landing: nobody is judged yet, so nobody gets one; the plan is looked at."""
        quarantine.assign_flight(actor=acting("rooms"), flight_id=self.flight_id, at=at)

    def land(self, at: datetime) -> None:
        """Wheels down."""
        entry.land(actor=acting("airport"), flight_id=self.flight_id, holder="TY-MOAT", at=at)

    def declare(self, at: datetime) -> None:
        """Everybody's form, as the file has it; the crew are well and stay."""
        at_seat, means = self.at_seat(), entry.Declaration.Means
        for paper in (False, True):
            forms = [
                entry.DeclarationForm(
                    arrival_id=at_seat[one["seat"]],
                    symptoms=tuple(sorted({symptom(word) for word in one["symptoms"].split(";") if word})),
                    contact_14d=one["contact_14d"] == "yes",
                    destination=Destination.CAPITAL if one["destination"] == "Beijing" else Destination.ELSEWHERE,
                )
                for one in self.cabin
                if (one["declaration"] == "paper") == paper
            ]
            if not paper:
                forms += [entry.DeclarationForm(one, (), False, Destination.CITY) for one in self.crew()]
            entry.declare(actor=acting("airport"), forms=forms, means=means.PAPER if paper else means.OWN, at=at)

    def measure(self, at: datetime) -> None:
        """Temperatures as the file has them."""
        at_seat = self.at_seat()
        facts = [(at_seat[one["seat"]], f"{one['temperature_c']:.1f}") for one in self.cabin]
        facts += [(one, "36.5") for one in self.crew()]
        self._record("medic", Kind.TEMPERATURE, facts, at)

    def judge(self, because: str, at: datetime) -> None:
        """The triage of the flight."""
        entry.triage_flight(actor=acting("medic"), flight_id=self.flight_id, because=because, at=at)

    def sample(self, at: datetime) -> None:
        """Everybody is sampled."""
        everybody = [*self.at_seat().values(), *self.crew()]
        self._record("lab", Kind.TEST, [(one, "pending") for one in everybody], at)

    def results(self, given: Given, at: datetime) -> None:
        """A batch of results: the positives of the file; on the first day whoever is due now, later all others."""
        at_seat, positive = self.at_seat(), set(given["positive"])
        first = {one["seat"] for one in self.cabin if one["first_result_at"] == given["time"]} - positive
        negative = [at_seat[seat] for seat in sorted(first)]
        if first:
            negative += self.crew() if positive == self._first_positives() else []
        else:
            found = {at_seat[seat] for seat in positive}
            negative = [one for one in self._still_here() if one not in found]
        facts = [(at_seat[seat], "positive") for seat in sorted(positive)]
        self._record("lab", Kind.TEST, facts + [(one, "negative") for one in negative], at)

    def find(self, given: Given, at: datetime) -> None:
        """What the experts find of some people."""
        at_seat, finding = self.at_seat(), "suspected" if "suspected" in given["fact"] else "confirmed"
        self._record("medic", Kind.CASE, [(at_seat[seat], finding) for seat in given["who"]], at)

    def to_hospital(self, at: datetime) -> None:
        """Whoever is judged for hospital and is not there is handed over and accepted."""
        rows = entry.Arrival.objects.seen_by(SYSTEM).filter(flight_id=self.flight_id, outcome=Outcome.HOSPITAL)
        ids = list(rows.filter(whereabouts__in=(Whereabouts.PORT, Whereabouts.HOUSE)).values_list("pk", flat=True))
        if not ids:
            return
        medic = acting("medic")
        sent = entry.send_handover(
            actor=medic, sender="TF-MED", receiver="HOSP-A", what="hospital", arrival_ids=ids, at=at
        )
        accepted = at + timedelta(minutes=12)
        entry.answer_handover(
            actor=medic, handover_id=sent.pk, accept=True, whereabouts=Whereabouts.HOSPITAL, at=accepted
        )

    def to_houses(self, at: datetime) -> None:
        """The crew to their house, whoever is judged for quarantine into a room."""
        crew_here = [one for one in self.crew() if one in set(self._in_port())]
        if crew_here:
            house = Whereabouts.CREW_HOUSE
            entry.move(actor=acting("airport"), arrival_ids=crew_here, whereabouts=house, holder="TF-HOTEL", at=at)
        quarantine.assign_flight(actor=acting("rooms"), flight_id=self.flight_id, at=at)
        rows = quarantine.Stay.objects.seen_by(SYSTEM).filter(arrival__flight_id=self.flight_id, admitted_at=None)
        ids = list(rows.filter(ended_at=None).values_list("pk", flat=True))
        if ids:
            quarantine.admit(actor=acting("rooms"), stay_ids=ids, at=at)

    def hand_over(self, given: Given, at: datetime) -> None:
        """People into other hands: the sick to the hospital, the cleared to the capital."""
        if given["to"] == "BJ-RECV":
            rows = entry.Arrival.objects.seen_by(SYSTEM).filter(flight_id=self.flight_id)
            who = list(rows.filter(whereabouts=Whereabouts.DEPARTED).values_list("pk", flat=True))
        else:
            rows = entry.Arrival.objects.seen_by(SYSTEM).filter(flight_id=self.flight_id, outcome=Outcome.HOSPITAL)
            who = list(rows.filter(whereabouts=Whereabouts.PORT).values_list("pk", flat=True))
        actor = acting("airport" if given["by"] == "TY-MOAT" else "medic")
        entry.send_handover(
            actor=actor, sender=given["by"], receiver=given["to"], what=given["what"], arrival_ids=who, at=at
        )

    def answer(self, given: Given, at: datetime) -> None:
        """The receiver accepts what was sent."""
        rows = entry.Handover.objects.seen_by(SYSTEM).filter(receiver=given["by"], answer=entry.Handover.Answer.OPEN)
        for sent in rows.filter(sender=given["from"]):
            hospital = given["by"] == "HOSP-A"
            entry.answer_handover(
                actor=acting("medic" if hospital else "capital"),
                handover_id=sent.pk,
                accept=True,
                whereabouts=Whereabouts.HOSPITAL if hospital else None,
                at=at,
            )

    def confirm(self, given: Given, at: datetime) -> None:
        """The capital confirms its places; the results decide later who may use them."""
        ids = self._seats(given)
        entry.confirm_places(actor=acting("airport"), flight_id=self.flight_id, arrival_ids=ids, at=at)

    def clear(self, given: Given, at: datetime) -> None:
        """Those whom the triage lets travel get their pass."""
        ids = self._seats(given)
        entry.clear(actor=acting("airport"), flight_id=self.flight_id, arrival_ids=ids, at=at)

    def depart(self, given: Given, at: datetime) -> None:
        """Those with a pass travel on."""
        ids = self._seats(given)
        entry.depart(actor=acting("airport"), flight_id=self.flight_id, arrival_ids=ids, holder="TY-MOAT", at=at)

    def at_seat(self) -> dict[str, UUID]:
        """Passengers by seat."""
        rows = entry.Arrival.objects.seen_by(SYSTEM).filter(flight_id=self.flight_id)
        return dict(rows.exclude(kind=entry.Arrival.Kind.CREW).values_list("seat", "pk"))

    def crew(self) -> list[UUID]:
        """The crew."""
        rows = entry.Arrival.objects.seen_by(SYSTEM).filter(flight_id=self.flight_id)
        return list(rows.filter(kind=entry.Arrival.Kind.CREW).order_by("pk").values_list("pk", flat=True))

    def _seats(self, given: Given) -> list[UUID]:
        at_seat = self.at_seat()
        return [at_seat[seat] for seat in given["seats"]]

    def _first_positives(self) -> set[str]:
        first = next(event for event in self.file["events"] if event["act"] == "results.arrive")
        return set(first["with"]["positive"])

    def _still_here(self) -> list[UUID]:
        rows = entry.Arrival.objects.seen_by(SYSTEM).filter(flight_id=self.flight_id).exclude(outcome=Outcome.HOSPITAL)
        inside = rows.filter(whereabouts__in=(Whereabouts.PORT, Whereabouts.HOUSE, Whereabouts.CREW_HOUSE))
        return list(inside.order_by("pk").values_list("pk", flat=True))

    def _in_port(self) -> list[UUID]:
        rows = entry.Arrival.objects.seen_by(SYSTEM).filter(flight_id=self.flight_id)
        return list(rows.filter(whereabouts=Whereabouts.PORT).values_list("pk", flat=True))

    def _record(self, who: str, kind: entry.Fact.Kind, found: list[tuple[UUID, str]], at: datetime) -> None:
        facts = [entry.FactIn(person, kind, value, at, "airport") for person, value in found]
        if facts:
            entry.record_facts(actor=acting(who), facts=facts, at=at)


def symptom(word: str) -> str:
    """The code of the declaration for a symptom of the file; one without a code counts as fatigue."""
    code = SYMPTOM.get(word, word.replace(" ", "_"))
    return code if code in entry.SYMPTOMS else "fatigue"


def _with(maker: Callable[[Given, datetime], object], given: Given, at: datetime) -> object:
    return maker(given, at)


def _by_day(at: datetime) -> datetime:
    """The same minute, or the next morning when no bus drives."""
    local = at.astimezone(SHANGHAI)
    if local.time() >= NIGHT_BEGINS:
        local += timedelta(days=1)
    elif local.time() >= NIGHT_ENDS:
        return at
    return local.replace(hour=NIGHT_ENDS.hour, minute=NIGHT_ENDS.minute)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
