"""Names of people: tidied, spelled, and recognised in either writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.words.names import latin_name, letters, name_key, pinyin_of, split_chinese, surnames

HANZI = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("chinese", "spelled"),
    [
        ("单雄信", ("SHAN", "XIONGXIN")),
        ("曾国藩", ("ZENG", "GUOFAN")),
        ("仇英", ("QIU", "YING")),
        ("区小明", ("OU", "XIAOMING")),
        ("吕布", ("LYU", "BU")),
        ("欧阳修", ("OUYANG", "XIU")),
        ("尉迟恭", ("YUCHI", "GONG")),
        ("万俟卨", ("MOQI", "XIE")),
        ("张律", ("ZHANG", "LYU")),
        ("王 丽华", ("WANG", "LIHUA")),
    ],
)
def test_chinese_names_are_spelled_as_passports_spell_them(chinese, spelled):
    assert pinyin_of(chinese) == spelled


@pytest.mark.parametrize(
    ("surname", "given_name", "tidied"),
    [
        ("WANG<<", "LI<HUA MS", ("WANG", "LI HUA")),
        ("wang", "lihua mr", ("WANG", "LIHUA")),
        ("NOFIRSTNAME", "FNU", ("NOFIRSTNAME", "")),
        ("LNU", "SUKARNO", ("", "SUKARNO")),
        ("TESTWANG", "XIAOMINGCHD", ("TESTWANG", "XIAOMING")),
        ("MUSTER", "ANNA  MARIA MRS", ("MUSTER", "ANNA MARIA")),
        ("LI", "DR", ("LI", "DR")),
    ],
)
def test_what_airlines_add_is_dropped(surname, given_name, tidied):
    assert latin_name(surname, given_name) == tidied


def test_chinese_and_pinyin_have_one_key():
    assert name_key(name_zh="吕布") == name_key("LYU", "BU") == name_key("LV", "BU MR") == name_key("Lü", "Bu")
    assert name_key(name_zh="单雄信") == name_key("SHAN", "XIONG XIN")
    assert name_key("LU", "BU") != name_key(name_zh="吕布")


def test_accents_and_signs_do_not_count():
    assert name_key("D'EXEMPLE", "JEAN-PAUL") == name_key("DEXEMPLE", "JEAN PAUL")
    assert letters("Müller-Łódź Ø") == "MULLERLODZOE"


def test_a_compound_surname_needs_a_given_name():
    assert split_chinese("欧阳修") == ("欧阳", "修")
    assert split_chinese("欧阳") == ("欧", "阳")
    assert split_chinese("") == ("", "")
    assert pinyin_of("JOHN") == ("", "")


def test_the_table_is_well_formed():
    for name, syllables in surnames().items():
        assert len(name) == len(syllables)
        assert all(syllable.isascii() and syllable.islower() for syllable in syllables)


@given(HANZI)
def test_the_key_of_a_chinese_name_is_that_of_its_spelling(name):
    assert name_key(name_zh=name) == name_key(*pinyin_of(name))


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=10))
def test_any_text_has_a_key_of_letters(surname, given_name, chinese):
    key = name_key(surname, given_name, chinese)
    assert key == "" or (key.isascii() and key.isalpha() and key.isupper())


@given(st.text(max_size=30), st.text(max_size=30))
def test_tidying_twice_changes_nothing_of_the_surname(surname, given_name):
    once = latin_name(surname, given_name)
    assert latin_name(once[0], "")[0] == once[0]
