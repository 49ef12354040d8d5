"""Taking a passenger list in: the whole file or nothing, every row accounted for."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Destination, Role
from hucheng.engines.manifests import (
    ManifestUnreadable,
    Problem,
    Reading,
    Traveller,
    UnfitMapping,
    merge,
    read_manifest,
    remember,
)
from hucheng.engines.manifests.columns import template
from hucheng.entry.flights.actions import flight_to_change
from hucheng.entry.flights.models import Arrival, Custody, Flight, Whereabouts
from hucheng.entry.manifests.cells import given_names, with_long_cells_to_mend
from hucheng.entry.manifests.models import Manifest, ManifestRow, SettledColumns
from hucheng.entry.manifests.queries import columns_to_confirm, memory_of, source_of
from hucheng.people import door as people

CAPITAL_PORTS = {"PEK", "PKX"}
State = ManifestRow.State
NATIONAL_KEEPER = "AIRLINE"


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def receive_manifest(
    *,
    actor: Actor,
    flight_id: UUID,
    name: str,
    data: bytes,
    mapping: Mapping[str, str] | None = None,
    at: datetime,
) -> Manifest:
    """Take one file for one flight: people found or added, arrivals made, every row kept with what became of it.

    Scanned boarding passes take nobody in: they tell the seats of those who are on the lists already.
    What was settled about the columns of the airline's sheets counts before every guess, `mapping` before both.
    After it: rows = new + updated + same + duplicate + rejected + pending; the same file again gives no new row.
    Refuses a file of which nothing can be used, a sheet whose columns are not understood, one without documents or with
    seats or documents in a column that is not taken for them until a person has settled its columns, and a list of
    another flight; nothing is kept then.
    """
    flight = flight_to_change(actor, flight_id)
    reading = _read(data, name, mapping, memory_of(actor, source_of(flight)), at)
    _check_flight(flight, reading)
    manifest = Manifest(
        flight=flight,
        place=flight.place,
        received_at=at,
        name=name[:120],
        sha256=reading.sha256,
        format=reading.format,
        control_total=reading.control_total,
        rows=reading.rows,
        mapping=dict(reading.mapping),
        columns=list(reading.columns),
    )
    lines = _lines(manifest, reading)
    if reading.format == "bcbp":
        _take_seats(flight, lines, reading)
    else:
        _settle(actor, flight, lines, reading, at)
    for state in State:
        setattr(manifest, state.value, sum(line.state == state for line in lines))
    manifest.save(force_insert=True)
    ManifestRow.objects.bulk_create(lines)
    return manifest


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def settle_columns(*, actor: Actor, flight_id: UUID, columns: Mapping[str, str], at: datetime) -> SettledColumns:
    """Remember what each column of the sheets of a flight's airline holds: header -> field, "" for nothing.

    After it: the next sheet of this airline is read so, whatever its headers would suggest.
    Refuses a field that no list has, one field in two columns, and a sheet without a column of names.
    """
    flight = flight_to_change(actor, flight_id)
    source = source_of(flight)
    try:
        settled = remember(memory_of(actor, source), columns, columns)
    except UnfitMapping as unfit:
        raise _unfit(unfit) from unfit
    return SettledColumns.objects.create(
        source=source, place=flight.place, columns=settled, settled_at=at, settled_by_id=actor.user_id
    )


def _unfit(unfit: UnfitMapping) -> Refusal:
    if unfit.code == "unknown_field":
        return Refusal(
            "columns_unknown_field",
            why=_("“%(field)s” is no field of a passenger list.") % {"field": unfit.value},
            do=_("Choose one of the fields offered."),
        )
    if unfit.code == "field_twice":
        return Refusal(
            "columns_field_twice",
            why=_("Two columns cannot both hold “%(field)s”.") % {"field": unfit.value},
            do=_("Leave one of the two without a field."),
        )
    return Refusal(
        "columns_no_name",
        why=_("No column holds a name."),
        do=_("Say which column holds the surname, the whole name or the Chinese name."),
    )


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def set_aside(*, actor: Actor, row_id: UUID, at: datetime) -> ManifestRow:
    """Set a row aside that cannot be mended; it stays in the account as rejected."""
    row = ManifestRow.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None:
        raise Http404
    if row.state != State.PENDING:
        raise Refusal(
            "row_settled", why=_("This row is settled already."), do=_("Open the list to see what it led to.")
        )
    _count(row, State.REJECTED)
    return row


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def mend_row(*, actor: Actor, row_id: UUID, record: people.PersonRecord, seat: str, at: datetime) -> ManifestRow:
    """Settle a row with what a person read from the document: the traveller is found or added as from the file."""
    row = ManifestRow.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=row_id).first()
    if row is None:
        raise Http404
    if row.state != State.PENDING:
        raise Refusal(
            "row_settled", why=_("This row is settled already."), do=_("Open the list to see what it led to.")
        )
    flight = flight_to_change(actor, row.manifest.flight_id)
    (found,) = people.find_or_add(actor=actor, records=[record], place="000000", reason="manifest", at=at)
    arrival = Arrival.objects.filter(flight=flight, person__in=people.rows_of(found.human_id)).first()
    if arrival is None:
        arrival = _arrival(flight, found.person_id, Traveller(number=0, seat=seat), at)
        arrival.save(force_insert=True)
        Custody.objects.create(arrival=arrival, at=at, whereabouts=arrival.whereabouts, holder=arrival.holder)
        row.state = State.NEW
    else:
        row.state = State.SAME
    row.arrival = arrival
    _count(row, State(row.state))
    return row


def _read(
    data: bytes, name: str, mapping: Mapping[str, str] | None, memory: Mapping[str, str], at: datetime
) -> Reading:
    """The file as read. Refuses one that cannot be opened and one whose columns are not understood."""
    today = at.astimezone(SHANGHAI).date()
    try:
        reading = read_manifest(data, name=name, today=today, mapping=mapping, memory=memory)
    except ManifestUnreadable as unreadable:
        raise _of_no_use(unreadable.problem) from unreadable
    if unknown := [problem for problem in reading.problems if problem.code == "UNKNOWN_COLUMNS"]:
        raise _of_no_use(unknown[0])
    if not reading.travellers:
        raise _of_no_use(next(problem for problem in reading.problems if problem.fatal))
    if not mapping and (unsure := columns_to_confirm(reading, today, memory)):
        raise _to_confirm(unsure)
    return with_long_cells_to_mend(reading)


def _to_confirm(fields: Collection[str]) -> Refusal:
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    names = [getattr(one, language) for one in template() if one.field in fields]
    told = ("、" if language == "zh" else ", ").join(names)
    return Refusal(
        "columns_to_confirm",
        why=_("Names are understood, but no column is taken for: %(fields)s.") % {"fields": told},
        do=_("Look at the columns and confirm them: which holds it, or that none does. Then send the list again."),
    )


def _of_no_use(problem: Problem) -> Refusal:
    language = get_language() or "zh"
    why, do = problem.why.in_language(language), problem.do.in_language(language)
    return Refusal(f"manifest_{problem.code.lower()}", why=why, do=do)


def _check_flight(flight: Flight, reading: Reading) -> None:
    said = reading.flight.replace(" ", "").upper()
    if said and said != flight.number:
        raise Refusal(
            "other_flight",
            why=_("The list is of flight %(said)s, not of %(flight)s.") % {"said": said, "flight": flight.number},
            do=_("Open the flight that the list belongs to and send it there."),
        )


def _lines(manifest: Manifest, reading: Reading) -> list[ManifestRow]:
    return [
        ManifestRow(
            manifest=manifest,
            line=traveller.line,
            raw=traveller.raw or "-",
            state=_state(traveller),
            problems=[as_stored(problem) for problem in traveller.problems],
        )
        for traveller in reading.travellers
    ]


def _state(traveller: Traveller) -> State:
    """A row that repeats another exactly is settled: there is nothing to mend."""
    if traveller.readable:
        return State.NEW
    fatal = {problem.code for problem in traveller.problems if problem.fatal}
    return State.DUPLICATE if fatal == {"DUPLICATE_ROW"} else State.PENDING


def as_stored(problem: Problem) -> dict[str, Any]:
    """A problem as kept beside its row; the value itself stays in the sealed raw text."""
    return {
        "code": problem.code,
        "line": problem.line,
        "field": problem.field,
        "why": asdict(problem.why),
        "do": asdict(problem.do),
        "fatal": problem.fatal,
    }


def _settle(actor: Actor, flight: Flight, lines: list[ManifestRow], reading: Reading, at: datetime) -> None:
    usable = [(line, t) for line, t in zip(lines, reading.travellers, strict=True) if t.readable]
    before_now = _arrivals_of_equal_rows(flight, usable)
    for line, _traveller in usable:
        if line.raw in before_now:
            line.state, line.arrival = State.SAME, before_now[line.raw]
    usable = [(line, t) for line, t in usable if line.raw not in before_now]
    records = [_record(traveller) for _line, traveller in usable]
    found = people.find_or_add(actor=actor, records=records, place="000000", reason="manifest", at=at)
    known = _by_human(flight)
    before = {arrival.pk for arrival in known.values()}
    fresh: list[Arrival] = []
    changed: list[Arrival] = []
    seen: set[UUID] = set()
    for (line, traveller), person in zip(usable, found, strict=True):
        arrival = known.get(person.human_id)
        if person.human_id in seen:
            line.state = State.DUPLICATE
        elif arrival is None:
            arrival = known[person.human_id] = _arrival(flight, person.person_id, traveller, at)
            fresh.append(arrival)
        elif _update(arrival, traveller):
            line.state = State.UPDATED
            changed.append(arrival)
        else:
            line.state = State.SAME
        seen.add(person.human_id)
        line.arrival = arrival
    Arrival.objects.bulk_create(fresh)
    Custody.objects.bulk_create(Custody(arrival=a, at=at, whereabouts=a.whereabouts, holder=a.holder) for a in fresh)
    Arrival.objects.bulk_update([a for a in changed if a.pk in before], ["seat", "party"], batch_size=100)


def _by_human(flight: Flight) -> dict[UUID, Arrival]:
    """Who is on the flight already, by the row that stands for each human: a passport of either row is the same one."""
    aboard = list(Arrival.objects.filter(flight=flight))
    humans = people.human_of(arrival.person_id for arrival in aboard)
    return {humans[arrival.person_id]: arrival for arrival in aboard}


def _arrivals_of_equal_rows(flight: Flight, usable: list[tuple[ManifestRow, Traveller]]) -> dict[str, Arrival]:
    """By row: who came in by the very same row of an earlier list of this flight, where no document tells.

    The register joins nobody by name and birth alone, so that such a row would make a new person each time it is sent.
    """
    bare = {line.raw for line, t in usable if not (t.resident_id or t.document and t.document.number)}
    if not bare:
        return {}
    earlier = ManifestRow.objects.filter(manifest__flight=flight).exclude(arrival=None).select_related("arrival")
    return {row.raw: row.arrival for row in earlier if row.arrival and row.raw in bare}


def _arrival(flight: Flight, person_id: UUID, traveller: Traveller, at: datetime) -> Arrival:
    return Arrival(
        flight=flight,
        person_id=person_id,
        kind=traveller.kind,
        place=flight.place,
        seat=traveller.seat,
        party=traveller.pnr,
        destination=_bound_for(traveller),
        whereabouts=Whereabouts.PORT if flight.landed_at else Whereabouts.ABOARD,
        holder=settings.HUCHENG_DESK if flight.landed_at else NATIONAL_KEEPER,
        held_since=at,
    )


def _bound_for(traveller: Traveller) -> Destination:
    """The list says where a seat ends, not where a person lives: the declaration corrects it."""
    if traveller.kind == "crew":
        return Destination.ELSEWHERE
    if traveller.debark in CAPITAL_PORTS:
        return Destination.CAPITAL
    return Destination.CITY if traveller.debark == settings.HUCHENG_PORT else Destination.ELSEWHERE


def _update(arrival: Arrival, traveller: Traveller) -> bool:
    """Take a new seat or party; a list that does not say leaves what is known."""
    before = (arrival.seat, arrival.party)
    arrival.seat = traveller.seat or arrival.seat
    arrival.party = traveller.pnr or arrival.party
    return (arrival.seat, arrival.party) != before


def _take_seats(flight: Flight, lines: list[ManifestRow], reading: Reading) -> None:
    """Scanned passes register nobody; each tells the seat of somebody who is on the lists of the flight already."""
    arrivals = list(Arrival.objects.filter(flight=flight).select_related("person").order_by("pk"))
    known = tuple(
        Traveller(number=place, surname=one.person.surname, given=one.person.given, seat=one.seat, pnr=one.party)
        for place, one in enumerate(arrivals)
    )
    changed = []
    for one in merge([replace(reading, format="paxlst", travellers=known), reading]).people:
        own = [source.number for source in one.sources if source.reading == 0]
        passes = [source.number for source in one.sources if source.reading == 1]
        for number in passes if own else ():
            line, arrival = lines[number - 1], arrivals[own[0]]
            fresh = _update(arrival, reading.travellers[number - 1])
            line.arrival, line.state = arrival, State.UPDATED if fresh else State.SAME
            changed += [arrival] if fresh else []
    Arrival.objects.bulk_update(changed, ["seat", "party"], batch_size=100)


def _record(traveller: Traveller) -> people.PersonRecord:
    document = traveller.document
    return people.PersonRecord(
        name_zh=traveller.name_zh,
        surname=traveller.surname,
        given=given_names(traveller),
        sex=traveller.sex,
        birth=traveller.birth,
        nationality=traveller.nationality,
        document_type=document.type if document else "",
        document_number=document.number if document else "",
        document_issuer=document.issuer if document else "",
        resident_id=traveller.resident_id,
        phone=traveller.phone,
    )


def _count(row: ManifestRow, state: State) -> None:
    """Move one row of the account from pending to another state."""
    manifest = Manifest.objects.select_for_update().get(pk=row.manifest_id)
    manifest.pending -= 1
    setattr(manifest, state.value, getattr(manifest, state.value) + 1)
    manifest.save(update_fields=["pending", state.value])
    row.state = state
    row.save(update_fields=["state", "arrival"])
