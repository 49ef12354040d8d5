"""CA910, landed in Taiyuan on 6 April 2020: 35 positives in five steps; under the shipped rules none holds a pass."""

from datetime import datetime

import pytest
import yaml

from hucheng.core.clock import SHANGHAI
from hucheng.core.terms import Destination, Outcome, Risk, Role
from hucheng.core.testing import a_city, an_actor
from hucheng.engines.manifests import write_paxlst
from hucheng.entry.clearance.actions import clear, confirm_places, depart
from hucheng.entry.clearance.measures import departed_recalled, high_risk_with_pass
from hucheng.entry.clearance.models import Pass, Recall
from hucheng.entry.contacts.measures import recomputed_in_a_minute
from hucheng.entry.contacts.models import CloseContact
from hucheng.entry.declarations.actions import DeclarationForm, declare
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.actions import announce_flight, land
from hucheng.entry.flights.models import Arrival
from hucheng.entry.handover.measures import unaccounted
from hucheng.entry.manifests.actions import receive_manifest
from hucheng.entry.testing import a_passenger, the_rules
from hucheng.entry.triage.actions import FactIn, issue_city_order, record_facts, triage_flight
from hucheng.entry.triage.models import Fact

pytestmark = pytest.mark.django_db
SYMPTOM = {"loss of smell": "loss_of_smell", "sore throat": "sore_throat", "shortness of breath": "breathless"}
KNOWN = {"cough", "fatigue", "fever", "headache", "diarrhoea", "loss_of_smell", "sore_throat", "breathless"}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def symptom(word: str) -> str:
    code = SYMPTOM.get(word, word.replace(" ", "_"))
    return code if code in KNOWN else "fatigue"


class Replay:
    """The published seats and steps, played through the actions that people call."""

    def __init__(self, doc: dict) -> None:
        self.events = sorted(doc["events"], key=lambda event: event["at"])
        self.cabin = [dict(zip(doc["cabin"]["columns"], row, strict=True)) for row in doc["cabin"]["rows"]]
        self.want = {at: row for at, *row in doc["layout"]["index_table"]["rows"]}
        self.desk, self.medic = an_actor(Role.ENTRY), an_actor(Role.MEDICAL)
        self.ever_held: set[str] = set()

    def begin(self) -> None:
        the_rules(moment("2020-04-05T18:00"))
        office = an_actor(Role.COMMAND_OFFICE)
        order = {"needs_place": False, "waits_for_flight": True, "text": "wait for every first result"}
        issue_city_order(actor=office, at=moment("2020-04-05T18:00"), **order)
        lands = moment("2020-04-06T08:40")
        announced = moment("2020-04-05T19:00")
        self.flight = announce_flight(
            actor=self.desk, number="CA910", origin="SVO", destination="PEK", port="TYN",
            scheduled_landing=lands, at=announced,
        )  # fmt: skip
        people = [a_passenger(n, seat=x["seat"], party=x["party"]) for n, x in enumerate(self.cabin)]
        data = write_paxlst(people, flight="CA910", prepared=datetime(2020, 4, 6, 5))
        listed = moment("2020-04-06T05:40")
        receive_manifest(actor=self.desk, flight_id=self.flight.pk, name="x.edi", data=data, at=listed)
        land(actor=self.desk, flight_id=self.flight.pk, holder="TY-MOAT", at=lands)
        self.at_seat = {a.seat: a.pk for a in Arrival.objects.filter(flight=self.flight)}

    def screen(self) -> None:
        forms = [
            DeclarationForm(
                arrival_id=self.at_seat[x["seat"]],
                symptoms=tuple(sorted({symptom(s) for s in x["symptoms"].split(";") if s})),
                contact_14d=x["contact_14d"] == "yes",
                destination=Destination.CAPITAL if x["destination"] == "Beijing" else Destination.ELSEWHERE,
            )
            for x in self.cabin
        ]
        at = moment("2020-04-06T08:55")
        declare(actor=self.desk, forms=forms, means=Declaration.Means.OWN, at=at)
        self.record(
            [(x["seat"], Fact.Kind.TEMPERATURE, f"{x['temperature_c']:.1f}") for x in self.cabin], "2020-04-06T09:15"
        )
        screened = moment("2020-04-06T09:50")
        triage_flight(actor=self.medic, flight_id=self.flight.pk, because="screening", at=screened)
        self.record([(x["seat"], Fact.Kind.TEST, "pending") for x in self.cabin], "2020-04-06T10:05")

    def record(self, facts: list[tuple[str, Fact.Kind, str]], at: str) -> None:
        rows = [FactIn(self.at_seat[seat], kind, value, moment(at), "replay") for seat, kind, value in facts]
        record_facts(actor=self.medic, facts=rows, at=moment(at))
        self.ever_held |= set(Pass.objects.values_list("arrival__seat", flat=True))

    def results(self, event: dict) -> None:
        positive = set(event["with"]["positive"])
        due = [x["seat"] for x in self.cabin if x["first_result_at"] == event["at"] and x["seat"] not in positive]
        facts = [(seat, Fact.Kind.TEST, "positive") for seat in sorted(positive)]
        self.record(facts + [(seat, Fact.Kind.TEST, "negative") for seat in due], event["at"])

    def play(self, event: dict) -> None:
        given = event["with"]
        if event["act"] == "results.arrive":
            self.results(event)
        elif event["act"] == "person.fact":
            finding = "suspected" if "suspected" in given["fact"] else "confirmed"
            self.record([(seat, Fact.Kind.CASE, finding) for seat in given["who"]], event["at"])
        elif event["act"] == "clearance.issue":
            ids = [self.at_seat[seat] for seat in given["seats"]]
            confirm_places(actor=self.desk, flight_id=self.flight.pk, arrival_ids=ids, at=moment(event["at"]))
            clear(actor=self.desk, flight_id=self.flight.pk, arrival_ids=ids, at=moment(event["at"]))
        elif event["act"] == "onward.depart":
            ids = [self.at_seat[seat] for seat in given["seats"]]
            at = moment(event["at"])
            depart(actor=self.desk, flight_id=self.flight.pk, arrival_ids=ids, holder="TY-MOAT", at=at)

    def ends(self) -> list[int]:
        rows = Arrival.objects.filter(flight=self.flight)
        counts = [
            rows.filter(outcome=Outcome.HOSPITAL).count(),
            rows.filter(last_triage__code__startswith="ISOLATE_C").count(),
        ]
        counts.append(rows.filter(last_triage__code="ISOLATE_ENTRY_CITY_14D").count())
        return [*counts, rows.filter(outcome__in=[Outcome.ONWARD, Outcome.HOLD]).count()]


