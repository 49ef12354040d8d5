"""How a command of risk answers: JSON, or the sentence with its assumptions; a refusal is told on standard error."""

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from hucheng.engines.risk.answers import Answer
    from hucheng.engines.risk.refusal import RiskRefused
    from hucheng.engines.words.bilingual import Bilingual

_SHOWN = 4
_OF_CHANCES = ("screening", "quarantine", "over")


def answered(ask: Callable[[], "Answer"], as_json: bool) -> "Answer | None":
    """Give an answer that is still to be said in words; None where JSON was asked for and printed.

    Exits with code 2 for a refusal.
    """
    from hucheng.engines.risk.refusal import RiskRefused

    try:
        answer = ask()
    except RiskRefused as no:
        refuse(no)
    if not as_json:
        return answer
    click.echo(json.dumps(answer.as_dict(), ensure_ascii=False, indent=1))
    return None


def say(answer: "Answer") -> None:
    """Print the sentence in both languages and what was assumed."""
    click.echo(f"{answer.sentence.zh}\n{answer.sentence.en}")
    say_assumptions(answer)


def say_changes(answer: "Answer") -> None:
    """Print what the assumptions that matter most would change."""
    for one in answer.sensitivity[:_SHOWN]:
        shown = _shown(answer.question, one.value)
        click.echo(f"  {one.words.zh}：{shown.zh} · {one.words.en}: {shown.en}")


def _shown(question: str, value: float) -> "Bilingual":
    """Give a number as the sentence of that question would, so that none is smaller than the model can tell."""
    from hucheng.engines.risk.sentences import count, percent
    from hucheng.engines.words.bilingual import Bilingual

    if question in _OF_CHANCES:
        return percent(value)
    return Bilingual(f"{value:.2f}", f"{value:.2f}") if question == "rt" else count(value)


def say_notes(answer: "Answer") -> None:
    """Print what was mended, left out or looks doubtful about the data."""
    notes = answer.details.get("notes")
    for one in notes if isinstance(notes, list) else []:
        click.echo(f"注意 · Note: {one['zh']}。 {one['en']}.")


def say_assumptions(answer: "Answer") -> None:
    """Print what was assumed."""
    assumed = "；".join(f"{name}: {text}" for name, text in answer.assumptions.items())
    click.echo(f"假设 · Assumptions: {assumed}")


def refuse(no: "RiskRefused") -> NoReturn:
    """Say why and what to do, and end with code 2."""
    click.echo(f"{no.why.zh}。{no.do.zh}\n{no.why.en}. {no.do.en}", err=True)
    sys.exit(2)
