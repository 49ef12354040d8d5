"""The score of read minutes against labelled ones, after the scoring of the labelling guideline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hucheng.engines.minutes.alike import bare, error_rate, overlap
from hucheng.engines.minutes.labels import Labelled, Labels

OVERLAP = 0.6
"""From this share of common characters on, two directives are the same one."""
WORKING = ("action", "outcome")
HEAD = ("body", "number", "date", "chair", "form")
PARENTHESES = re.compile(r"[(（][^()（）\n]*[)）]")


@dataclass(frozen=True, slots=True)
class Score:
    """How well minutes were read. A share of nothing is None; `error_rate` is None where no cleaned text was given."""

    error_rate: float | None
    parentheses: float | None
    head_right: tuple[str, ...]
    names: float
    venues: float | None
    functions: float | None
    found: int
    told: int
    wanted: int
    themes: float | None
    measurable: float | None
    deadlines: float | None
    actors: float | None

    @property
    def head(self) -> float:
        """The share of the five fields of the head that are right."""
        return len(self.head_right) / len(HEAD)

    @property
    def precision(self) -> float | None:
        """The share of the directives told that are wanted."""
        return self.found / self.told if self.told else None

    @property
    def recall(self) -> float | None:
        """The share of the directives wanted that were told."""
        return self.found / self.wanted if self.wanted else None

    @property
    def directives(self) -> float:
        """The F1 of directives to act and of results to reach."""
        return f1(self.found, self.told, self.wanted)


def score(told: Labels, gold: Labels) -> Score:
    """Score what a reader told against the labels."""
    ours, theirs = told.named, gold.named
    both = sorted(ours.keys() & theirs.keys())
    pairs, beside = pairs_of(told.directives, gold.directives)
    return Score(
        error_rate=error_rate(told.clean_text, gold.clean_text) if told.clean_text else None,
        parentheses=_surviving(told.clean_text, gold.clean_text) if told.clean_text else None,
        head_right=tuple(_head_right(told.meeting, gold.meeting)),
        names=f1(len(both), len(ours), len(theirs)),
        venues=_share([ours[name].get("venue") == theirs[name].get("venue") for name in both]),
        functions=_share([ours[name].get("function") == theirs[name].get("function") for name in both]),
        found=len(pairs),
        told=len(_working(told.directives)) - beside,
        wanted=len(_working(gold.directives)),
        themes=_share([one.theme == other.theme for one, other in pairs]),
        measurable=_share([one.measurable == other.measurable for one, other in pairs]),
        deadlines=_share([one.deadline == other.deadline for one, other in pairs]),
        actors=_actors(pairs),
    )


def f1(found: int, told: int, wanted: int) -> float:
    """Give the harmonic mean of precision and recall; 1 when nothing was wanted and nothing told."""
    return 2 * found / (told + wanted) if told + wanted else 1.0


def _head_right(told: dict[str, object], gold: dict[str, object]) -> list[str]:
    """Name the fields that agree; of the body, the full name or the one as written will do."""
    body, written = (bare(str(told.get(key) or "")) for key in ("body", "body_as_written"))
    full, as_written = (bare(str(gold.get(key) or "")) for key in ("body", "body_as_written"))
    right = ["body"] if body in (full, as_written) or written == as_written else []
    right += ["number"] if told.get("number") == gold.get("number") else []
    right += ["date"] if _whole_date(told.get("date")) == gold.get("date") else []
    return right + [key for key in ("chair", "form") if told.get(key) == gold.get(key)]


def _whole_date(day: object) -> object:
    """A date without its year counts as none."""
    return None if str(day or "").startswith("--") else day


def _surviving(text: str, gold: str) -> float | None:
    """Give the share of real parentheses that stand in the cleaned text as they should, each as often."""
    left = PARENTHESES.findall(text)
    kept = []
    for one in PARENTHESES.findall(gold):
        kept.append(one in left)
        if kept[-1]:
            left.remove(one)
    return _share(kept)


def _working(directives: Sequence[Labelled]) -> list[Labelled]:
    return [one for one in directives if one.kind in WORKING]


def pairs_of(told: Sequence[Labelled], gold: Sequence[Labelled]) -> tuple[list[tuple[Labelled, Labelled]], int]:
    """Pair each directive told with at most one of the labels, the most alike first.

    Gives the pairs that count, and how many were paired with a heading or a stance: these count neither way.
    """
    wanted = _working(gold)
    labels = wanted + [one for one in gold if one.kind not in WORKING]
    ours = _working(told)
    free, open_ones, pairs, beside = set(range(len(labels))), set(range(len(ours))), [], 0
    for _alike, at, number in _candidates(ours, labels):
        if at not in free or number not in open_ones:
            continue
        free.remove(at)
        open_ones.remove(number)
        if at < len(wanted):
            pairs.append((ours[number], labels[at]))
        else:
            beside += 1
    return pairs, beside


def _candidates(ours: Sequence[Labelled], labels: Sequence[Labelled]) -> list[tuple[float, int, int]]:
    """Give every two that overlap enough; lengths too far apart cannot and are not looked at."""
    texts, wanted = [bare(one.text) for one in ours], [bare(one.text) for one in labels]
    found = [
        (overlap(label, text), at, number)
        for at, label in enumerate(wanted)
        for number, text in enumerate(texts)
        if min(len(label), len(text)) >= OVERLAP * max(len(label), len(text))
    ]
    return sorted((one for one in found if one[0] >= OVERLAP), reverse=True)


def _actors(pairs: Sequence[tuple[Labelled, Labelled]]) -> float | None:
    if not pairs:
        return None
    found = sum(len(one.actors & other.actors) for one, other in pairs)
    return f1(found, sum(len(one.actors) for one, _other in pairs), sum(len(other.actors) for _one, other in pairs))


def _share(right: Sequence[bool]) -> float | None:
    return sum(right) / len(right) if right else None