def test_none_of_the_thirty_five_ever_holds_a_pass(reference):
    doc = yaml.safe_load((reference / "scenarios" / "ca910-2020-04-06.yaml").read_text(encoding="utf-8"))
    a_city()
    replay = Replay(doc)
    replay.begin()
    replay.screen()
    moments = [at for at in replay.want if at > "2020-04-06T18:00"]
    seen = []
    for event in (e for e in replay.events if e["at"] > "2020-04-06T12:00"):
        replay.play(event)
        later = [e["at"] for e in replay.events if e["at"] == event["at"]]
        if event["at"] in moments and event["act"] in ("results.arrive", "person.fact") and later:
            seen.append(event["at"])
            cases, *ends = replay.want[event["at"]][:5]
            assert replay.ends() == ends, event["at"]
        now = moment(event["at"])
        assert high_risk_with_pass(replay.desk, now).value == 0 and unaccounted(replay.desk, now).value == 0
    assert set(seen) == set(moments)

    positives = {
        seat for event in replay.events if event["act"] == "results.arrive" for seat in event["with"]["positive"]
    }
    suspected = [e for e in replay.events if e["act"] == "person.fact" and "suspected" in e["with"]["fact"]]
    positives |= {seat for event in suspected for seat in event["with"]["who"]}
    assert len(positives) == 35 and not positives & replay.ever_held
    assert replay.ever_held == {
        "31A",
        "31C",
        "31L",
        "58A",
        "58C",
        "58D",
        "59A",
        "59D",
        "59E",
        "60C",
        "60D",
        "60J",
        "61D",
    }

    end = moment("2020-04-13T09:00")
    assert set(Recall.objects.values_list("arrival__seat", flat=True)) == {"31A", "31C", "31L"}
    assert departed_recalled(replay.desk, end).value == 100 == recomputed_in_a_minute(replay.desk, end).value
    late = CloseContact.objects.filter(named_at=moment("2020-04-10T08:15"))
    assert not late.exists()
    assert not Pass.objects.filter(arrival__risk=Risk.HIGH, revoked_at=None).exists()
