"""One traveller's name in two lists, by the kinds of names and of errors that lists have; and other people's names."""

import pytest

from hucheng.engines.linkage.levels import levels_of
from hucheng.engines.linkage.model import shipped
from hucheng.engines.linkage.name_levels import name_level
from hucheng.engines.linkage.names import read_name
from hucheng.engines.linkage.readings import WAYS, keys_abroad
from hucheng.engines.linkage.tables import table
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.linkage.tests.people import prepared

SAME = {
    "Hokkien surname": [("陈伟明", "TAN WEI MING"), ("林志强", "LIM/ZHIQIANG"), ("蔡美玉", "CHUA MEIYU")],
    "Hokkien": [("陈金福", "TAN KIM HOCK"), ("王文成", "ONG BOON SENG"), ("吴美丽", "GOH BEE LEE")],
    "Malaysia": [("李国荣", "LEE KOK ENG"), ("黄玉珠", "OOI GEK CHOO"), ("張德發", "TEOH TECK HUAT")],
    "Vietnam": [("阮文明", "NGUYEN VAN MINH"), ("阮氏花", "Nguyễn Thị Hoa"), ("黄德海", "Huỳnh Đức Hải")],
    "Vietnam in Latin": [
        ("Trần Đức Hải", "TRAN/DUC HAI"), ("Phạm Thị Lan", "LAN PHAM THI"), ("Lê Văn An", "AN/LE VAN"),
    ],
    "Korea": [
        ("金敏俊", "KIM/MIN JUN"), ("李英姬", "YI/YOUNG HEE"),
        ("李英姬", "LEE/YEONGHUI"), ("朴智贤", "PAK/JI HYUN"),
    ],
    "Korea in Latin": [("BAE/JIHO", "PAE/JIHO"), ("SOHN/MINA", "SON/MINA"), ("이영희", "LEE/YEONGHUI")],
    "surname in characters": [("金Minjun", "KIM/MINJUN"), ("佐藤Yuki", "SATO/YUKI"), ("李Emily", "LI/EMILY")],
    "Taiwan": [("蔡英文", "TSAI/YING-WEN"), ("陈永贵", "CHEN/YUNG-KUEI"), ("许信良", "HSU HSIN-LIANG")],
    "Arabic script": [
        ("محمد حسين", "MUHAMMAD/HUSAIN"), ("عبد الرحمن", "ABDELRAHMAN"), ("سلطان الدوسري", "SULTAN ALDOSARI"),
    ],
    "Persian script": [("رضا حسینی", "HOSSEINI/REZA"), ("مهدی کریم", "KARIM/MAHDI"), ("ناصر یوسف", "NASSER YOUSSEF")],
    "Arabic in Latin": [
        ("MOHD/ALI", "MOHAMMED/ALY"), ("ALHASSAN/OMAR", "AL-HASAN UMAR"), ("OMAR BIN KHALID", "OMAR/KHALED"),
    ],
    "Abdul": [("ABDULRAHMAN/ALI", "ABDEL RAHMAN ALI"), ("ABDURRAHMAN/SAID", "ABD AL-RAHMAN SAEED")],
    "Cyrillic": [
        ("Хабаров Дмитрий", "KHABAROV/DMITRII"), ("Ђорђевић Љубица", "DORDEVIC/LJUBITSA"), ("Жұмабаев", "ZHUMABAEV"),
    ],
    "short forms": [
        ("ANDERSON/ROBERT", "ANDERSON/BOB"), ("SMITH/LIZ", "SMITH/ELIZABETH"), ("SMITH/LIZ", "BETTY SMITH"),
    ],
    "English name": [
        ("李爱米", "LI/EMILY"), ("王杰克", "WANG/JACK"),
        ("李爱米(Emily)", "LI/EMILY"), ("Emily 李爱米", "LI EMILY"),
    ],
    "titles": [
        ("MR LI XIAOMING", "LI/XIAOMING"), ("LI/XIAOMINGMR", "LI/XIAOMING CHD"),
        ("Dr. Li Xiaoming", "LI/XIAOMING MSTR"),
    ],
    "forms of address": [("李娜女士", "李娜"), ("王建国先生", "WANG/JIANGUO"), ("LI/NA INF", "李娜")],
    "maiden names": [("SMITH/EMILY NEE JONES", "JONES/EMILY"), ("Smith Emily (née Jones)", "Emily Jones")],
    "former names": [
        ("王丽(原姓李)", "LI/LI"), ("王丽华(曾用名:张丽华)", "ZHANG/LIHUA"),
        ("王丽华（原名张秀）", "张秀"),
    ],
    "husband's surname": [("陳方安生", "方安生"), ("林郑月娥", "郑月娥"), ("CHAN FANG/ONSANG", "FANG/ONSANG")],
    "cut zones": [
        ("NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONGKR", "NILAVADHANANANDA/CHAYAPA DEJTHAMRONGKRIT"),
        ("PAPANDROPOULOUS<<JONATHON<ALEX", "PAPANDROPOULOUS/JONATHON ALEXANDER"),
    ],
    "zones": [("P<CHNLI<<XIAOMING<<<<<<<<<<<<<<<<<<<<<<<<<<", "李晓明"), ("LI<<XIAO<MING<<<<", "LI/XIAOMING")],
    "variants": [
        ("张喆", "张哲"), ("吴珮珊", "吳佩珊"), ("渡辺Ken", "渡邊Ken"),
        ("戴安", "代安"), ("周堃", "ZHOU/KUN"),
    ],
}  # fmt: skip
OTHER = [
    ("陈伟明", "TAN/XIULAN"), ("林志强", "LIM/MEI LING"), ("阮文明", "NGUYEN THI LAN"), ("阮文明", "TRAN/QUOC BAO"),
    ("金敏俊", "KIM/SOO YEON"), ("金敏俊", "PARK/HYE JIN"), ("金Minjun", "金Soyeon"), ("佐藤Yuki", "SATO/HIROSHI"),
    ("محمد حسين", "AHMAD/KARIM"), ("سلطان الدوسري", "FAHD ALHARBI"), ("OMAR BIN KHALID", "YUSUF BIN TARIQ"),
    ("ZHANG/BIN", "ZHANG/LI"), ("ANDERSON/ROBERT", "ANDERSON/GEORGE"), ("SMITH/LIZ", "SMITH/KATE"),
    ("SMITH/SAMUEL", "SMITH/SAMANTHA"), ("李爱米", "LI/JENNIFER"), ("王建国", "WANG/EMILY"), ("李林斌", "LI/BOLIN"),
    ("SMITH/EMILY NEE JONES", "BROWN/KATE"), ("陈方安生", "李安"), ("王李娜", "娜"), ("NG/HSK", "NGUYEN/HOA"),
    ("PAPANDROPOULOUS<<JONATHON<ALEX", "PAPADAKIS/KONSTANTINA"), ("Иванов Дмитрий", "PETROV/SERGEI"),
]  # fmt: skip


