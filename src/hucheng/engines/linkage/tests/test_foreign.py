"""Names of other tongues: one person in two scripts, one word in several spellings."""

import pytest

from hucheng.engines.linkage.foreign import alike, in_latin
from hucheng.engines.linkage.name_levels import name_level
from hucheng.engines.linkage.names import read_name


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Иванов Алексей", "IVANOV ALEKSEI"),
        ("ЩЕРБАКОВА ЮЛИЯ", "SHCHERBAKOVA IULIIA"),
        ("Хрущёв", "KHRUSHCHEV"),
        ("Гончар Ігор", "GONCHAR IGOR"),
        ("김민준", "GIM MINJUN"),
        ("박서연", "BAK SEOYEON"),
        ("李Emily", "李Emily"),
        ("Müller", "Müller"),
        ("", ""),
    ],
)
def test_letters_of_other_scripts_in_latin_ones(written, latin):
    assert in_latin(written) == latin


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Иванов Алексей", "IVANOV/ALEKSEI", "letters"),
        ("Алексей Иванов", "IVANOV/ALEXEY", "heard"),
        ("IVANOVA/YULIYA", "IVANOVA/IULIIA", "heard"),
        ("MOHAMED/HUSSEIN", "MUHAMMAD/HUSAIN", "heard"),
        ("YOUSSEF AHMED", "AHMAD/YUSUF", "heard"),
        ("PARK/MIN JUN", "PAK/MINJUN", "heard"),
        ("박민준", "PARK/MIN JUN", "heard"),
        ("김민준", "KIM/MINJUN", "heard"),
        ("CHOI/SOO", "CHOE/SOO", "heard"),
    ],
)
def test_one_name_in_two_ways(one, other, level):
    assert name_level(read_name(one), read_name(other)).level == level
    assert name_level(read_name(other), read_name(one)).level == level


@pytest.mark.parametrize(
    ("one", "other"),
    [("MOHAMED/HUSSEIN", "MOHAMED/HASSAN"), ("KIM/MIN JUN", "PARK/MIN JUN"), ("IVANOV/SERGEI", "IVANOV/ANDREI")],
)
def test_other_people_are_not_made_one(one, other):
    assert name_level(read_name(one), read_name(other)).level in ("surname", "given", "halfnear", "else")


@pytest.mark.parametrize("word", ["LI", "YU", "JO", "SO", "NO", "ZHANG", ""])
def test_words_that_pinyin_has_too_have_no_usual_spelling(word):
    assert alike(word) == "" != alike("MUHAMMAD")
