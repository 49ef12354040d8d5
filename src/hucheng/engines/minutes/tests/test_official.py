"""Minutes as offices write them: numbered decisions, responsibilities in brackets, lists of attendance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import Function, Theme, read
from hucheng.engines.minutes.duties import duties_of, without_duties
from hucheng.engines.minutes.rolls import listed

from .cases import HELD, demanded, minutes_of, words_of

MINUTES = (
    "岚河市防疫领导小组会议纪要\n第12次\n"
    "2021年5月6日，市委书记林砚主持召开岚河市防疫领导小组第十二次会议。会议议定以下事项：\n"
    "一、外防输入\n"
    "（一）逐一核对旅客名单。（牵头单位：市公安局；配合单位：市外事办、市交通局；完成时限：5月10日前）\n"
    "（二）备足房间。\n"
    "二、开学复学\n"
    "（一）更新台账，公布电话。（责任单位：市教育局）\n"
    "出席：林砚（市委书记）、周清越（市长，组长）、欧阳岚\n"
    "请假：何远舟\n"
    "列席人员：市疾控中心主任陆一鸣 苏禾\n"
)


@pytest.fixture(scope="module")
def found():
    return read(MINUTES)


def test_numbered_decisions_behind_a_colon_are_demands_without_要(found):
    assert [one.text_clean for one in found.directives] == ["逐一核对旅客名单", "备足房间", "更新台账", "公布电话"]


def test_a_responsibility_is_no_demand_but_says_whose_the_ones_before_it_are(found):
    assert [one.actors for one in found.directives] == [
        ("市公安局", "市外事办", "市交通局"),
        (),
        ("市教育局",),
        ("市教育局",),
    ]
    assert [one.deadline for one in found.directives] == ["5月10日前", None, None, None]


def test_the_title_of_a_section_gives_its_theme(found):
    themes = [one.theme for one in found.directives]
    assert themes == [Theme.IMPORT_LINE, Theme.IMPORT_LINE, Theme.SCHOOLS, Theme.SCHOOLS]


def test_who_attended_is_read_from_the_lists_and_who_is_excused_is_not(found):
    people = {one.name: one.role for one in found.attendees}
    assert people == {
        "林砚": "市委书记",
        "周清越": "市长，组长",
        "欧阳岚": "",
        "陆一鸣": "市疾控中心主任",
        "苏禾": "",
    }


def test_a_list_may_name_the_chair():
    people = read("岚河市防疫领导小组召开例会。\n主持：林砚\n参会人员：周清越、欧阳岚\n会议要求，要备足物资。")
    assert people.meeting.chair == "林砚"
    assert [one.function for one in people.attendees] == [Function.CHAIR, Function.PRESENT, Function.PRESENT]


def test_a_list_ends_where_a_paragraph_bears_no_number():
    told = HELD + "会议要求：\n1.备足物资。\n2.核对名单。\n各县工作有序推进，供应总体平稳。"
    assert [one.text_clean for one in read(told).directives] == ["备足物资", "核对名单"]


@pytest.mark.parametrize("opening", ["现纪要如下：", "会议议定以下事项：", "会议决定：", "会议要求:"])
def test_each_way_to_open_a_list(opening):
    assert words_of(f"{opening}\n（一）备足物资。\n（二）核对名单。") == ["备足物资", "核对名单"]


@pytest.mark.parametrize(
    ("written", "leads", "supports", "when"),
    [
        ("（责任单位：市公安局）", ("市公安局",), (), None),
        ("(牵头单位:市公安局,配合单位:各县(市、区))", ("市公安局",), ("各县(市、区)",), None),
        ("（责任单位：市公安局、市交通局，完成时限：3月底前）", ("市公安局", "市交通局"), (), "3月底前"),
        ("责任单位：市公安局。", ("市公安局",), (), None),
        ("牵头领导：林砚；责任部门：市教育局；时限：立即", ("林砚", "市教育局"), (), "立即"),
        ("（完成时限：3月底前）", (), (), "3月底前"),
    ],
)
def test_responsibilities_are_read_however_they_are_written(written, leads, supports, when):
    (duty,) = duties_of("备足物资。" + written)
    assert (duty.leads, duty.supports, duty.deadline) == (leads, supports, when)


@pytest.mark.parametrize(
    "text", ["备足物资（含口罩、消毒液）。", "压实责任单位的责任。", "各县(市、区)要备足物资。", ""]
)
def test_real_parentheses_are_no_responsibilities(text):
    assert duties_of(text) == [] and without_duties(text) == text


@given(st.text(alphabet="（）()：:；;，。责任单位牵头配合完成时限市甲 \n", max_size=60))
def test_blanking_responsibilities_keeps_every_place(text):
    for line in text.split("\n"):
        assert len(without_duties(line)) == len(line)
    for duty in duties_of(text):
        assert 0 <= duty.start < duty.end <= len(text)


def test_a_responsibility_in_a_line_of_its_own_is_about_the_paragraph_above():
    told = demanded(
        "会议决定：\n（一）备足物资。\n责任单位：市商务局\n（二）核对名单。\n责任单位：市公安局；完成时限：5月9日"
    )
    assert [(one.actors, one.deadline) for one in told] == [(("市商务局",), None), (("市公安局",), "5月9日")]


@given(st.text(alphabet="出席列主持：、，林砚周清越（）市长 \n", max_size=50))
def test_whatever_a_list_holds_names_are_names(text):
    for one in listed(text):
        assert one.name and 2 <= len(one.name) <= 4 and not set(one.name) & set("：、，（） \n")


def test_a_list_without_names_gives_nobody():
    assert listed("出席：市直各部门负责人、各县（市、区）代表。") == []


def test_a_clause_that_only_says_when_holds_for_what_follows_in_its_block():
    told = demanded("会议要求，5月10日前，各县要备足物资，核对名单。要更新台账。")
    assert [(one.text_clean, one.deadline) for one in told] == [
        ("要备足物资", "5月10日前"),
        ("核对名单", "5月10日前"),
        ("要更新台账", None),
    ]


def test_a_time_before_the_subject_is_the_deadline_and_no_part_of_the_subject():
    one = demanded("会议要求，5月10日前各县要备足物资。")[0]
    assert (one.text_clean, one.actors, one.deadline) == ("要备足物资", ("各县",), "5月10日前")


def test_a_ban_goes_on_with_its_subject_and_a_new_要_does_not():
    told = demanded("会议要求，金融机构要加大支持，不得断贷。要稳定物价。")
    assert [one.actors for one in told] == [("金融机构",), ("金融机构",), ()]


def test_a_condition_belongs_to_its_ban():
    assert words_of("会议要求，未经批准，校外人员不得进入校园。") == ["未经批准，校外人员不得进入校园"]


@pytest.mark.parametrize("dateline", ["岚河日报5月7日讯 ", "岚河日报讯(记者 苏禾)", "本报5月7日讯（记者 苏禾）"])
def test_the_day_of_a_dateline_is_not_that_of_the_meeting(dateline):
    assert str(minutes_of("").meeting.date) == "2021-05-06"
    told = read(dateline + HELD, article_date=minutes_of("").meeting.date.replace(day=7))
    assert str(told.meeting.date) == "2021-05-06" and told.meeting.number == 12


def test_a_dateline_with_its_year_dates_the_days_of_the_text():
    assert str(read("岚河日报2021年5月7日讯 昨日，岚河市防疫领导小组召开例会。").meeting.date) == "2021-05-06"


def test_a_school_is_about_schools_also_where_it_speaks_of_masks():
    told = read("5月7日，岚河市第三中学在会议室召开专题会议。会议要求，要备足口罩，压实主体责任，核对进口货物。")
    assert told.meeting.body == "岚河市第三中学"
    assert [one.theme for one in told.directives] == [Theme.SCHOOLS, Theme.SCHOOLS, Theme.IMPORT_LINE]


def test_words_of_method_go_with_their_block_unless_they_open_it():
    told = demanded("会议要求，要管好入境旅客，开展核酸检测。要扩大核酸检测，储备口罩。")
    assert [one.theme.value for one in told] == ["import_line", "import_line", "general", "general"]


def test_a_heading_is_left_by_a_sentence_that_is_all_about_another_theme():
    told = demanded("会议要求，要筑牢外防输入防线。核对名单，查验入境货物。要恢复秩序，推进重点项目，减免税费。")
    assert [one.theme.value for one in told] == [*["import_line"] * 3, *["economy"] * 3]


@pytest.mark.parametrize(
    "word", ["紧盯", "强化", "紧紧围绕", "点对点转运", "事先报备", "领导带头", "务实推进", "冲锋在前"]
)
def test_要_before_a_verb_that_looks_like_another_word_demands(word):
    assert len(words_of(f"这里要{word}重点人群。")) == 1


def test_a_long_name_of_who_chairs_is_read_and_a_title_before_a_usual_name_is_none():
    assert read("5月6日，州委书记扎西顿珠主持召开州防疫领导小组会议。").meeting.chair == "扎西顿珠"
    assert read("5月6日，市长助理林砚主持召开市防疫领导小组会议。").meeting.chair == "林砚"


def fields(*lines):
    return read("\n".join([*lines, "会议要求，要备足口罩。"]))


@pytest.mark.parametrize(
    ("name", "body", "number"),
    [
        ("岚河市疫情防控工作领导小组会议", "岚河市疫情防控工作领导小组", None),
        ("岚河市疫情防控工作领导小组第十二次会议", "岚河市疫情防控工作领导小组", 12),
        ("全市开学准备推进会", "全市开学准备推进会", None),
    ],
)
def test_a_field_names_the_body_and_the_form(name, body, number):
    found = fields("会议纪要", f"会议名称：{name}", "召开形式：视频会议", "主持人：林砚").meeting
    assert (found.body, found.number, found.form) == (body, number, "视频会议")


@pytest.mark.parametrize(
    ("written", "chair", "roles"),
    [
        ("市委副书记、市长、领导小组组长林砚", "林砚", ("市委副书记", "市长", "领导小组组长")),
        ("林砚（市教育局局长）", "林砚", ("市教育局局长",)),
        ("林砚", "林砚", ()),
        ("副县长周清越、县卫健局局长苏禾", "周清越", ("副县长",)),
    ],
)
def test_titles_before_the_name_of_the_chair_all_stay(written, chair, roles):
    found = fields("会议名称：疫情防控例会", f"主持人：{written}").meeting
    assert (found.chair, found.chair_roles) == (chair, roles)
