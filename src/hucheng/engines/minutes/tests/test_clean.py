"""Repairs: published cases, damage undone, clean text left alone."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import EditKind, clean, damage

OWN = [
    "市领导小组召开第三次会议，听取接机准备情况汇报。",
    "各县(市、区)要备足物资，每日更新台账。",
    "机场专班要核对名单、备齐车辆，做好旅客转运登记。",
    "坚决防止高风险人员离并进京。",
    "酒店须四证齐全，由两人复核后启用。",
    "教育部门要逐校验收，把住开学关口。",
    "及时化解因停工产生的合同纠纷，做好就业帮扶。",
    "航班(CA910)落地前三小时收到名单，地区生产总值(GDP)按季公布。",
    "沿着既定安排推进，著名专家现场指导。",
    "干部要下沉一线，干净利落地完成交接。",
]
texts = st.lists(st.sampled_from(OWN), min_size=1, max_size=5).map("".join)


def test_the_published_cases_are_repaired(reference):
    with (reference / "data" / "cleaner_cases.csv").open(encoding="utf-8", newline="") as table:
        cases = list(csv.DictReader(table))
    wrong = [(c["case_id"], clean(c["input"]).text) for c in cases if clean(c["input"]).text != c["expected"]]
    assert len(cases) == 30 and not wrong


@given(texts)
def test_damage_is_undone(text):
    assert clean(damage(text)).text == text


@given(texts)
def test_clean_text_is_left_alone(text):
    assert clean(text).text == text and not clean(text).edits


@given(st.one_of(texts.map(damage), st.text(max_size=120)))
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text).text
    assert clean(once).text == once


@given(texts.map(damage))
def test_each_repair_stands_where_it_says(text):
    cleaned = clean(text)
    notes = [edit for edit in cleaned.edits if edit.kind == EditKind.NOTE]
    assert cleaned.edits
    for edit in cleaned.edits:
        inside = [n for n in notes if n is not edit and edit.start <= n.start and n.end <= edit.end]
        taken = {place for n in inside for place in range(n.start, n.end)}
        assert "".join(text[i] for i in range(edit.start, edit.end) if i not in taken) == edit.before
        assert cleaned.text[edit.clean_start : edit.clean_end] == edit.after


@pytest.mark.parametrize("kept", ["县(市、区)", "(GDP)", "太原(Tài yuán)", "离并进京", "著名"])
def test_what_belongs_is_never_removed(kept):
    assert kept in clean(f"会议{kept}要求").text


def test_damage_is_the_same_every_time_and_real():
    text = "".join(OWN)
    assert damage(text) == damage(text) != text and "(" in damage(text)
