"""Machine-readable zones: the samples of the reference, and every single wrong character."""

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import Mrz, read_mrz, write_mrz
from hucheng.engines.manifests.mrz import check_digit, proposal
from hucheng.engines.manifests.mrz_forms import FORMS
from hucheng.engines.manifests.mrz_write import latin
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


SPECIMENS = {
    "TD1": ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"),
    "TD2": ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"),
    "MRV-A": ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"),
    "MRV-B": ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"),
}
"""The specimens of ICAO Doc 9303 parts 5, 6 and 7."""
LONG = ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<")


@pytest.mark.parametrize("form", SPECIMENS)
def test_the_specimens_of_cards_and_visas(form):
    read = read_mrz(SPECIMENS[form], today=TODAY)
    assert (read.form, read.surname, read.given, read.sex) == (form, "ERIKSSON", "ANNA MARIA", "F")
    assert read.problems == () and not read.given_truncated
    born = {"TD1": date(1974, 8, 12), "TD2": date(1974, 8, 12)}.get(form, date(1940, 9, 7))
    assert (read.birth, read.number) == (born, "L8988901C" if "MRV" in form else "D23145890")


def test_a_number_longer_than_its_field_goes_on_in_the_optional_data():
    read = read_mrz(LONG, today=TODAY)
    assert (read.number, read.personal, read.problems) == ("D23145890734", None, ())
    wrong = (LONG[0].replace("7349", "7348"), *LONG[1:])
    (found,) = read_mrz(wrong, today=TODAY).problems
    assert found.code == "CHECK_DIGIT_DOCUMENT" and dict(found.facts)["expected"] == "9" and found.line == 1


@pytest.mark.parametrize(("form", "line", "place"), [
    ("TD1", 0, 7), ("TD1", 1, 2), ("TD1", 1, 10), ("TD2", 1, 3), ("TD2", 1, 15), ("TD2", 1, 23), ("MRV-A", 1, 2),
])  # fmt: skip
def test_one_wrong_figure_names_its_line(form, line, place):
    lines = list(SPECIMENS[form])
    was = lines[line][place]
    lines[line] = lines[line][:place] + ("1" if was != "1" else "2") + lines[line][place + 1 :]
    (found,) = read_mrz(lines, today=TODAY).problems
    assert found.line == line + 1 and found.code.startswith(("CHECK_DIGIT", "INVALID_DATE"))


@pytest.mark.parametrize("form", ["TD1", "TD2"])
def test_optional_data_of_a_card_are_guarded_by_the_composite_digit(form):
    lines = list(SPECIMENS[form])
    lines[1] = lines[1][:-2] + "B" + lines[1][-1]
    assert codes(read_mrz(lines, today=TODAY)) == ["CHECK_DIGIT_COMPOSITE"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([LONG[0], LONG[1], LONG[2] + "<"], "LENGTH_LINE3"),
        ([LONG[0][:-1], LONG[1], LONG[2]], "LENGTH_LINE1"),
        (list(LONG[:2]), "LENGTH_LINE1"),
        ([SPECIMENS["TD2"][0], SPECIMENS["TD2"][1][:-1]], "LENGTH_LINE2"),
        ([LONG[0], LONG[1], LONG[2].replace("P", "ß")], "LENGTH_LINE3"),
        ([LONG[0], LONG[1], LONG[2].replace("P", "é")], "MRZ_CHARACTER"),
        ([*LONG, LONG[0]], "MRZ_LINES"),
    ],
)
def test_cards_of_another_shape_are_refused(lines, code):
    assert codes(read_mrz(lines, today=TODAY)) == [code]


@pytest.mark.parametrize(("form", "room"), [("TD1", 30), ("TD2", 31), ("TD3", 39)])
def test_names_that_fill_their_room_may_be_cut(form, room):
    holder = Mrz(type="P", issuer="UTO", surname="A" * 20, given="B" * 60, number="X1", nationality="UTO")
    read = read_mrz(write_mrz(holder, form), today=TODAY)
    assert read.given_truncated and (read.surname, read.given) == ("A" * 20, "B" * (room - 22))
    whole = read_mrz(write_mrz(replace(holder, given="B" * (room - 23)), form), today=TODAY)
    assert not whole.given_truncated and whole.given == "B" * (room - 23)


def test_dates_that_are_not_known_are_fillers():
    lines = write_mrz(Mrz(type="P", issuer="UTO", surname="DOE", number="X1", nationality="UTO"))
    read = read_mrz(lines, today=TODAY)
    assert (read.birth, read.expiry, read.problems) == (None, None, ())
    assert lines[1][13:20] == "<<<<<<0"


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Müller-Lüdenscheidt", "MUELLER<LUEDENSCHEIDT"),
        ("O'Brien", "OBRIEN"),
        ("D’Exemplé", "DEXEMPLE"),
        ("van der Ström", "VAN<DER<STROEM"),
        ("Łęcki", "LECKI"),
        ("Straße", "STRASSE"),
        ("  LI  NA ", "LI<NA"),
    ],
)
def test_names_are_spelled_as_the_standard_asks(name, spelled):
    assert latin(name) == spelled


def test_a_name_without_latin_letters_is_not_guessed():
    with pytest.raises(ValueError, match="no Latin spelling for '王'"):
        latin("王丽华")


@pytest.mark.parametrize(
    ("change", "form", "says"),
    [
        ({}, "TD9", "form must be one of TD1, TD2, TD3, MRV-A, MRV-B"),
        ({"number": "1234567890"}, "TD3", "does not fit into 9 characters"),
        ({"issuer": "LONG"}, "TD1", "does not fit into 3 characters"),
        ({"number": "AB-1"}, "TD3", "does not fit"),
    ],
)
def test_what_no_zone_can_hold_is_not_written(change, form, says):
    with pytest.raises(ValueError, match=says):
        write_mrz(replace(Mrz(surname="DOE", number="X1"), **change), form)


