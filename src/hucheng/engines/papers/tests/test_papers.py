"""Papers: hostile text stays text, formulas stay text, a missing font is said."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from hucheng.engines.papers import handover_xlsx, new_keys, pdf, qr_png, qr_svg, sign_pass, sign_revocations
from hucheng.engines.papers.command import pass_group
from hucheng.engines.papers.sheets import plain_text
from hucheng.engines.papers.tests.test_passes import CLAIMS

HOSTILE = "#panic() $x$ *b* _i_ @cite <tag> `code` = head \\ [x]"


def a_paper(**changes) -> pdf.ReleasePaper:
    fields = {name: f"{name} 王" for name in pdf.ReleasePaper.__dataclass_fields__}
    return pdf.ReleasePaper(**{**fields, **changes})


@pytest.fixture
def font():
    try:
        return pdf._font_folder()
    except pdf.FontMissing:
        pytest.skip("no font with Chinese characters here: run script/setup")


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_a_certificate_is_set_with_hostile_text(font, lang):
    made = pdf.release_certificate(a_paper(name=HOSTILE, house=HOSTILE), lang=lang)
    assert made.startswith(b"%PDF") and len(made) > 5_000


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_an_onward_pass_is_set_with_hostile_text(font, lang):
    fields = dict.fromkeys(pdf.PassPaper.__dataclass_fields__, HOSTILE)
    made = pdf.onward_pass_paper(pdf.PassPaper(**fields), lang=lang)
    assert made.startswith(b"%PDF") and len(made) > 5_000


def test_hostile_text_reaches_the_paper_as_it_was_written(font, tmp_path):
    """Typst itself is asked what the cell holds: the same signs, as text, none of them run."""
    import typst

    (tmp_path / "data.json").write_text(json.dumps({"x": HOSTILE}), encoding="utf-8")
    (tmp_path / "t.typ").write_text('#let d = json("data.json")\n#[#d.x] <cell>', encoding="utf-8")
    found = json.loads(typst.query(str(tmp_path / "t.typ"), "<cell>", field="text", root=str(tmp_path)))
    assert found == [HOSTILE]


def test_a_missing_font_is_said_in_both_languages(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    monkeypatch.setattr(pdf, "SYSTEM_FONTS", (tmp_path,))
    with pytest.raises(pdf.FontMissing) as missing:
        pdf.release_certificate(a_paper(), lang="zh")
    assert missing.value.do.zh and missing.value.do.en


def test_codes_are_drawn_without_style_attributes():
    svg = qr_svg("HUC1:TEST")
    assert svg.startswith("<svg") and "style=" not in svg
    assert qr_png("HUC1:TEST").startswith(b"\x89PNG")


def test_a_sheet_keeps_formulas_as_text():
    rows = [{"姓名": "=cmd|'/c calc'!A0", "座位": "+1"}, {"姓名": "王丽华", "座位": "34F"}]
    sheet = load_workbook(io.BytesIO(handover_xlsx(rows, title="交接/单"))).active
    assert [c.value for c in sheet[2]] == ["'=cmd|'/c calc'!A0", "'+1"]
    assert sheet["A2"].data_type == "s" and sheet["B3"].value == "34F"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_sign_that_begins_a_formula_begins_a_cell(sign):
    assert plain_text(f"{sign}1+1") == f"'{sign}1+1" and plain_text(f"1{sign}1") == f"1{sign}1"


def test_a_column_that_only_later_rows_have_is_not_lost():
    sheet = load_workbook(io.BytesIO(handover_xlsx([{"a": "1"}, {"a": "2", "=b": "3"}], title="x"))).active
    assert [[c.value for c in line] for line in sheet] == [["a", "'=b"], ["1", ""], ["2", "3"]]


@pytest.mark.parametrize("title", ["'x'", "''", "", " ", "[a]:*?/\\", "x" * 40, "x" * 30 + "'y", "交接"])
def test_any_title_makes_a_sheet(title):
    assert load_workbook(io.BytesIO(handover_xlsx([{"a": "1"}], title=title))).active["A2"].value == "1"


def test_an_empty_sheet_is_still_a_sheet():
    assert load_workbook(io.BytesIO(handover_xlsx([], title="x"))).active.max_row == 1


def test_passes_are_checked_from_the_command_line(tmp_path: Path):
    run = CliRunner()
    assert run.invoke(pass_group, ["keys", "--out", str(tmp_path)]).exit_code == 0
    assert run.invoke(pass_group, ["keys", "--out", str(tmp_path)]).exit_code == 1
    private = (tmp_path / "pass.pem").read_bytes()
    key = ["--key", str(tmp_path / "pass.pub.pem")]
    text = sign_pass(CLAIMS, private)
    during = ["--at", "2020-03-21T12:00:00"]
    assert run.invoke(pass_group, ["verify", text, *key, *during]).exit_code == 0
    assert run.invoke(pass_group, ["verify", text, *key]).exit_code == 1
    (tmp_path / "p.txt").write_text(text)
    assert "有效" in run.invoke(pass_group, ["verify", str(tmp_path / "p.txt"), *key, *during]).output
    (tmp_path / "r.txt").write_text(sign_revocations([CLAIMS.pass_id], private, at=datetime.now(UTC)))
    revoked = run.invoke(pass_group, ["verify", text, *key, *during, "--revoked", str(tmp_path / "r.txt")])
    assert revoked.exit_code == 1 and "已撤销" in revoked.output
    other = tmp_path / "other.pem"
    other.write_bytes(new_keys().public_pem)
    assert run.invoke(pass_group, ["verify", text, "--key", str(other), *during]).exit_code == 1


@pytest.fixture
def signed(tmp_path: Path) -> tuple[Path, str]:
    keys = new_keys()
    (tmp_path / "key").write_bytes(keys.public_pem)
    (tmp_path / "private").write_bytes(keys.private_pem)
    (tmp_path / "noise").write_bytes(b"\xff\xfe\x00")
    return tmp_path, sign_pass(CLAIMS, keys.private_pem)


def verify(folder: Path, text: str, *more: str, key: str = "key"):
    return CliRunner().invoke(pass_group, ["verify", text, "--key", str(folder / key), *more])


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2020-03-21T20:00:00+08:00", 0),
        ("2020-03-21T12:00", 0),
        ("2020-03-21T12:00:00Z", 0),
        ("2020-03-21T12:00:00+08:00", 1),
        ("soon", 2),
    ],
)
def test_the_time_of_a_check_may_be_told_in_any_zone(signed, at, code):
    assert verify(*signed, "--at", at).exit_code == code


@pytest.mark.parametrize("text", ["", "X" * 5000, "\x00", "/no/such/file", "."])
def test_any_text_on_the_command_line_gets_an_answer(signed, text):
    done = verify(signed[0], text)
    assert done.exit_code == 1 and "不是护城的通行证" in done.output


def test_files_that_are_not_what_was_meant_are_named(signed):
    folder, text = signed
    for done, said in [
        (verify(folder, str(folder / "noise")), "is not a text file"),
        (verify(folder, text, key="noise"), "is not a public key"),
        (verify(folder, text, key="private"), "is not a public key"),
        (verify(folder, text, "--revoked", str(folder / "noise")), "list of revocations cannot be used"),
        (verify(folder, text, "--revoked", str(folder)), "list of revocations cannot be used"),
    ]:
        assert done.exit_code == 1 and said in done.output and isinstance(done.exception, SystemExit)


def test_a_bare_prefix_is_refused(signed):
    assert verify(signed[0], "HUC1:").exit_code == 1
