"""Lists read while they come: the same people and problems as read whole, in any pieces, in little memory."""

import io
import tracemalloc
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.manifests import (
    ManifestUnreadable,
    Record,
    read_manifest,
    remember,
    stream_manifest,
    write_csv,
    write_paxlst,
    write_xlsx,
)
from hucheng.engines.manifests.segments import segments_in, segments_of
from hucheng.engines.manifests.streaming import stream_csv, stream_paxlst
from hucheng.engines.manifests.tests.strategies import LEGS, PREPARED, TODAY, csv_of, travellers
from hucheng.engines.manifests.tests.test_bcbp import SINGLE
from hucheng.engines.manifests.tests.test_mapping import ALL, ODD, SETTLED
from hucheng.engines.manifests.tests.test_mrz import FIRST, SECOND
from hucheng.engines.manifests.tests.test_paxlst import GOOD
from hucheng.engines.manifests.tests.test_paxlst_frame import interchange, part
from hucheng.engines.manifests.tests.test_sheets import HEADER, ROWS


def streamed(data: bytes, chunk: int = 4096, **options):
    """Give the people and the problems of the whole, in the order in which they came."""
    given_things = list(stream_manifest(io.BytesIO(data), today=TODAY, chunk=chunk, **options))
    people = [one.traveller for one in given_things if isinstance(one, Record)]
    return people, [one for one in given_things if not isinstance(one, Record)]


def in_pieces(text: str, size: int):
    return [text[place : place + size] for place in range(0, len(text), size)]


def told(problems):
    return sorted((one.code, one.line, one.field, one.value, one.person or 0) for one in problems)


def assert_as_whole(people, problems, whole) -> None:
    assert [(one.number, one.line, one.raw) for one in people] == [(o.number, o.line, o.raw) for o in whole.travellers]
    assert [one.document for one in people] == [one.document for one in whole.travellers]
    assert told([*problems, *(found for one in people for found in one.problems)]) == told(whole.problems)
    assert [one.readable for one in people] == [one.readable for one in whole.travellers]


MESSAGES = {
    "good": GOOD,
    "cut in a person": GOOD[: GOOD.index(b"DTM+36")],
    "cut in the end": GOOD[:-20],
    "wrong counts": GOOD.replace(b"UNT+18", b"UNT+99").replace(b"CNT+42:2", b"CNT+42:9"),
    "twice": GOOD.replace(b"EZ2", b"EZ1").replace(b"MUSTER:MAX", b"TESTWANG:LIHUA"),
    "shared seat": GOOD.replace(b"ATT+2++M'", b"RFF+SEA:34F'").replace(b"200101", b"800101"),
    "not aboard": GOOD.replace(b"BGM+745", b"BGM+266+CLNB"),
    "parts": interchange(part(1, "C"), part(3, "F"), count=5),
    "two flights": interchange(part(1, "F"), part(2, "F", reference="x").replace(b"HU7976'", b"CA910'")),
    "no end of a message": interchange(part(1, "C"), part(2, "F")).replace(b"CNT+42:1'\r\nUNT+9+1'\r\n", b"", 1),
    "damaged first segment": GOOD.replace(b"NAD+FL+++TESTWANG", b"NA4D+FL+++TESTWANG"),
    "stray segment": GOOD.replace(b"UNT+18", b"NAT+2+CHN'UNT+19"),
    "bad time": GOOD.replace(b"2003201405", b"2003201465"),
}


@pytest.mark.parametrize("name", MESSAGES)
@pytest.mark.parametrize("size", [1, 7, 64, 100_000])
def test_a_message_that_comes_in_pieces_is_the_message_read_whole(name, size):
    data = MESSAGES[name]
    given_things = list(stream_paxlst(in_pieces(data.decode(), size), today=TODAY))
    people = [one.traveller for one in given_things if isinstance(one, Record)]
    problems = [one for one in given_things if not isinstance(one, Record)]
    assert_as_whole(people, problems, read_manifest(data, today=TODAY))


def test_a_person_is_given_before_the_next_has_come():
    def chunks():
        end = GOOD.index(b"NAD+FL+++MUSTER")
        yield GOOD[:end].decode()
        yield GOOD[end : end + 20].decode() + "'"
        raise AssertionError("read on before giving the first person")

    first = next(iter(stream_paxlst(chunks(), today=TODAY)))
    assert first.traveller.surname == "TESTWANG" and first.traveller.raw.startswith("NAD+FL")


def test_a_message_without_persons_says_so():
    people, problems = streamed(GOOD[: GOOD.index(b"NAD+FL")])
    assert people == [] and [one.code for one in problems if one.fatal] == ["NO_PERSONS"]


