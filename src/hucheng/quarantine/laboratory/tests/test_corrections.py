"""What a laboratory says a second time: what counts at once, what waits for a person, what a correction does."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_passenger, arrivals_of
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.laboratory import actions
from hucheng.quarantine.laboratory.actions import SampleIn
from hucheng.quarantine.laboratory.models import ResultBatch, ResultRow, Sample
from hucheng.quarantine.laboratory.queries import calls_to_make, due_samples, queue_of, waiting_samples
from hucheng.quarantine.laboratory.sheet import ReadRow
from hucheng.quarantine.testing import (
    a_flight_to_house,
    opened,
    people_inside,
    refused,
    results_file,
    signed_in,
    tubes_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [person.pk for person in arrivals_of(a_flight_to_house(3))]


@pytest.fixture
def lab():
    return an_actor(Role.LABORATORY)


def say(lab, *pairs, at=after(500)):
    rows = [ReadRow(line, code, code, result) for line, (code, result) in enumerate(pairs, start=1)]
    return actions.receive_rows(actor=lab, rows=rows, at=at)


def results() -> dict[str, str]:
    return dict(Sample.objects.values_list("barcode", "result"))


@pytest.mark.parametrize(
    ("before", "said", "state", "then"),
    [
        ("", "negative", "matched", "negative"),
        ("", "positive", "matched", "positive"),
        ("", "invalid", "matched", "invalid"),
        ("negative", "negative", "known", "negative"),
        ("negative", "positive", "matched", "positive"),
        ("negative", "invalid", "unmatched", "negative"),
        ("positive", "negative", "unmatched", "positive"),
        ("positive", "positive", "known", "positive"),
        ("positive", "invalid", "unmatched", "positive"),
        ("invalid", "negative", "unmatched", "invalid"),
        ("invalid", "positive", "matched", "positive"),
        ("invalid", "invalid", "known", "invalid"),
    ],
)
def test_what_a_second_word_of_the_laboratory_does(lab, people, before, said, state, then):
    tubes_of(people[:1], at=after(90))
    if before:
        say(lab, ("T0001", before))
    batch = say(lab, ("T0001", said), at=after(510))
    row = ResultRow.objects.get(batch=batch)
    assert (row.state, results()["T0001"]) == (state, then)
    assert row.problem == ("contradicts" if state == "unmatched" else "")
    values = list(Fact.objects.filter(kind="test").order_by("recorded_at").values_list("pk", flat=True))
    assert len(values) == 1 + bool(before) + (state == "matched")


def test_a_positive_of_an_invalid_tube_counts_although_another_was_taken_since(lab, people):
    """The whole delivery broke on the law of one sample a round, and the positive was lost with it."""
    tubes_of(people[:1], at=after(90))
    say(lab, ("T0001", "invalid"))
    actions.take_samples(actor=lab, samples=[SampleIn(people[0], "T0100")], at=after(510))
    say(lab, ("T0001", "positive"), ("T0100", "negative"), at=after(520))
    assert results() == {"T0001": "positive", "T0100": "negative"}
    assert Arrival.objects.get(pk=people[0]).outcome == "hospital"
    assert [call.sample.barcode for call in calls_to_make(lab, after(521))] == ["T0001"]


def test_the_database_still_holds_one_open_sample_a_round(lab, people):
    (tube,) = tubes_of(people[:1], at=after(90))
    tube.pk, tube.barcode, tube._state.adding = None, "T0100", True
    with pytest.raises(IntegrityError), transaction.atomic():
        tube.save(force_insert=True)


@pytest.mark.parametrize("first", ["negative", "positive"])
def test_two_words_of_one_delivery_end_with_the_positive(lab, people, first):
    tubes_of(people[:1], at=after(90))
    second = {"negative": "positive", "positive": "negative"}[first]
    batch = say(lab, ("T0001", first), ("T0001", second))
    assert results()["T0001"] == "positive"
    assert (batch.matched, batch.unmatched) == ((2, 0) if first == "negative" else (1, 1))


def test_a_new_sample_of_an_invalid_round_is_the_one_that_counts(lab, people):
    tubes_of(people[:1], at=after(90))
    say(lab, ("T0001", "invalid"))
    actions.take_samples(actor=lab, samples=[SampleIn(people[0], "T0100")], at=after(510))
    refused("sampled_before", actions.take_samples, actor=lab, samples=[SampleIn(people[0], "T0200")], at=after(515))
    say(lab, ("T0100", "negative"), at=after(520))
    assert results() == {"T0001": "invalid", "T0100": "negative"}
    assert people[0] not in {one.arrival.pk for one in due_samples(lab, after(530))}


def test_a_correction_by_hand_turns_a_negative_and_never_a_positive(lab, people):
    tubes_of(people[:2], at=after(90))
    say(lab, ("T0001", "negative"), ("T0002", "positive"), ("TYPO1", "positive"), ("TYPO2", "negative"))
    positive, negative = queue_of(lab).order_by("barcode")
    refused("contradicts", actions.settle_row, actor=lab, row_id=negative.pk, barcode="T0002", at=after(510))
    done = actions.settle_row(actor=lab, row_id=positive.pk, barcode="T0001", at=after(520))
    assert results() == {"T0001": "positive", "T0002": "positive"}
    assert (done.state, done.settled_by_id, done.settled_at) == ("settled", lab.user_id, after(520))
    assert done.sample.barcode == "T0001" and done.barcode == "TYPO1", "the row stays as it came"


def test_a_row_set_aside_stays_on_record_with_who_and_why(lab, people):
    say(lab, ("T7777", "positive"))
    done = actions.set_aside(
        actor=lab, row_id=queue_of(lab).get().pk, why="  of another city " + "x" * 300, at=after(510)
    )
    assert (done.state, done.settled_by_id, done.settled_at) == ("aside", lab.user_id, after(510))
    assert done.why.startswith("of another city") and len(done.why) == 200
    refused("row_settled", actions.set_aside, actor=lab, row_id=done.pk, why="again", at=after(520))


def test_a_settled_row_that_comes_again_is_known(lab, people):
    tubes_of(people[:1], at=after(90))
    say(lab, ("TYPO1", "negative"))
    actions.settle_row(actor=lab, row_id=queue_of(lab).get().pk, barcode="T0001", at=after(510))
    assert say(lab, ("TYPO1", "negative"), at=after(520)).known == 1 and not queue_of(lab)


@pytest.mark.parametrize("seconds", [0, 59])
def test_a_result_of_the_minute_of_the_sample_is_believed(lab, people, seconds):
    """Files say the minute, samples the second."""
    tubes_of(people[:1], at=after(90) + timedelta(seconds=seconds))
    batch = actions.receive_rows(actor=lab, rows=[ReadRow(1, "x", "T0001", "negative", after(90))], at=after(500))
    assert batch.matched == 1 and Sample.objects.get().tested_at == after(90)


def test_a_delivery_says_whose_it_is_and_keeps_the_rows_as_they_came(lab, people):
    data = results_file(("T7777", "阳性", "2020-03-21 14:00"), ("", "阴性", ""))
    batch = actions.receive_results(actor=lab, name="n" * 200, data=data, at=after(500))
    assert (batch.received_by_id, batch.place, len(batch.name), len(batch.sha256)) == (lab.user_id, "140100", 120, 64)
    first, second = batch.lines.order_by("line")
    assert "T7777" in first.raw and first.tested_at == after(360) and second.problem == "barcode"
    line = AuditLine.objects.get(act="quarantine.laboratory.receive_results")
    assert line.detail["gave"] == str(batch.pk) and "T7777" not in str(line.detail)


@pytest.mark.parametrize("rows", [0, 50_001])
def test_a_delivery_of_none_or_of_too_many_is_refused(lab, rows):
    code = "results_too_many_rows" if rows else "results_no_rows"
    many = [ReadRow(1, "x", "T0001", "negative")] * rows
    no = refused(code, actions.receive_rows, actor=lab, rows=many, at=after(500))
    assert str(no.do) and not ResultBatch.objects.exists()


def test_samples_are_taken_for_all_or_for_nobody(lab, people):
    tubes_of(people[:1], at=after(90))
    both = [SampleIn(people[1], "T0100"), SampleIn(people[0], "T0101")]
    refused("sampled_before", actions.take_samples, actor=lab, samples=both, at=after(95))
    assert results() == {"T0001": ""} and Fact.objects.filter(kind="test").count() == 1


def test_a_sample_keeps_who_took_it_where_and_until_when_it_was_due(lab):
    (stay,) = people_inside(1)
    nurse = an_actor(Role.HOUSE, COUNTY, "H01")
    (one,) = actions.take_samples(actor=nurse, samples=[SampleIn(stay.arrival_id, " T0001 ")], at=after(60, days=7))
    assert (one.barcode, one.round, one.house, one.taken_by_id) == ("T0001", 7, "H01", nurse.user_id)
    assert (one.due_from, one.due_until) == (after(-8 * 60, days=7), after(16 * 60, days=7))


def test_a_house_sees_and_sends_the_samples_of_its_own_people(lab, client):
    """The samples stood under the city of the flight, where no house could see them."""
    stays = people_inside(2)
    tubes_of([stay.arrival_id for stay in stays], at=after(200))
    other = arrivals_of(a_flight_to_house([a_passenger(30)], number="CA910"))
    tubes_of([other[0].pk], at=after(200), prefix="P")
    nurse, stranger = an_actor(Role.HOUSE, COUNTY, "H01"), an_actor(Role.HOUSE, COUNTY, "H02")
    assert [one.barcode for one in waiting_samples(nurse)] == ["T0001", "T0002"] and not waiting_samples(stranger)
    refused("nothing_to_send", actions.send_samples, actor=stranger, at=after(205))
    page = opened(signed_in(client, Role.HOUSE, COUNTY, "H01"), "samples", at=after(206))
    assert page.context["unsent"] == 2 and "T0001" in page.text and "P0001" not in page.text
    assert actions.send_samples(actor=nurse, at=after(210)) == 2
    sent = dict(Sample.objects.values_list("barcode", "sent_at"))
    assert sent == {"T0001": after(210), "T0002": after(210), "P0001": None}


def test_a_sample_with_a_result_is_not_sent_any_more(lab, people):
    tubes_of(people, at=after(90))
    say(lab, ("T0001", "negative"))
    assert actions.send_samples(actor=lab, at=after(510)) == 2


def test_waiting_samples_stand_oldest_first_within_the_own_place(lab, people):
    tubes_of(people[:1], at=after(95), prefix="B")
    tubes_of(people[1:2], at=after(90), prefix="C")
    tubes_of(people[2:], at=after(95), prefix="A")
    assert [one.barcode for one in waiting_samples(lab)] == ["C0001", "A0001", "B0001"]
    assert not waiting_samples(an_actor(Role.LABORATORY, OTHER_COUNTY))


def test_calls_to_make_stand_by_their_two_hours_and_those_made_leave_after_two_days(lab, people):
    tubes_of(people, at=after(90))
    say(lab, ("T0002", "positive"), at=after(500))
    say(lab, ("T0001", "positive"), ("T0003", "negative"), at=after(510))
    calls = calls_to_make(lab, after(625))
    assert [(call.sample.barcode, call.late) for call in calls] == [("T0002", True), ("T0001", False)]
    told = Sample.objects.get(barcode="T0002")
    actions.tell_positive(actor=lab, sample_id=told.pk, at=after(630))
    assert [call.sample.barcode for call in calls_to_make(lab, after(640))] == ["T0001", "T0002"]
    assert [call.sample.barcode for call in calls_to_make(lab, after(630, days=2))] == ["T0001"]


def test_nobody_settles_a_row_of_another_place(lab, people):
    say(lab, ("T7777", "positive"))
    row = queue_of(lab).get()
    for act, words in ((actions.settle_row, {"barcode": "T0001"}), (actions.set_aside, {"why": "x"})):
        with pytest.raises(Http404):
            act(actor=an_actor(Role.LABORATORY, OTHER_COUNTY), row_id=row.pk, at=after(510), **words)
    assert queue_of(lab).get().state == "unmatched"
