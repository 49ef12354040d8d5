"""Damaged lists read whole, read while they come, merged and written again: the ways agree and nobody is lost."""

import io
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.manifests import (
    ManifestUnreadable,
    Record,
    merge,
    problems_csv,
    read_manifest,
    read_messages,
    stream_manifest,
    write_csv,
    write_json,
    write_paxlst,
)
from hucheng.engines.manifests.telling import merged_dict, reading_dict, summary
from hucheng.engines.manifests.tests.strategies import LEGS, PREPARED, TODAY, travellers
from hucheng.engines.manifests.tests.test_paxlst import GOOD

SEEDS = range(120)


def whole(data: bytes):
    try:
        return read_manifest(data, today=TODAY)
    except ManifestUnreadable as no:
        return no.problem.code


def in_pieces(data: bytes, chunk: int):
    """Give what a stream gives, or the code of its refusal."""
    try:
        return list(stream_manifest(io.BytesIO(data), today=TODAY, chunk=chunk))
    except ManifestUnreadable as no:
        return no.problem.code


def some_damage(bench, kind: str, seed: int) -> bytes:
    chance = random.Random(f"damage/{kind}/{seed}")
    return bench.damaged(bench.MAKERS[kind](bench.people(4, chance)), chance)


@pytest.mark.parametrize("kind", ["paxlst", "csv"])
def test_a_damaged_list_streams_as_it_reads(bench, kind):
    """Where both ways take the file for the same kind of list, they give the same people with the same source."""
    compared = 0
    for seed in SEEDS:
        data = some_damage(bench, kind, seed)
        reading, streamed = whole(data), in_pieces(data, 4096)
        if isinstance(reading, str) or isinstance(streamed, str) or reading.format != kind or not reading.travellers:
            continue
        people = [one.traveller for one in streamed if isinstance(one, Record)]
        assert [one.raw for one in people] == [one.raw for one in reading.travellers], seed
        assert [one.readable for one in people] == [one.readable for one in reading.travellers], seed
        told = {one.code for one in streamed if not isinstance(one, Record)}
        told |= {found.code for one in people for found in one.problems}
        assert {one.code for one in reading.problems} == told, seed
        compared += 1
    assert compared > len(SEEDS) / 2


@pytest.mark.parametrize("kind", ["paxlst", "csv", "json", "bcbp", "mrz"])
def test_a_damaged_list_can_be_told_listed_and_merged(bench, kind):
    """Whatever was read can be shown, sent back for mending and merged, and nobody is lost on the way."""
    for seed in SEEDS:
        data = some_damage(bench, kind, seed)
        reading = whole(data)
        if isinstance(reading, str):
            continue
        assert summary(reading) and reading_dict(reading)["ledger"]["rows"] == reading.rows
        assert problems_csv(reading).startswith("\ufeff".encode())
        readings = read_messages(data, today=TODAY)
        merged = merge(readings)
        records = sum(len(one.travellers) for one in readings)
        assert records == sum(len(one.sources) for one in merged.people) + len(merged.left_out), seed
        assert len(merged_dict(merged)["people"]) == len(merged.people)


@pytest.mark.parametrize("kind", ["paxlst", "csv", "json"])
def test_what_was_read_of_a_damaged_list_is_written_and_read_again(bench, kind):
    for seed in SEEDS:
        reading = whole(some_damage(bench, kind, seed))
        if isinstance(reading, str) or not reading.readable:
            continue
        people = [replace(one, problems=()) for one in reading.readable]
        back = read_manifest(write_json(people, flight="HU7976"), today=TODAY)
        assert back.rows == len(people), seed
        assert [one.surname.strip() for one in back.travellers] == [one.surname.strip() for one in people], seed


@pytest.mark.parametrize("places", [(1, 2, 3, 4), (4, 3, 2, 1), (2, 4, 1, 3)])
def test_segments_of_a_person_in_any_order_are_the_same_person(places):
    lines = [b"ATT+2++F'", b"DTM+329:850430'", b"RFF+SEA:34F'", b"NAT+2+CHN'"]
    start, end = GOOD.index(b"ATT+2++F"), GOOD.index(b"DOC+P:110:111+EZ1")
    shuffled = b"".join(lines[place - 1] for place in places)
    person = read_manifest(GOOD[:start] + shuffled + GOOD[end:], today=TODAY).travellers[0]
    assert (person.sex, f"{person.birth}", person.seat, person.nationality) == ("F", "1985-04-30", "34F", "CHN")


@given(travellers(), st.permutations(range(24)))
@settings(max_examples=25, deadline=None)
def test_columns_in_any_order_are_the_same_people(people, order):
    import csv

    rows = list(csv.reader(io.StringIO(write_csv(people, flight="HU7976").decode("utf-8-sig"))))
    order = [place for place in order if place < len(rows[0])]
    order += [place for place in range(len(rows[0])) if place not in order]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([row[place] for place in order] for row in rows)
    back = read_manifest(stream.getvalue().encode(), today=TODAY)
    assert [replace(one, raw="", line=0, problems=()) for one in back.travellers] == people


@given(travellers(chinese=False), st.integers(0, 5), st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_a_message_inside_noise_of_line_ends_is_the_message(people, place, count):
    data = write_paxlst(people, flight="HU7976", legs=LEGS, prepared=PREPARED)
    breaks = (b"\n", b"\r\n", b"\r", b"", b"\n\n", b"\r\n\r\n")[place] * count
    back = read_manifest(data.replace(b"\r\n", breaks), today=TODAY)
    first = read_manifest(data, today=TODAY)
    assert [replace(one, raw="") for one in back.travellers] == [replace(one, raw="") for one in first.travellers]


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_two_lists_glued_together_lose_nobody(data):
    first, second = (write_paxlst(data.draw(travellers(chinese=False)), flight="HU1", prepared=PREPARED) for _ in "ab")
    people = [len(read_manifest(one, today=TODAY).travellers) for one in (first, second)]
    body = second[second.index(b"UNB") :]
    assert read_manifest(first + body, today=TODAY).rows == sum(people)
