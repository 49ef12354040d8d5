"""Which line of work a demand belongs to: its own words, those of its subject, both fronts, or the block."""

import re
from importlib.resources import files

import pytest

from hucheng.engines import minutes
from hucheng.engines.minutes import Theme
from hucheng.engines.minutes.themes import own_theme
from hucheng.engines.minutes.vocabulary import lists
from hucheng.engines.minutes.why import THEMES

from .cases import demanded, only

LISTS = sorted(one.name[:-5] for one in files(minutes).joinpath("data").iterdir() if one.name.endswith(".yaml"))


def themes_of(text: str) -> list[str]:
    return [one.theme.value for one in demanded(text)]


@pytest.mark.parametrize(
    ("demand", "theme"),
    [
        ("防止高风险旅客进京", Theme.CAPITAL_MOAT),
        ("做好航班经停保障", Theme.CAPITAL_MOAT),
        ("当好首都护城河", Theme.CAPITAL_MOAT),
        ("核验入境旅客申报", Theme.IMPORT_LINE),
        ("腾空隔离酒店", Theme.IMPORT_LINE),
        ("劝返中风险地区来客", Theme.IMPORT_LINE),
        ("逐校验收食堂", Theme.SCHOOLS),
        ("错峰安排高三返校", Theme.SCHOOLS),
        ("兑现纾困政策", Theme.ECONOMY),
        ("备足粮食和生活必需品", Theme.ECONOMY),
        ("推动工地复工", Theme.ECONOMY),
        ("排查林区防火隐患", Theme.STABILITY),
        ("化解劳资纠纷", Theme.STABILITY),
        ("公布疫情咨询热线", Theme.STABILITY),
        ("组织社区核酸检测", Theme.GENERAL),
        ("擦亮窗户", Theme.GENERAL),
    ],
)
def test_the_words_of_a_demand_name_its_line_of_work(demand, theme):
    assert only(f"会议强调，要{demand}。").theme is theme


def test_travel_to_the_capital_wins_over_the_border_that_it_began_at():
    assert own_theme("核对国际航班入境旅客赴京去向").theme is Theme.CAPITAL_MOAT


def test_the_line_with_more_words_wins():
    assert own_theme("学生返校时核验入境记录").theme is Theme.SCHOOLS
    assert own_theme("入境口岸核验留学返乡学生").theme is Theme.IMPORT_LINE


def test_schools_win_when_two_lines_are_named_alike():
    assert own_theme("开学与复工").theme is Theme.SCHOOLS


@pytest.mark.parametrize(
    "demand",
    ["奋力夺取双战双胜", "统筹推进疫情防控和经济社会发展", "坚持外防输入、内防反弹", "做到防疫生产两不误"],
)
def test_what_names_both_fronts_at_once_belongs_to_no_single_line(demand):
    assert only(f"会议强调，要{demand}。").theme is Theme.GENERAL
    assert themes_of(f"会议强调，要守住口岸。逐车查验货物，{demand}。")[-1] == "general"


def test_the_outer_side_of_the_defence_alone_is_the_import_line():
    assert only("会议强调，要压实外防输入措施。").theme is Theme.IMPORT_LINE


def test_a_heading_hands_its_theme_to_the_sentences_that_spell_it_out():
    said = "会议强调，要做好开学准备。备足防护用品，逐间清点桌椅。更新名册。"
    assert themes_of(said) == ["schools"] * 4


def test_a_word_of_control_under_a_heading_does_not_leave_its_block():
    assert themes_of("会议强调，要做好开学准备。备足口罩。") == ["schools", "schools"]
    assert themes_of("会议强调，要备足口罩。") == ["general"]


def test_a_heading_reaches_to_the_next_heading_and_to_the_end_of_its_paragraph():
    said = "会议强调，要做好开学准备。逐间清点桌椅。要守好口岸。逐车核对。\n要更新台账。"
    assert themes_of(said) == ["schools", "schools", "import_line", "import_line", "general"]


def test_a_clause_without_words_of_its_own_follows_the_clause_before_it():
    assert themes_of("会议强调，要查验入境货物，逐件登记，公布物价，逐日更新。") == [
        "import_line",
        "import_line",
        "economy",
        "economy",
    ]


def test_a_subject_names_the_line_of_work_when_the_demand_does_not():
    assert themes_of("会议强调，公共交通要恢复班次，延长时间。") == ["economy", "economy"]
    assert only("会议强调，学校要落实到人。").theme is Theme.SCHOOLS


def test_a_new_subject_without_a_line_of_work_ends_the_block():
    assert themes_of("会议强调，要查验入境货物。各单位要更新台账。") == ["import_line", "general"]


def test_the_reason_tells_the_word_or_the_block():
    first, second = demanded("会议强调，要查验入境货物，逐件登记。")
    assert "外防输入（据“入境”）" in first.why.zh and "import line (by “入境”)" in first.why.en
    assert "外防输入（据所在段落）" in second.why.zh and "import line (by its block)" in second.why.en


def test_every_line_of_work_has_words_and_a_name_in_both_languages():
    assert {one.value for one in Theme} | {"both_fronts", "weak"} == set(lists("themes"))
    assert set(THEMES) == set(Theme)


PLAIN = {"head", "verbs", "injected", "people"}
EXPRESSIONS = [
    (name, key, entry)
    for name in LISTS
    if name not in PLAIN
    for key, entries in lists(name).items()
    for entry in entries
]


@pytest.mark.parametrize("name", LISTS)
def test_no_word_stands_twice_in_one_list(name):
    for key, entries in lists(name).items():
        assert entries and all(entries), key
        assert len(set(entries)) == len(entries), {one for one in entries if entries.count(one) > 1}


def test_every_entry_of_the_lists_is_an_expression_by_itself():
    """An entry that was cut at its comma, as `国际航班.{0` and `4}经停`, is no more what somebody wrote."""
    assert len(EXPRESSIONS) > 300
    for name, key, entry in EXPRESSIONS:
        re.compile(entry)
        bare = re.sub(r"\[[^]]*\]|\\.", "", entry)
        assert bare.count("{") == bare.count("}") and bare.count("(") == bare.count(")"), (name, key, entry)
