"""Papers set by Typst. Data goes in as JSON; no text of a person ever becomes markup."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from hucheng.engines.papers.qr import qr_png
from hucheng.engines.words.bilingual import Bilingual

_HERE = Path(__file__).parent
FONTS = _HERE / "fonts"
SYSTEM_FONTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/System/Library/Fonts"))


class FontMissing(RuntimeError):
    """No font with Chinese characters was found, so a paper would show boxes."""

    def __init__(self) -> None:
        self.why = Bilingual("没有找到中文字体，无法排印。", "No font with Chinese characters was found.")
        self.do = Bilingual("运行 script/setup 取得字体。", "Run script/setup, which fetches one.")
        super().__init__(self.why.en)


@dataclass(frozen=True, slots=True)
class ReleasePaper:
    """What a certificate of release says. Days and times come as text in the reader's form."""

    city: str
    number: str
    name: str
    document_tail: str
    flight: str
    house: str
    since: str
    until: str
    tests: str
    ground: str
    decided_by: str
    issued: str
    check_text: str


@dataclass(frozen=True, slots=True)
class PassPaper:
    """What a printed onward pass says; `pass_text` is the signed text, drawn as its code."""

    city: str
    name: str
    document_tail: str
    flight: str
    way: str
    issued: str
    expires: str
    rules_version: str
    pass_text: str


def release_certificate(paper: ReleasePaper, *, lang: str) -> bytes:
    """Give the certificate of release as PDF (A4, with a QR code of `check_text`). Raises FontMissing."""
    return set_in_type("release.typ", {**asdict(paper), "lang": lang}, {"/qr.png": qr_png(paper.check_text)})


def onward_pass_paper(paper: PassPaper, *, lang: str) -> bytes:
    """Give an onward pass as PDF (A5, with the code that a gate reads). Raises FontMissing."""
    return set_in_type("pass.typ", {**asdict(paper), "lang": lang}, {"/qr.png": qr_png(paper.pass_text)})


def set_in_type(template: str, data: Mapping[str, object], files: Mapping[str, bytes]) -> bytes:
    """Give the PDF of a template with its data and pictures. Raises FontMissing."""
    import tempfile

    import typst

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "paper.typ").write_bytes((_HERE / "templates" / template).read_bytes())
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for name, content in files.items():
            (root / name.lstrip("/")).write_bytes(content)
        pdf: bytes = typst.compile(str(root / "paper.typ"), root=folder, font_paths=[str(_font_folder())])
    return pdf


def _font_folder() -> Path:
    if next(FONTS.glob("*.[to]tf"), None):
        return FONTS
    for folder in SYSTEM_FONTS:
        if next(folder.rglob("*CJK*"), None):
            return folder
    raise FontMissing
