"""Scores: what is found, what counts neither way, what cannot be measured; held to the guideline's own scorer."""

import importlib.util
import json
import random
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import damage, read
from hucheng.engines.minutes.alike import bare, distance, error_rate, overlap
from hucheng.engines.minutes.command import minutes
from hucheng.engines.minutes.files import DocumentUnreadable
from hucheng.engines.minutes.labels import Labels, labels_of, read_labels
from hucheng.engines.minutes.score import Score, f1, score
from hucheng.engines.minutes.telling import score_dict, score_text

OPEN = ("A", "B", "C", "seed")
short = st.text("要备足物资,", max_size=14)


def directive(text: str, **fields: object) -> dict[str, object]:
    plain = {"text_clean": text, "kind": "action", "theme": "general", "actors": [], "deadline": None}
    return plain | {"measurable": True} | fields


def labels(*directives: dict[str, object], text: str = "", people: object = (), **meeting: object) -> Labels:
    return labels_of(
        {"meeting": meeting, "attendees": list(people), "directives": list(directives), "clean_text": text}
    )


def scored(told: list[dict[str, object]], gold: list[dict[str, object]]) -> Score:
    return score(labels(*told), labels(*gold))


def slow_distance(first: str, second: str) -> int:
    row = list(range(len(second) + 1))
    for at, sign in enumerate(first, 1):
        last, row[0] = row[0], at
        for place, other in enumerate(second, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (sign != other))
    return row[-1]


@given(short, short)
def test_the_distance_is_that_of_the_table_filled_cell_by_cell(first, second):
    assert distance(first, second) == slow_distance(first, second)


@pytest.mark.parametrize(
    ("first", "second", "steps"),
    [("", "", 0), ("", "要", 1), ("要", "", 1), ("kitten", "sitting", 3), ("要备", "备要", 2)],
)
def test_known_distances(first, second, steps):
    assert distance(first, second) == distance(second, first) == steps


def test_white_space_is_no_error_and_an_empty_gold_text_divides_nothing():
    assert error_rate("要备足\n物资 。", "要备足物资。") == 0
    assert error_rate("要备足物质。", "要备足物资。") == pytest.approx(1 / 6)
    assert error_rate("要", "") == 1.0


@given(short, short)
def test_overlap_is_whole_for_a_text_and_itself_and_never_above(first, second):
    assert overlap(first, first) == 1.0
    assert 0 <= overlap(first, second) <= 1


@pytest.mark.parametrize(
    ("found", "told", "wanted", "value"), [(0, 0, 0, 1), (0, 3, 0, 0), (0, 0, 3, 0), (2, 3, 5, 0.5)]
)
def test_f1_of_few(found, told, wanted, value):
    assert f1(found, told, wanted) == value


@pytest.mark.parametrize(
    ("told", "found"), [("备足口罩", 1), ("备足口", 1), ("备足", 0), ("备足口罩和手套,每日", 0), ("备足:(口)“罩”。", 1)]
)
def test_from_six_tenths_of_the_characters_on_two_are_one(told, found):
    assert scored([directive(told)], [directive("备足口罩")]).found == found


def test_each_is_paired_once_and_the_most_alike_first():
    told = [directive("备足口罩手套", theme="economy"), directive("备足口罩手", theme="schools")]
    one = scored(told, [directive("备足口罩手套", theme="economy")])
    assert (one.found, one.told, one.wanted, one.themes) == (1, 2, 1, 1.0)
    assert (one.precision, one.recall, one.directives) == (0.5, 1.0, pytest.approx(2 / 3))


@pytest.mark.parametrize("kind", ["heading", "stance"])
def test_a_heading_told_as_a_directive_counts_neither_way(kind):
    gold = [directive("备足口罩"), directive("筑牢防线", kind=kind)]
    assert scored([directive("备足口罩"), directive("筑牢防线")], gold).directives == 1.0
    assert scored([directive("备足口罩"), directive("另一句话")], gold).told == 2
    assert scored([directive("备足口罩"), directive("筑牢防线", kind=kind)], gold).told == 1


def test_a_directive_without_a_kind_is_one_to_act():
    bare_one = {"text_clean": "备足口罩"}
    one = scored([bare_one], [directive("备足口罩")])
    assert (one.found, one.themes, one.measurable, one.deadlines) == (1, 0.0, 0.0, 1.0)


