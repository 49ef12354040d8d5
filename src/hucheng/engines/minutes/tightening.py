"""What moved between two wordings of one demand: deadline, duty, actors, whether it can be verified."""

import re
from dataclasses import dataclass

from hucheng.engines.minutes.english_actors import is_general
from hucheng.engines.minutes.english_alike import deadline_rank, hastened, is_english
from hucheng.engines.minutes.records import Directive, Modality
from hucheng.engines.minutes.vocabulary import pattern
from hucheng.engines.words.bilingual import Bilingual
from hucheng.engines.words.numerals import NUMERAL, whole_number

WITHIN = re.compile(rf"(?P<number>{NUMERAL})(?P<unit>分钟|小时|个工作日|天|日|周|个月)(?:以内|之内|内|前)$")
MINUTES = {"分钟": 1, "小时": 60, "天": 1440, "日": 1440, "个工作日": 1440, "周": 10_080, "个月": 43_200}
DAY = re.compile(
    rf"(?P<month>{NUMERAL})月(?:(?P<day>{NUMERAL})[日号]|(?P<part>初|上旬|中旬|下旬|末|底))(?:前|之前|起|内|之内)?$"
)
PARTS = {"初": 1, "上旬": 10, "中旬": 20, "下旬": 31, "末": 31, "底": 31}
STRENGTH = {Modality.STRENGTHEN: 0, Modality.MUST: 1, Modality.ENSURE: 2, Modality.FORBID: 2}
NAMES = {
    "deadline": Bilingual("期限", "deadline"),
    "modality": Bilingual("语气", "duty"),
    "actors": Bilingual("责任主体", "actors"),
    "measurable": Bilingual("能否核实", "verified"),
}
DUTIES = {
    Modality.MUST: Bilingual("必须", "must"),
    Modality.ENSURE: Bilingual("确保", "ensure"),
    Modality.STRENGTHEN: Bilingual("加强", "strengthen"),
    Modality.FORBID: Bilingual("禁止", "forbid"),
}
NOTHING = Bilingual("无", "none")
YES, NO = Bilingual("能", "yes"), Bilingual("不能", "no")
MOVED = Bilingual("{name}由“{before}”改为“{after}”{step}", "{name} from “{before}” to “{after}”{step}")
STEPS = {1: Bilingual("（更紧）", " (tighter)"), 0: Bilingual("", ""), -1: Bilingual("（更松）", " (looser)")}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that moved; `step` is 1 where it became tighter, -1 looser, 0 where that cannot be said."""

    field: str
    before: Bilingual
    after: Bilingual
    step: int

    @property
    def why(self) -> Bilingual:
        """The change in one sentence."""
        parts = (NAMES[self.field], self.before, self.after, STEPS[self.step])
        zh, en = (
            dict(zip(("name", "before", "after", "step"), said, strict=True))
            for said in ([part.zh for part in parts], [part.en for part in parts])
        )
        return Bilingual(MOVED.zh.format(**zh), MOVED.en.format(**en))


def changes(before: Directive, after: Directive) -> tuple[Change, ...]:
    """Give what moved from one wording to the next, in the order deadline, duty, actors, verified."""
    found = []
    if before.deadline != after.deadline:
        step = _sign(_deadline_rank(after.deadline) - _deadline_rank(before.deadline))
        step = step or _earlier(before.deadline or "", after.deadline or "")
        found.append(Change("deadline", _said(before.deadline), _said(after.deadline), step))
    if before.modality != after.modality:
        step = _sign(STRENGTH[after.modality] - STRENGTH[before.modality])
        found.append(Change("modality", DUTIES[before.modality], DUTIES[after.modality], step))
    if frozenset(before.actors) != frozenset(after.actors):
        step = max(0, _sign(_actors_rank(after.actors) - _actors_rank(before.actors)))
        found.append(Change("actors", _said("、".join(before.actors)), _said("、".join(after.actors)), step))
    if before.measurable != after.measurable:
        told = [YES if one.measurable else NO for one in (before, after)]
        found.append(Change("measurable", told[0], told[1], 1 if after.measurable else -1))
    return tuple(found)


def is_tighter(moved: tuple[Change, ...]) -> bool:
    """Tell whether a demand became tighter: something did and nothing became looser."""
    return any(one.step > 0 for one in moved) and all(one.step >= 0 for one in moved)


def _deadline_rank(said: str | None) -> int:
    """None before a vague word (尽快) before a precise one (7天内)."""
    if said is None:
        return 0
    if is_english(said):
        return deadline_rank(said)
    return 2 if pattern("deadlines", "precise").search(said) else 1


def _actors_rank(actors: tuple[str, ...]) -> int:
    """Nobody before everybody before somebody. A subject that is not said again is no loosening."""
    if not actors:
        return 0
    general = any(pattern("actors", "general").search(one) for one in actors) or is_general(actors)
    return 1 if general else 2


def _earlier(before: str, after: str) -> int:
    """Compare two precise deadlines of one form: 1 where the later wording is due earlier; 0 where nobody can tell."""
    if before and after and is_english(before + after):
        return _sign(hastened(before, after))
    for reading in (_within, _day):
        first, second = reading(before), reading(after)
        if first is not None and second is not None:
            return _sign(_distance(first, second) if reading is _day else first - second)
    return 0


def _distance(first: int, second: int) -> int:
    """Days of a year counted round: 1月5日 is later than 12月20日."""
    return (first - second + 186) % 372 - 186


def _within(said: str) -> int | None:
    match = WITHIN.match(said)
    number = whole_number(match["number"]) if match else None
    return None if match is None or number is None else number * MINUTES[match["unit"]]


def _day(said: str) -> int | None:
    match = DAY.match(said)
    if match is None:
        return None
    month, day = whole_number(match["month"]), whole_number(match["day"]) if match["day"] else PARTS[match["part"]]
    return None if month is None or day is None else month * 31 + day


def _said(text: str | None) -> Bilingual:
    return Bilingual(text, text) if text else NOTHING


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
