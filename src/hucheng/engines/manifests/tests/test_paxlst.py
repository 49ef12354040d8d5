"""PAXLST: the reference messages, damage, and the way back."""

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.manifests import ManifestUnreadable, read_manifest, write_paxlst
from hucheng.engines.manifests.segments import Marks, released, segments_of
from hucheng.engines.manifests.tests.strategies import LEGS, PREPARED, TODAY, codes, travellers

ROOT = Path(__file__).parents[6]
REFERENCE = Path(os.environ.get("HUCHENG_REFERENCE", ROOT / "shared" / "reference")) / "data" / "paxlst"
MESSAGES = sorted(REFERENCE.glob("*.edi"))
WRITTEN = {"flight": "HU7976", "legs": LEGS, "prepared": PREPARED}
GOOD = (
    b"UNA:+.? '\r\nUNB+UNOA:4+AIR+CITY+200321:0915+9'\r\nUNH+1+PAXLST:D:05B:UN:IATA'\r\nBGM+745'\r\n"
    b"TDT+20+HU7976'\r\nLOC+125+YYZ'\r\nDTM+189:2003201405:201'\r\nLOC+87+TYN'\r\n"
    b"NAD+FL+++TESTWANG:LIHUA'\r\nATT+2++F'\r\nDTM+329:850430'\r\nRFF+SEA:34F'\r\nDOC+P:110:111+EZ1'\r\n"
    b"NAD+FL+++MUSTER:MAX'\r\nATT+2++M'\r\nDTM+329:200101'\r\nDOC+P:110:111+EZ2'\r\nDTM+36:300101'\r\n"
    b"CNT+42:2'\r\nUNT+18+1'\r\nUNZ+1+9'\r\n"
)


def bare(people):
    return [replace(one, raw="", line=0, problems=()) for one in people]


@pytest.mark.skipif(not MESSAGES, reason="reference messages are not there (HUCHENG_REFERENCE)")
@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_the_reference_message_is_read_exactly(path):
    read = read_manifest(path.read_bytes(), today=date(2026, 1, 1)).as_paxlst_dict()
    assert json.loads(json.dumps(read)) == json.loads(path.with_suffix(".json").read_text())


def test_a_good_message_has_no_problems():
    read = read_manifest(GOOD, name="list.edi", today=TODAY)
    assert (read.format, read.flight, read.list_kind, read.control_total) == ("paxlst", "HU7976", "passenger", 2)
    assert read.problems == () and read.rows == 2 and len(read.readable) == 2
    assert read.travellers[1].birth == date(2020, 1, 1) and read.travellers[1].document.expiry == date(2030, 1, 1)
    assert read.meta["name"] == "list.edi" and len(read.sha256) == 64


def test_a_list_cut_anywhere_is_never_taken_as_whole():
    for end in range(len(GOOD) - 3):
        try:
            read = read_manifest(GOOD[:end], today=TODAY)
        except ManifestUnreadable:
            continue
        assert "TRUNCATED" in codes(read), end
        assert read.rows == len(read.travellers) == len(read.readable) + len(read.unreadable)


def test_the_person_at_the_cut_waits_for_mending():
    read = read_manifest(GOOD[: GOOD.index(b"DTM+36")], today=TODAY)
    assert [one.readable for one in read.travellers] == [True, False]
    assert codes(read.travellers[1]) == ["CUT_OFF"]


def test_a_message_without_persons_is_refused_with_a_remedy():
    with pytest.raises(ManifestUnreadable) as refused:
        read_manifest(GOOD[: GOOD.index(b"NAD+FL")], today=TODAY)
    assert refused.value.problem.code == "NO_PERSONS" and refused.value.problem.do.zh


def test_own_separators_are_taken_from_una():
    text = GOOD.decode().replace("UNA:+.? '", "UNA|*.! ~")
    body = text[9:].translate(str.maketrans({":": "|", "+": "*", "'": "~"}))
    read = read_manifest((text[:9] + body).encode(), today=TODAY)
    assert [one.surname for one in read.travellers] == ["TESTWANG", "MUSTER"] and read.problems == ()