@pytest.mark.parametrize("form", ["TD1", "TD2", "MRV-A", "MRV-B"])
def test_the_specimens_are_written_to_the_letter(form):
    assert write_mrz(read_mrz(SPECIMENS[form], today=TODAY), form) == SPECIMENS[form]


def test_the_passport_and_the_long_number_are_written_to_the_letter():
    assert write_mrz(read_mrz((FIRST, SECOND), today=TODAY)) == (FIRST, SECOND)
    assert write_mrz(read_mrz(LONG, today=TODAY), "TD1") == LONG


WORD = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=8)
HOLDERS = st.builds(
    Mrz, type=st.sampled_from(["P", "PO", "I", "AC"]), issuer=st.sampled_from(["CHN", "D", "UTO"]), surname=WORD,
    given=st.lists(WORD, max_size=2).map(" ".join), number=st.text("AB0123456789", min_size=1, max_size=9),
    nationality=st.sampled_from(["CHN", "D", "XXA"]), birth=st.dates(date(1921, 1, 1), TODAY),
    sex=st.sampled_from("FMX"), expiry=st.dates(date(2000, 1, 1), date(2060, 1, 1)),
    personal=st.none() | st.text("ABC019", min_size=1, max_size=7),
)  # fmt: skip


@given(HOLDERS, st.sampled_from(["TD1", "TD2", "TD3"]))
def test_what_was_written_is_read_again(holder, form):
    read = read_mrz(write_mrz(holder, form), today=TODAY)
    assert replace(read, form="") == holder and read.form == form


@given(HOLDERS, st.text("AB0123456789", min_size=10, max_size=12), st.sampled_from(["TD1", "TD2"]))
def test_long_numbers_come_back_whole(holder, number, form):
    holder = replace(holder, number=number, personal=None)
    assert read_mrz(write_mrz(holder, form), today=TODAY).number == number


@given(HOLDERS, st.sampled_from(sorted(FORMS)), st.data())
def test_a_figure_changed_in_a_guarded_place_is_seen(holder, form, data):
    layout = FORMS[form]
    lines = list(write_mrz(replace(holder, type="V" if "MRV" in form else holder.type), form))
    line, first, end = data.draw(st.sampled_from([layout.number, layout.birth, layout.expiry]))
    place = data.draw(st.integers(first, end))
    other = data.draw(st.sampled_from("0123456789"))
    if lines[line][place].isdigit() and lines[line][place] != other:
        lines[line] = lines[line][:place] + other + lines[line][place + 1 :]
        assert read_mrz(lines, today=TODAY).problems


@given(st.lists(st.text("ABZ019<", max_size=46), max_size=4))
def test_any_lines_give_a_result(lines):
    read = read_mrz(lines, today=TODAY)
    assert read.form or read.problems


@pytest.mark.parametrize(
    ("form", "personal", "extra"),
    [("TD1", 15, 11), ("TD2", 7, 0), ("TD3", 14, 0), ("MRV-A", 16, 0), ("MRV-B", 8, 0)],
)
def test_optional_data_have_their_whole_room_and_no_more(form, personal, extra):
    kind = "V" if "MRV" in form else "P"
    full = Mrz(type=kind, issuer="UTO", surname="DOE", number="X1", nationality="UTO", personal="A" * personal,
               extra="B" * extra or None)  # fmt: skip
    read = read_mrz(write_mrz(full, form), today=TODAY)
    assert (read.personal, read.extra, read.problems) == ("A" * personal, "B" * extra or None, ())
    with pytest.raises(ValueError, match="does not fit"):
        write_mrz(replace(full, personal="A" * (personal + 1)), form)
    if extra:
        with pytest.raises(ValueError, match="does not fit"):
            write_mrz(replace(full, extra="B" * (extra + 1)), form)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_character_of_a_layout_belongs_to_one_item(form):
    layout = FORMS[form]
    spans = [(0, 0, 2), (0, 2, 5), layout.names, layout.number, layout.nationality, layout.birth, layout.sex,
             layout.expiry, *layout.optional]  # fmt: skip
    spans += [(line, end, end + 1) for line, _first, end in (layout.number, layout.birth, layout.expiry)]
    spans += [layout.total] if layout.covered else []
    spans += [(1, 42, 43)] if layout.personal_checked else []
    places = [(line, place) for line, first, end in spans for place in range(first, end)]
    assert len(places) == len(set(places)) == layout.lines * layout.width
    assert set(places) == {(line, place) for line in range(layout.lines) for place in range(layout.width)}


@pytest.mark.parametrize("form", ["TD1", "TD2", "TD3"])
def test_the_composite_digit_covers_every_guarded_item_and_its_digit(form):
    layout = FORMS[form]
    covered = {(line, place) for line, first, end in layout.covered for place in range(first, end)}
    for line, first, end in (layout.number, layout.birth, layout.expiry):
        assert {(line, place) for place in range(first, end + 1)} <= covered
    for line, first, end in layout.optional:
        assert {(line, place) for place in range(first, end)} <= covered
    for line, first, end in (layout.names, layout.sex, layout.nationality):
        assert not {(line, place) for place in range(first, end)} & covered


@pytest.mark.parametrize(
    ("text", "digit"),
    [
        ("L898902C3", "6"),
        ("740812", "2"),
        ("120415", "9"),
        ("ZE184226B<<<<<", "1"),
        ("D23145890", "7"),
        ("", "0"),
        ("<<<", "0"),
    ],
)
def test_check_digits_of_the_specimens(text, digit):
    assert check_digit(text) == digit
