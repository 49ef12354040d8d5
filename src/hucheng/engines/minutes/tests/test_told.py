"""Minutes told to people and programs: the page of the command line, the JSON of labels, files in and out."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import DocumentUnreadable, Kind, Theme, clean, read, read_file
from hucheng.engines.minutes.command import minutes
from hucheng.engines.minutes.files import legibility
from hucheng.engines.minutes.summary import summary
from hucheng.engines.words.bilingual import Bilingual

from .cases import HELD, PUBLISHED, minutes_of

SAID = (
    "市长周清越在主会场主持会议。会议强调，要筑牢防线。逐校验收食堂，稳定物价，坚定信心，确保一个不漏。"
    "各县要在3月底前核对名册。"
)


@pytest.fixture(scope="module")
def told() -> list[str]:
    return summary(minutes_of(SAID)).split("\n")


def test_the_page_begins_with_the_head_and_who_took_part(told):
    assert told[:6] == [
        "会议 Meeting    岚河市防疫领导小组",
        "次数 Number     12",
        "日期 Date       2021-05-06",
        "主持 Chair      周清越",
        "形式 Form       —",
        "  周清越  市长  @ 主会场",
    ]


def test_demands_stand_under_their_line_of_work_in_the_order_of_the_lines(told):
    headings = [line for line in told if line.startswith("【")]
    names = ["开学复学 · schools", "经济运行 · economy", "综合 · general"]
    assert headings == [f"【{name}】" for name in names]


def test_a_demand_shows_its_sort_whose_it_is_by_when_and_whether_it_can_be_verified(told):
    line = next(line for line in told if "核对名册" in line)
    assert line.split() == ["6", "→", "要在3月底前核对名册", "[各县]", "(3月底前)", "✓"]
    marks = {line.split()[1] for line in told if line[:4].strip().isdigit()}
    assert marks == {"■", "→", "◎", "·"}


def test_the_page_ends_with_the_counts_and_what_to_look_at():
    lines = summary(read("，市*委召开会议。会议强调，要核对名册，坚定信心，确保一个不漏。")).split("\n")
    counts = "部署 Directives 2  修复 Repairs 2"
    assert lines[-3] == counts
    assert lines[-2].startswith("! 日期不完整") and lines[-1].startswith("! 文中有被遮盖")


def test_what_is_unknown_is_a_dash_and_an_unnamed_group_too():
    lines = summary(read("会议召开。市直部门负责同志在主会场参加。")).split("\n")
    assert [line.split()[-1] for line in lines[:5]] == ["—"] * 5
    assert lines[5].split() == ["—", "市直部门负责同志", "@", "主会场"]


def test_the_json_holds_every_field_of_the_labels():
    found = minutes_of(SAID).as_dict()
    assert set(found) == {"meeting", "attendees", "venues", "directives", "clean_text"}
    assert found["meeting"] == {
        "body": "岚河市防疫领导小组",
        "body_as_written": "岚河市防疫领导小组",
        "number": 12,
        "date": "2021-05-06",
        "chair": "周清越",
        "chair_roles": ["市长"],
        "form": None,
    }
    assert found["attendees"] == [{"name": "周清越", "role": "市长", "venue": "主会场", "function": "chair"}]
    assert found["venues"] == [{"kind": "main", "name": "主会场"}]
    last = found["directives"][-1]
    assert (last["kind"], last["theme"], last["actors"], last["deadline"]) == (
        "action",
        "general",
        ["各县"],
        "3月底前",
    )
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


def test_spans_of_the_json_point_into_its_text():
    found = minutes_of("會(huì)議強調，要備足，，物資。" + SAID).as_dict()
    for one in found["directives"]:
        assert found["clean_text"][one["start"] : one["end"]] == one["text_clean"]


@given(
    st.lists(st.sampled_from(["要核对名册", "备齐客车", "确保不漏", "坚定信心", "逐校验收", "稳定物价"]), max_size=8)
)
def test_the_count_on_the_page_is_that_of_actions_and_outcomes(clauses):
    found = minutes_of("会议强调，" + "，".join(clauses) + "。")
    counted = sum(one.kind in (Kind.ACTION, Kind.OUTCOME) for one in found.directives)
    assert f"部署 Directives {counted}  " in summary(found)
    listed = [line for line in summary(found).split("\n") if line[:4].strip().isdigit()]
    assert len(listed) == len(found.directives)


def run(*args: str):
    return CliRunner().invoke(minutes, list(args))


def test_the_commands_chain_damage_clean_and_read(tmp_path):
    whole, spoiled, mended = (tmp_path / name for name in ("a.txt", "b.txt", "c.txt"))
    whole.write_text(HELD + SAID, encoding="utf-8")
    spoiled.write_text(run("damage", str(whole)).stdout, encoding="utf-8")
    assert spoiled.read_text(encoding="utf-8").strip() != HELD + SAID
    mended.write_text(run("clean", str(spoiled)).stdout, encoding="utf-8")
    assert mended.read_text(encoding="utf-8") == HELD + SAID + "\n"
    pages = [run("read", str(one), "--date", "2021-05-07").stdout for one in (whole, mended)]
    assert pages[0] == pages[1] and "2021-05-06" in pages[0]


def test_every_repair_is_listed_beside_the_text_with_its_places(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("會(huì)議,，。市*委", encoding="utf-8")
    done = run("clean", str(file))
    lines = done.stderr.rstrip().split("\n")
    assert done.stdout == "会议。市党委\n"
    assert lines[0] == "   1  0-7 -> 0-2  繁体字 traditional form: '會議' -> '会议'"
    assert lines[-1].endswith("masked character: '*' -> '党'  ?")
    assert len(lines) == len(clean("會(huì)議,，。市*委").edits)


def test_the_repairs_as_json_point_into_both_texts(tmp_path):
    file, text = tmp_path / "a.txt", "市*委，市中中\ufeffＡＢ心(xīn)"
    file.write_text(text, encoding="utf-8")
    told = json.loads(run("clean", str(file), "--json").stdout)
    assert told["clean_text"] == "市党委，市中中AB心"
    assert [one["kind"] for one in told["edits"]] == ["masked", "width", "width", "note"]
    assert [one["certain"] for one in told["edits"]] == [False, True, True, True]
    for one in told["edits"]:
        assert text[one["start"] : one["end"]] == one["before"]
        assert told["clean_text"][one["clean_start"] : one["clean_end"]] == one["after"]


def test_a_clean_text_has_nothing_listed(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("坚决防止高风险人员离并进京。\n", encoding="utf-8")
    assert run("clean", str(file)).stdout == "坚决防止高风险人员离并进京。\n" and not run("clean", str(file)).stderr


@pytest.mark.parametrize("command", ["read", "clean", "damage"])
def test_a_file_of_no_use_ends_every_command_with_two_and_both_languages(tmp_path, command):
    file = tmp_path / "a.rtf"
    file.write_bytes(b"{\\rtf1}")
    done = run(command, str(file))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        "不支持这种格式（.rtf）。请另存为 .docx 或 .txt 再上传，或直接粘贴文字。\n"
        "This format is not supported (.rtf). Save it as .docx or .txt and send it again, or paste the text.\n"
    )


def test_a_day_that_is_none_is_a_mistake_in_the_command(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(HELD, encoding="utf-8")
    assert run("read", str(file), "--date", "7 May").exit_code == 2
    assert run("read", str(tmp_path / "none.txt")).exit_code == 2


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.txt", "The file is empty."),
        (b"x" * (20 * 1024 * 1024 + 1), "a.txt", "The file is larger than 20 MB."),
        (b"{\\rtf1}", "a.rtf", "This format is not supported (.rtf)."),
        (b"%PDF-1.4", "noname", "The PDF is truncated or damaged."),
        (b"\xd0\xcf\x11\xe0", "noname", "This format is not supported (unknown)."),
        ("会议".encode(), "a.DOCX", "This is no complete Word file."),
        ("\u3000\u3000\n".encode(), "a.txt", "There is no text in the file."),
        (b"<html><body></body></html>", "a.html", "There is no text in the file."),
        (b"\x81\xff\x81" * 51, "a.txt", "The encoding is not known, or the file is cut off."),
        ("会议强调要备足物资\x00".encode(), "a.txt", "What the file holds is no text."),
    ],
    ids=["empty", "too large", "rtf", "pdf", "ole", "no docx", "blank", "no page", "no encoding", "no text"],
)
def test_each_file_that_cannot_be_used_has_its_own_reason(data, name, why):
    with pytest.raises(DocumentUnreadable) as no:
        read_file(data, name)
    assert no.value.why.en == why and str(no.value) == why
    assert isinstance(no.value.do, Bilingual) and no.value.do.zh.endswith("。")


def test_a_page_is_known_by_its_beginning_whatever_it_is_called():
    page = "\n <!DOCTYPE html><html><body>会议<b>强调</b>，要备足物资。</body></html>".encode()
    assert read_file(page, "下载") == "会议强调，要备足物资。"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>一</p><p>二</p>", "一\n二"),
        ("<p>甲<br>乙</p>", "甲\n乙"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "甲\n乙"),
        ("<p>甲\n   乙</p>", "甲 乙"),
        ("<p>A&amp;B&#12290;</p>", "A&B。"),
        ("<p>甲</p><script>要乙</script><style>p{}</style><p>丙</p>", "甲\n丙"),
        ("<p>甲<!-- 要乙 --></p>", "甲"),
        ("<h1>题</h1>文<div>尾", "题\n文\n尾"),
    ],
)
def test_a_page_reads_as_it_shows(page, text):
    assert read_file(f"<html><body>{page}</body></html>".encode(), "a.html") == text


@given(st.text("会议要求备足物资，。ABC123 ", min_size=1).filter(str.strip))
def test_minutes_are_wholly_legible(text):
    assert legibility(text) == 1.0


def test_a_page_set_out_with_wide_spaces_is_read():
    """Wide spaces counted as no writing, and a page whose title and lines were set in the middle was refused."""
    page = "\u3000\u3000\u3000会议纪要\u3000\u3000\u3000\n\u3000\u3000要备足物资。"
    assert read_file(page.encode(), "a.txt") == page


@pytest.mark.parametrize("text", ["", "\ue000\ue001", "\U0001f600\U0001f601"])
def test_what_is_no_writing_is_not_legible(text):
    assert legibility(text) == 0.0


def test_every_line_of_work_can_be_told(told):
    assert {one.theme for one in minutes_of(SAID).directives} <= set(Theme)
    assert read(SAID, article_date=PUBLISHED).meeting.chair == "周清越"
