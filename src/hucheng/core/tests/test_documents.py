"""Official documents as files of a browser: the two endings, the name, the refusal where a font is missing."""

import pytest
from django.http import Http404

from hucheng.core.documents import document, file
from hucheng.core.refusal import Refusal
from hucheng.engines.papers import pdf
from hucheng.engines.papers.official.tests.samples import sample


def test_a_word_file_is_given_under_its_name():
    answer = document(sample("notice"), name="notice-1", ending="docx")
    assert answer["Content-Disposition"] == 'attachment; filename="notice-1.docx"'
    assert answer["Content-Type"].endswith("wordprocessingml.document") and answer.content.startswith(b"PK")


@pytest.mark.parametrize("ending", ["txt", "", "csv", "PDF"])
def test_any_other_ending_is_not_found(ending):
    with pytest.raises(Http404):
        document(sample("notice"), name="x", ending=ending)


def test_a_missing_font_is_refused_with_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    monkeypatch.setattr(pdf, "SYSTEM_FONTS", (tmp_path,))
    with pytest.raises(Refusal) as no:
        document(sample("notice"), name="x", ending="pdf")
    assert no.value.code == "font_missing" and str(no.value.do)


def test_a_table_is_a_file_of_its_kind():
    assert file(b"x", name="t", ending="csv")["Content-Type"].startswith("text/csv")
