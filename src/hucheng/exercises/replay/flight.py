"""One flight, step by step: what people at the airport, the laboratory and the houses do."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Destination, Outcome
from hucheng.engines.manifests import write_paxlst
from hucheng.entry import door as entry
from hucheng.exercises.replay import laboratory, transport
from hucheng.exercises.replay.people import crew, passengers
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Step
from hucheng.quarantine import door as quarantine

Kind = entry.Fact.Kind
RESULT_BATCHES = (300, 420, 560)
"""Minutes after landing at which the laboratory reports; their middle is the scenario's median of seven hours."""

NOTICE = timedelta(days=2)
"""How long before its landing a flight is announced, unless an event of the story says when (generator `flights`)."""
NEEDS = {"medicine": 40, "diet": 60, "wheelchair": 120}
"""One in so many travellers (the scenario's rules for persons)."""


@dataclass
class FlightPlay:
    """A flight of the scenario. ends: how many people its story sends where; the rules decide who."""

    id: str
    number: str
    origin: str
    destination: str
    lands: datetime
    passengers: int
    crew: int
    ends: dict[str, int]
    seed: int
    told_by_an_event: bool = False
    announced: UUID | None = None
    groups: dict[str, list[UUID]] = field(default_factory=dict)
    party_of: dict[UUID, str] = field(default_factory=dict)

    def steps(self) -> Iterator[Step]:
        """What happens around this flight, with its minute after landing."""
        results = [(RESULT_BATCHES[n], "results.arrive", partial(self.results, n)) for n in range(len(RESULT_BATCHES))]
        acts: list[tuple[int, str, Callable[[datetime], object]]] = [
            (-180, "manifest.send", self.send_lists),
            (0, "flight.land", self.land),
            (15, "declarations.submit", self.declare),
            (35, "temperatures.take", self.measure),
            (70, "triage.run", self.judge),
            (90, "samples.take", self.sample),
            (100, "handover.send", self.to_hospital),
            (105, "lodging.assign", self.assign),
            *self._trips(110),
            *results,
            *((minute + 40, "results.arrive", laboratory.work_off) for minute in RESULT_BATCHES[:-1]),
            (570, "clearance.issue", self.clear),
            (600, "lodging.assign", self.assign),
            (660, "onward.depart", self.depart),
            *self._trips(605),
        ]
        if not self.told_by_an_event:
            yield Step(self.lands - NOTICE, "flight.announce", self.announce)
        for minute, act, work in acts:
            yield Step(self.lands + timedelta(minutes=minute), act, work)

    def _trips(self, minute: int) -> Iterator[tuple[int, str, Callable[[datetime], object]]]:
        """The trips by minute: planned, aboard, off, at the door, accepted, clean; then a second wave."""
        after = {0: transport.plan, 10: transport.board, 20: transport.leave, 70: transport.arrive}
        after |= {80: transport.accept, 110: transport.disinfect, 140: transport.board, 150: transport.leave}
        after |= {200: transport.arrive, 210: transport.accept, 240: transport.disinfect}
        for later, act in after.items():
            yield minute + later, "transfer.run", partial(self._trip, act)

    def _trip(self, act: Callable[[UUID, datetime], None], at: datetime) -> None:
        act(self.flight_id, at)

    def announce(self, at: datetime) -> None:
        """The notice of the diversion."""
        flight = entry.announce_flight(
            actor=acting("airport"),
            number=self.number,
            origin=self.origin,
            destination=self.destination,
            port="TYN",
            scheduled_landing=self.lands,
            at=at,
        )
        self.announced = flight.pk

    @property
    def flight_id(self) -> UUID:
        """The flight in the ledger. Raises LookupError before it is announced."""
        if self.announced is None:
            raise LookupError(f"{self.number} is not announced")
        return self.announced

    def send_lists(self, at: datetime) -> None:
        """Passenger and crew list, as files through the upload."""
        if self.announced is None:
            self.announce(at)
        day = self.lands.astimezone(SHANGHAI).date()
        aboard = passengers(self.number, self.passengers, seed=self.seed, day=day)
        staff = crew(self.number, self.crew, seed=self.seed, day=day)
        for name, people in (("passengers", aboard), ("crew", staff)):
            data = write_paxlst(people, flight=self.number, prepared=at.astimezone(SHANGHAI).replace(tzinfo=None))
            entry.receive_manifest(
                actor=acting("airport"), flight_id=self.flight_id, name=f"{self.number}-{name}.edi", data=data, at=at
            )
        self._draw()

    def land(self, at: datetime) -> None:
        """Wheels down."""
        entry.land(actor=acting("airport"), flight_id=self.flight_id, holder="TY-MOAT", at=at)

    def declare(self, at: datetime) -> None:
        """Declarations: most by one's own phone, some on paper."""
        rng = random.Random(f"{self.seed}/{self.id}/declare")
        forms = [self._form(rng, group, person) for group, people in self.groups.items() for person in people]
        paper = {form.arrival_id for form in forms if rng.random() < 0.11}
        own = [form for form in forms if form.arrival_id not in paper]
        means = entry.Declaration.Means
        entry.declare(actor=acting("airport"), forms=own, means=means.OWN, at=at)
        on_paper = [form for form in forms if form.arrival_id in paper]
        entry.declare(actor=acting("airport"), forms=on_paper, means=means.PAPER, at=at)

    def measure(self, at: datetime) -> None:
        """Temperatures of everybody; half of those bound for hospital have a fever."""
        rng = random.Random(f"{self.seed}/{self.id}/temperature")
        feverish = set(self.groups["hospital"][::2])
        facts = [
            entry.FactIn(
                person,
                Kind.TEMPERATURE,
                f"{rng.uniform(37.4, 38.6) if person in feverish else min(37.1, rng.gauss(36.5, 0.2)):.1f}",
                at,
                "airport",
            )
            for person in self._everybody()
        ]
        entry.record_facts(actor=acting("medic"), facts=facts, at=at)

    def judge(self, at: datetime) -> None:
        """The triage of the flight."""
        entry.triage_flight(actor=acting("medic"), flight_id=self.flight_id, because="screening", at=at)

    def sample(self, at: datetime) -> None:
        """Everybody is sampled."""
        laboratory.take(self._everybody(), f"TY{at.astimezone(SHANGHAI):%m%d}{self.id}", at)

    def results(self, batch: int, at: datetime) -> None:
        """A third of the results as a file; the last one is read twice, since everybody waits for it."""
        people = self._everybody()[batch :: len(RESULT_BATCHES)]
        samples = quarantine.Sample.objects.seen_by(SYSTEM).filter(arrival_id__in=people, round=0, result="")
        name = f"{self.number}-{at.astimezone(SHANGHAI):%m%d}-{batch + 1}"
        misread = batch + 1 < len(RESULT_BATCHES)
        laboratory.report(list(samples.order_by("barcode")), name, self.seed, at, misread=misread)

    def to_hospital(self, at: datetime) -> None:
        """Those judged for hospital are handed over, and accepted within minutes."""
        ids = self._with(Outcome.HOSPITAL)
        if not ids:
            return
        sent = entry.send_handover(
            actor=acting("medic"), sender="TY-MOAT", receiver="HOSP-A", what="hospital", arrival_ids=ids, at=at
        )
        inside = entry.Whereabouts.HOSPITAL
        later = at + timedelta(minutes=12)
        entry.answer_handover(actor=acting("medic"), handover_id=sent.pk, accept=True, whereabouts=inside, at=later)

    def assign(self, at: datetime) -> None:
        """Rooms for those who wait; the crew go to their own house."""
        crew_ids = [p for p in self.groups["crew"] if p in set(self._in_port())]
        if crew_ids:
            house = entry.Whereabouts.CREW_HOUSE
            entry.move(actor=acting("airport"), arrival_ids=crew_ids, whereabouts=house, holder="TF-HOTEL", at=at)
        quarantine.assign_flight(actor=acting("rooms"), flight_id=self.flight_id, at=at)

    def clear(self, at: datetime) -> None:
        """Beijing has confirmed its places; those whom the triage lets travel on get their pass."""
        airport = acting("airport")
        places = self.groups["onward"]
        entry.confirm_places(actor=airport, flight_id=self.flight_id, arrival_ids=places, at=at)
        entry.clear(actor=airport, flight_id=self.flight_id, arrival_ids=self._with(Outcome.ONWARD), at=at)

    def depart(self, at: datetime) -> None:
        """The flight goes on to Beijing, which accepts its people."""
        airport, ids = acting("airport"), self._with(Outcome.ONWARD)
        entry.depart(actor=airport, flight_id=self.flight_id, arrival_ids=ids, holder="TY-MOAT", at=at)
        sent = entry.send_handover(
            actor=airport, sender="TY-MOAT", receiver="BJ-RECV", what="cleared travellers", arrival_ids=ids, at=at
        )
        later = at + timedelta(minutes=18)
        entry.answer_handover(actor=acting("capital"), handover_id=sent.pk, accept=True, at=later)

    def recall_groups(self) -> None:
        """Draw the same people again after a pause of the story; nothing is drawn before the lists are in."""
        if entry.Arrival.objects.seen_by(SYSTEM).filter(flight_id=self.flight_id).exists():
            self._draw()

    def _draw(self) -> None:
        """Who will declare what: whole households in a drawn order; the rules decide."""
        rows = entry.Arrival.objects.seen_by(SYSTEM).filter(flight_id=self.flight_id)
        aboard = rows.order_by("seat", "person__document_number_index").values_list("pk", "kind", "party")
        self.groups = {"crew": [pk for pk, kind, _party in aboard if kind == "crew"]}
        self.party_of = {pk: party for pk, _kind, party in aboard}
        households: dict[str, list[UUID]] = {}
        for pk, kind, party in aboard:
            if kind != "crew":
                households.setdefault(party, []).append(pk)
        drawn = list(households.values())
        random.Random(f"{self.seed}/{self.id}/draw").shuffle(drawn)
        for name in ("hospital", "contacts", "onward"):
            self.groups[name], drawn = _filled(drawn, self.ends[name])
        self.groups["entry_city"] = [person for household in drawn for person in household]

    def _form(self, rng: random.Random, group: str, person: UUID) -> entry.DeclarationForm:
        ill = group == "hospital" and person not in set(self.groups["hospital"][::2])
        elsewhere = [Destination.ELSEWHERE, Destination.CAPITAL, Destination.PROVINCE, Destination.CITY]
        household = random.Random(f"{self.seed}/{self.id}/{self.party_of[person]}")
        bound = household.choices(elsewhere, [0.6, 0.25, 0.08, 0.07])[0]
        needs = [need for need, one_in in NEEDS.items() if rng.random() < 1 / one_in]
        return entry.DeclarationForm(
            arrival_id=person,
            symptoms=(rng.choice(["cough", "sore_throat", "fatigue"]),) if ill else (),
            contact_14d=group == "contacts",
            destination=Destination.CAPITAL if group == "onward" else bound,
            countries_14d=("CAN",),
            needs=tuple(needs),
        )

    def _everybody(self) -> list[UUID]:
        return [person for people in self.groups.values() for person in people]

    def _with(self, outcome: Outcome) -> list[UUID]:
        rows = entry.Arrival.objects.seen_by(SYSTEM).filter(flight_id=self.flight_id, outcome=outcome)
        return list(rows.filter(whereabouts=entry.Whereabouts.PORT).values_list("pk", flat=True))

    def _in_port(self) -> list[UUID]:
        rows = entry.Arrival.objects.seen_by(SYSTEM).filter(flight_id=self.flight_id)
        return list(rows.filter(whereabouts=entry.Whereabouts.PORT).values_list("pk", flat=True))


def _filled(households: list[list[UUID]], wanted: int) -> tuple[list[UUID], list[list[UUID]]]:
    """Take whole households in order until so many people are reached; the others stay in order."""
    taken: list[UUID] = []
    left = []
    for household in households:
        if len(taken) + len(household) <= wanted:
            taken += household
        else:
            left.append(household)
    return taken, left
