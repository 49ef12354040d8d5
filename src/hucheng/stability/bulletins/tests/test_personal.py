"""Persons kept out of public words: numbers in every script and joint, names in both languages, and nothing else."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hucheng.core.refusal import Refusal
from hucheng.stability.bulletins.personal import refuse_personal


@pytest.mark.parametrize(
    "text",
    [
        "电话 0351 4123456", "传真０３５１－４１２３４５６", "手机一三八，不，138·1234·5678", "打幺三八—138_1234_5678",
        "账号6222021234567890123", "身份证 11010519491231002x", "老身份证110105491231002", "护照 EB1234567",
        "通行证 C12345678", "微信: wx_abcde", "QQ号 是 1234567", "mail me a.b+c@d-e.org", "my NAME is Li",
        "I am called Li Lei", "姓名: 王", "名字叫 小明", "〇三五一四一二三四五六",
    ],
)  # fmt: skip
def test_what_points_at_a_person_is_found_in_every_usual_guise(text):
    with pytest.raises(Refusal) as no:
        refuse_personal(text)
    assert no.value.code in ("personal_number", "personal_name") and text not in f"{no.value.why}{no.value.do}"


@pytest.mark.parametrize(
    "text",
    [
        "", "12345", "热线 12345 与 120 打不通", "G3201 次列车 3 月 22 日 08:15", "CA1908 与 HU7976 航班",
        "2019-12-31 以来", "第 43 次会议", "100000 人", "口罩 3,000,000 只", "微信公众号在哪里看",
        "QQ 群能加吗", "邮箱@", "姓名要写吗", "名字很长怎么办", "三月二十五日 返校",
        "1.5 米", "14 天 + 7 天", "E1234", "甲乙丙 123456789",
    ],
)  # fmt: skip
def test_what_points_at_nobody_is_let_through(text):
    refuse_personal(text)


JOINTS = st.sampled_from(["", " ", "-", ".", "·", "—", "_", "  ", " - "])
DIGITS = st.sampled_from(["0123456789", "０１２３４５６７８９", "〇一二三四五六七八九", "零一二三四五六七八九"])


@given(number=st.text("0123456789", min_size=10, max_size=19), signs=DIGITS, joints=st.lists(JOINTS, min_size=3))
@example(number="0000000000", signs="〇一二三四五六七八九", joints=[" "] * 3)
def test_ten_digits_in_a_row_are_found_in_any_script_and_however_they_are_set_apart(number, signs, joints):
    told = number.translate(str.maketrans("0123456789", signs))
    joined = told[:3] + joints[0] + told[3:7] + joints[1] + told[7:]
    with pytest.raises(Refusal) as no:
        refuse_personal(f"请回电{joined}谢谢")
    assert no.value.code == "personal_number"


@given(st.text("何时开学返校复工口罩核酸隔离的吗？，。", max_size=60))
def test_plain_words_are_never_taken_for_a_person(text):
    refuse_personal(text)
