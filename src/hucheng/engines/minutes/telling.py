"""Repairs and scores told to people, one line each, and to programs, as JSON."""

from collections.abc import Sequence
from dataclasses import asdict

from hucheng.engines.minutes.edits import LABELS, Cleaned, Edit
from hucheng.engines.minutes.score import Score
from hucheng.engines.minutes.suspects import Suspect


def cleaned_dict(cleaned: Cleaned, slips: Sequence[Suspect]) -> dict[str, object]:
    """Give a repaired text, its repairs and what may be slips in it, ready for JSON."""
    return {
        "clean_text": cleaned.text,
        "edits": [one._asdict() | {"kind": one.kind.value} for one in cleaned.edits],
        "suspects": [asdict(one) for one in slips],
    }


def suspect_line(slip: Suspect) -> str:
    """Tell what may be a slip: where it stands in the repaired text, and what may be meant."""
    return f"   ?  {slip.start}-{slip.end}  {slip.why.zh} {slip.why.en}"


def edit_line(number: int, edit: Edit) -> str:
    """Tell one repair: where it stood, where it stands, what it was and became; ? where a person should look."""
    label = LABELS[edit.kind]
    places = f"{edit.start}-{edit.end} -> {edit.clean_start}-{edit.clean_end}"
    doubt = "" if edit.certain else "  ?"
    return f"{number:>4}  {places}  {label.zh} {label.en}: {edit.before!r} -> {edit.after!r}{doubt}"


def score_dict(one: Score) -> dict[str, object]:
    """Give a score ready for JSON, each share under the name it has in the guideline's own scorer where it has one."""
    return {
        "cer": one.error_rate,
        "parentheses": one.parentheses,
        "head": one.head,
        "head_right": list(one.head_right),
        "names_f1": one.names,
        "venue_acc": one.venues,
        "function_acc": one.functions,
        "tp": one.found,
        "pred": one.told,
        "gold": one.wanted,
        "precision": one.precision,
        "recall": one.recall,
        "directives_f1": one.directives,
        "theme_acc": one.themes,
        "measurable_acc": one.measurable,
        "deadline_acc": one.deadlines,
        "actors_f1": one.actors,
    }


def score_text(one: Score) -> str:
    """Give a score for people; what could not be measured is a dash."""
    rows = [
        ("字错误率 character error", one.error_rate, ""),
        ("真括号 real parentheses", one.parentheses, ""),
        ("会议要素 head", one.head, f"({', '.join(one.head_right) or '—'})"),
        ("人名 names F1", one.names, ""),
        ("人员会场 venues", one.venues, ""),
        ("人员角色 functions", one.functions, ""),
        ("部署 directives F1", one.directives, f"({one.found} / {one.told} / {one.wanted})"),
        ("精确率 precision", one.precision, ""),
        ("召回率 recall", one.recall, ""),
        ("主题 theme", one.themes, ""),
        ("可核实 measurable", one.measurable, ""),
        ("期限 deadline", one.deadlines, ""),
        ("责任主体 actors F1", one.actors, ""),
    ]
    return "\n".join(f"{_share(value):>6}  {label}  {more}".rstrip() for label, value, more in rows)


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
