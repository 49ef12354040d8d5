"""The life of a sample, in any order of acts: a result stands with the owner of the tube, a positive for good."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import arrivals_of
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.laboratory import actions
from hucheng.quarantine.laboratory.actions import SampleIn
from hucheng.quarantine.laboratory.measures import unmatched_over_4h
from hucheng.quarantine.laboratory.models import ResultBatch, ResultRow, Sample
from hucheng.quarantine.laboratory.queries import calls_to_make, due_samples, queue_of, waiting_samples
from hucheng.quarantine.laboratory.sheet import ReadRow
from hucheng.quarantine.testing import a_flight_to_house
from hucheng.quarantine.tests.history import History, play

WHO = st.integers(0, 2)
TUBES = st.sampled_from(["T0001", "T0002", "T0003", "T0004"])
SAID = st.sampled_from(["negative", "negative", "positive", "invalid"])


@dataclass
class Tube:
    """A sample as this history remembers it."""

    person: UUID
    result: str = ""
    sent: bool = False
    told: datetime | None = None
    said: list[str] = field(default_factory=lambda: ["pending"])


class LifeOfASample(History):
    """Three people of one flight, four tubes, one laboratory; all in the first round."""

    def begin(self) -> None:
        self.people = [person.pk for person in arrivals_of(a_flight_to_house(3))]
        self.lab = an_actor(Role.LABORATORY)
        self.tubes: dict[str, Tube] = {}
        self.queue: dict[UUID, tuple[str, str]] = {}
        self.seen: set[tuple[str, str]] = set()
        self.at = after(90)

    def stands(self, person) -> bool:
        """Whether a sample of this round counts for somebody already."""
        return any(tube.person == person and tube.result != "invalid" for tube in self.tubes.values())

    @rule(who=WHO, code=TUBES)
    def take(self, who, code):
        person = self.people[who]
        said = self.attempt(actions.take_samples, actor=self.lab, samples=[SampleIn(person, code)])
        if code in self.tubes:
            assert said == "barcode_taken"
        elif self.stands(person):
            assert said == "sampled_before"
        else:
            assert said == ""
            self.tubes[code] = Tube(person)

    @rule()
    def send(self):
        waiting = [tube for tube in self.tubes.values() if not tube.sent and not tube.result]
        said = self.attempt(actions.send_samples, actor=self.lab)
        assert said == ("" if waiting else "nothing_to_send")
        for tube in waiting:
            tube.sent = True

    @rule(code=TUBES, result=SAID)
    def receive(self, code, result):
        before = set(ResultRow.objects.values_list("pk", flat=True))
        rows = [ReadRow(1, code, code, result)]
        assert self.attempt(actions.receive_rows, actor=self.lab, rows=rows) == ""
        row = ResultRow.objects.exclude(pk__in=before).get()
        tube = self.tubes.get(code)
        if tube and tube.result == result:
            assert row.state == "known"
        elif tube and (not tube.result or result == "positive"):
            assert row.state == "matched"
            self.put(tube, result)
        elif (code, result) in self.seen:
            assert row.state == "known"
        else:
            assert (row.state, row.problem) == ("unmatched", "contradicts" if tube else "no_sample")
            self.queue[row.pk] = (code, result)
            self.seen.add((code, result))

    def put(self, tube, result):
        tube.result = result
        tube.said.append(result)

    @rule(number=st.integers(0, 5), code=TUBES)
    def settle(self, number, code):
        if not self.queue:
            return
        row = list(self.queue)[number % len(self.queue)]
        _code, result = self.queue[row]
        tube = self.tubes.get(code)
        said = self.attempt(actions.settle_row, actor=self.lab, row_id=row, barcode=code)
        if tube is None:
            assert said == "no_sample"
        elif tube.result and not (result == "positive" and tube.result != "positive"):
            assert said == "contradicts"
        else:
            assert said == ""
            del self.queue[row]
            self.put(tube, result)

    @rule(number=st.integers(0, 5), why=st.sampled_from(["", "of another city"]))
    def put_aside(self, number, why):
        if self.queue:
            row = list(self.queue)[number % len(self.queue)]
            said = self.attempt(actions.set_aside, actor=self.lab, row_id=row, why=why)
            assert said == ("" if why else "reason_missing")
            if why:
                del self.queue[row]

    @rule(code=TUBES)
    def tell(self, code):
        if sample := Sample.objects.filter(barcode=code).first():
            tube = self.tubes[code]
            said = self.attempt(actions.tell_positive, actor=self.lab, sample_id=sample.pk)
            assert said == ("404" if tube.result != "positive" else "told_before" if tube.told else "")
            tube.told = tube.told or (None if said else self.at)

    @rule(hours=st.integers(1, 3))
    def wait(self, hours):
        self.at += after(60 * hours) - after(0)

    @invariant()
    def every_tube_says_what_was_said_of_it_last_and_a_positive_for_good(self):
        kept = {one.barcode: one for one in Sample.objects.all()}
        assert set(kept) == set(self.tubes)
        for code, tube in self.tubes.items():
            assert (kept[code].arrival_id, kept[code].result) == (tube.person, tube.result)
            assert (kept[code].told_at, bool(kept[code].sent_at)) == (tube.told, tube.sent)
            assert bool(kept[code].received_at) == bool(tube.result)

    @invariant()
    def each_person_has_exactly_the_facts_of_the_own_tubes(self):
        for person in self.people:
            rows = Fact.objects.filter(arrival=person, kind="test").order_by("recorded_at", "at")
            said = [word for tube in self.tubes.values() if tube.person == person for word in tube.said]
            assert sorted(fact.value for fact in rows) == sorted(said)

    @invariant()
    def whoever_has_a_positive_is_judged_for_hospital(self):
        ill = {tube.person for tube in self.tubes.values() if tube.result == "positive"}
        for person in Arrival.objects.filter(pk__in=ill):
            assert person.outcome == "hospital"
        calls = {call.sample.barcode for call in calls_to_make(self.lab, self.at) if call.sample.told_at is None}
        assert calls == {code for code, tube in self.tubes.items() if tube.result == "positive" and not tube.told}

    @invariant()
    def owed_and_awaited_are_what_is_left_to_do(self):
        owed = {one.arrival.pk for one in due_samples(self.lab, self.at)}
        assert owed == {person for person in self.people if not self.stands(person)}
        awaited = {one.barcode for one in waiting_samples(self.lab)}
        assert awaited == {code for code, tube in self.tubes.items() if not tube.result}

    @invariant()
    def the_queue_holds_what_nobody_settled_and_the_measure_what_waited_four_hours(self):
        rows = list(queue_of(self.lab))
        assert {row.pk for row in rows} == set(self.queue)
        late = sum(row.received_at <= self.at - (after(240) - after(0)) for row in rows)
        assert unmatched_over_4h(self.lab, self.at).value == late

    @invariant()
    def every_row_that_came_is_accounted_for(self):
        for batch in ResultBatch.objects.all():
            assert batch.rows == batch.lines.count() == batch.matched + batch.known + batch.unmatched + batch.invalid


@pytest.mark.django_db
def test_no_order_of_acts_gives_a_result_to_another_person_or_takes_a_positive_back():
    play(LifeOfASample, examples=6, steps=16)
