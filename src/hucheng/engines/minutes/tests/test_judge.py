"""What is said of each demand: who, of what kind, by when, and whether anybody could see that it is done."""

import pytest

from hucheng.engines.minutes import Kind, Modality
from hucheng.engines.minutes.actors import holders, subject_of
from hucheng.engines.minutes.judge import deadline

from .cases import demanded, only


def actors(text: str) -> list[tuple[str, ...]]:
    return [one.actors for one in demanded(text)]


def test_a_general_subject_governs_to_the_full_stop():
    said = "会议强调，各县各单位要备足物资，更新台账；要畅通电话。要通风消毒。"
    assert actors(said) == [("各县", "各单位")] * 3 + [()]


def test_a_particular_subject_governs_to_the_semicolon_or_the_next_要():
    assert actors("会议强调，商务局要储备粮油，公布网点；备好车辆。") == [("商务局",), ("商务局",), ()]
    assert actors("会议强调，商务局要储备粮油，要公布网点。") == [("商务局",), ()]


@pytest.mark.parametrize(
    ("subject", "named"),
    [
        ("各镇各村", ("各镇", "各村")),
        ("各县（市、区）各单位", ("各县（市、区）", "各单位")),
        ("各级各部门", ("各级各部门",)),
        ("市教育局和各高校", ("市教育局", "各高校")),
        ("公安、交通部门", ("公安", "交通部门")),
        ("口岸专班以及属地", None),
        ("县(市、区)", ("县(市、区)",)),
        ("全市上下", ("全市上下",)),
    ],
)
def test_a_joint_subject_is_split_and_each_keeps_its_words(subject, named):
    found = subject_of(f"{subject}要备足物资")
    assert (found.actors if found else None) == named


@pytest.mark.parametrize(
    "clause",
    [
        "对重点人员要登记",
        "防控工作要抓紧",
        "按照部署要备足",
        "当前疫情要重视",
        "要备足物资",
        "备足物资",
        "下一步要登记",
    ],
)
def test_an_object_a_topic_or_a_time_is_no_subject(clause):
    assert subject_of(clause) is None


def test_a_subject_before_a_verb_without_要_is_found_too():
    assert actors("会议强调，市教育局、各高校负责核对名册。") == [("市教育局", "各高校")]
    assert actors("会议强调，各区履行管理责任。") == [("各区",)]


@pytest.mark.parametrize(
    ("clause", "named"),
    [
        ("压实园区主体责任", ("园区",)),
        ("要层层压实县级属地责任、学校主体责任", ("县级", "学校")),
        ("落实行业监管责任", ("行业",)),
        ("强化属地责任", ()),
        ("压实责任", ()),
        ("完善各厂预案", ()),
    ],
)
def test_whose_responsibility_is_pressed_is_the_actor_of_that_clause(clause, named):
    assert holders(clause) == named


def test_the_holder_of_a_responsibility_is_not_the_actor_of_the_next_clause():
    assert actors("会议强调，要压实园区主体责任，完善各厂预案。") == [("园区",), ()]


@pytest.mark.parametrize("clause", ["引导市民少聚集", "检查药店的报告", "帮助企业复工"])
def test_whoever_is_guided_or_helped_is_no_actor(clause):
    assert only(f"会议强调，要{clause}。").actors == ()


@pytest.mark.parametrize(
    ("demand", "kind"),
    [
        ("核对名册", Kind.ACTION),
        ("成立复核小组", Kind.ACTION),
        ("做到班次不减", Kind.OUTCOME),
        ("确保一个不漏", Kind.OUTCOME),
        ("筑牢社区防线", Kind.OUTCOME),
        ("坚决防止旅客滞留", Kind.OUTCOME),
        ("为复市创造条件", Kind.OUTCOME),
        ("既从严管理、又热情服务", Kind.OUTCOME),
        ("做到思想不松劲", Kind.STANCE),
        ("把码头作为重点", Kind.STANCE),
        ("克服麻痹思想", Kind.STANCE),
        ("坚定信心", Kind.STANCE),
        ("领会会议精神", Kind.STANCE),
        ("按照《供水保障方案》要求", Kind.ACTION),
        ("按照“三查三看”措施要求", Kind.ACTION),
        ("按照上级部署要求", Kind.STANCE),
    ],
)
def test_what_sort_of_demand_it_is(demand, kind):
    assert only(f"会议强调，要{demand}。").kind is kind


