"""Rows of passenger lists that wait for mending; the columns of an airline's sheets as they are understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.engines.manifests import ManifestUnreadable, Reading, Shown, read_manifest, shown
from hucheng.engines.manifests.columns import plain
from hucheng.entry.flights.models import Flight
from hucheng.entry.manifests.models import Manifest, ManifestRow, SettledColumns

NUMBERS = frozenset({"document_number", "resident_id"})
"""Fields of which one tells a person apart from everybody else."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a sheet: whose they are, what each is taken for, who settled them last."""

    source: str
    shown: tuple[Shown, ...]
    settled: SettledColumns | None


def rows_to_mend(actor: Actor, flight: Flight) -> QuerySet[ManifestRow]:
    """Pending rows of a flight's lists, oldest list first."""
    rows = ManifestRow.objects.seen_by(actor).filter(manifest__flight=flight, state=ManifestRow.State.PENDING)
    return rows.select_related("manifest").order_by("manifest__received_at", "line")


def source_of(flight: Flight) -> str:
    """The airline of a flight: the two signs before its number."""
    return flight.number[:2]


def settled_columns(actor: Actor, source: str) -> SettledColumns | None:
    """What was settled last about the sheets of an airline."""
    rows = SettledColumns.objects.seen_by(actor).filter(source=source)
    return rows.select_related("settled_by").order_by("settled_at", "id").last()


def memory_of(actor: Actor, source: str) -> dict[str, str]:
    """What is remembered of an airline's columns: plain header -> field, nothing before somebody settled it."""
    settled = settled_columns(actor, source)
    return settled.columns if settled else {}


def columns_of(actor: Actor, flight: Flight, at: datetime, data: bytes | None = None) -> Columns:
    """The columns of a sheet that was sent, or else of the last sheet of the flight's airline."""
    source = source_of(flight)
    settled = settled_columns(actor, source)
    memory, today = settled.columns if settled else {}, at.astimezone(SHANGHAI).date()
    try:
        reading = read_manifest(data, today=today, memory=memory) if data is not None else _last_sheet(actor, source)
    except ManifestUnreadable:
        reading = None
    return Columns(source, shown(reading, today=today, memory=memory) if reading else (), settled)


def columns_to_confirm(reading: Reading, today: date, memory: Mapping[str, str]) -> set[str]:
    """What a person should look for in a sheet before it is taken in: fields that tell people apart and were not found.

    A sheet without any number of a document could only make new people; a column whose content looks like documents or
    seats would be lost. Nothing once a person has settled every column of the sheet.
    """
    if not reading.columns or all(plain(header) in memory for header in reading.columns if plain(header)):
        return set()
    seen = shown(reading, today=today, memory=memory)
    lost = {one.field for one in seen if one.how == "content" and one.field in {*NUMBERS, "seat"}}
    return lost or (set() if NUMBERS & reading.mapping.keys() else {"document_number"})


def _last_sheet(actor: Actor, source: str) -> Reading | None:
    """The last sheet of an airline without its rows: they are nobody's business here."""
    sheets = Manifest.objects.seen_by(actor).filter(flight__number__startswith=source).exclude(columns=[])
    last = sheets.order_by("received_at", "id").last()
    if last is None:
        return None
    return Reading(
        format=last.format,
        flight=last.flight.number,
        legs=(),
        list_kind="",
        travellers=(),
        problems=(),
        control_total=None,
        rows=0,
        mapping=last.mapping,
        columns=tuple(last.columns),
    )
