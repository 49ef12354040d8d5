"""Who took part: names behind titles and in lists, what each did, where each sat, and who is only spoken of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import Function
from hucheng.engines.minutes.people import function_of, mentions

from .cases import minutes_of

NAMES = ["林砚", "周清越", "何书云", "马思齐", "欧阳静", "司马青", "白露", "秦川", "阿依古丽·买买提"]


def people(text: str) -> dict[str | None, tuple[str, str | None, str]]:
    return {one.name: (one.role, one.venue, one.function.value) for one in minutes_of(text).attendees}


def test_a_title_makes_the_two_or_three_characters_behind_it_a_name():
    assert people("市长周清越出席会议。") == {"周清越": ("市长", None, "present")}
    assert people("市卫健委主任白露参加。") == {"白露": ("市卫健委主任", None, "present")}


def test_several_offices_of_one_person_are_one_role():
    assert people("县委副书记、县长高知远出席。")["高知远"][0] == "县委副书记、县长"
    chaired = minutes_of("市委书记、市防疫领导小组组长林砚主持会议。").meeting
    assert (chaired.chair, chaired.chair_roles) == ("林砚", ("市委书记", "市防疫领导小组组长"))


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True))
def test_everybody_in_a_list_has_the_title_before_it(names):
    found = people(f"市领导{'、'.join(names)}参加会议。")
    assert list(found) == names
    assert {role for role, _venue, _function in found.values()} == {"市领导"}


@pytest.mark.parametrize("joint", ["和", "及", "、", "以及", "\u3000"])
def test_the_last_of_a_list_may_be_joined_by_a_word(joint):
    assert list(people(f"副市长何书云{joint}马思齐出席会议。")) == ["何书云", "马思齐"]


def test_a_name_of_two_characters_set_apart_is_one_name():
    assert list(people("市长周\u3000清出席会议。")) == ["周清"]


def test_a_person_named_twice_is_one_person_with_the_first_role():
    assert people("市长周清越主持会议。市防疫领导小组组长周清越作讲话。") == {"周清越": ("市长", None, "chair")}


@pytest.mark.parametrize(
    ("said", "function"),
    [
        ("主持会议", "chair"),
        ("主持会议并讲话", "chair"),
        ("出席并主持会议", "chair"),
        ("组织召开会议", "chair"),
        ("出席会议并讲话", "instructs"),
        ("作部署", "instructs"),
        ("提出要求", "instructs"),
        ("汇报口岸情况", "reports"),
        ("通报病例", "reports"),
        ("强调了两点", "speaks"),
        ("作交流发言", "speaks"),
        ("出席会议", "present"),
        ("收听收看", "present"),
        ("宣读文件", "present"),
        ("", "present"),
    ],
)
def test_the_first_verb_of_taking_part_tells_what_a_person_did(said, function):
    assert function_of(f"林砚{said}。", 2) is Function(function)


def test_each_person_of_a_sentence_has_the_verb_behind_his_own_name():
    assert {name: one[2] for name, one in people("市长周清越主持会议，副市长何书云汇报情况。").items()} == {
        "周清越": "chair",
        "何书云": "reports",
    }


def test_who_only_attends_and_speaks_is_not_the_chair():
    assert minutes_of("市长周清越出席会议并讲话。").meeting.chair is None


@pytest.mark.parametrize(
    "said",
    [
        "会议传达学习了市长周清越在全省会议上的讲话精神。",
        "会议学习了市长周清越同志重要批示精神。",
        "会议传达了市长周清越的指示要求。",
        "大家要认真领会市长周清越同志重要讲话精神。",
    ],
)
def test_whoever_is_only_quoted_did_not_take_part(said):
    assert people(said) == {}


@pytest.mark.parametrize("word", ["成员单位", "全体干部", "有关部门", "高度重视", "市领导班子"])
def test_words_with_the_look_of_a_name_are_nobody(word):
    assert not [one.name for one in minutes_of(f"市长{word}参加会议。").attendees if one.name]


def test_places_of_names_point_into_the_sentence():
    sentence = "市委书记林砚主持，市长周清越、副市长何书云出席。"
    found = mentions(sentence)
    assert [sentence[one.start : one.end] for one in found] == ["林砚", "周清越", "何书云"]
    assert [one.role for one in found] == ["市委书记", "市长", "副市长"]


def test_a_group_without_names_takes_part_as_a_group():
    found = minutes_of("各成员单位负责同志在主会场参加。").attendees
    assert [(one.name, one.role, one.venue) for one in found] == [(None, "各成员单位负责同志", "主会场")]


@pytest.mark.parametrize(
    ("said", "venues"),
    [
        ("何书云、马思齐在主会场参加，高知远在清河县分会场参加。", {"主会场": "main", "清河县分会场": "branch"}),
        (
            "会议在市行政中心设主会场，各县、各高校设分会场。",
            {"市行政中心主会场": "main", "各县、各高校分会场": "branch"},
        ),
        ("本次会议在岚山县设立分会场。", {"岚山县分会场": "branch"}),
        ("各县（市、区）负责同志在分会场参加。", {"各县（市、区）分会场": "branch"}),
        ("市设计院代表在市设计院分会场参加。", {"市设计院分会场": "branch"}),
        ("各镇同步开设了分会场。", {"各镇分会场": "branch"}),
        ("会议在市政府召开。", {}),
    ],
)
def test_venues_are_named_as_the_text_names_them_and_never_made_up(said, venues):
    assert {one.name: one.kind for one in minutes_of(said).venues} == venues


def test_a_person_sits_where_the_words_behind_the_name_say():
    found = people("副市长何书云、马思齐在主会场参加，县长高知远在清河县分会场参加。")
    assert {name: venue for name, (_role, venue, _function) in found.items()} == {
        "何书云": "主会场",
        "马思齐": "主会场",
        "高知远": "清河县分会场",
    }


def test_whoever_has_no_venue_stated_has_none():
    found = people("市长周清越主持会议；各县负责同志在分会场参加。")
    assert found["周清越"][1] is None


def test_who_took_part_is_no_demand_even_behind_提出要求():
    """The names behind 出席会议并提出要求 were read as things to do."""
    said = "县长高知远出席会议并提出要求，副县长白露、秦川，县政协主席宋词参加会议。"
    assert minutes_of(said).directives == ()
    assert list(people(said)) == ["高知远", "白露", "秦川", "宋词"]


def test_what_follows_提出要求_as_a_demand_stays_one():
    said = "县长高知远出席会议并提出要求：要备足口罩，更新台账。"
    assert [one.text_clean for one in minutes_of(said).directives] == ["要备足口罩", "更新台账"]
