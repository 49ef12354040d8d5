"""Machine-readable zones: the samples of the reference, and every single wrong character."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import read_mrz
from hucheng.engines.manifests.mrz import check_digit, proposal
from hucheng.engines.manifests.tests.strategies import TODAY, codes

ROOT = Path(__file__).parents[6]
SAMPLES = Path(os.environ.get("HUCHENG_REFERENCE", ROOT / "shared" / "reference")) / "data/paxlst/mrz_td3.json"
FIRST = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
SECOND = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="reference samples are not there (HUCHENG_REFERENCE)")


@needs_samples
def test_the_valid_samples_are_read():
    for sample in json.loads(SAMPLES.read_text())["valid"]:
        read = read_mrz([sample["line1"], sample["line2"]], today=TODAY)
        expected = {key: value for key, value in sample.items() if key not in ("line1", "line2", "note")}
        found = {key: getattr(read, key) for key in expected}
        assert {key: str(value) if isinstance(value, date) else value for key, value in found.items()} == expected
        assert read.problems == ()


@needs_samples
def test_the_malformed_samples_give_their_error():
    for sample in json.loads(SAMPLES.read_text())["malformed"]:
        read = read_mrz([sample["line1"], sample["line2"]], today=TODAY)
        assert codes(read) == [sample["error"]]
        facts = dict(read.problems[0].facts)
        assert all(facts[key] == sample[key] for key in ("expected", "found") if key in sample)


def test_the_specimen_of_icao_9303():
    read = read_mrz(f"{FIRST}\n{SECOND}", today=TODAY)
    assert (read.surname, read.given, read.number, read.issuer) == ("ERIKSSON", "ANNA MARIA", "L898902C3", "UTO")
    assert (read.birth, read.expiry, read.sex) == (date(1974, 8, 12), date(2012, 4, 15), "F")
    holder = read.traveller()
    assert holder.readable and holder.document.number == "L898902C3"


def test_published_check_digits():
    assert check_digit("520727") == "3"  # ICAO 9303 part 3, appendix A
    assert check_digit("AB2134<<<") == "5"


def test_a_letter_typed_for_a_figure_is_proposed():
    assert proposal("EZOOOOOO1", "4") == "EZ0000001"
    assert proposal("EZ0000001", "4") is None


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "MRZ_LINES"),
        ([FIRST], "MRZ_LINES"),
        ([FIRST, SECOND, SECOND], "MRZ_LINES"),
        ([FIRST[:-1], SECOND], "LENGTH_LINE1"),
        ([FIRST, SECOND + "<"], "LENGTH_LINE2"),
        ([FIRST.replace("A", "Ä"), SECOND], "MRZ_CHARACTER"),
    ],
)
def test_lines_of_another_shape_are_refused(lines, code):
    read = read_mrz(lines, today=TODAY)
    assert codes(read) == [code] and not read.traveller().readable


@given(st.integers(0, 43), st.sampled_from("0123456789"))
def test_one_wrong_figure_in_a_checked_field_is_always_seen(place, figure):
    covered = [*range(10), *range(13, 20), *range(21, 44)]
    if place in covered and SECOND[place].isdigit() and SECOND[place] != figure:
        changed = SECOND[:place] + figure + SECOND[place + 1 :]
        assert read_mrz([FIRST, changed], today=TODAY).problems


@given(st.text("ABCZ019<", min_size=44, max_size=44), st.text("ABCZ019<", min_size=44, max_size=44))
def test_any_two_lines_give_a_result(first, second):
    read = read_mrz([first, second], today=TODAY)
    assert read.birth is None or read.birth <= TODAY
