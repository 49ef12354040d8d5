"""Each kind of repair alone: what stands there now, where it stood, and whether a person should look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import EditKind, clean, damage
from hucheng.engines.minutes.edits import LABELS

COMMON = b"".join(bytes([at // 94 + 0xB0, at % 94 + 0xA1]) for at in range(3755)).decode("gb2312")
"""The 3,755 characters of level one of GB 2312, in the order of their readings."""
TWO_LIVES = "乾著"
"""Simplified words hold them (乾坤, 著名), and elsewhere they are the traditional form of 干 and 着."""
COMMON_TEXT = st.text(st.sampled_from(sorted(set(COMMON) - set(TWO_LIVES))), max_size=30)


def repairs(text: str) -> list[tuple[EditKind, str, str, bool]]:
    return [(edit.kind, edit.before, edit.after, edit.certain) for edit in clean(text).edits]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("登书(shū)记", "(shū)"),
        ("登书（shū）记", "（shū）"),
        ("登书(shū)(shū)记", "(shū)(shū)"),
        ("银行(háng)(xíng)", "(háng)(xíng)"),
        ("重(zhòng)庆", "(zhòng)"),
        ("和(hè)", "(hè)"),
        ("绿(lǜ)码", "(lǜ)"),
        ("女(nǚ)", "(nǚ)"),
        ("口(ko\u030cu)", "(ko\u030cu)"),
        ("工(ɡōnɡ)", "(ɡōnɡ)"),
        ("二〇(líng)", "(líng)"),
    ],
)
def test_a_reading_of_the_character_before_it_is_a_note_and_goes(text, note):
    assert clean(text).text == text.replace(note, "")
    assert repairs(text) == [(EditKind.NOTE, note, "", True)]


@pytest.mark.parametrize("text", ["书(shu)", "绿(lv)码", "绿(lu)码", "安(an)"])
def test_a_note_without_tone_goes_but_a_person_should_look(text):
    kind, _before, after, certain = repairs(text)[0]
    assert (kind, after, certain) == (EditKind.NOTE, "", False)
    assert len(clean(text).doubtful) == 1


@pytest.mark.parametrize(
    "text",
    [
        "县(市、区)",
        "航班(CA910)",
        "总值(GDP)",
        "太原(Tài yuán)",
        "太原(Taiyuan)",
        "书( shū )",
        "书(shūu)",
        "书(shì)",
        "书(shū",
        "书shū)",
        "书[shū]",
        "甲(a)",
        "图(1)",
        "附件(二)",
        "完毕(wan bi)",
    ],
)
def test_a_parenthesis_that_is_no_reading_of_the_character_before_it_stays(text):
    assert clean(text).text == text and clean(text).edits == ()


def test_behind_a_parenthesis_that_is_no_reading_a_reading_stays_too():
    assert clean("书(ok)(shū)").text == "书(ok)(shū)"
    assert clean("书(shū)(ok)").text == "书(ok)"


@pytest.mark.parametrize(
    ("text", "repaired", "runs"),
    [
        ("入境人員", "入境人员", [("員", "员")]),
        ("國際航班", "国际航班", [("國際", "国际")]),
        ("後天開會", "后天开会", [("後", "后"), ("開會", "开会")]),
        ("皇后大道", "皇后大道", []),
        ("沿著圍牆", "沿着围墙", [("著圍牆", "着围墙")]),
        ("著名專家的論著", "著名专家的论著", [("專", "专"), ("論", "论")]),
        ("乾淨", "干净", [("乾淨", "干净")]),
        ("乾坤", "乾坤", []),
        ("徵求意見", "征求意见", [("徵", "征"), ("見", "见")]),
    ],
)
def test_traditional_runs_become_simplified_and_words_of_two_lives_keep_theirs(text, repaired, runs):
    assert clean(text).text == repaired
    assert [(before, after) for _kind, before, after, certain in repairs(text) if certain] == runs


def test_a_lone_traditional_particle_in_a_simplified_text_is_only_a_guess():
    """Nothing else says that the text was converted, so 著 may as well be a word that the list of such words lacks."""
    assert repairs("守著国门") == [(EditKind.TRADITIONAL, "著", "着", False)]
    assert repairs("守著國門") == [(EditKind.TRADITIONAL, "著國門", "着国门", True)]


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("２０２１年", "2021年"),
        ("ＣＡ９１０航班", "CA910航班"),
        ("ｗｅｂ", "web"),
        ("会\u200b议", "会议"),
        ("\ufeff会议", "会议"),
        ("会\u00ad\u200e议\x07", "会议"),
    ],
)
def test_full_width_signs_become_plain_and_invisible_ones_go(text, repaired):
    assert clean(text).text == repaired
    assert {kind for kind, *_rest in repairs(text)} == {EditKind.WIDTH}


@pytest.mark.parametrize("text", ["第一，（二）：“三”", "全角！？；", "行\t列\r\n行\n列", "　两格开头"])
def test_full_width_punctuation_and_the_layout_of_a_page_stay(text):
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("登记,，、转运", "登记、转运"),
        ("完毕。,随后", "完毕。随后"),
        ("要求:,一是", "要求:一是"),
        ("备足,,备齐", "备足,备齐"),
        ("结束,。", "结束。"),
        ("，会议要求", "会议要求"),
        ("甲组,\n,乙组", "甲组,\n乙组"),
    ],
)
def test_a_comma_beside_another_mark_or_at_the_start_of_a_line_goes(text, repaired):
    assert clean(text).text == repaired
    assert {kind for kind, *_rest in repairs(text)} == {EditKind.COMMA}


@pytest.mark.parametrize("text", ["备足物资,更新台账。", "备足物资，更新台账，", "，", "一,\n二", "1,000元"])
def test_a_comma_that_does_its_work_stays(text):
    assert clean(text).text == text


@pytest.mark.parametrize("mask", ["*", "**", "×", "□□", "●"])
@pytest.mark.parametrize("behind", ["委", "中央"])
def test_a_masked_sign_before_the_party_bodies_is_filled_in_as_a_guess(mask, behind):
    assert repairs(f"{mask}{behind}部署") == [(EditKind.MASKED, mask, "党", False)]
    assert clean(f"{mask}{behind}部署").text == f"党{behind}部署"


@pytest.mark.parametrize(
    ("text", "mask"), [("张*三主持", "*"), ("李□□出席", "□□"), ("名单\ufffd\ufffd条", "\ufffd\ufffd")]
)
def test_any_other_masked_sign_is_pointed_at_and_left(text, mask):
    assert clean(text).text.startswith(text[:1]) and repairs(text)[0] == (EditKind.MASKED, mask, mask, False)


@pytest.mark.parametrize("text", ["★重点", "3*4", "*附件", "合计×2"])
def test_signs_that_mask_nothing_are_not_pointed_at(text):
    assert clean(text).edits == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("马思齐在皇冠体育app分会场参加", "马思齐在分会场参加"),
        ("何书云在葡京娱乐分会场参加", "何书云在分会场参加"),
        ("各县在某博彩平台分会场收看", "各县在分会场收看"),
        ("详见（六合彩网站）", "详见（）"),
        ("到银河体育平台登记", "到登记"),
    ],
)
def test_an_advertisement_in_the_place_of_a_name_goes_and_nothing_takes_its_place(text, left):
    assert clean(text).text == left
    ((kind, _before, after, certain),) = repairs(text)
    assert (kind, after, certain) == (EditKind.INJECTED, "", False)


@pytest.mark.parametrize(
    "text", ["银河小区", "江南体育中心", "市体育局", "福利彩票站点", "群众娱乐场所", "开展禁赌宣传", "澳门同胞返乡"]
)
def test_honest_houses_with_a_name_that_advertisers_like_stay(text):
    assert clean(text).text == text


def test_repairs_of_several_kinds_in_one_line_each_keep_their_place():
    text = "國(guó)際航班ＣＡ910,，。張*三報(bào)告"
    cleaned = clean(text)
    assert cleaned.text == "国际航班CA910。张*三报告"
    for edit in cleaned.edits:
        assert cleaned.text[edit.clean_start : edit.clean_end] == edit.after
    assert [edit.before for edit in cleaned.edits if edit.kind is EditKind.NOTE] == ["(guó)", "(bào)"]
    assert [text[edit.start : edit.end] for edit in cleaned.edits if edit.kind is EditKind.MASKED] == ["*"]


def test_repairs_come_in_the_order_of_the_original():
    edits = clean("，國際(jì)航班,。*委").edits
    assert [(edit.start, edit.end) for edit in edits] == sorted((edit.start, edit.end) for edit in edits)


def test_every_kind_of_repair_has_a_name_in_both_languages():
    assert set(LABELS) == set(EditKind)
    assert all(label.zh != label.en for label in LABELS.values())


@given(COMMON_TEXT)
def test_damage_to_any_text_of_common_characters_is_undone(text):
    assert clean(damage(text)).text == text


@given(COMMON_TEXT)
def test_any_text_of_common_characters_is_left_alone(text):
    assert clean(text).edits == ()


def test_each_common_character_survives_damage_by_itself():
    assert [sign for sign in COMMON if sign not in TWO_LIVES and clean(damage(sign)).text != sign] == []


@given(COMMON_TEXT, COMMON_TEXT)
def test_damage_knows_no_context(before, after):
    """A converter of pages takes one character at a time: two halves are spoiled as the whole is."""
    assert damage(before) + damage(after) == damage(before + after)


def test_damage_annotates_about_the_share_of_characters_that_was_measured():
    spoiled = [damage(sign) for sign in COMMON if damage(sign) != sign]
    annotated = [one for one in spoiled if "(" in one]
    assert 0.35 < len(annotated) / len(spoiled) < 0.45
    assert all(one[1] == "(" and one.endswith(")") for one in annotated)


@pytest.mark.parametrize("kept", ["各县(市、区)", "各县（市、区）", "做到“四早”", "坚持“一盘棋”"])
def test_a_bracket_or_quotation_before_an_advertisement_is_no_part_of_it(kept):
    """The closing mark and what stood in front of it were taken out with the advertisement."""
    assert clean(f"{kept}某某博彩平台分会场").text == f"{kept}分会场"
