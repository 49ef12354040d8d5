"""Likeness: invented demands worded twice are one, demands that only share common verbs are two."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import Kind, Modality, Theme
from hucheng.engines.minutes.likeness import SAME, WEIGHTS, agreeing, grams, likeness, signs, text_likeness
from hucheng.engines.minutes.records import Directive
from hucheng.engines.words.bilingual import Bilingual

PLAIN = Directive(
    1, "备足口罩", 0, 4, Kind.ACTION, Theme.GENERAL, (), None, True, Modality.MUST, Bilingual("缘由", "reason")
)
demands = st.text("做好加强旅客转运口罩备足，的要", max_size=16)

SEEN = [
    ("备足口罩等防疫物资", "备足防疫物资"),
    ("7天内核对全部名单", "3天内核对全部名单"),
    ("加强口岸管理", "进一步强化口岸管理"),
    ("做好旅客转运", "做好入境旅客转运和登记"),
    ("畅通群众诉求热线", "畅通热线"),
]
"""Some of the pairs that the weights were set on."""
UNSEEN = [
    ("储备三个月用量的药品", "足量储备药品"),
    ("对密切接触者逐一追踪", "逐一追踪密切接触者"),
    ("每晚报送入住人数", "报送每日入住人数"),
    ("开通心理援助热线", "尽快开通24小时心理援助热线"),
    ("严格货车司机查验", "要对货车司机严格查验"),
    ("组织林区巡护", "加密组织林区巡护"),
    ("督促企业错峰用餐", "督促复工企业实行错峰用餐"),
    ("兑现稳岗补贴", "4月底前兑现稳岗补贴"),
    ("不得擅自离开隔离点", "严禁隔离人员擅自离开隔离点"),
    ("逐校验收食堂", "对食堂逐校验收"),
]
APART = [
    ("储备三个月用量的药品", "储备冬季用煤"),
    ("对密切接触者逐一追踪", "对困难家庭逐一走访"),
    ("每晚报送入住人数", "每晚消毒电梯"),
    ("开通心理援助热线", "开通定制公交"),
    ("严格货车司机查验", "严格会议审批"),
    ("组织林区巡护", "组织线上招聘"),
    ("督促企业错峰用餐", "督促物业清运垃圾"),
    ("兑现稳岗补贴", "发放消费券"),
    ("不得擅自离开隔离点", "不得哄抬物价"),
    ("加强学校管理", "加强酒店管理"),
    ("做好核酸检测", "做好心理疏导"),
    ("3天内报送方案", "3天内报送名单"),
]


def demand(text: str, **fields: object) -> Directive:
    return replace(PLAIN, text_clean=text, **fields)


@pytest.mark.parametrize(("first", "second"), SEEN + UNSEEN[1:])
def test_one_demand_worded_twice_is_one(first, second):
    assert likeness(demand(first), demand(second)) >= SAME


def test_one_of_ten_unseen_pairs_is_missed():
    """Its words were turned round and its amount (三个月) was taken for a time."""
    assert likeness(demand(UNSEEN[0][0]), demand(UNSEEN[0][1])) < SAME


@pytest.mark.parametrize(("first", "second"), APART)
def test_two_demands_with_the_same_verb_are_two_even_where_all_else_agrees(first, second):
    assert likeness(demand(first), demand(second)) < SAME


def test_the_two_sorts_of_unseen_pairs_lie_apart_by_their_words_alone():
    alike = min(text_likeness(*pair) for pair in UNSEEN[1:])
    apart = max(text_likeness(*pair) for pair in APART)
    assert alike > apart + 0.05


@given(demands, demands)
def test_likeness_is_the_same_from_both_sides_and_a_share(first, second):
    one = text_likeness(first, second)
    assert one == pytest.approx(text_likeness(second, first)) and 0 <= one <= 1


@given(demands, demands)
def test_demands_that_share_no_sign_are_not_alike(first, second):
    assert bool(signs(first) & signs(second)) or text_likeness(first, second) == 0


@given(demands)
def test_a_demand_is_wholly_like_itself(text):
    assert text_likeness(text, text) == 1.0
    assert likeness(demand(text), demand(text)) == 1.0


@pytest.mark.parametrize("marked", ["备足口罩，手套", "“备足”口罩（手套）", "备足 口罩手套。"])
def test_marks_and_spaces_make_no_difference(marked):
    assert text_likeness("备足口罩手套", marked) == 1.0


@pytest.mark.parametrize(
    "worded", ["要备足口罩", "务必切实备足口罩", "尽快备足口罩", "在3月底前备足口罩", "进一步备足了口罩"]
)
def test_words_of_demanding_degree_and_time_do_not_count(worded):
    assert grams(worded) == grams("备足口罩")


def test_words_that_many_demands_share_weigh_less_than_others():
    assert text_likeness("做好转运登记", "做好分餐配送") < text_likeness("做好转运登记", "组织转运接送")


def test_a_noun_that_many_demands_share_weighs_less_than_one_that_few_do():
    assert text_likeness("学校管理", "酒店管理") < text_likeness("学校食堂", "酒店食堂")


@pytest.mark.parametrize(
    ("short", "long"), [("征用酒店", "征用一批离机场近的定点酒店"), ("摸排货车司机", "摸排近两周来过本市的货车司机")]
)
def test_a_demand_that_only_grew_longer_is_more_alike_than_dice_alone_would_say(short, long):
    both, one, other = (sum(part.values()) for part in (grams(short) & grams(long), grams(short), grams(long)))
    assert text_likeness(short, long) > 2 * both / (one + other) and likeness(demand(short), demand(long)) >= SAME


@pytest.mark.parametrize(("first", "second"), [("", "备足口罩"), ("要", "必须"), ("切实", "备足口罩"), ("甲", "乙")])
def test_nothing_in_common_is_nothing_and_an_empty_demand_is_like_none(first, second):
    assert text_likeness(first, second) == 0.0


def test_a_demand_of_one_sign_is_like_a_longer_wording_of_itself_only():
    assert text_likeness("停", "停。") == 1.0
    assert text_likeness("停", "复") == 0.0


@pytest.mark.parametrize(
    ("field", "value"), [("actors", ("各县",)), ("deadline", "3天内"), ("modality", Modality.ENSURE)]
)
def test_what_does_not_agree_costs_its_weight(field, value):
    other = replace(PLAIN, **{field: value})
    assert set(agreeing(PLAIN, other)) == WEIGHTS.keys() - {field}
    assert likeness(PLAIN, other) == pytest.approx(1 - WEIGHTS[field])


def test_the_order_of_actors_is_no_difference():
    one, other = demand("备足口罩", actors=("各县", "各区")), demand("备足口罩", actors=("各区", "各县"))
    assert "actors" in agreeing(one, other)


def test_kind_theme_and_place_are_no_part_of_likeness():
    moved = replace(PLAIN, kind=Kind.HEADING, theme=Theme.SCHOOLS, start=90, end=94, id=7, measurable=False)
    assert likeness(PLAIN, moved) == 1.0


def test_a_demand_of_nothing_but_light_words_still_shares_its_own_text():
    assert grams("要切实") == {} and signs("要切实") & signs("要切实。") and text_likeness("要切实", "要切实。") == 1.0
