"""Official documents as files that a browser takes."""

from django.http import Http404, HttpResponse

from hucheng.core.refusal import Refusal, spoken
from hucheng.engines.papers import FontMissing
from hucheng.engines.papers.official import Paper, official_docx, official_pdf

ENDINGS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}

PAPERS = ("pdf", "docx")
"""The endings in which an official document is given."""


def document(paper: Paper, *, name: str, ending: str) -> HttpResponse:
    """Give a document as PDF or Word file. Raises Http404 for any other ending; refuses where a font is missing."""
    if ending not in PAPERS:
        raise Http404
    try:
        data = official_docx(paper) if ending == "docx" else official_pdf(paper)
    except FontMissing as missing:
        raise Refusal("font_missing", why=spoken(missing.why), do=spoken(missing.do)) from missing
    return file(data, name=name, ending=ending)


def file(data: bytes, *, name: str, ending: str) -> HttpResponse:
    """Give bytes as a file to save; `name` is plain ASCII."""
    answer = HttpResponse(data, content_type=ENDINGS[ending])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer
