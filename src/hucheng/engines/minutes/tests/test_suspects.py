"""Slips of the pen: pointed at with what may be meant, never changed; names of places are none."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import clean, read, suspects
from hucheng.engines.minutes.command import minutes
from hucheng.engines.minutes.notes import readings
from hucheng.engines.minutes.suspects import SHORTEST, Suspect
from hucheng.engines.minutes.vocabulary import lists
from hucheng.engines.words.cities import MOVES, short_names

from .cases import HELD
from .test_clean import OWN

FIXED = lists("fixed")["expressions"]
honest = st.lists(st.sampled_from([*OWN, *FIXED, "，", "。"]), max_size=6).map("".join)


def told(text: str) -> list[tuple[str, str]]:
    return [(one.written, one.meant) for one in suspects(text)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("疫情防空", "疫情防控"),
        ("役情防控", "疫情防控"),
        ("核酸检侧", "核酸检测"),
        ("核酸捡测", "核酸检测"),
        ("集中隔禽", "集中隔离"),
        ("密切接触着", "密切接触者"),
        ("密切接处者", "密切接触者"),
        ("主题责任", "主体责任"),
        ("再接再励", "再接再厉"),
        ("明查暗访", "明察暗访"),
        ("无缝链接", ""),
        ("领导小祖", "领导小组"),
        ("电视电话会义", "电视电话会议"),
        ("隔离冶疗", "隔离治疗"),
        ("疫情防护", ""),
        ("入境人圆", "入境人员"),
    ],
)
def test_one_sign_that_sounds_or_looks_the_same_is_suspected_and_another_word_is_not(written, meant):
    text = f"要做好{written}等工作。"
    assert told(text) == ([(written, meant)] if meant else [])


@pytest.mark.parametrize(
    "text",
    [
        "坚决防止高风险人员离并进京。",
        "逐一登记入京人员、离京人员和出京人员。",
        "做好入晋人员、返并人员管理。",
        "疫情防控和防空演练分别开展。",
        "核酸、检测两项工作。",
        "健康监测和监测健康。",
        "应急值守人员在岗。",
        "",
        "疫",
        "疫情",
        "COVID-19 epidemic control",
    ],
)
def test_what_is_right_is_left_in_peace(text):
    assert told(text) == []


def test_the_same_sign_elsewhere_is_a_slip_when_no_place_is_meant():
    """京 sounds like 境: behind 入 it is Beijing, in the middle of another word it is not."""
    assert told("入京人员") == []
    assert told("环京消毒") == [("环京消毒", "环境消毒")]


@pytest.mark.parametrize("move", MOVES)
def test_no_short_name_of_a_place_behind_a_verb_of_movement_is_a_slip(move):
    assert [short for short in short_names() if told(f"做好{move}{short}人员管理")] == []


def test_a_fixed_expression_is_no_slip_of_another():
    assert [word for word in FIXED if suspects(word)] == []


def test_fixed_expressions_are_long_enough_and_named_once():
    assert len(set(FIXED)) == len(FIXED) >= 80
    assert min(map(len, FIXED)) >= SHORTEST


@given(honest)
def test_honest_text_holds_no_slip(text):
    assert suspects(text) == ()


@given(honest, st.sampled_from(FIXED), st.data())
def test_a_slip_put_into_honest_text_is_found_where_it_stands(before, word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    alike = [sign for sign in "义已控空疫役检捡测侧力利励员圆员责则产铲境镜" if readings(sign) & readings(word[at])]
    alike = [sign for sign in alike if sign != word[at]]
    if not alike:
        return
    written = word[:at] + data.draw(st.sampled_from(alike)) + word[at + 1 :]
    if written in FIXED:
        return
    start = len(before) + 1
    assert Suspect(start, start + len(word), written, word) in suspects(f"{before}。{written}。后文")


@given(st.one_of(st.text(max_size=60), st.text("疫情防控空核酸检测侧入京境人员", max_size=40)))
def test_every_suspicion_points_at_its_text_and_is_one_sign_away(text):
    for one in suspects(text):
        assert text[one.start : one.end] == one.written != one.meant
        assert sum(a != b for a, b in zip(one.written, one.meant, strict=True)) == 1


def window_by_window(text: str) -> set[tuple[int, str]]:
    """The slow way: every expression against every stretch of its length."""
    groups = lists("fixed")["lookalikes"]
    found = set()
    for word in FIXED:
        for start in range(len(text) - len(word) + 1):
            other = [at for at, meant in enumerate(word) if text[start + at] != meant]
            if len(other) == 1:
                sign, meant, before = text[start + other[0]], word[other[0]], text[: start + other[0]][-1:]
                place = sign in short_names() and before != "" and before in MOVES
                alike = readings(sign) & readings(meant) or any(sign in one and meant in one for one in groups)
                if alike and not place:
                    found.add((start, text[start : start + len(word)]))
    return found


@given(
    st.lists(
        st.sampled_from([*"疫情防控空核酸检测侧入出离京境人员隔禽管理，", "疫情防", "酸检测", "人员"]), max_size=30
    ).map("".join)
)
def test_the_quick_look_finds_what_the_slow_one_does(text):
    assert {(one.start, one.written) for one in suspects(text)} == window_by_window(text)


def test_two_slips_are_told_in_the_order_of_the_text():
    assert told("核酸检侧，疫情防空，核酸检侧") == [
        ("核酸检侧", "核酸检测"),
        ("疫情防空", "疫情防控"),
        ("核酸检侧", "核酸检测"),
    ]


def test_two_wrong_signs_are_too_much_to_guess():
    assert told("役情防空") == []


def test_the_cleaner_never_changes_a_slip():
    assert clean("疫情防空要再接再励").text == "疫情防空要再接再励"


def test_the_reader_warns_of_each_slip_once_and_reads_on():
    found = read(HELD + "会议要求，要抓好疫情防空，不松懈抓好疫情防空，开展核酸检侧。")
    assert [one.zh for one in found.warnings if "疑似" in one.zh] == [
        "疑似错字：“疫情防空”或为“疫情防控”。",
        "疑似错字：“核酸检侧”或为“核酸检测”。",
    ]
    assert "开展核酸检侧" in [one.text_clean for one in found.directives]


@pytest.mark.parametrize("name", ["seed", "A", "B", "C"])
def test_the_open_texts_hold_none(reference, name):
    text = (reference / "minutes" / f"{name}.txt").read_text(encoding="utf-8")
    assert suspects(clean(text).text) == ()


def test_the_command_lists_slips_behind_the_repairs(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("會議：疫情防空", encoding="utf-8")
    done = CliRunner().invoke(minutes, ["clean", str(file)])
    assert done.stdout == "会议：疫情防空\n"
    assert done.stderr.rstrip().split("\n")[1] == (
        "   ?  3-7  疑似错字：“疫情防空”或为“疫情防控”。 Suspected slip: “疫情防空” may be meant as “疫情防控”."
    )
    given_json = json.loads(CliRunner().invoke(minutes, ["clean", str(file), "--json"]).stdout)
    assert given_json["suspects"] == [{"start": 3, "end": 7, "written": "疫情防空", "meant": "疫情防控"}]
