"""Files of scanners: machine-readable zones and bar codes, every line accounted for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import Mrz, read_manifest, write_mrz
from hucheng.engines.manifests.scans import is_bcbp, is_mrz, read_bcbp_list, read_mrz_list
from hucheng.engines.manifests.tests.strategies import codes
from hucheng.engines.manifests.tests.test_bcbp import DOUBLE, SINGLE
from hucheng.engines.manifests.tests.test_mrz import FIRST, LONG, SECOND, SPECIMENS

TODAY = date(2016, 8, 14)


def read(*lines: str):
    return read_manifest("\n".join(lines).encode(), today=TODAY)


def test_a_pile_of_passports_and_cards_is_one_list():
    reading = read(FIRST, SECOND, "", *SPECIMENS["TD1"], *LONG, *SPECIMENS["MRV-B"])
    assert reading.format == "mrz" and reading.rows == 4 and len(reading.readable) == 4
    assert [one.line for one in reading.travellers] == [1, 4, 7, 10]
    numbers = [one.document.number for one in reading.travellers]
    assert numbers == ["L898902C3", "D23145890", "D23145890734", "L8988901C"]
    assert reading.travellers[1].raw.splitlines() == list(SPECIMENS["TD1"])


def test_one_document_scanned_twice_is_said():
    assert codes(read(FIRST, SECOND, FIRST, SECOND)) == ["DUPLICATE_ROW"]
    assert [one.readable for one in read(FIRST, SECOND, FIRST, SECOND).travellers] == [True, False]


def test_a_wrong_figure_is_named_with_its_line_in_the_file():
    reading = read(FIRST, SECOND, "", FIRST, SECOND.replace("L898902C3", "L898902C4"))
    (found,) = reading.problems
    assert (found.code, found.line, found.person) == ("CHECK_DIGIT_DOCUMENT", 5, 2)
    assert [one.readable for one in reading.travellers] == [True, False]


def test_a_line_left_over_is_no_person_but_a_reason():
    reading = read(FIRST, SECOND, "", FIRST)
    assert reading.rows == 2 and codes(reading.travellers[1]) == ["MRZ_REST"]
    assert not reading.travellers[1].readable and reading.travellers[1].raw == FIRST


def test_a_document_without_a_name_waits():
    lines = write_mrz(Mrz(type="P", issuer="UTO", number="X1", nationality="UTO"))
    assert codes(read(*lines)) == ["NO_NAME"]


@pytest.mark.parametrize("text", ["", "Name,DOB", "P<", FIRST[:20], "M1" + " " * 10])
def test_other_text_is_no_zone(text):
    assert not is_mrz(text)


@given(st.lists(st.sampled_from([FIRST, SECOND, *LONG, "", "noise", "P<"]), min_size=1, max_size=9))
def test_every_line_of_zones_belongs_to_somebody(lines):
    reading = read_mrz_list("\n".join(lines), today=TODAY)
    kept = [line for one in reading.travellers for line in one.raw.split("\n") if one.raw]
    assert kept == [line for line in lines if line]
    assert all(one.readable or one.problems for one in reading.travellers)


def test_a_gates_scans_are_a_list_with_the_seats_as_boarded():
    other = SINGLE.replace("DESMARAIS/LUC  ", "TESTWANG/LIHUA ").replace("001A0025", "034F0026")
    reading = read(SINGLE, "", other)
    assert (reading.format, reading.flight, reading.rows) == ("bcbp", "AC834", 2)
    assert [(one.surname, one.seat, one.line) for one in reading.travellers] == [
        ("DESMARAIS", "1A", 1), ("TESTWANG", "34F", 3),
    ]  # fmt: skip
    assert [port.port for port in reading.legs[0].ports] == ["YUL", "FRA"]


def test_a_pass_alone_registers_nobody():
    reading = read(SINGLE)
    assert codes(reading) == ["PASS_ONLY"] and reading.readable == () and "Merge" in reading.problems[0].do.en


def test_each_pass_gives_its_leg_of_the_flight_most_share():
    second = SINGLE.replace("DESMARAIS/LUC  ", "TESTWANG/LIHUA ").replace("FRAAC 0834", "GVALH 3664")
    reading = read(second, second.replace("LIHUA", "MINGG").replace("001A", "002B"), DOUBLE)
    assert reading.flight == "LH3664" and reading.travellers[2].seat == "12C"
    assert "OTHER_FLIGHT" not in codes(reading)


def test_a_pass_of_another_flight_is_said():
    stray = SINGLE.replace("DESMARAIS/LUC  ", "TESTWANG/LIHUA ").replace("0834", "0999").replace("001A", "002A")
    (found,) = [one for one in read(SINGLE, SINGLE.replace("001A", "003A"), stray).problems if one.line == 3][:1]
    assert (found.code, found.value, dict(found.facts)["expected"]) == ("OTHER_FLIGHT", "AC999", "AC834")


def test_a_child_on_the_lap_has_no_seat_of_its_own():
    assert read(SINGLE.replace("001A", "INF ")).travellers[0].seat == ""


def test_two_people_on_one_seat_are_said():
    other = SINGLE.replace("DESMARAIS/LUC  ", "TESTWANG/LIHUA ")
    assert "SHARED_SEAT" in codes(read(SINGLE, other))


def test_noise_between_the_scans_is_counted():
    reading = read(SINGLE, "no bar code at all")
    assert reading.rows == 2 and "BCBP_FORM" in codes(reading.travellers[1])
    assert "BCBP_LEGS" in codes(read(SINGLE, "M1DESMARAIS/LUC       E"))


def test_a_pass_without_a_name_is_said():
    assert "NO_NAME" in codes(read(SINGLE.replace("DESMARAIS/LUC", " " * 13)))


@pytest.mark.parametrize("text", ["", "M1", "M1" + "A" * 20, "MX" + "A" * 60, "Name,Passport"])
def test_other_text_is_no_pass(text):
    assert not is_bcbp(text)


@given(st.lists(st.sampled_from([SINGLE, DOUBLE, SINGLE[:30], "", "noise"]), max_size=8))
def test_every_line_of_passes_is_somebody(lines):
    reading = read_bcbp_list("\n".join(lines), today=TODAY)
    assert [one.raw for one in reading.travellers] == [line for line in lines if line]
    assert all(one.problems for one in reading.travellers)
