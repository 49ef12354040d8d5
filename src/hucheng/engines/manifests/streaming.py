"""A list read while it comes, record by record: for feeds and files that are larger than any one flight.

Each person is given as soon as its last line has been read, with its raw source and every problem; what concerns the
whole follows as it becomes known. Kept in memory is what tells rows, documents and seats apart, not the source.
"""

import codecs
import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from typing import BinaryIO

from hucheng.engines.manifests.catalogue import problem, unreadable
from hucheng.engines.manifests.checks import Watch
from hucheng.engines.manifests.columns import NAMES, field_of, header_row
from hucheng.engines.manifests.dates import local_time
from hucheng.engines.manifests.delimited import FIELD_LIMIT, separator_of
from hucheng.engines.manifests.json_list import is_json
from hucheng.engines.manifests.paxlst import LEFT, Message, opens_person
from hucheng.engines.manifests.paxlst_frame import ENVELOPE_TAGS, envelope, envelope_problems, part_problems
from hucheng.engines.manifests.paxlst_person import person_of
from hucheng.engines.manifests.records import Problem, Traveller
from hucheng.engines.manifests.scans import is_bcbp, is_mrz
from hucheng.engines.manifests.segments import Segment, segments_in
from hucheng.engines.manifests.sniff import format_of, is_edifact, text_of
from hucheng.engines.manifests.table import Line, merged_mapping, row_of

CHUNK = 64 * 1024
HEAD_ROWS = 15
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)")
FRAME = ENVELOPE_TAGS | {"UNH"}


@dataclass(frozen=True, slots=True)
class Record:
    """One person as read, its problems included."""

    traveller: Traveller


def stream_manifest(
    stream: BinaryIO, *, today: date, mapping: Mapping[str, str] | None = None,
    memory: Mapping[str, str] | None = None, chunk: int = CHUNK,
) -> Iterator[Record | Problem]:  # fmt: skip
    """Read PAXLST or CSV from a stream: one Record a person, and each Problem of the file as it becomes known.

    mapping, memory  as `read_manifest` takes them
    chunk            bytes read at once
    raises           ManifestUnreadable when the beginning is no list that can be streamed; workbooks, JSON and scans
                     are read whole with `read_manifest`
    """
    first = stream.read(max(chunk, 4096))
    if first.startswith(b"PK"):
        raise unreadable("WHOLE_ONLY", found="XLSX")
    format_of(first)
    text, encoding = text_of(first)
    if is_json(text) or is_mrz(text) or is_bcbp(text):
        raise unreadable("WHOLE_ONLY", found="JSON / MRZ / BCBP")
    chunks = _decoded(chain([first], iter(lambda: stream.read(chunk), b"")), encoding)
    if is_edifact(text):
        yield from stream_paxlst(chunks, today=today)
    else:
        yield from stream_csv(chunks, today=today, mapping=mapping, memory=memory)


def _decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    for number, chunk in enumerate(chunks):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as strange:
            raise unreadable("BAD_ENCODING", line=number) from strange
        yield text.removeprefix("\ufeff") if number == 0 else text


def stream_paxlst(chunks: Iterable[str], *, today: date) -> Iterator[Record | Problem]:
    """Read PAXLST messages from text that comes in pieces of any length."""
    yield from _Messages(today).read(segments_in(chunks))


class _Messages:
    """Messages being read: of each is kept its head, of the whole what frames it, of the persons the open one."""

    def __init__(self, today: date) -> None:
        self.on = today
        self.watch = Watch(today)
        self.count = 0
        self.frame: list[Segment] = []
        self.heads: list[Message] = []
        self.cut = False
        self._open()

    def _open(self) -> None:
        self.head: list[Segment] = []
        self.person: list[Segment] = []
        self.tail: list[Segment] = []
        self.found = self.size = 0
        self.started = False

    def read(self, segments: Iterable[Segment]) -> Iterator[Record | Problem]:
        """Give every person, then what concerns the whole."""
        rest, last = "", 0
        for segment in segments:
            last = segment.number
            if segment.tag:
                yield from self._take(segment)
            else:
                rest, last = segment.raw, last - 1
        yield from self._close(rest)
        yield from self._whole(rest, last)

    def _take(self, segment: Segment) -> Iterator[Record | Problem]:
        if segment.tag in FRAME:
            yield from self._close()
            self.frame.append(segment)
            if segment.tag == "UNB" and (stamp := envelope([segment]).get("prepared_raw")):
                self.on = self.watch.on = local_time(stamp).date()
            if segment.tag != "UNH":
                return
        self.size += 1
        if segment.tag in ("CNT", "UNT"):
            yield from self._give()
            self.tail.append(segment)
        elif segment.tag == "NAD" and opens_person(segment, self.started):
            yield from self._give()
            self.person = [segment]
        else:
            self._add(segment)
        self.started = self.started or segment.tag == "TDT"
        if segment.tag == "UNT":
            yield from self._close()

    def _add(self, segment: Segment) -> None:
        if self.person:
            self.person.append(segment)
        else:
            (self.tail if self.found else self.head).append(segment)

    def _give(self, *problems: Problem) -> Iterator[Record]:
        """Give the person that stands open."""
        if not self.person:
            return
        self.count += 1
        self.found += 1
        traveller, met = person_of(self.person, number=self.count, on=self.on)
        met += [*self.watch.see(traveller), *(replace(one, line=traveller.line, person=self.count) for one in problems)]
        if (function := Message(self.head, self.on).function) in LEFT:
            met.append(problem("NOT_ABOARD", line=traveller.line, field="BGM", value=function, person=self.count))
        self.person = []
        yield Record(replace(traveller, problems=tuple(met)))

    def _close(self, rest: str = "") -> Iterator[Record | Problem]:
        """End a message: give the last person, and what its own counts and times contradict."""
        whole = any(segment.tag == "UNT" for segment in self.tail)
        yield from self._give(*([] if self.tail else [problem("CUT_OFF", value=rest[-80:])]))
        if self.size:
            message = Message([*self.head, *self.tail], self.on)
            self.heads.append(message)
            self.cut = self.cut or not whole
            yield from message.counted(self.found, self.size)
        self._open()

    def _whole(self, rest: str, last: int) -> Iterator[Problem]:
        if not self.count:
            yield problem("NO_PERSONS", line=last)
            return
        yield from envelope_problems(self.frame)
        yield from part_problems(self.heads)
        tags = {segment.tag for segment in self.frame}
        if rest or self.cut or ("UNB" in tags and "UNZ" not in tags):
            yield problem("TRUNCATED", line=last, value=rest[-80:])
        yield from many_flights(leg.flight for message in self.heads for leg in message.legs())