SHEETS = {
    "good": csv_of(HEADER, *ROWS),
    "title above": csv_of("HU7976 旅客名单,,,,", HEADER, *ROWS),
    "bad rows": csv_of(HEADER, *ROWS, "TEST,女,1985-02-30,,1A", ",女,,,", "TEST,女,1985-01-01,EZ9,1A,extra"),
    "twice": csv_of(HEADER, *ROWS, ROWS[1]),
    "quoted breaks": csv_of(HEADER, '"TESTWANG\r\n/LIHUA",F,1985-04-30,EZ1,1A', ROWS[1]),
    "open quote": csv_of(HEADER, ROWS[0], '"TEST,F,1990-01-02,EZ2,2A'),
    "cut": csv_of(HEADER, *ROWS)[:-20],
    "two flights": csv_of("姓名,护照号,航班号", "王一,EZ1,HU7976", "王二,EZ2,CA910"),
    "empty rows": csv_of(HEADER, "", ROWS[0], ",,,,", ROWS[1]),
    "notes": csv_of("行 Row,姓名,护照号", "2,王一,EZ1", "3,,", "4,王二,EZ2"),
    "gb18030": csv_of(HEADER, *ROWS, encoding="gb18030"),
    "utf-16": csv_of(HEADER, *ROWS, encoding="utf-16"),
    "old macintosh": "\r".join((HEADER, *ROWS)).encode(),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_that_comes_in_pieces_is_the_sheet_read_whole(name):
    whole = read_manifest(SHEETS[name], today=TODAY)
    for chunk in (1, 5, 100_000):
        assert_as_whole(*streamed(SHEETS[name], chunk), whole)


@pytest.mark.parametrize("size", [1, 3, 11])
def test_rows_cut_between_their_letters_are_whole(size):
    text = SHEETS["quoted breaks"].decode()
    given_things = list(stream_csv(in_pieces(text, size), today=TODAY))
    assert [one.traveller.surname for one in given_things] == ["TESTWANG", "TESTLI"]


def test_a_sheet_without_rows_says_so():
    assert [one.code for one in streamed(csv_of(HEADER))[1]] == ["NO_ROWS"]


def test_a_sheet_not_understood_says_so_and_a_memory_helps():
    people, problems = streamed(csv_of(*ODD))
    assert people == [] and [one.code for one in problems] == ["UNKNOWN_COLUMNS"]
    people, problems = streamed(csv_of(*ODD), memory=remember({}, ALL, SETTLED))
    assert [one.seat for one in people] == ["34F", "35A"] and problems == []


def test_a_mapping_is_taken_and_a_column_that_is_missing_is_said():
    people, problems = streamed(csv_of(HEADER, *ROWS), mapping={"sex": "", "seat": "没有"})
    assert people[0].sex == "" and [one.code for one in problems] == ["MAPPED_COLUMN_MISSING"]


@pytest.mark.parametrize("data", [
    write_xlsx([]), b'[{"surname": "X"}]', f"{FIRST}\n{SECOND}\n".encode(), SINGLE.encode(),
], ids=["xlsx", "json", "mrz", "bcbp"])  # fmt: skip
def test_what_has_no_order_of_rows_is_read_whole(data):
    with pytest.raises(ManifestUnreadable) as no:
        streamed(data)
    assert no.value.problem.code == "WHOLE_ONLY" and no.value.problem.do.en


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "EMPTY"), (b"%PDF-1.7", "WRONG_TYPE"), (bytes(range(128, 256)) * 20, "BAD_ENCODING")]
)
def test_what_is_no_list_is_refused_at_its_beginning(data, code):
    with pytest.raises(ManifestUnreadable) as no:
        streamed(data)
    assert no.value.problem.code == code


def test_letters_that_break_off_later_are_said_not_guessed():
    data = csv_of(HEADER, *ROWS * 100) + b"\xff\xfe broken"
    with pytest.raises(ManifestUnreadable) as no:
        streamed(data)
    assert no.value.problem.code == "BAD_ENCODING"


def test_text_without_an_end_of_segment_does_not_fill_the_memory():
    """Fifty million letters without a terminator: the open segment is given up, and said."""

    class Endless(io.RawIOBase):
        left = 50 * 1024 * 1024

        def read(self, size=-1):
            size = min(size, self.left)
            self.left -= size
            head = GOOD[: GOOD.index(b"CNT")] if self.left > 50 * 1024 * 1024 - 2 * size else b""
            return (head + b"A" * max(size - len(head), 0))[:size]

    things = list(stream_manifest(Endless(), today=TODAY))
    assert "TRUNCATED" in [one.code for one in things if not isinstance(one, Record)]


def test_memory_follows_the_open_person_not_the_file():
    body = b"NAD+FL+++TEST:%08d'DTM+329:850430'FTX+AAI+++" + b"X" * 2000 + b"'"
    head, tail = GOOD[: GOOD.index(b"NAD+FL")], b"UNT+1+1'UNZ+1+9'"

    def chunks():
        yield head.decode()
        for number in range(2000):
            yield (body % number).decode()
        yield tail.decode()

    tracemalloc.start()
    count = sum(isinstance(one, Record) for one in stream_paxlst(chunks(), today=TODAY))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2000 and peak < 3_000_000, "the file has more than 4 million characters"


@given(travellers(chinese=False), st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_any_written_message_streams_as_it_reads(people, size):
    data = write_paxlst(people, flight="HU7976", legs=LEGS, prepared=PREPARED)
    given_things = list(stream_paxlst(in_pieces(data.decode(), size), today=TODAY))
    whole = read_manifest(data, today=TODAY)
    assert_as_whole(
        [one.traveller for one in given_things if isinstance(one, Record)],
        [one for one in given_things if not isinstance(one, Record)],
        whole,
    )


@given(travellers(), st.integers(1, 60))
@settings(max_examples=40, deadline=None)
def test_any_written_sheet_streams_as_it_reads(people, chunk):
    data = write_csv(people, flight="HU7976")
    assert_as_whole(*streamed(data, chunk), read_manifest(data, today=TODAY))


@given(st.text("UNABHDFL+:?' \r\n123", max_size=80), st.integers(1, 9))
def test_segments_in_pieces_are_the_segments(text, size):
    found = list(segments_in(in_pieces(text, size)))
    segments, rest = segments_of(text)
    assert tuple(one for one in found if one.tag) == segments
    assert "".join(one.raw for one in found if not one.tag) == rest


def test_dates_are_judged_by_the_day_of_each_envelope():
    later = GOOD.replace(b"200321:0915", b"010101:0000")
    people, _problems = streamed(GOOD.replace(b"200101", b"190101") + later.replace(b"200101", b"010101"))
    assert [one.birth for one in people][1] == date(2019, 1, 1) and people[3].birth == date(2001, 1, 1)
