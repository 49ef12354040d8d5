"""Machine-readable zones: check digits of ICAO 9303, and lines that are damaged."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import check_character, read_mrz
from hucheng.engines.manifests.mrz import check_digit
from hucheng.engines.manifests.resident_id import resident_id_problems

TODAY = date(2020, 3, 21)
SPECIMEN = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]


def test_the_specimen_of_the_standard_is_read():
    mrz = read_mrz(SPECIMEN, today=TODAY)
    person = mrz.traveller()
    assert (person.surname, person.given, person.sex) == ("ERIKSSON", "ANNA MARIA", "F")
    assert person.birth == date(1974, 8, 12) and person.document.number == "L898902C3" and not mrz.problems


def test_the_reference_lines_are_read_as_expected(reference):
    cases = json.loads((reference / "data" / "paxlst" / "mrz_td3.json").read_text(encoding="utf-8"))
    groups = cases.values() if isinstance(cases, dict) else [cases]
    lines = [case for group in groups if isinstance(group, list) for case in group if "lines" in case or "mrz" in case]
    for case in lines:
        found = {p.code for p in read_mrz(case.get("lines") or case["mrz"], today=TODAY).problems}
        wanted = case.get("error") or case.get("errors")
        assert bool(found) == bool(wanted), case


def test_published_check_digits():
    assert check_digit("D23145890734") == "9" and check_digit("520727") == "3"  # ICAO 9303-3, appendix A


@given(st.text(max_size=100))
def test_any_line_gets_an_answer(text):
    assert read_mrz(text, today=TODAY) is not None


@given(st.integers(0, 43), st.sampled_from("0123456789"))
def test_a_changed_digit_of_the_second_line_is_seen(place, sign):
    line = SPECIMEN[1]
    covered = not (10 <= place <= 12 or place == 20)
    if covered and line[place].isdigit() and line[place] != sign:
        assert read_mrz([SPECIMEN[0], line[:place] + sign + line[place + 1 :]], today=TODAY).problems


@given(st.from_regex(r"14010[5-9]19[5-9][0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True))
def test_a_resident_id_is_judged_by_its_check_character_never_by_its_place(first):
    right = check_character(first)
    assert not list(resident_id_problems(first + right))
    wrong = "0" if right != "0" else "1"
    assert "RESIDENT_ID_CHECK" in {p.code for p in resident_id_problems(first + wrong)}