def test_several_messages_make_one_list():
    crew = GOOD[GOOD.index(b"UNH") : GOOD.index(b"UNZ")].replace(b"BGM+745", b"BGM+250").replace(b"+FL+", b"+FM+")
    crew = crew.replace(b"CNT+42", b"CNT+41").replace(b"EZ", b"CR").replace(b"TESTWANG", b"CREW").replace(b"34F", b"")
    read = read_manifest(GOOD.replace(b"UNZ+1", crew + b"UNZ+2"), today=TODAY)
    assert read.list_kind == "mixed" and read.control_total == read.rows == 4 and read.problems == ()
    assert [one.kind for one in read.travellers] == ["passenger"] * 2 + ["crew"] * 2


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        (b"850430", b"850431", "INVALID_DATE", "birth"),
        (b"329:850430", b"329:20300101:102", "FUTURE_BIRTH", "birth"),
        (b"329:850430", b"329:18500101:102", "IMPLAUSIBLE_AGE", "birth"),
        (b"ATT+2++F", b"ATT+2++Q", "BAD_SEX", "sex"),
        (b"RFF+SEA:34F", b"MEA+CT++:two", "BAD_BAGS", "bags"),
        (b"RFF+SEA:34F", b"ZZZ+1", "BAD_SEGMENT", "ZZZ"),
        (b"NAD+FL+++TESTWANG", b"NAD+QQ+++TESTWANG", "UNKNOWN_PERSON_KIND", "kind"),
        (b"TESTWANG:LIHUA", b"", "NO_NAME", "surname"),
        (b"EZ2", b"EZ1", "DUPLICATE_DOCUMENT", "document_number"),
        (b"2003201405", b"2003201465", "INVALID_DATE", "scheduled"),
        (b"UNT+18", b"UNT+15", "UNT_COUNT", "UNT"),
        (b"CNT+42:2", b"CNT+42:3", "CNT_MISMATCH", "CNT"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(old, new, code, field):
    read = read_manifest(GOOD.replace(old, new), today=TODAY)
    (found,) = read.problems
    assert (found.code, found.field) == (code, field) and found.line > 0
    assert read.rows == 2 and found.why.zh and found.why.en and found.do.zh and found.do.en


def test_two_adults_on_one_seat_are_noted_but_not_an_infant():
    both = GOOD.replace(b"ATT+2++M'", b"RFF+SEA:34F'")
    assert codes(read_manifest(both, today=TODAY)) == []
    grown = both.replace(b"200101", b"800101")
    assert codes(read_manifest(grown, today=TODAY)) == ["SHARED_SEAT"]


@given(travellers(chinese=False))
@settings(max_examples=60, deadline=None)
def test_what_was_written_is_read_again(people):
    read = read_manifest(write_paxlst(people, **WRITTEN), today=TODAY)
    ordered = [one for one in people if one.kind != "crew"] + [one for one in people if one.kind == "crew"]
    numbered = [replace(one, number=place) for place, one in enumerate(ordered, start=1)]
    assert bare(read.travellers) == numbered and read.legs == LEGS
    assert not {"UNT_COUNT", "CNT_MISMATCH", "TRUNCATED"} & set(codes(read))


@given(st.binary(max_size=200), st.integers(0, len(GOOD)))
def test_damage_in_the_middle_never_crashes_and_counts_add_up(noise, place):
    try:
        read = read_manifest(GOOD[:place] + noise + GOOD[place:], today=TODAY)
    except ManifestUnreadable as refused:
        assert refused.problem.why.zh
    else:
        assert read.rows == len(read.travellers) or read.columns


@given(st.lists(st.text("AB'+:?", max_size=6), min_size=1, max_size=4))
def test_released_text_comes_back(parts):
    (segment,), rest = segments_of("TAG+" + "+".join(released(part, Marks()) for part in parts) + "'")
    assert [element[0] for element in segment.elements] == parts and rest == ""


def test_400_passengers_are_read_well_under_the_limit():
    import time

    body = b"".join(b"NAD+FL+++TEST:N%d'DTM+329:850430'DOC+P:110:111+E%06d'" % (n, n) for n in range(400))
    start = time.perf_counter()
    assert len(read_manifest(GOOD.replace(b"CNT+42", body + b"CNT+42"), today=TODAY).readable) == 402
    assert time.perf_counter() - start < 1.0  # 0.03 s when the machine is free