def many_flights(flights: Iterable[str]) -> Iterator[Problem]:
    """Give the problem of a list that names more than one flight."""
    if len(named := list(dict.fromkeys(flight for flight in flights if flight))) > 1:
        yield problem("MANY_FLIGHTS", field="flight", value=", ".join(named))


def stream_csv(
    chunks: Iterable[str], *, today: date, mapping: Mapping[str, str] | None = None,
    memory: Mapping[str, str] | None = None,
) -> Iterator[Record | Problem]:  # fmt: skip
    """Read CSV from text that comes in pieces of any length; the header stands in its first fifteen rows."""
    csv.field_size_limit(FIELD_LIMIT)
    text = _Lines(chunks)
    sample = text.peek(20)
    reader = csv.reader(text, delimiter=separator_of("".join(sample)))
    rows = (line for line in _rows(reader, text) if line.counts)
    first = list(islice(rows, HEAD_ROWS))
    top = header_row([line.cells for line in first], mapping or {}, memory)
    header = first[top or 0] if first else Line(0, ())
    used, problems = merged_mapping(header.cells, mapping or {}, memory)
    yield from problems
    if top is None or not NAMES & used.keys():
        yield problem("UNKNOWN_COLUMNS", line=header.number, value=" | ".join(header.cells))
        return
    watch, number, flights = Watch(today), 0, dict[str, None]()
    places = {name: header.cells.index(column) for name, column in used.items()}
    notes = {place for place, name in enumerate(header.cells) if field_of(name) == "note"}
    said = (line for line in chain(first[top + 1 :], rows) if line.says(notes))
    for number, line in enumerate(said, start=1):
        row = row_of(line, number, places, len(header.cells), today)
        traveller = row.traveller(json.dumps(line.cells, ensure_ascii=False))
        flights.setdefault(row.flight)
        yield Record(replace(traveller, problems=(*row.problems, *watch.see(traveller))))
    if not number:
        yield problem("NO_ROWS")
    yield from many_flights(flights)


class _Lines:
    """Lines of a text that comes in pieces, with their quotation marks counted."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self.chunks = iter(chunks)
        self.waiting: list[str] = []
        self.rest = ""
        self.quotes = 0
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        while self.waiting or self._more():
            self.last = self.waiting.pop(0)
            self.quotes += self.last.count('"')
            yield self.last

    def peek(self, count: int) -> list[str]:
        """Give the first lines without taking them."""
        while len(self.waiting) < count and self._more():
            pass
        return self.waiting[:count]

    def _more(self) -> bool:
        """Read on until a line is whole; the last one need not end."""
        for chunk in self.chunks:
            text = self.rest + chunk
            end = max(text.rfind("\n"), text[:-1].rfind("\r")) + 1
            self.rest = text[end:]
            if end:
                self.waiting += _cut(text[:end])
                return True
        last, self.rest = self.rest, ""
        self.waiting += [last] if last else []
        return bool(last)


def _cut(text: str) -> list[str]:
    """Cut at line ends as files have them; other signs that break lines are data."""
    return LINE.findall(text)


def _rows(reader: Iterator[list[str]], text: _Lines) -> Iterator[Line]:
    """Give rows, each once the next is there: what is wrong with the end stands on the last."""
    held: Line | None = None
    width, start = 0, 1
    for cells in reader:
        line = Line(start, tuple(cell.strip(" \u3000\xa0\r\n") for cell in cells))
        start = reader.line_num + 1  # type: ignore[attr-defined]
        if held is not None:
            width = len(held.cells)
            yield held
        held = line
    if held is None:
        return
    if text.quotes % 2:
        held = replace(held, problems=("UNCLOSED_QUOTE",))
    elif width and not text.last.endswith(("\n", "\r")) and len(held.cells) < width:
        held = replace(held, problems=("CUT_OFF",))
    yield held
