"""English minutes as files: Word, PDF, a web page, a text broken at a margin; the command line tells them in JSON."""

import html
import io
import json
import textwrap

import docx
import pytest
from click.testing import CliRunner

from hucheng.engines.minutes import read, read_file
from hucheng.engines.minutes.command import minutes

from .english_cases import HEAD

TEXT = (
    HEAD
    + """The committee was informed that two flights are expected this week and that the hotels have forty free rooms.
The board directed the Health Bureau to contact all passengers of the last two flights within two days and to keep a
register of their symptoms. It was agreed that schools should submit their plans by the end of May.

Actions
1. Tom Fox to clean the terminal every night.
2. Wang Wei to publish answers to the most frequent questions by Friday.
"""
)
TOLD = [
    "contact all passengers of the last two flights within two days",
    "keep a register of their symptoms",
    "submit their plans by the end of May",
    "clean the terminal every night",
    "publish answers to the most frequent questions by Friday",
]


def a_word_file() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def a_pdf() -> bytes:
    import typst

    page = '#set page(width: 160mm)\n#set text(size: 10pt)\n#for part in sys.inputs.text.split("\\n") { par(part) }'
    return typst.compile(page.encode(), sys_inputs={"text": TEXT.replace(" and to keep a\n", " and to keep a ")})


def a_page() -> bytes:
    body = "".join(f"<p>{html.escape(line)}</p>" for line in TEXT.split("\n"))
    return f"<html><body>{body}<script>must()</script></body></html>".encode()


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.docx", a_word_file), ("a.pdf", a_pdf), ("a.html", a_page), ("a.txt", TEXT.encode)],
    ids=["word", "pdf", "page", "text"],
)
def test_a_file_of_any_sort_gives_the_same_demands_and_people(name, make):
    found = read(read_file(make(), name))
    assert [" ".join(one.text_clean.split()) for one in found.directives] == TOLD
    assert {one.name for one in found.attendees} == {"Ann Lee", "Wang Wei", "Tom Fox"}
    assert (found.meeting.number, str(found.meeting.date), found.meeting.chair) == (5, "2021-05-06", "Ann Lee")


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_text_broken_at_a_margin_gives_the_same_demands(width):
    lines = [one for part in TEXT.split("\n\n") for one in _wrapped(part, width)]
    found = read("\n".join(lines))
    assert [" ".join(one.text_clean.split()) for one in found.directives] == TOLD
    assert found.clean_text == "\n".join(lines)


def _wrapped(part: str, width: int) -> list[str]:
    running = part.startswith("The committee")
    return [*textwrap.wrap(part, width), ""] if running else [*part.split("\n"), ""]


def test_the_command_tells_english_minutes_with_no_option(tmp_path):
    file = tmp_path / "minutes.txt"
    file.write_text(TEXT, encoding="utf-8")
    told = json.loads(CliRunner().invoke(minutes, ["read", str(file), "--json"]).output)
    assert set(told) == {"meeting", "attendees", "venues", "directives", "clean_text"}
    assert told["directives"][0]["due"] == "2021-05-08" and told["directives"][0]["lead"]["code"] == "health"
    page = CliRunner().invoke(minutes, ["read", str(file)]).output
    assert "Lanhe Epidemic Board" in page and "部署 Directives 5  修复 Repairs 0" in page
    cleaned = CliRunner().invoke(minutes, ["clean", str(file)])
    assert cleaned.stdout == TEXT and cleaned.stderr == ""
