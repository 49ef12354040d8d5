"""Papers: hostile text stays text, formulas stay text, a missing font is said."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from hucheng.engines.papers import handover_xlsx, new_keys, pdf, qr_png, qr_svg, sign_pass, sign_revocations
from hucheng.engines.papers.command import pass_group
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


def test_a_long_list_is_set(font):
    rows = [[str(n), HOSTILE, "34F"] for n in range(200)]
    made = pdf.handover_list(title="交接单", note="", heads=["#", "姓名", "座位"], rows=rows, printed="x", lang="zh")
    assert made.startswith(b"%PDF")


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
