"""Names as airlines and passports write them, and places by their one-character names: tables and properties."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.words.cities import MOVES, cities_named, places_by_short_name, provinces_by_city, short_names
from hucheng.engines.words.names import TITLES, latin_name, letters, name_key, pinyin_of, split_chinese, surnames

LATIN = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=10)
COMPOUND = sorted(name for name in surnames() if len(name) == 2)


@pytest.mark.parametrize("title", sorted(TITLES - {"DR", "INF", "PROF"}))
@given(surname=LATIN, given_name=st.lists(LATIN, min_size=1, max_size=3))
def test_a_title_behind_a_name_is_no_part_of_it(title, surname, given_name):
    if not TITLES & {surname, *given_name}:
        plain = latin_name(surname, " ".join(given_name))
        assert latin_name(surname, " ".join([*given_name, title])) == plain
        assert name_key(surname, " ".join([*given_name, title])) == name_key(*plain)


@pytest.mark.parametrize(
    ("given_name", "tidied"),
    [
        ("XIAO MING MSTR", "XIAO MING"),
        ("ANN MS DR", "ANN"),
        ("INF", "INF"),
        ("LI INF", "LI"),
        ("MR MS", ""),
        ("li/hua<<mr", "LI HUA"),
        ("ＬＩ ＨＵＡ", "LI HUA"),
        ("FNU", ""),
        ("AMRS", "AMRS"),
        ("HUAMRS", "HUA"),
    ],
)
def test_what_lists_add_to_given_names(given_name, tidied):
    assert latin_name("WANG", given_name) == ("WANG", tidied)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("MÜLLER", "JÖRG"), ("MULLER", "JORG")),
        (("ØSTERGÅRD", "ÆVAR"), ("OESTERGARD", "AEVAR")),
        (("O'NEIL", "ANN-MARIE"), ("ONEIL", "ANN MARIE")),
        (("STRAẞE", "ŁUKASZ"), ("STRASSE", "LUKASZ")),
        (("LÜ", "NÜ"), ("LYU", "NYU")),
        (("Ǿ", "Ǽ"), ("OE", "AE")),
        (("LV", "NV"), ("LYU", "NYU")),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one, other):
    assert name_key(*one) == name_key(*other)


@given(st.text(max_size=20))
def test_a_name_composed_or_decomposed_has_one_key(text):
    forms = {name_key(unicodedata.normalize(form, text), "") for form in ("NFC", "NFD")}
    assert len(forms) == 1


@given(st.text(max_size=30))
def test_letters_are_capitals_and_stay_themselves(text):
    found = letters(text)
    assert letters(found) == found and all("A" <= sign <= "Z" for sign in found)


@pytest.mark.parametrize("surname", COMPOUND)
def test_a_compound_surname_is_known_with_a_given_name_and_spelled_whole(surname):
    assert split_chinese(surname + "明") == (surname, "明")
    assert pinyin_of(surname + "明") == ("".join(surnames()[surname]).upper(), "MING")
    assert split_chinese(surname) == (surname[0], surname[1])


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=5), st.sampled_from("· \t-")
)
def test_a_name_is_cut_once_and_nothing_of_it_is_lost(name, sign):
    surname, given_name = split_chinese(name)
    assert surname + given_name == name and len(surname) in (1, 2)
    assert split_chinese(sign.join(name)) == (surname, given_name)


@pytest.mark.parametrize(
    ("chinese", "spelled"),
    [
        ("女娲", ("NYU", "WA")),
        ("朴", ("PIAO", "")),
        ("盖", ("GE", "")),
        ("解", ("XIE", "")),
        ("乐", ("YUE", "")),
        ("覃", ("QIN", "")),
        ("查良镛", ("ZHA", "LIANGYONG")),
        ("冼星海", ("XIAN", "XINGHAI")),
        ("阿依古丽·买买提", ("A", "YIGULIMAIMAITI")),
        ("赵〇", ("ZHAO", "LING")),
    ],
)
def test_surnames_with_a_reading_of_their_own(chinese, spelled):
    assert pinyin_of(chinese) == spelled


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("离沪返并", {"上海": 1, "太原": 1}),
        ("赴汉人员", {"武汉": 1}),
        ("抵穗、留深", {"广州": 1}),
        ("出晋车辆", {"山西": 1}),
        ("来并来并", {"太原": 2}),
        ("入并县", {}),
        ("返京市", {}),
        ("入渝中区", {}),
        ("并肩作战", {}),
        ("京剧", {}),
    ],
)
def test_a_single_character_is_a_place_only_where_somebody_moves_and_no_longer_name_follows(text, places):
    assert places_by_short_name(text) == places


@pytest.mark.parametrize("short", sorted(short_names()))
def test_every_short_name_is_read_behind_every_verb_of_movement(short):
    for verb in MOVES:
        assert places_by_short_name(f"旅客{verb}{short}。") == {short_names()[short]: 1}


@pytest.mark.parametrize("city", sorted(provinces_by_city())[::9])
def test_a_city_is_named_with_or_without_its_rank(city):
    assert cities_named(f"自{city}市和{city}来")[city] == 2


def test_of_two_cities_that_begin_alike_the_longer_name_counts():
    names = provinces_by_city()
    nested = [(one, other) for one in names for other in names if one != other and other.startswith(one)]
    for short, long in nested:
        assert cities_named(long) == {long: 1}, short
