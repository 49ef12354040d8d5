"""Taking and sending samples; taking in results, positives to the gate in the same transaction; telling people."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.engines.manifests import ManifestUnreadable
from hucheng.engines.manifests.table import MAX_ROWS
from hucheng.entry import door as entry
from hucheng.quarantine.laboratory.models import Result, ResultBatch, ResultRow, Sample
from hucheng.quarantine.laboratory.problems import file_refusal
from hucheng.quarantine.laboratory.queries import people_to_sample, positives_of, samples_of
from hucheng.quarantine.laboratory.rounds import round_at, window_of
from hucheng.quarantine.laboratory.sheet import BARCODE, ReadRow, read_results

TAKERS = {Role.LABORATORY, Role.MEDICAL, Role.QUARANTINE, Role.HOUSE}
LABORATORY = {Role.LABORATORY, Role.MEDICAL}
SOURCE = "laboratory"
State = ResultRow.State
Kind = entry.Fact.Kind


@dataclass(frozen=True, slots=True)
class SampleIn:
    """One tube: whose, and its barcode."""

    arrival_id: UUID
    barcode: str


@dataclass(slots=True)
class _Intake:
    """A delivery while it is taken in."""

    rows: list[ResultRow] = field(default_factory=list)
    changed: list[Sample] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)


@action(by=TAKERS)
def take_samples(*, actor: Actor, samples: Sequence[SampleIn], at: datetime) -> list[Sample]:
    """Record samples of the round that is due, all or none. After it each person's test is pending.

    Refuses a barcode that is no barcode or is taken, a person named twice, one with a sample of this round, and one
    who has not landed.
    """
    codes = [one.barcode.strip() for one in samples]
    people = people_to_sample(actor, {one.arrival_id for one in samples})
    if len(people) != len({one.arrival_id for one in samples}):
        raise Http404
    _refuse_codes(codes)
    if len(people) != len(samples):
        raise Refusal("twice_named", why=_("Somebody is named twice."), do=_("One tube a person and round."))
    rows = [_sample(actor, people[one.arrival_id], code, at) for one, code in zip(samples, codes, strict=True)]
    held = Sample.objects.filter(arrival_id__in=people).exclude(result=Result.INVALID)
    known = set(held.values_list("arrival_id", "round"))
    if any((row.arrival_id, row.round) in known for row in rows):
        raise Refusal(
            "sampled_before",
            why=_("Somebody has a sample of this round already."),
            do=_("Reload the list; only an invalid sample is taken again."),
        )
    Sample.objects.bulk_create(rows)
    _tell_entry([(row.arrival_id, "pending") for row in rows], at)
    return rows


@action(by=TAKERS)
def send_samples(*, actor: Actor, at: datetime) -> int:
    """Send every sample that is taken and not sent yet. Gives how many; refuses when there is none."""
    sent = samples_of(actor).filter(sent_at=None, result="").update(sent_at=at)
    if not sent:
        raise Refusal("nothing_to_send", why=_("No sample waits to be sent."), do=_("Take samples first."))
    return sent


@action(by=LABORATORY)
def receive_results(*, actor: Actor, name: str, data: bytes, at: datetime) -> ResultBatch:
    """Take a file of results in: the whole file or nothing, every row accounted for, the same file again adds nothing.

    After it: matched results stand as facts, positives have shut the gate in this transaction; rows without a sample
    wait in the queue. Refuses a file of which nothing can be used.
    """
    try:
        rows = read_results(data)
    except ManifestUnreadable as no:
        raise file_refusal(no.problem.code) from no
    return _take_in(actor, rows, name[:120], hashlib.sha256(data).hexdigest(), at)


@action(by=LABORATORY)
def receive_rows(*, actor: Actor, rows: Sequence[ReadRow], at: datetime) -> ResultBatch:
    """Take results in as a laboratory's own system sends them. The same rules as for a file."""
    if not rows or len(rows) > MAX_ROWS:
        raise file_refusal("TOO_MANY_ROWS" if rows else "NO_ROWS")
    return _take_in(actor, rows, "API", "", at)


@action(by=LABORATORY)
def settle_row(*, actor: Actor, row_id: UUID, barcode: str, at: datetime) -> ResultRow:
    """A person says which sample a row of the queue belongs to; its result stands from now.

    Refuses an unknown barcode, a sample that has another result, and a row that is settled.
    """
    row = _waiting_row(actor, row_id)
    rows = Sample.objects.seen_by(actor).select_for_update(of=("self",))
    sample = rows.filter(barcode=barcode.strip()).first()
    if sample is None:
        raise Refusal(
            "no_sample", why=_("No sample here has this barcode."), do=_("Read it again from the tube or the list.")
        )
    if sample.result and not (row.result == Result.POSITIVE and sample.result != Result.POSITIVE):
        raise Refusal(
            "contradicts",
            why=_("The sample has a result already."),
            do=_("Ask the laboratory; set the row aside with the reason."),
        )
    _put(sample, row, at)
    sample.save(update_fields=["result", "tested_at", "received_at"])
    row.state, row.sample = State.SETTLED, sample
    row.settled_at, row.settled_by_id = at, actor.user_id
    row.save(update_fields=["state", "sample", "settled_at", "settled_by"])
    _tell_entry([(sample.arrival_id, row.result)], at)
    return row


@action(by=LABORATORY)
def set_aside(*, actor: Actor, row_id: UUID, why: str, at: datetime) -> ResultRow:
    """A row belongs to nobody here; it stays on record with the reason. Refuses without one."""
    row = _waiting_row(actor, row_id)
    if not why.strip():
        raise Refusal("reason_missing", why=_("A reason is missing."), do=_("Say whose result it is, or why it ends."))
    row.state, row.why = State.ASIDE, why.strip()[:200]
    row.settled_at, row.settled_by_id = at, actor.user_id
    row.save(update_fields=["state", "why", "settled_at", "settled_by"])
    return row


