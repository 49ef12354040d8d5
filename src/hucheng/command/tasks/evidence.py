"""What a task is closed with, whether a directive gave it or a notice."""

from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal


def evidence_in(words: str) -> str:
    """Give the evidence without the blanks around it. Refuses words that say nothing."""
    if not words.strip():
        raise Refusal(
            "evidence_missing",
            why=_("A task is closed with evidence."),
            do=_("Name the document, the number or the place where it can be seen."),
        )
    return words.strip()