def test_attributes_are_judged_on_what_was_found_alone():
    gold = [directive("备足口罩", deadline="3天", actors=["各县", "各区"]), directive("稳定物价", theme="economy")]
    told = [directive("备足口罩", deadline="3天内", actors=["各县"]), directive("停课", actors=["甲", "乙"])]
    one = scored(told, gold)
    assert (one.deadlines, one.themes, one.actors) == (0.0, 1.0, pytest.approx(2 / 3))


def test_where_nothing_was_found_there_is_nothing_to_judge():
    one = scored([], [directive("备足口罩")])
    assert (one.directives, one.precision, one.recall) == (0.0, None, 0.0)
    assert (one.themes, one.actors, one.names, one.venues, one.error_rate) == (None, None, 1.0, None, None)


HEAD = {
    "body": "岚河市指挥部",
    "body_as_written": "市指挥部",
    "number": 3,
    "date": "2021-05-06",
    "chair": "林砚",
    "form": None,
}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, ()),
        ({"body": "市指挥部"}, ()),
        ({"body": "某指挥部"}, ()),
        ({"body": "某指挥部", "body_as_written": "某部"}, ("body",)),
        ({"number": "3"}, ("number",)),
        ({"number": None}, ("number",)),
        ({"date": "2020-05-06"}, ("date",)),
        ({"chair": "林 砚"}, ("chair",)),
        ({"form": "视频会议"}, ("form",)),
    ],
)
def test_each_field_of_the_head_is_right_or_wrong_and_nothing_answers_nothing(changed, wrong):
    one = score(labels(**(HEAD | changed)), labels(**HEAD))
    assert set(one.head_right) == {"body", "number", "date", "chair", "form"} - set(wrong)
    assert one.head == 1 - 0.2 * len(wrong)


@pytest.mark.parametrize(("told", "right"), [("--05-06", True), (None, True), ("2021-05-06", False)])
def test_a_day_without_its_year_counts_as_none(told, right):
    assert ("date" in score(labels(date=told), labels(date=None)).head_right) is right


def test_people_are_found_by_name_and_groups_are_not_people():
    gold = [
        {"name": "林砚", "venue": "主会场", "function": "chair"},
        {"name": None, "role": "各县"},
        {"name": "何书云", "venue": None},
    ]
    told = [{"name": "林砚", "venue": None, "function": "chair"}, {"name": "高知远"}, {"name": "何书云"}]
    one = score(labels(people=told), labels(people=gold))
    assert (one.names, one.venues, one.functions) == (pytest.approx(0.8), 0.5, 1.0)


@pytest.mark.parametrize(
    ("told", "share"),
    [("各县(市、区)和（厂）", 1.0), ("各县和（厂）", 0.5), ("各县市、区和厂", 0.0), ("各县（市、区）和（厂）", 0.5)],
)
def test_real_parentheses_must_survive_as_they_are(told, share):
    assert score(labels(text=told), labels(text="各县(市、区)和（厂）")).parentheses == share
    assert score(labels(text=told), labels(text="各县")).parentheses is None


def test_a_parenthesis_that_stands_twice_must_survive_twice():
    twice = labels(text="各县(市、区)和各县(市、区)")
    assert score(labels(text="各县(市、区)和各县"), twice).parentheses == 0.5
    assert score(twice, labels(text="各县(市、区)")).parentheses == 1.0


def test_a_score_for_people_names_every_share_and_the_fields_that_are_right():
    page = score_text(scored([directive("备足口罩")], [directive("备足口罩"), directive("稳定物价")])).split("\n")
    assert page[0] == "     —  字错误率 character error"
    assert page[2] == " 1.000  会议要素 head  (body, number, date, chair, form)"
    assert page[6:9] == [
        " 0.667  部署 directives F1  (1 / 1 / 2)",
        " 1.000  精确率 precision",
        " 0.500  召回率 recall",
    ]
    assert len(page) == len(score_dict(scored([], []))) - 4
    wrong = score(labels(body="甲", number=2, date="x", chair="y", form="z"), labels(**HEAD))
    assert score_text(wrong).split("\n")[2] == " 0.000  会议要素 head  (—)"