def test_a_sentence_that_the_next_one_spells_out_is_a_heading():
    kinds = [one.kind for one in demanded("会议强调，要加快恢复。抓紧开工复市，打通堵点。")]
    assert kinds == [Kind.HEADING, Kind.ACTION, Kind.ACTION]


@pytest.mark.parametrize(
    "said",
    [
        "要加强仓库巡查，记录温度。",
        "要加强仓库巡查。要记录温度。",
        "要加强仓库巡查。\n记录温度。",
        "各县要加强仓库巡查。记录温度。",
        "要加强城东、城西、城南、城北各片区全部仓库的夜间巡查工作。记录温度。",
        "要加强仓库巡查。",
    ],
)
def test_a_demand_with_work_of_its_own_is_no_heading(said):
    assert Kind.HEADING not in [one.kind for one in demanded(f"会议强调，{said}")]


@pytest.mark.parametrize(
    ("demand", "measurable"),
    [
        ("成立复核小组", True),
        ("进一步完善预案", True),
        ("制定接机方案", True),
        ("做好旅客转运登记", True),
        ("全员检测", True),
        ("14天内完成核对", True),
        ("不得瞒报", True),
        ("落实《名册管理办法》", True),
        ("落实二十条措施", True),
        ("做到应检尽检", True),
        ("加强演练", False),
        ("完善值守机制", False),
        ("做好旅客管控", False),
        ("落实“四早”要求", False),
        ("进一步加大力度", False),
        ("做好各项工作", False),
        ("营造氛围", False),
    ],
)
def test_whether_somebody_else_could_say_that_it_is_done(demand, measurable):
    found = only(f"会议强调，要{demand}。")
    assert found.measurable is measurable
    assert ("可核实" if measurable else "不可直接核实") in found.why.zh


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("本月底前建成留观点", "本月底前"),
        ("3月25日前报齐", "3月25日前"),
        ("三天内完成核对", "三天内"),
        ("24小时值守", "24小时"),
        ("每日更新台账", "每日"),
        ("提前做好元宵摸排", "元宵"),
        ("清明假期结束后开学", "清明假期结束后"),
        ("一季度开好局", "一季度"),
        ("下周内完成", "下周内"),
        ("航班落地前备好车辆", "落地前"),
        ("立即整改", "立即"),
        ("尽快复市", "尽快"),
        ("加强当前管控", "当前"),
        ("逐步恢复", None),
        ("持续推进", None),
        ("核对名册", None),
    ],
)
def test_the_literal_time_word_the_most_precise_first(text, due):
    assert deadline(text) == due


@pytest.mark.parametrize(
    ("demand", "modality"),
    [
        ("要备足物资", Modality.MUST),
        ("必须逐人核对", Modality.MUST),
        ("要进一步加强巡查", Modality.STRENGTHEN),
        ("要确保一个不漏", Modality.ENSURE),
        ("力争月底复市", Modality.ENSURE),
        ("严禁漏报", Modality.FORBID),
        ("要坚决防止外溢", Modality.FORBID),
        ("要加强管控做到一个不漏", Modality.ENSURE),
    ],
)
def test_how_a_demand_is_worded(demand, modality):
    assert demanded(f"会议强调，{demand}。")[0].modality is modality


def test_a_reason_names_what_opened_the_demand_and_the_words_that_decided():
    why = only("会议强调，要确保入境旅客一个不漏。").why
    assert why.zh.startswith("由“要”引出；结果") and "据“入境”" in why.zh and why.zh.endswith("。")
    assert why.en.startswith("opened by “要”; outcome") and why.en.endswith(".")


def test_demands_are_numbered_from_one_in_the_order_of_the_text():
    found = demanded("会议强调，要核对名册，备齐客车。要更新台账。")
    assert [one.id for one in found] == [1, 2, 3]
    assert [one.start for one in found] == sorted(one.start for one in found)