@action(by=TAKERS)
def tell_positive(*, actor: Actor, sample_id: UUID, at: datetime) -> Sample:
    """Record that somebody was told of a positive result, by whom and when. Refuses a second time."""
    sample = positives_of(actor).select_for_update(of=("self",)).filter(pk=sample_id).first()
    if sample is None:
        raise Http404
    if sample.told_at:
        raise Refusal("told_before", why=_("This person was told before."), do=_("The list shows when and by whom."))
    sample.told_at, sample.told_by_id = at, actor.user_id
    sample.save(update_fields=["told_at", "told_by"])
    return sample


def _refuse_codes(codes: Sequence[str]) -> None:
    if not codes or not all(BARCODE.fullmatch(code) for code in codes):
        raise Refusal(
            "no_barcode",
            why=_("A barcode is missing or not four to twenty letters and digits."),
            do=_("Scan the tube again."),
        )
    if len(set(codes)) < len(codes) or Sample.objects.filter(barcode__in=codes).exists():
        raise Refusal("barcode_taken", why=_("A barcode is on another sample already."), do=_("Take another tube."))


def _sample(actor: Actor, person: entry.Arrival, barcode: str, at: datetime) -> Sample:
    landed = person.flight.landed_at
    if landed is None or landed > at:
        raise Refusal("not_landed", why=_("The flight has not landed yet."), do=_("Record the landing first."))
    number = round_at(landed, at)
    begins, ends = window_of(landed, number)
    return Sample(
        arrival=person,
        place=person.place,
        house=person.holder,
        round=number,
        barcode=barcode,
        due_from=begins,
        due_until=ends,
        taken_at=at,
        taken_by_id=actor.user_id,
    )


def _take_in(actor: Actor, read: Sequence[ReadRow], name: str, digest: str, at: datetime) -> ResultBatch:
    barcodes = {row.barcode for row in read if row.barcode}
    locked = Sample.objects.seen_by(actor).select_for_update(of=("self",)).filter(barcode__in=barcodes)
    samples = {sample.barcode: sample for sample in locked.order_by("pk")}
    intake = _Intake()
    queued = ResultRow.objects.seen_by(actor).filter(state__in=[State.UNMATCHED, State.SETTLED, State.ASIDE])
    intake.seen = set(queued.filter(barcode__in=barcodes).values_list("barcode", "result"))
    batch = ResultBatch(place=actor.place, received_at=at, received_by_id=actor.user_id, name=name, sha256=digest)
    for row in read:
        _take_row(intake, batch, row, samples.get(row.barcode), at)
    states = [row.state for row in intake.rows]
    batch.rows = len(states)
    for state in (State.MATCHED, State.KNOWN, State.UNMATCHED, State.INVALID):
        setattr(batch, state.value, states.count(state))
    batch.save(force_insert=True)
    ResultRow.objects.bulk_create(intake.rows)
    changed = list({sample.pk: sample for sample in intake.changed}.values())
    Sample.objects.bulk_update(changed, ["result", "tested_at", "received_at"], batch_size=100)
    _tell_entry([(sample.arrival_id, sample.result) for sample in changed], at)
    return batch


def _take_row(intake: _Intake, batch: ResultBatch, read: ReadRow, sample: Sample | None, at: datetime) -> None:
    row = ResultRow(
        batch=batch,
        place=batch.place,
        line=read.line,
        raw=read.raw,
        barcode=read.barcode,
        result=read.result,
        tested_at=read.tested_at,
        received_at=at,
        sample=sample,
    )
    row.state, row.problem = _judged(intake, read, sample, at)
    if row.state == State.MATCHED and sample:
        _put(sample, row, at)
        intake.changed.append(sample)
    elif row.state == State.UNMATCHED:
        intake.seen.add((read.barcode, read.result))
    intake.rows.append(row)


def _judged(intake: _Intake, read: ReadRow, sample: Sample | None, at: datetime) -> tuple[ResultRow.State, str]:
    """What becomes of a row. A positive counts at once, whatever was said before; the other way a person decides."""
    if read.problem:
        return State.INVALID, read.problem
    if read.tested_at and (
        read.tested_at > at or (sample and read.tested_at < sample.taken_at.replace(second=0, microsecond=0))
    ):
        return State.INVALID, "time"
    if sample is not None and sample.result == read.result:
        return State.KNOWN, ""
    if sample is not None and (not sample.result or read.result == Result.POSITIVE):
        return State.MATCHED, ""
    if (read.barcode, read.result) in intake.seen:
        return State.KNOWN, ""
    return State.UNMATCHED, "contradicts" if sample else "no_sample"


def _put(sample: Sample, row: ResultRow, at: datetime) -> None:
    sample.result, sample.tested_at, sample.received_at = row.result, row.tested_at, at


def _tell_entry(found: Sequence[tuple[UUID, str]], at: datetime) -> None:
    """Results stand as facts from this minute; whoever they touch is judged again in this transaction."""
    facts = [entry.FactIn(person, Kind.TEST, value, at, SOURCE) for person, value in found]
    if facts:
        entry.record_facts(actor=SYSTEM, facts=facts, at=at)


def _waiting_row(actor: Actor, row_id: UUID) -> ResultRow:
    row = ResultRow.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None:
        raise Http404
    if row.state != State.UNMATCHED:
        raise Refusal("row_settled", why=_("This row is settled already."), do=_("Reload the queue."))
    return row