def test_the_json_of_a_score_has_the_names_of_the_guideline():
    told = score_dict(scored([directive("备足口罩")], [directive("备足口罩"), directive("稳定物价")]))
    assert (told["tp"], told["pred"], told["gold"], told["recall"]) == (1, 1, 2, 0.5)
    assert told["head_right"] == ["body", "number", "date", "chair", "form"] and told["head"] == 1.0
    assert [key for key, value in told.items() if value is None] == ["cer", "parentheses", "venue_acc", "function_acc"]


@pytest.mark.parametrize("kind", ["action", "outcome"])
def test_an_action_told_as_an_outcome_is_found_all_the_same(kind):
    assert scored([directive("确保一个不漏", kind=kind)], [directive("确保一个不漏", kind="outcome")]).found == 1


def test_a_directive_nobody_wanted_and_one_nobody_told_cost_one_side_each():
    gold = [directive("备足口罩"), directive("稳定物价")]
    more = scored([*gold, directive("逐校验收食堂")], gold)
    less = scored(gold[:1], gold)
    assert (more.precision, more.recall) == (pytest.approx(2 / 3), 1.0)
    assert (less.precision, less.recall) == (1.0, 0.5)


@given(st.permutations([directive(one) for one in ("备足口罩", "备足口罩手套", "稳定物价", "稳定粮油物价", "停课")]))
def test_the_order_of_what_is_told_changes_no_score(told):
    gold = [directive("备足口罩手套"), directive("稳定物价"), directive("封闭管理")]
    assert score_dict(scored(told, gold)) == score_dict(scored(sorted(told, key=lambda one: one["text_clean"]), gold))


@given(st.lists(short, max_size=5))
def test_labels_against_themselves_are_without_fault(texts):
    gold = labels(*map(directive, texts), text="".join(texts))
    one = score(gold, gold)
    assert (one.directives, one.names, one.head) == (1.0, 1.0, 1.0)
    assert one.error_rate in (0, None) and one.themes in (1.0, None)


@given(st.lists(short, max_size=4), st.lists(short, max_size=4))
def test_precision_and_recall_change_places_with_the_sides(told, gold):
    one, other = (scored(list(map(directive, a)), list(map(directive, b))) for a, b in ((told, gold), (gold, told)))
    assert (one.precision, one.recall) == (other.recall, other.precision)


