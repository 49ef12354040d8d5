"""Which demands somebody else could say done or not done of, by the kinds of the guideline's rules 7 and 8."""

import pytest

from .cases import only

COUNTED = [
    "对重点企业实行驻厂服务", "全面推行网上预约", "为老人开设绿色通道", "延长接种服务时间", "划定就餐间隔",
    "科学划定风险区域",
    "逐户走访困难家庭", "每个小区只留一个出入口", "举办消费节", "逐条整改问题", "上门配送生活物资", "落实首诊负责制",
    "严格执行信息报告制度", "分类制定防控措施", "做到逢进必测", "立即停产整改", "下架来源不明的食品",
    "开通线上采购渠道",
    "开设临时隔离点", "公示救助名单", "组织开行返岗专列", "倒查责任链条", "回访出院患者", "对路口实行限流",
]  # fmt: skip
FELT = [
    "进一步加强社区管理", "持续优化营商环境", "做好旅客管控", "做好服务保障", "压实主体责任", "提升应急能力",
    "帮助企业解决消毒液短缺问题", "深化部门协作", "完善联防联控机制", "落实“四早”要求", "统筹推进各项工作",
]  # fmt: skip


@pytest.mark.parametrize("text", COUNTED)
def test_what_can_be_seen_or_counted_is_verified_and_has_a_measure(text):
    one = only(f"会议要求，要{text}。")
    assert one.measurable and one.measure.zh and "可核实" in one.why.zh


@pytest.mark.parametrize("text", FELT)
def test_degrees_and_principles_are_not_verified_and_have_no_measure(text):
    one = only(f"会议要求，要{text}。")
    assert not one.measurable and one.measure is None


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("广大党员干部要下沉社区", ("广大党员干部",)),
        ("各乡镇(街道)要建立台账", ("各乡镇(街道)",)),
        ("后勤处要对宿舍消毒", ("后勤处",)),
        ("班主任要开好家长会", ("班主任",)),
        ("教育、卫健部门要组织核验", ("教育", "卫健部门")),
        ("市公安局、市交通局要设卡检查", ("市公安局", "市交通局")),
        ("纪检监察机关要强化监督", ("纪检监察机关",)),
        ("要对外来人员逐一登记", ()),
        ("在居民小区要设卡检查", ()),
    ],
)
def test_who_is_told_is_the_subject_as_written(text, actors):
    one = only(f"会议要求，{text}。")
    assert one.actors == actors and one.text_clean.startswith(("要", "在"))
