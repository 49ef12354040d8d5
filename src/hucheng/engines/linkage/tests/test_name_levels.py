"""How far two names agree, one example a level and the laws that hold for all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.model import shipped
from hucheng.engines.linkage.name_levels import name_level
from hucheng.engines.linkage.names import read_name

CELLS = st.sampled_from(
    [
        "",
        "张伟",
        "张玮",
        "张伟明",
        "章伟",
        "李娜",
        "欧阳锋",
        "埃米莉·史密斯",
        "ZHANG/WEI",
        "Zhang Wei Ming",
        "CHANG/WEI",
        "SMITH/EMILY",
        "Smith Emily Rose",
        "RODRIGUEZGARCIA/FRANCI",
        "Rodríguez García Francisco",
        "WONG/SZEMAN",
        "黄诗敏",
        "Mueller Felix",
        "KIM/JIHO",
    ]  # fmt: skip
)


def level(one, other):
    return name_level(read_name(one), read_name(other)).level


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("张伟明", "張偉明", "hanzi"),
        ("张伟", "张玮", "sound"),
        ("张伟明", "ZHANG/WEIMING", "letters"),
        ("黄诗敏", "WONG/SZE MAN", "letters"),
        ("蔡英文", "TSAI/YING-WEN", "letters"),
        ("SMITH/EMILY", "Emily Smith", "letters"),
        ("Müller Felix", "MUELLER/FELIX", "heard"),
        ("张思远", "ZHANG/SIYUANG", "heard"),
        ("RODRIGUEZGARCIA/FRANCI", "Rodríguez García Francisco", "prefix"),
        ("SMITH/EMILY", "SMITH/EMILY ROSE", "subset"),
        ("GARCIA/ANA", "García López Ana", "subset"),
        ("张伟明", "张伟", "part"),
        ("张伟明", "ZHANG/WEI", "part"),
        ("ANDERSON/ROBERT", "ANDRSON/ROBERT", "edit"),
        ("王怡琳", "WANG/YILNG", "near"),
        ("刘丽丽", "LIU/LIRLI", "edit"),
        ("张伟明", "张建明", "onechar"),
        ("IVANOV/DMITRY", "Ivanov Dmitrii", "heard"),
        ("KIM/JUNHO", "KIM/JUNSU", "halfnear"),
        ("埃米莉·约翰逊", "JOHNSON/EMILY", "alike"),
        ("罗伯特", "ANDERSON/ROBERT", "alike"),
        ("张伟", "张红", "surname"),
        ("张伟", "ZHANG/HONG", "surname"),
        ("SMITH/EMILY", "SMITH/GEORGE", "surname"),
        ("张建国", "李建国", "given"),
        ("张伟", "李红霞", "else"),
        ("张伟", "SMITH/EMILY", "else"),
        ("SMITH/EMILY", "TANAKA/YUTA", "else"),
        ("", "张伟", "null"),
        ("SMITH/EMILY", "-", "null"),
    ],
)
def test_one_pair_a_level(one, other, found):
    assert level(one, other) == found


@given(CELLS, CELLS)
def test_the_order_of_two_names_does_not_matter(one, other):
    assert name_level(read_name(one), read_name(other)) == name_level(read_name(other), read_name(one))


@given(CELLS)
def test_a_name_agrees_fully_with_itself(cell):
    assert level(cell, cell) in ("hanzi", "letters", "null")


@given(CELLS, CELLS)
def test_what_is_shared_is_said_at_full_agreement_only(one, other):
    found = name_level(read_name(one), read_name(other))
    assert bool(found.shared) == (found.level in ("hanzi", "sound", "letters"))


def test_every_level_has_its_words():
    words = set(shipped().words)
    seen = {level(one, other) for one in CELLS.elements for other in CELLS.elements}
    assert {f"name={name}" for name in seen} <= words and len(seen) > 10


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_get_a_level(one, other):
    assert f"name={level(one, other)}" in shipped().words
