"""The benchmark of damaged lists, a few hundred of them, and that it would see what it looks for."""

import random
from dataclasses import replace

import pytest

from hucheng.engines.manifests import read_manifest


def a_list(bench, kind: str, count: int = 4) -> bytes:
    return bench.MAKERS[kind](bench.people(count, random.Random(1)))


@pytest.mark.parametrize("seed", [1, 2])
def test_damaged_lists_crash_nothing_and_lose_nobody_in_silence(bench, seed):
    tallies = bench.fuzz(250, seed)
    assert sum(one.files for one in tallies.values()) == 250
    for kind, one in tallies.items():
        assert (one.crashes, one.silent) == ([], []), kind
        assert one.records == one.readable + one.listed


def test_the_same_number_makes_the_same_file(bench):
    assert bench.a_file(7, 7) == bench.a_file(7, 7) != bench.a_file(7, 8)


def test_the_list_that_once_lost_somebody_says_so_now(bench):
    kind, made, data = bench.a_file(1, 13195)
    reading = read_manifest(data, today=bench.TODAY)
    assert (kind, made, reading.rows) == ("paxlst", 6, 5) and bench.lost(data, kind, made, reading) == ""
    assert "BAD_SEGMENT" in [one.code for one in reading.problems]


@pytest.mark.parametrize("kind", ["paxlst", "csv", "json", "bcbp", "mrz", "xlsx"])
def test_an_undamaged_list_of_every_format_is_whole(bench, kind):
    data = a_list(bench, kind)
    reading = read_manifest(data, today=bench.TODAY)
    assert (reading.format, reading.rows) == (kind, 4) and bench.lost(data, kind, 4, reading) == ""


@pytest.mark.parametrize("kind", ["paxlst", "csv", "json", "bcbp", "mrz"])
def test_a_reader_that_dropped_somebody_would_be_found(bench, kind):
    data = a_list(bench, kind)
    reading = read_manifest(data, today=bench.TODAY)
    short = replace(reading, travellers=reading.travellers[:-1], rows=reading.rows - 1, problems=())
    assert "records" in bench.lost(data, kind, 4, short) or "announced" in bench.lost(data, kind, 4, short)


def test_rows_without_persons_and_persons_without_reasons_would_be_found(bench):
    data = a_list(bench, "csv")
    reading = read_manifest(data, today=bench.TODAY)
    assert "4 rows, 3 persons" in bench.lost(data, "csv", 4, replace(reading, travellers=reading.travellers[:-1]))
    nameless = tuple(replace(one, surname="", given="") for one in reading.travellers)
    assert "without a reason" in bench.lost(data, "csv", 4, replace(reading, travellers=nameless))


def test_a_crash_would_be_told_with_the_number_of_its_file(bench, monkeypatch):
    def crash(*_args, **_kwargs):
        raise IndexError("out of range")

    monkeypatch.setattr(bench, "read_manifest", crash)
    tallies = bench.fuzz(3, 1)
    told = [line for one in tallies.values() for line in one.crashes]
    assert len(told) == 3 and all("IndexError: out of range" in line and " 1/" in line for line in told)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("UNB+1'NAD+FL+++A'NAD+FM+++B'NAD+MS+++C'", 2),
        ("UNA:+.? 'NAD+FL+++A'", 1),
        ("NAD+FL+++A?'NAD+FL+++B'", 1),
        ("NAD+FL+++A??'NAD+FL+++B'", 2),
        ("NAD+FL+++A", 0),
        ("UNA|*.! ~NAD*FL~", None),
    ],
)
def test_the_counter_of_messages_reads_letter_by_letter(bench, text, count):
    assert bench.Counts.paxlst(text, None) == count


def test_a_full_flights_list_comes_back_the_same(bench):
    assert bench.same_in_meaning(60)


def test_times_are_measured_for_reading_and_writing_each_format(bench):
    rows = dict(bench.timed(3, turns=1))
    assert len(rows) == 12 and all(0 < value < 5000 for value in rows.values())
