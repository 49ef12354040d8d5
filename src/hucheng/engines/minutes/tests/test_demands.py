"""What is a demand and what is only told, and where one demand ends and the next begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes.layout import is_running_text, lay_out
from hucheng.engines.minutes.speech import Voice, lead_in, trimmed
from hucheng.engines.minutes.units import core_of, split_list

from .cases import words_of


@pytest.mark.parametrize("verb", ["强调", "要求", "提出", "明确"])
def test_a_verb_of_demanding_opens_demands_without_要(verb):
    assert words_of(f"会议{verb}，备足物资，更新台账。") == ["备足物资", "更新台账"]


@pytest.mark.parametrize("verb", ["认为", "表示"])
def test_a_verb_of_stating_opens_none(verb):
    assert words_of(f"会议{verb}，前期摸排已有三轮。") == []


def test_after_指出_only_a_demand_in_its_own_words_counts():
    assert words_of("会议指出，前期摸排已有三轮，要继续逐户核对，公布电话。") == ["要继续逐户核对", "公布电话"]


@pytest.mark.parametrize(
    "modal", ["要", "必须", "务必", "务求", "严禁", "不准", "不得", "不许", "不允许", "决不能", "应当", "不能", "不可"]
)
def test_each_word_of_demanding_is_enough_by_itself(modal):
    assert words_of(f"各专班{modal}脱离岗位。") == [f"{modal}脱离岗位"]


@pytest.mark.parametrize("word", ["需要", "主要", "重要", "必要", "要素", "要求", "摘要", "首要", "要道", "简要"])
def test_要_inside_another_word_demands_nothing(word):
    assert words_of(f"这里的{word}已经说明。") == []


@pytest.mark.parametrize(
    "told",
    [
        "会议听取了口岸专班汇报，传达了上级精神。",
        "会上，各县作了交流发言。",
        "据了解，名册已经报齐。",
        "副市长何书云汇报有关情况。",
        "市直部门负责同志参加会议。",
    ],
)
def test_what_was_done_at_the_meeting_is_no_demand_and_ends_the_demands_before_it(told):
    assert words_of(told) == []
    assert words_of(f"会议强调，要备足物资。{told}备好车辆。") == ["要备足物资"]


@pytest.mark.parametrize(
    "told",
    [
        "当前形势依然复杂，境外疫情持续扩散。",
        "前期工作取得明显成效。",
        "截至昨日，已核对名册三百份。",
        "这是一次检验。",
    ],
)
def test_what_is_the_case_is_no_demand(told):
    assert words_of(f"会议强调，要备足物资。{told}") == ["要备足物资"]


def test_the_situation_named_inside_a_demand_is_left_out():
    assert words_of("会议强调，当前形势依然复杂，要备足物资，近期已摸排三轮，备好车辆。") == ["要备足物资", "备好车辆"]


def test_demands_end_with_their_paragraph():
    assert words_of("会议强调，要备足物资。\n备好车辆。") == ["要备足物资"]


@pytest.mark.parametrize(
    ("said", "demands"),
    [
        ("一要核对名册；二要备齐客车。", ["要核对名册", "要备齐客车"]),
        ("一是核对名册；二是要备齐客车。", ["核对名册", "要备齐客车"]),
        ("（一）核对名册。（二）备齐客车。", ["核对名册", "备齐客车"]),
        ("1.核对名册。2、备齐客车。", ["核对名册", "备齐客车"]),
        ("3.5万只口罩要备足。", ["3.5万只口罩要备足"]),
        ("同时，要核对名册。此外备齐客车。", ["要核对名册", "备齐客车"]),
        ("要核对名册，并将客车备齐。", ["要核对名册", "将客车备齐"]),
    ],
)
def test_numbers_and_joining_words_are_no_part_of_a_demand(said, demands):
    assert words_of(f"会议强调，{said}") == demands


@pytest.mark.parametrize(
    ("said", "demands"),
    [
        ("“要核对名册，备齐客车。”", ["要核对名册", "备齐客车"]),
        ("“要核对名册。不得漏报。”随后观看了短片。", ["要核对名册", "不得漏报"]),
        ("“要落实‘一户一册’，备齐客车。”", ["要落实‘一户一册’", "备齐客车"]),
    ],
)
def test_a_speech_in_quotation_marks_is_read_sentence_by_sentence(said, demands):
    assert words_of(f"林砚市长强调：{said}") == demands


def test_words_set_in_quotation_marks_stay_in_one_piece():
    assert words_of("会议强调，要落实“一人一册、日清日结，不留空档”制度，备齐客车。") == [
        "要落实“一人一册、日清日结，不留空档”制度",
        "备齐客车",
    ]


@pytest.mark.parametrize(
    ("said", "demands"),
    [
        ("要核对名册、备齐客车、做好解除隔离人员的返程接驳。", 3),
        ("要盯牢重点、补上缺口。", 1),
        ("要查清人、车、物。", 1),
        ("要及时采取留观、检测、转运等措施。", 1),
        ("要核对“返乡、入境、中转”三本名册、备齐客车。", 2),
        ("要核对《名册、台账管理办法》、备齐客车。", 2),
        ("要督促县(市、区)备齐客车。", 1),
    ],
)
def test_verbs_in_a_list_are_split_and_nouns_under_one_verb_are_not(said, demands):
    assert len(words_of(f"会议强调，{said}")) == demands


@given(
    st.lists(st.sampled_from(["核对全部名册", "备齐客车", "更新台账", "公布热线电话", "口罩", "做好接驳"]), min_size=1)
)
def test_a_list_that_is_split_loses_nothing_but_its_marks(parts):
    text = "、".join(parts)
    found = split_list(text)
    assert "、".join(part for _offset, part in found) == text
    assert all(text[offset : offset + len(part)] == part for offset, part in found)


@pytest.mark.parametrize(
    ("said", "demands"),
    [
        ("以最严的作风，在确保安全的前提下，推进复工。", ["推进复工"]),
        ("根据实际，针对漏洞，核对名册。", ["核对名册"]),
        ("要在疏导交通的同时，核对名册。", ["疏导交通", "核对名册"]),
        ("按照分批分类的原则，核对名册。", ["核对名册"]),
        ("按照《名册管理办法》要求，核对名册。", ["按照《名册管理办法》要求", "核对名册"]),
        ("一旦发现问题，要逐级报告。", ["一旦发现问题，要逐级报告"]),
        ("除应急车辆外，一律停驶。", ["除应急车辆外，一律停驶"]),
        ("对入境货物，要逐件消毒。", ["对入境货物，要逐件消毒"]),
        ("对返乡学生，逐人登记。", ["对返乡学生，逐人登记"]),
        ("要做到应检尽检，应隔尽隔，不漏一人。", ["要做到应检尽检，应隔尽隔，不漏一人"]),
        ("要引导市民少聚集，多通风。", ["要引导市民少聚集，多通风"]),
    ],
)
def test_manner_is_left_out_and_a_topic_stays_with_what_is_said_of_it(said, demands):
    assert words_of(f"会议强调，{said}") == demands


@pytest.mark.parametrize(
    ("clause", "voice", "length"),
    [
        ("会议强调", Voice.DEMANDING, 4),
        ("会议还强调要备足物资", Voice.DEMANDING, 5),
        ("会议指出", Voice.STATING, 4),
        ("市长周清越要求", Voice.DEMANDING, 7),
        ("周清越同志在讲话中指出", Voice.STATING, 11),
        ("他代表市委提出要求", Voice.DEMANDING, 9),
        ("要求各县备足物资", Voice.DEMANDING, 2),
        ("出席会议并提出要求", Voice.DEMANDING, 9),
    ],
)
def test_who_speaks_and_how(clause, voice, length):
    found = lead_in(clause)
    assert (found.voice, found.length) == (voice, length)


@pytest.mark.parametrize("clause", ["备足物资", "按照要求备足物资", "各县要求助", ""])
def test_a_clause_in_which_nobody_speaks(clause):
    assert lead_in(clause) is None


@pytest.mark.parametrize(
    ("clause", "length"),
    [
        ("一要备足", 1),
        ("三是要备足", 2),
        ("第二、备足", 3),
        ("①备足", 1),
        ("同时备足", 2),
        ("一体推进", 0),
        ("要备足", 0),
    ],
)
def test_how_much_of_a_clause_is_numbering(clause, length):
    assert trimmed(clause) == length


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("一定要备足", "备足"),
        ("也要必须备足", "备足"),
        ("应当备足", "备足"),
        ("应急处置", "应急处置"),
        ("备足", "备足"),
    ],
)
def test_the_core_of_a_demand_has_no_要(text, core):
    assert core_of(text) == core


@pytest.mark.parametrize(
    ("line", "running"),
    [
        ("会议要求备足物资。", True),
        ("防疫领导小组会议召开", False),
        ("图为会议现场，记者摄。", False),
        ("责任编辑：何云；审核：白露", False),
        ("要备足物资；备好车辆", True),
        ("甲、乙", False),
    ],
)
def test_titles_and_captions_are_no_running_text(line, running):
    assert is_running_text(line) is running


def test_a_reporter_in_brackets_is_no_part_of_a_sentence():
    assert words_of("（岚河日报记者 何云）会议强调，要核对名册。（完）") == ["要核对名册"]


@given(st.text("会议要求备足，。；：“”（）《》、！\n 1:2", max_size=60))
def test_every_clause_stands_where_it_says_and_none_reaches_into_the_next(text):
    reached = 0
    for sentence in lay_out(text).sentences:
        assert sentence.start >= reached
        reached = sentence.end
        for clause in sentence.clauses:
            assert text[clause.start : clause.end] == clause.text or "（" in text
            assert sentence.start <= clause.start <= clause.end <= sentence.end


def test_a_time_of_day_is_not_torn_apart():
    assert words_of("会议强调，9:30前要核对名册。") == ["9:30前要核对名册"]


def test_a_bracket_that_is_never_closed_does_not_swallow_the_rest():
    assert words_of("会议强调，要核对名册（含附件，备齐客车。") == ["要核对名册（含附件", "备齐客车"]
