"""One Chinese name, spelled by three administrations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.spellings import GIVEN_SPELLINGS, pinyin_letters, simplified, spellings

SIGNS = st.text(st.sampled_from("王李张刘陈欧阳单吕女律志明伟小丽诗敏健强思雨"), min_size=1, max_size=4)


def joined(name):
    return {way.joined for way in spellings(name)}


@pytest.mark.parametrize(
    ("name", "surname", "given"),
    [
        ("张志明", "ZHANG", "ZHIMING"),
        ("单雄信", "SHAN", "XIONGXIN"),
        ("吕布", "LYU", "BU"),
        ("欧阳修", "OUYANG", "XIU"),
        ("曾国强", "ZENG", "GUOQIANG"),
        ("令狐冲", "LINGHU", "CHONG"),
        ("女娲", "NYU", "WA"),
    ],
)
def test_the_mainlands_passport_comes_first(name, surname, given):
    first = spellings(name)[0]
    assert (first.surname, first.given) == (surname, given)


@pytest.mark.parametrize(
    ("name", "taiwan"),
    [
        ("张志明", "CHANGCHIHMING"),  # passports drop the hyphen when the parts are joined
        ("陈水扁", "CHENSHUIPIEN"),
        ("蔡英文", "TSAIYINGWEN"),
        ("谢长廷", "HSIEHCHANGTING"),
        ("许信良", "HSUHSINLIANG"),
        ("郭台铭", "KUOTAIMING"),
        ("孙桂英", "SUNKUEIYING"),
    ],
)
def test_taiwan_spells_by_wade_and_giles(name, taiwan):
    assert taiwan in joined(name)


@pytest.mark.parametrize(
    ("name", "hong_kong"),
    [
        ("陈伟强", "CHANWAIKEUNG"),
        ("李嘉诚", "LEEKASHING"),
        ("黄志明", "WONGCHIMING"),
        ("梁朝伟", "LEUNGCHIUWAI"),
        ("林郑", "LAMCHENG"),
        ("石坚", "SHEKKIN"),
        ("何诗敏", "HOSZEMAN"),
        ("司马小明", "SZEMASIUMING"),
    ],
)
def test_hong_kong_spells_by_sound(name, hong_kong):
    assert hong_kong in joined(name)


def test_the_common_misreading_of_a_surname_is_a_spelling_too():
    assert {"SHANXIONGXIN", "DANXIONGXIN"} <= joined("单雄信")
    assert "CHOUYING" in joined("仇英") and spellings("仇英")[0].surname == "QIU"


def test_lists_write_lu_and_lv_for_lyu():
    assert {"LYUBU", "LUBU", "LVBU"} <= joined("吕布")
    assert "LYU" not in {way.surname for way in spellings("卢布")}


@pytest.mark.parametrize(
    ("written", "same"), [("陳偉", "陈伟"), ("傅明", "付明"), ("閻锡山", "闫锡山"), ("蕭红", "肖红")]
)
def test_traditional_forms_and_variant_surnames_are_made_one(written, same):
    assert simplified(written) == simplified(same)


@given(SIGNS)
def test_every_name_has_a_bounded_number_of_spellings_each_once(name):
    ways = spellings(name)
    assert len(ways) == len(set(ways)) and 0 < len(ways) <= 3 * GIVEN_SPELLINGS + 5
    assert all(way.joined == way.joined.upper() and way.joined.isalpha() for way in ways)


@given(SIGNS)
def test_making_simple_twice_changes_nothing(name):
    assert simplified(simplified(name)) == simplified(name)


def test_a_text_without_characters_has_no_spelling():
    assert spellings("") == () and spellings("·") == () and pinyin_letters("A1") == ""