def bits(one, other):
    """What two names alone say, in bits."""
    a, b = prepared(name=one), prepared(name=other)
    found = {term: much for term, much in shipped().terms_of(levels_of(a, b), a, Terms()).items() if "name" in term}
    level = name_level(a.name, b.name).level
    found[f"rarity={level}"] = shipped().terms_of(levels_of(a, b), a, Terms()).get(f"rarity={level}", 0.0)
    return shipped().sum_of(found) - shipped().prior


@pytest.mark.parametrize(
    ("one", "other"),
    [pytest.param(*pair, id=f"{kind} {n}") for kind, pairs in SAME.items() for n, pair in enumerate(pairs)],
)
def test_two_spellings_of_one_name_speak_for_one_person(one, other):
    assert bits(one, other) > 0 and bits(one, other) == pytest.approx(bits(other, one))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_peoples_names_do_not(one, other):
    assert bits(one, other) <= 0


def test_an_english_name_that_only_sounds_alike_is_weak_evidence():
    assert 0 < bits("李爱米", "LI/EMILY") < bits("ANDERSON/ROBERT", "ANDERSON/BOB") < bits("陈伟明", "TAN WEI MING")


@pytest.mark.parametrize("cell", ["MR", "MRS", "DR", "MISS"])
def test_a_title_alone_is_no_name_taken_away(cell):
    assert read_name(cell).surname == cell


(
    ("cell", "surname"),
    ("NEE/WATCHMAN", "NEE"),
)
(
    ("MARY NEE", "MARY"),
    ("DRAGO/IVAN", "DRAGO"),
)


@pytest.mark.parametrize(
    ("cell", "surname"),
    [("NEE/WATCHMAN", "NEE"), ("MARY NEE", "MARY"), ("DRAGO/IVAN", "DRAGO")],
)
def test_words_that_only_look_like_notes_stay(cell, surname):
    assert read_name(cell).surname == surname


@pytest.mark.parametrize(
    ("cell", "parts"), [("LI<<XIAO<MING<<<", ("LI", "XIAOMING")), ("GARCIA<LOPEZ<<ANA", ("GARCIALOPEZ", "ANA"))]
)
def test_two_fillers_part_the_surname(cell, parts):
    assert (read_name(cell).surname, read_name(cell).first) == parts


def test_parts_in_two_cells_that_fill_the_zone_may_be_cut():
    assert read_name("", "PAPANDROPOULOUS", "JONATHON ALEX").cut and not read_name("", "LI", "NA").cut


@pytest.mark.parametrize("way", [*WAYS, "japanese"])
def test_tables_of_readings_give_each_character_once_and_plain_letters(way):
    for part in ("surname", "given"):
        rows = [row for row in table(f"read_{way}.csv") if row["part"] == part]
        signs = [sign for row in rows for sign in row["signs"].split()]
        assert len(signs) == len(set(signs))
        assert all(word.isascii() and word.isupper() for row in rows for word in row["spellings"].split())


def test_a_name_with_a_character_that_a_way_lacks_has_no_reading_there():
    assert keys_abroad("金敏俊") and not keys_abroad("焦𪙿")


def test_no_spelling_is_usual_for_two_words():
    rows = table("written_alike.csv")
    spelled = [word for row in rows for word in (row["word"], *row["variants"].split())]
    scripts = [word for row in rows for word in row["script"].split()]
    assert len(spelled) == len(set(spelled)) and len(scripts) == len(set(scripts))


def test_every_level_of_a_name_weighs_and_is_told():
    levels = {name_level(read_name(a), read_name(b)).level for pairs in SAME.values() for a, b in pairs}
    assert {"abroad", "consonants", "english", "married", "nickname", "prefix"} <= levels
    assert all(f"name={level}" in shipped().words and f"name={level}" in shipped().bits for level in levels)
