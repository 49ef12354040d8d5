"""Demands as units that can be assigned: joined where a verb governs on, split where a list holds several."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hucheng.engines.minutes.actors import WHEN, Subject, holders, subject_of
from hucheng.engines.minutes.demands import Demand
from hucheng.engines.minutes.vocabulary import opens_with_verb, pattern

MEANWHILE = re.compile(r"^(?:要)?在(?P<inner>.{4,40}?)的?(?:同时|基础上同时)$")
SHORT = 6
FILLERS = re.compile(r"^(?:一定|都|也|更|还|则|又|就|均|特别是|尤其)*(?:要|必须|务必|应当|应(?=当|该))+")
ONE_MIND = re.compile(r"统一到[^,，]+上来$")
OUTSIDE = re.compile(r"、(?![^“”]{0,60}”)(?![^(（]{0,60}[)）])(?![^《》]{0,60}》)")


@dataclass(frozen=True, slots=True)
class Unit:
    """One directive before it is judged. `core` is its text without subject and 要; `before` is what stands before it
    and may say when, `leads` who leads where the text says so, `section`
    the title of the section that it stands in, `stated` the deadline that its responsibility states.
    """

    demand: Demand
    start: int
    end: int
    text: str
    core: str
    actors: tuple[str, ...]
    actors_here: bool = False
    before: str = ""
    leads: tuple[str, ...] = ()
    section: str | None = None
    stated: str | None = None


@dataclass(slots=True)
class _Reach:
    """Whose turn it is: the last subject, and where it ends."""

    sentence: int = -1
    block: int = -1
    mark: str = ""
    subject: Subject | None = None
    when: str = ""
    fresh: bool = False

    def actors(self, demand: Demand, subject: Subject | None) -> tuple[str, ...]:
        """Give the actors of the next demand and keep the reach of its subject."""
        if (
            demand.sentence != self.sentence
            or self.subject
            and not self.subject.general
            and (self.mark in "；;" or demand.block != self.block)
        ):
            self.subject = None
        if demand.sentence != self.sentence or (demand.block != self.block and not self.fresh):
            self.when = ""
        self.fresh = False
        self.subject = subject or self.subject
        self.sentence, self.block, self.mark = demand.sentence, demand.block, demand.mark or ","
        return self.subject.actors if self.subject else ()


def units(demands: Sequence[Demand]) -> list[Unit]:
    """Make the units of all demands, in order."""
    found: list[Unit] = []
    reach = _Reach()
    for group in _grouped(demands):
        found += _units_of(group, reach)
    return found


def _grouped(demands: Sequence[Demand]) -> Iterator[Demand]:
    """Join a topic with its demand, and complements with the verb that governs them."""
    at = 0
    while at < len(demands):
        joined = demands[at]
        at += 1
        while at < len(demands) and _belongs(joined, demands[at]):
            joined = _join(joined, demands[at])
            at += 1
        yield joined


def _belongs(first: Demand, second: Demand) -> bool:
    if first.sentence != second.sentence or first.mark not in (",", "，") or second.start - first.end > 3:
        return False
    if pattern("demands", "joined_next").search(first.text):
        return True
    if second.modal:
        return False
    if ONE_MIND.search(first.text):
        return second.text.startswith("统一到")
    return bool(pattern("demands", "governs").match(first.text) and pattern("demands", "complement").match(second.text))


def _join(first: Demand, second: Demand) -> Demand:
    gap = ",".ljust(second.start - first.end)
    return replace(
        first, end=second.end, text=first.text + gap + second.text, mark=second.mark, modal=first.modal or second.modal
    )


def _units_of(demand: Demand, reach: _Reach) -> Iterator[Unit]:
    subject = subject_of(demand.text)
    actors = reach.actors(demand, subject)
    skip = subject.length if subject and subject.with_modal else 0
    if WHEN.fullmatch(demand.text):  # a clause that only says when holds for what follows in its block
        reach.when, reach.fresh = demand.text, True
        return
    before = demand.text[:skip] + reach.when
    start, text = demand.start + skip, demand.text[skip:]
    if match := MEANWHILE.match(text):
        start, text = start + match.start("inner"), match["inner"]
    core = core_of(text)
    if pattern("demands", "manner").search(core) and not pattern("demands", "joined_next").search(
        demand.text.split(",")[0]
    ):
        return
    for offset, part in split_list(text):
        at, named = start + offset, holders(part) or actors
        yield Unit(demand, at, at + len(part), part, core_of(part), named, bool(subject), before)


def core_of(text: str) -> str:
    """Take 要 and what fills the place before it off a demand."""
    return FILLERS.sub("", text)


def split_list(text: str) -> list[tuple[int, str]]:
    """Split verb phrases that 、 joins when one is longer than six characters; nouns under one verb stay together."""
    cuts = [match.start() for match in OUTSIDE.finditer(text)]
    if not cuts:
        return [(0, text)]
    starts = [0, *(cut + 1 for cut in cuts)]
    parts = [text[start:end] for start, end in zip(starts, [*cuts, len(text)], strict=True)]
    verbal = all(opens_with_verb().match(core_of(part)) for part in parts)
    if (
        not verbal
        or max(len(core_of(part)) for part in parts) <= SHORT
        or parts[-1].endswith(("等", "等措施", "等工作"))
    ):
        return [(0, text)]
    return list(zip(starts, parts, strict=True))
