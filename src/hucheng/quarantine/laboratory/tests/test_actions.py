"""Samples and results: nothing lost, nothing doubled, a positive at the gate in the same transaction."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Outcome, Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.clearance.actions import clear
from hucheng.entry.clearance.models import Pass
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_flight, a_landed_flight, arrivals_of, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.laboratory import actions
from hucheng.quarantine.laboratory.actions import SampleIn
from hucheng.quarantine.laboratory.models import ResultBatch, ResultRow, Sample
from hucheng.quarantine.laboratory.queries import calls_to_make, due_samples, queue_of
from hucheng.quarantine.laboratory.sheet import ReadRow
from hucheng.quarantine.testing import a_flight_to_house, people_inside, results_file, tubes_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab():
    return an_actor(Role.LABORATORY)


@pytest.fixture
def people():
    return arrivals_of(a_flight_to_house(4))


def receive(lab, *rows, at=None, data=None):
    data = results_file(*rows) if data is None else data
    return actions.receive_results(actor=lab, name="day.csv", data=data, at=at or after(500))


def account(batch):
    return batch.matched, batch.known, batch.unmatched, batch.invalid


def refused(code, act, **kwargs):
    with pytest.raises(Refusal) as no:
        act(**kwargs)
    assert no.value.code == code


def told_of(person):
    return [fact.value for fact in Fact.objects.filter(arrival=person, kind="test").order_by("recorded_at")]


def test_a_sample_makes_the_test_pending(lab, people):
    samples = tubes_of([p.pk for p in people], at=after(90))
    assert {(s.round, s.due_from, s.due_until) for s in samples} == {(0, after(0), after(days=1))}
    assert all(told_of(person) == ["pending"] for person in people)
    assert AuditLine.objects.filter(act="quarantine.laboratory.take_samples", refused="").count() == 1


@pytest.mark.parametrize("code", ["", "T1", "=1+1", "条码0001", "T" * 21])
def test_a_barcode_that_is_none_is_refused(lab, people, code):
    tubes = [SampleIn(people[0].pk, code)]
    refused("no_barcode", actions.take_samples, actor=lab, samples=tubes, at=after(90))
    refused("no_barcode", actions.take_samples, actor=lab, samples=[], at=after(90))


def test_one_tube_a_person_and_round_and_one_person_a_tube(lab, people):
    first, second = people[0].pk, people[1].pk
    tubes_of([first], at=after(90))
    take = {"act": actions.take_samples, "actor": lab, "at": after(95)}
    refused("barcode_taken", samples=[SampleIn(second, "T0001")], **take)
    refused("barcode_taken", samples=[SampleIn(first, "T0009"), SampleIn(second, "T0009")], **take)
    refused("sampled_before", samples=[SampleIn(first, "T0002")], **take)
    refused("twice_named", samples=[SampleIn(second, "T0003"), SampleIn(second, "T0004")], **take)
    assert Sample.objects.count() == 1


def test_nobody_is_sampled_before_landing(lab):
    from hucheng.engines.manifests import write_paxlst
    from hucheng.entry.manifests.actions import receive_manifest
    from hucheng.entry.testing import a_passenger

    flight = a_flight()
    data = write_paxlst([a_passenger(1)], flight="HU7976", prepared=after(0).replace(tzinfo=None))
    receive_manifest(actor=an_actor(Role.ENTRY), flight_id=flight.pk, name="x.edi", data=data, at=after(1))
    tubes = [SampleIn(arrivals_of(flight)[0].pk, "T0001")]
    refused("not_landed", actions.take_samples, actor=lab, samples=tubes, at=after(2))


def test_results_find_their_person_by_the_barcode(lab, people):
    tubes_of([p.pk for p in people], at=after(90))
    batch = receive(lab, ("T0001", "阴性", "2020-03-21 14:00"), ("T0003", "无效", ""))
    assert account(batch) == (2, 0, 0, 0)
    assert told_of(people[0]) == ["pending", "negative"] and told_of(people[2]) == ["pending", "invalid"]
    assert told_of(people[1]) == ["pending"]
    sample = Sample.objects.get(barcode="T0001")
    assert sample.received_at == after(500) and sample.tested_at == after(360)


def test_a_positive_shuts_the_gate_in_the_same_transaction(lab):
    the_rules()
    flight = a_landed_flight(2)
    people = arrivals_of(flight)
    tubes_of([p.pk for p in people], at=after(20))
    fit_to_travel(people, at=after(30))
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
    clear(actor=an_actor(Role.ENTRY), flight_id=flight.pk, arrival_ids=[people[0].pk], at=after(70))
    receive(lab, ("T0001", "阳性", ""), at=after(80))
    people[0].refresh_from_db()
    assert people[0].outcome == Outcome.HOSPITAL
    assert Pass.objects.get().revoked_at == after(80) and not Pass.objects.filter(revoked_at=None).exists()
    (call,) = calls_to_make(lab, after(81))
    assert call.sample.arrival_id == people[0].pk and call.until == after(200) and not call.late


def test_the_same_file_again_adds_nothing(lab, people):
    tubes_of([p.pk for p in people], at=after(90))
    data = results_file(("T0001", "阴性", ""), ("T0002", "阳性", ""), ("T9999", "阴性", ""))
    assert account(receive(lab, data=data)) == (2, 0, 1, 0)
    facts = Fact.objects.count()
    assert account(receive(lab, data=data, at=after(510))) == (0, 3, 0, 0)
    assert Fact.objects.count() == facts and queue_of(lab).count() == 1


def test_a_row_named_twice_in_a_file_counts_once(lab, people):
    tubes_of([people[0].pk], at=after(90))
    batch = receive(lab, ("T0001", "阴性", ""), ("T0001", "阴性", ""), ("T8888", "阴性", ""), ("T8888", "阴性", ""))
    assert account(batch) == (1, 2, 1, 0) and told_of(people[0]) == ["pending", "negative"]


def test_a_positive_counts_whatever_was_said_before_and_a_negative_after_it_waits(lab, people):
    tubes_of([people[0].pk], at=after(90))
    receive(lab, ("T0001", "阴性", ""))
    assert account(receive(lab, ("T0001", "阳性", ""), at=after(510))) == (1, 0, 0, 0)
    assert account(receive(lab, ("T0001", "阴性", ""), at=after(520))) == (0, 0, 1, 0)
    assert Sample.objects.get().result == "positive" and queue_of(lab).get().problem == "contradicts"
    row = queue_of(lab).get()
    refused("contradicts", actions.settle_row, actor=lab, row_id=row.pk, barcode="T0001", at=after(530))
    assert Arrival.objects.get(pk=people[0].pk).outcome == Outcome.HOSPITAL


@pytest.mark.parametrize("when", ["2020-03-21 08:30", "2020-03-21 16:21", "2021-03-21 13:00"])
def test_a_time_before_the_sample_or_ahead_is_listed_and_not_believed(lab, people, when):
    """The sample was taken at 09:30, the file came at 16:20."""
    tubes_of([people[0].pk], at=after(90))
    assert account(receive(lab, ("T0001", "阳性", when))) == (0, 0, 0, 1)
    assert Sample.objects.get().result == "" and ResultRow.objects.get().problem == "time"


def test_an_invalid_sample_is_owed_again_and_only_that(lab, people):
    tubes_of([p.pk for p in people], at=after(90))
    receive(lab, ("T0001", "无效", ""), ("T0002", "阴性", ""))
    assert [one.arrival.pk for one in due_samples(lab, after(510))] == [people[0].pk]
    again = actions.take_samples(actor=lab, samples=[SampleIn(people[0].pk, "T0101")], at=after(520))
    assert again[0].round == 0 and not due_samples(lab, after(521))


def test_a_file_that_cannot_be_read_leaves_nothing(lab, people):
    for data, code in (
        (b"", "results_empty"),
        (b"%PDF-1.7", "results_wrong_type"),
        (b"a,b\n1,2\n", "results_unknown_columns"),
    ):
        refused(code, actions.receive_results, actor=lab, name="x", data=data, at=after(500))
    refused("results_no_rows", actions.receive_rows, actor=lab, rows=[], at=after(500))
    assert not ResultBatch.objects.exists() and not ResultRow.objects.exists()


def test_a_crash_on_the_way_leaves_nothing_of_the_file(lab, people, monkeypatch):
    tubes_of([p.pk for p in people], at=after(90))
    monkeypatch.setattr(actions.entry, "record_facts", lambda **_: (_ for _ in ()).throw(RuntimeError("power")))
    with pytest.raises(RuntimeError):
        receive(lab, ("T0001", "阳性", ""))
    assert not ResultBatch.objects.exists() and not Sample.objects.exclude(result="").exists()


def test_a_row_of_the_queue_is_settled_by_a_person(lab, people):
    """INQ-07: a result without a person waits for somebody, and stands from the moment it is settled."""
    tubes_of([people[0].pk], at=after(90))
    receive(lab, ("T000I", "阳性", ""))
    row = queue_of(lab).get()
    settle = {"act": actions.settle_row, "actor": lab, "row_id": row.pk, "at": after(520)}
    refused("no_sample", barcode="T7777", **settle)
    actions.settle_row(actor=lab, row_id=row.pk, barcode=" T0001 ", at=after(520))
    refused("row_settled", barcode="T0001", **settle)
    assert Arrival.objects.get(pk=people[0].pk).outcome == Outcome.HOSPITAL
    assert not queue_of(lab).exists() and Sample.objects.get().received_at == after(520)


def test_a_row_is_set_aside_with_its_reason(lab, people):
    receive(lab, ("T5555", "阴性", ""))
    row = queue_of(lab).get()
    refused("reason_missing", actions.set_aside, actor=lab, row_id=row.pk, why=" ", at=after(520))
    actions.set_aside(actor=lab, row_id=row.pk, why="of another city", at=after(520))
    assert not queue_of(lab).exists() and ResultRow.objects.get().why == "of another city"
    assert account(receive(lab, ("T5555", "阴性", ""), at=after(530))) == (0, 1, 0, 0)


def test_taken_samples_are_sent_once(lab, people):
    refused("nothing_to_send", actions.send_samples, actor=lab, at=after(95))
    tubes_of([p.pk for p in people], at=after(90))
    assert actions.send_samples(actor=lab, at=after(95)) == 4
    refused("nothing_to_send", actions.send_samples, actor=lab, at=after(96))


def test_telling_a_positive_names_who_and_when_once(lab, people):
    """INQ-08: the call is owed from the result on."""
    tubes_of([people[0].pk, people[1].pk], at=after(90))
    receive(lab, ("T0001", "阳性", ""), ("T0002", "阴性", ""))
    positive, negative = Sample.objects.order_by("barcode")
    medic = an_actor(Role.MEDICAL)
    with pytest.raises(Http404):
        actions.tell_positive(actor=medic, sample_id=negative.pk, at=after(510))
    actions.tell_positive(actor=medic, sample_id=positive.pk, at=after(510))
    positive.refresh_from_db()
    assert (positive.told_at, positive.told_by_id) == (after(510), medic.user_id)
    refused("told_before", actions.tell_positive, actor=medic, sample_id=positive.pk, at=after(511))


def test_a_positive_is_never_deleted_nor_turned_by_anybody(lab, people):
    """INQ-08: the call that is owed cannot be made to vanish, by no code path."""
    tubes_of([people[0].pk], at=after(90))
    receive(lab, ("T0001", "阳性", ""))
    ResultRow.objects.all().delete()
    with pytest.raises(IntegrityError, match="a_positive_is_never_deleted"), transaction.atomic():
        Sample.objects.all().delete()
    with pytest.raises(IntegrityError, match="a_positive_stays_positive"), transaction.atomic():
        Sample.objects.update(result="negative")


@pytest.mark.parametrize(
    "change", [{"result": "negative"}, {"received_at": after(500)}, {"result": "negative", "received_at": after(80)}]
)
def test_the_database_holds_the_order_of_a_result(lab, people, change):
    tubes_of([people[0].pk], at=after(90))
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.update(**change)


def test_the_database_accounts_for_every_row(lab, people):
    batch = receive(lab, ("T0001", "阴性", ""))
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultBatch.objects.filter(pk=batch.pk).update(rows=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultRow.objects.update(state="matched")
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultRow.objects.update(state="aside")


def test_a_house_samples_and_tells_its_own_people_only():
    stay, other = people_inside(2)
    house, stranger = an_actor(Role.HOUSE, COUNTY, "H01"), an_actor(Role.HOUSE, COUNTY, "H02")
    assert {one.arrival.pk for one in due_samples(house, after(200))} == {stay.arrival_id, other.arrival_id}
    assert not due_samples(stranger, after(200))
    tube = [SampleIn(stay.arrival_id, "T0001")]
    with pytest.raises(Http404):
        actions.take_samples(actor=stranger, samples=tube, at=after(200))
    sample = actions.take_samples(actor=house, samples=tube, at=after(200))[0]
    receive(an_actor(Role.LABORATORY), ("T0001", "阳性", ""))
    with pytest.raises(Http404):
        actions.tell_positive(actor=stranger, sample_id=sample.pk, at=after(510))
    assert actions.tell_positive(actor=house, sample_id=sample.pk, at=after(510)).told_at


def test_another_countys_laboratory_matches_nothing(people):
    tubes_of([people[0].pk], at=after(90))
    stranger = an_actor(Role.LABORATORY, OTHER_COUNTY)
    assert account(receive(stranger, ("T0001", "阳性", ""))) == (0, 0, 1, 0)
    with pytest.raises(Http404):
        actions.take_samples(actor=stranger, samples=[SampleIn(people[1].pk, "T0002")], at=after(95))
    row = ResultRow.objects.get()
    other = an_actor(Role.LABORATORY, "140106")
    with pytest.raises(Http404):
        actions.set_aside(actor=other, row_id=row.pk, why="x", at=after(520))
    assert Sample.objects.get().result == ""


def test_roles_without_the_task_are_refused(people):
    refused("role_may_not", actions.receive_results, actor=an_actor(Role.QUARANTINE), name="x", data=b"", at=after(1))
    refused("role_may_not", actions.take_samples, actor=an_actor(Role.COUNTY), samples=[], at=after(1))
    assert AuditLine.objects.filter(refused="role_may_not").count() == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.sampled_from(["negative", "positive", "invalid"]), st.booleans()), max_size=12
    )
)
def test_a_result_reaches_the_person_of_its_barcode_or_nobody(people, rows):
    """INQ-07: whatever comes, in whatever order, no result stands with anybody but the owner of the tube."""
    with transaction.atomic():
        lab = an_actor(Role.LABORATORY)
        samples = tubes_of([p.pk for p in people], at=after(90))
        for number, result, twice in rows:
            row = ReadRow(1, "x", f"T{number:04}", result)
            for _ in range(1 + twice):
                actions.receive_rows(actor=lab, rows=[row], at=after(500))
        for number, sample in enumerate(samples, start=1):
            said = [result for n, result, _twice in rows if n == number]
            sample.refresh_from_db()
            expected = "positive" if "positive" in said else said[0] if said else ""
            assert sample.result == expected
            assert set(told_of(sample.arrival_id)) <= {"pending", *said}
        strangers = {(n, result) for n, result, _twice in rows if n > len(samples)}
        assert queue_of(lab).filter(sample=None).count() == len(strangers)
        transaction.set_rollback(True)
