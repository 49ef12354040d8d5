"""What lists write as a name, and that its order, joining and decoration do not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.names import AIRLINE_CELL, letter_key, read_name, sound_key

WORDS = st.text(st.sampled_from("ABCDEGHIKLMNOPRSTUWXYZ"), min_size=2, max_size=9)


@pytest.mark.parametrize(
    "cell",
    [
        "ZHANG/WEIMING",
        "ZHANG/WEIMING MR",
        "ZHANG/WEI MING",
        "ZHANG/WEI-MING",
        "WEIMING/ZHANG",
        "Zhang Weiming",
        "Zhang1 Wei3ming2",
        "Zhāng Wěimíng",
        "ZHANG  WEI'MING",
        "ＺＨＡＮＧ／ＷＥＩＭＩＮＧ",
    ],
)
def test_order_joining_titles_tones_and_width_do_not_matter(cell):
    assert letter_key("ZHANGWEIMING") in read_name(cell).keys


@pytest.mark.parametrize(
    "cell", ["张伟明", "張偉明", "张 伟明", "张伟明(zhangweiming)", "张伟明（Zhāng Wěimíng）", "\u3000张伟明 "]
)
def test_characters_are_read_through_what_stands_around_them(cell):
    name = read_name(cell)
    assert (name.hanzi, name.family, name.given) == ("张伟明", "张", "伟明")
    assert letter_key("ZHANGWEIMING") in name.keys


def test_a_name_only_in_brackets_is_a_name():
    assert read_name("(张伟)").hanzi == "张伟"


def test_latin_parts_beside_characters_are_one_more_spelling():
    name = read_name("黄诗敏", "WONG", "SZE MAN")
    assert name.hanzi == "黄诗敏" and name.spellings[0].joined == "WONGSZEMAN"
    assert name.joined == "WONGSZEMAN" and {"WONG", "SZE", "MAN"} == name.words


@pytest.mark.parametrize(
    ("one", "other"),
    [("MUELLER/JUERGEN", "Müller Jürgen"), ("ZHANG/SIYUAN", "ZHANG/SIYUANG"), ("LIN/NA", "LIN/LA")],
)
def test_what_is_heard_alike_has_one_sound_key(one, other):
    assert read_name(one).sounds & read_name(other).sounds


def test_umlauts_after_l_and_n_are_spelled_as_passports_do():
    assert read_name("LÜ/MENG").keys == read_name("LYU/MENG").keys == read_name("LV/MENG").keys


@pytest.mark.parametrize("cell", ["", " ", "??", "-", "123", "□", "😀", "NONAME", "/", "."])
def test_a_cell_without_a_name_has_no_key(cell):
    assert not read_name(cell).said


@pytest.mark.parametrize("cell", ["RODRIGUEZGARCIA/FRANCI", "ABCDEFGHIJ/KLMNOPQRST MR"])
def test_a_full_airline_cell_may_be_cut(cell):
    assert len(cell) >= AIRLINE_CELL and read_name(cell).cut


def test_a_short_cell_and_a_long_name_of_another_list_are_not_cut():
    assert not read_name("LI/NA").cut and not read_name("Maximilian Alexander Groß").cut


@given(WORDS, WORDS)
def test_any_two_words_in_any_order_have_one_key(one, other):
    assert read_name(f"{one}/{other}").keys == read_name(f"{other} {one}").keys


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    name = read_name(text)
    assert name.said == bool(name.hanzi or name.joined)
    assert all(key == "".join(sorted(key)) and key for key in name.keys - {name.hanzi})


def test_a_character_that_no_table_spells_is_its_own_key():
    assert read_name("𪙿").keys == {"𪙿"} and read_name("𪙿").keys & read_name(" 𪙿 ").keys


@given(WORDS)
def test_a_sound_key_is_no_longer_than_the_word_and_sorted(word):
    key = sound_key(word)
    assert len(key) <= len(word) and list(key) == sorted(key)


@pytest.mark.parametrize("name", ["欧阳", "司马", "令狐"])
def test_two_characters_are_a_surname_and_a_given_name_even_when_they_could_be_one_surname(name):
    assert read_name(name).family == name[0]


def test_a_compound_surname_before_a_given_name_is_whole():
    assert (read_name("欧阳锋").family, read_name("欧阳锋").given) == ("欧阳", "锋")


@pytest.mark.parametrize(
    "cell",
    [
        "不详",
        "无",
        "待核",
        "同上",
        "nan",
        "NULL",
        "N/A",
        "张**",
        "张某某",
        "张某",
        "李xx",
        "小李",
        "老王",
        "张女士",
        "王师傅",
        "--",
    ],
)
def test_placeholders_masks_and_lone_surnames_tell_no_name(cell):
    assert not read_name(cell).said


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("父亲张三", "张三"),
        ("长女：李晓明", "李晓明"),
        ("张三等3人", "张三"),
        ("李晓明老师", "李晓明"),
        ("司机王建国", "王建国"),
        ("小野", "小野"),
        ("老舍", "老舍"),
        ("李主任", ""),
        ("NAN", ""),
    ],
)
def test_what_clerks_put_around_a_name_is_no_part_of_it(cell, name):
    assert read_name(cell).hanzi == name


def test_a_masked_name_leaves_the_latin_parts_beside_it():
    assert read_name("张**", "ZHANG", "SAN").keys == read_name("ZHANG/SAN").keys
