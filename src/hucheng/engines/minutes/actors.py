"""Who shall do it: the subject of a demand and how far it reaches."""

import re
from dataclasses import dataclass
from functools import cache

from hucheng.engines.minutes.vocabulary import any_of, lists, pattern, words

EVERY = re.compile(r"各(?!级)(?:[(（][^)）]*[)）]|[^各(（])+")
"""各县各单位 names two; the 各级 of 各级各部门 only says how far down."""
FILLERS = re.compile(r"(?:一定|都|也|更|还|则|又|就|均|务必|切实|特别是|尤其|主要|下一步|当前|近期|全部|同样|再)+$")
WHEN = re.compile(
    r"^[^,，]{0,6}?[0-9一二三四五六七八九十]{1,6}(?:月|日|号|天|小时|周)[^,，]{0,8}?(?:前|内|底|起|之前|以内|之内)"
)
PRESSED = re.compile(
    r"要?(?:进一步|切实|严格|层层|全面|坚决|逐级)*(?:压实|压紧|落实|落细|强化|严格|夯实|明确)(?P<rest>.*责任)$"
)
IN_CHARGE = re.compile(
    r"(?P<subject>(?!由|对|将|把)[一-鿿]{1,8}?(?:[处科室局委办站队部院组]|中心|专班|办公室|公司|集团))(?=负责|牵头|会同)"
)
"""A body that no list knows, where the verb says that it is in charge."""
JOINTS = re.compile(r"(?:以及|[、和及与])(?![^(（]{0,60}[)）])")


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject that opens a clause: how long it is, who it names, whether it reaches over semicolons."""

    length: int
    actors: tuple[str, ...]
    general: bool
    with_modal: bool


def subject_of(clause: str) -> Subject | None:
    """Find the subject of a clause before 要 and its like, or before a verb (各区履行…); None when it has none."""
    modal = pattern("demands", "modal").search(clause)
    if modal and modal.start() > 0:
        text = FILLERS.sub("", clause[: modal.start()])
        if not text or "," in text or pattern("actors", "no_subject").search(text):
            return None
        return _subject(text, modal=True)
    if modal:
        return None
    match = _before_verb().match(clause) or IN_CHARGE.match(clause)
    return _subject(match["subject"], modal=False) if match else None


def _subject(text: str, *, modal: bool) -> Subject | None:
    parts = [each for part in JOINTS.split(WHEN.sub("", text)) for each in _each(part)]
    if not parts or not re.search(f"{words('actors', 'ends')}(?:[(（][^()（）]*[)）])?$", parts[-1]):
        return None
    return Subject(len(text), tuple(parts), bool(pattern("actors", "general").search(text)), modal)


def _each(part: str) -> list[str]:
    """Split 各县各单位 into two; anything else stays as it is."""
    if EVERY.match(part):
        return EVERY.findall(part)
    return [part] if part else []


@cache
def _before_verb() -> re.Pattern[str]:
    ends = words("actors", "ends")
    start = words("actors", "starts")
    after = any_of([*lists("verbs")["adverbs"], *lists("verbs")["verbs"], "负责", "牵头", "具体"])
    return re.compile(rf"(?P<subject>{start}[一-鿿、()（）]{{0,14}}?{ends})(?={after})")


@cache
def _responsibility() -> re.Pattern[str]:
    return re.compile(rf"(?P<holder>.*?)(?:{'|'.join(lists('actors')['responsibility'])})(?:管理)?责任$")


def holders(clause: str) -> tuple[str, ...]:
    """Give those whose responsibility a clause presses: 压实园区主体责任 gives 园区; empty when it names nobody."""
    match = PRESSED.match(clause)
    if not match:
        return ()
    found = (_responsibility().match(part) for part in JOINTS.split(match["rest"]))
    return tuple(one["holder"] for one in found if one and re.search(f"{words('actors', 'ends')}$", one["holder"]))