@pytest.fixture(scope="module")
def scorer(reference):
    """The guideline's own scorer, as it is shipped beside the labels."""
    spec = importlib.util.spec_from_file_location("score_minutes", reference / "minutes" / "score_minutes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoiled(found: dict, dice: random.Random) -> dict:
    """A reading with faults of every kind: parts cut off, joined, gone, judged otherwise."""
    found["directives"] = [one for one in found["directives"] if dice.random() > 0.2]
    for one in found["directives"]:
        one["text_clean"] = one["text_clean"][dice.randrange(4) : len(one["text_clean"]) - dice.randrange(5)]
        one["theme"] = dice.choice([one["theme"], "general", None])
        one["measurable"] = dice.choice([one["measurable"], True])
        one["actors"] = dice.choice([one["actors"], ["各县"], []])
        one["kind"] = dice.choice([one["kind"], "action", "stance"])
    found["meeting"]["date"], found["meeting"]["number"] = dice.choice(["--03-01", None]), dice.choice([7, None])
    found["attendees"] = [one | {"venue": None} for one in found["attendees"] if dice.random() > 0.3]
    found["clean_text"] = found["clean_text"].replace(dice.choice("的要和不"), "")
    return found


@pytest.mark.parametrize("name", OPEN)
def test_the_scorer_of_the_guideline_says_the_same(reference, scorer, name):
    folder = reference / "minutes"
    gold = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    day = date.fromisoformat(gold["article_date"]) if gold["article_date"] else None
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    readings = [read(text, article_date=day).as_dict()]
    readings += [spoiled(read(text[: 200 * n], article_date=day).as_dict(), random.Random(n)) for n in (2, 4, 9)]
    for told in readings:
        theirs, ours = scorer.score(gold, told), score_dict(score(labels_of(told), labels_of(gold)))
        assert {key: ours[key] for key in theirs} == theirs


@pytest.mark.parametrize("name", OPEN)
def test_labels_against_themselves_are_whole_and_an_empty_reading_finds_nothing(reference, name):
    gold = read_labels((reference / "minutes" / f"{name}.json").read_bytes())
    one, none = score(gold, gold), score(labels_of({}), gold)
    assert (one.head, one.names, one.directives, one.error_rate) == (1.0, 1.0, 1.0, 0.0)
    assert {one.themes, one.measurable, one.deadlines, one.actors} == {1.0}
    assert (none.found, none.told, none.recall, none.error_rate) == (0, 0, 0.0, None)


@given(st.lists(st.tuples(short, st.sampled_from(["action", "stance"])), max_size=4), st.lists(short, max_size=4))
def test_the_scorer_of_the_guideline_pairs_the_same(scorer, gold, told):
    meeting = dict.fromkeys(("body", "body_as_written", "number", "date", "chair", "form"))
    mine = {"meeting": meeting, "attendees": [], "directives": [directive(one) for one in told], "clean_text": "x"}
    wanted = mine | {"directives": [directive(text, kind=kind) for text, kind in gold]}
    theirs, ours = scorer.score(wanted, mine), score_dict(score(labels_of(mine), labels_of(wanted)))
    assert {key: ours[key] for key in theirs} == theirs


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "The file is no JSON."),
        ("会议".encode("gb18030"), "The file is no JSON."),
        (b"[" * 100_000, "The file is no JSON."),
        (b"[]", "The file holds no labelled minutes."),
        (b"{}", "The file holds no labelled minutes."),
        (b'{"meeting": 3, "directives": []}', "“meeting” is not of the right type."),
        (b'{"meeting": {}, "directives": {"a": 1}}', "“directives” is not of the right type."),
        (b'{"meeting": {}, "directives": ["x"]}', "“directives[]” is not of the right type."),
        (b'{"meeting": {}, "directives": [{"text_clean": 4}]}', "“directives[].text_clean” is not of the right type."),
        (b'{"meeting": {}, "directives": [{"actors": [[]]}]}', "“directives[].actors” is not of the right type."),
        (b'{"meeting": {}, "directives": [], "attendees": [1]}', "“attendees[]” is not of the right type."),
        (b'{"meeting": {}, "directives": [], "clean_text": []}', "“clean_text” is not of the right type."),
    ],
)
def test_a_file_that_is_no_labels_is_refused_with_its_place(data, why):
    with pytest.raises(DocumentUnreadable) as no:
        read_labels(data)
    assert no.value.why.en == why and no.value.do.zh.endswith("。")


def test_what_was_not_told_is_nothing_and_no_error():
    told = read_labels(b'\xef\xbb\xbf{"meeting": null, "directives": null}')
    assert (told.meeting, told.named, told.directives, told.clean_text) == ({}, {}, (), "")
    assert bare("(备)足，“口” 罩。") == "备足口罩"


def test_the_command_scores_what_the_reader_wrote(tmp_path):
    text = "5月6日，岚河市指挥部召开第三次会议。会议要求，各县(市、区)要备足口罩，确保一个不漏。"
    spoiled_text, told, gold = (tmp_path / name for name in ("a.txt", "told.json", "gold.json"))
    spoiled_text.write_text(damage(text), encoding="utf-8")
    gold.write_text(json.dumps(read(text).as_dict()), encoding="utf-8")
    told.write_text(CliRunner().invoke(minutes, ["read", str(spoiled_text), "--json"]).stdout, encoding="utf-8")
    call = ["score", str(told), str(gold)]
    plain, as_json = (CliRunner().invoke(minutes, [*call, *more]).stdout for more in ([], ["--json"]))
    assert " 1.000  部署 directives F1  (2 / 2 / 2)" in plain and "     —  人员会场 venues" in plain
    assert json.loads(as_json)["cer"] == 0 and json.loads(as_json)["parentheses"] == 1


def test_the_command_refuses_what_holds_no_labels(tmp_path):
    file = tmp_path / "a.json"
    file.write_text("{}", encoding="utf-8")
    done = CliRunner().invoke(minutes, ["score", str(file), str(file)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "文件里没有会议标注。" in done.stderr and "minutes read --json" in done.stderr
