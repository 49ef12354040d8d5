"""The head of minutes: which body met, the how-manieth time, in what form."""

import re
from dataclasses import dataclass
from functools import cache

from hucheng.engines.minutes.people import titled
from hucheng.engines.minutes.records import JointMeeting
from hucheng.engines.minutes.vocabulary import words
from hucheng.engines.words.numerals import NUMERAL, whole_number

NUMBERED = re.compile(rf"第\s*(?P<number>{NUMERAL})\s*次(?P<kind>[^,，;；。、\s]{{0,20}}?(?:会议|会))?")
CONVENED = re.compile(r"(?:主持)?(?:召开|举行|召集)(?:了)?")
BODY_START = re.compile(
    r".*(?:[,，;；。!！?？:：\s]|(?:主持|组织)?(?:召开|举行|召集)了?|出席了?|参加了?|主持|暨|上午|下午|晚上|傍晚|中午|晚|\d[日号]|[一二三四五六七八九十][日号]|讯)"
)
STATED_FORM = re.compile(
    r"(?:以|采取|采用|通过)(?P<form>[^,，;；。]{2,12}?)(?:的)?(?:形式|方式)(?:召开|举行|进行|开至|直接开)?"
)
YEAR = re.compile(r"\d{4}年(?:度)?$")
EXTENDED = re.compile(r"[(（]扩大[)）]会议?$")
NOT_HELD = re.compile(r"(?:传达|学习|贯彻|落实|按照|根据)[^,，;；。]{0,30}$")


@dataclass(frozen=True, slots=True)
class Held:
    """What was held: the body as written, number and form as far as stated, meetings joined to it."""

    body: str | None = None
    number: int | None = None
    form: str | None = None
    joint: tuple[JointMeeting, ...] = ()


@cache
def _groups() -> str:
    return words("head", "groups")


def held_in(passage: str) -> Held:
    """Read body, number and form from the sentence or title that says what was held."""
    numbered = _numbered(passage)
    named = numbered or _by_group(passage) or _by_meeting(passage)
    return named or Held()


def _without_last_convened(before: str) -> str:
    """Drop the words of convening that stand right before a number."""
    return CONVENED.sub(lambda one: one.group() if one.end() < len(before) else "", before)


def _numbered(passage: str) -> Held | None:
    found = []
    for match in NUMBERED.finditer(passage):
        before = _without_last_convened(YEAR.sub("", passage[: match.start()]))
        body = BODY_START.sub("", before).strip('“”"')
        number = whole_number(match["number"])
        if body and number is not None and not titled(body) and not _only_told_of(passage, match):
            found.append((body, number, form_of(match["kind"] or "")))
    if not found:
        return None
    found.sort(key=lambda one: not re.search(_groups(), one[0]))
    body, number, form = found[0]
    return Held(body, number, form, tuple(JointMeeting(*one[:2]) for one in found[1:] if one[0] != body))


def _only_told_of(passage: str, match: re.Match[str]) -> bool:
    """Meetings whose spirit is passed on are not the meeting that was held."""
    return bool(NOT_HELD.search(passage[: match.start()])) or passage[match.end() :].startswith(
        ("精神", "要求", "部署")
    )


def _by_group(passage: str) -> Held | None:
    """A leading group or headquarters that meets without a number, before or behind the verb."""
    before = re.search(
        rf"(?P<body>[^,，;；。:：\s]*?{_groups()}(?:办公室)?)(?:组织)?(?:召开|举行)(?P<kind>[^,，;；。]*?会议?)",
        passage,
    )
    if before:
        return Held(BODY_START.sub("", before["body"]), None, form_of(before["kind"]))
    behind = re.search(
        rf"(?:召开|举行|召集|主持|参加|暨)(?P<body>[^,，;；。:：\s召]*?{_groups()}(?:办公室)?)(?P<kind>[^,，;；。暨]*?会议?)(?=[,，;；。召暨]|$)",
        passage,
    )
    if behind:
        return Held(behind["body"], None, form_of(behind["kind"]))
    passive = re.search(
        rf"(?P<body>[^,，;；。:：\s]*?{_groups()}(?:办公室)?)(?P<kind>[^,，;；。暨]*?会议?)(?:在[^,，;；。]{{1,15}})?(?:召开|举行)",
        passage,
    )
    return Held(BODY_START.sub("", passive["body"]), None, form_of(passive["kind"])) if passive else None


def _by_meeting(passage: str) -> Held | None:
    """A meeting known by its own name only; an organisation that calls it is the body."""
    match = re.search(
        r"(?:召开|举行|召集|主持)了?(?P<name>[^,，;；。:：\s]{2,40}?会议?)(?=[,，;；。:：\s并暨]|$)", passage
    )
    if match is None:
        match = re.search(r"(?P<name>[^,，;；。:：\s]{2,40}?会议?)(?:在[^,，;；。]{1,15})?(?:召开|举行)", passage)
    if match is None or match["name"] in ("会议", "本次会议", "此次会议"):
        return None
    name = BODY_START.sub("", match["name"])
    if not name:
        return None
    subject = re.search(
        rf"(?:^|[,，日号午晚])(?P<body>[^,，;；。日号午晚在]*?{words('head', 'organisations')})"
        r"(?:在[^,，;；。]{1,16})?(?:组织)?(?:召开|举行)",
        passage,
    )
    return Held(subject["body"] if subject else EXTENDED.sub("", name), None, form_of(match["name"]))


@cache
def _form() -> re.Pattern[str]:
    modes, kinds, plain = words("head", "modes"), words("head", "kinds"), words("head", "plain")
    return re.compile(
        rf"(?P<modes>(?:(?:{modes}|(?<!”)[(（]扩大[)）])(?:{plain})?)*)(?P<kinds>(?:{kinds}(?:{plain})?)*)(?P<end>会议|会)$"
    )


def form_of(name: str) -> str | None:
    """Give the words for the kind of a meeting with its mode, without topic and level; None for a plain 会议.

    县乡工作视频调度会 gives 视频调度会; 常务会议 belongs to the body and gives None.
    """
    if "常务" in name or "常委会" in name:
        return None
    match = _form().search(name)
    if match is None or not (match["modes"] or match["kinds"]):
        return None
    return (match["modes"] + match["kinds"]).replace("工作", "") + match["end"]


def stated_form(passage: str) -> str | None:
    """Give the form that the text states by itself: 会议以电视电话会议形式召开 is 电视电话会议, 以视频方式 is 视频."""
    for match in STATED_FORM.finditer(passage):
        if (
            re.search(words("head", "modes"), match["form"])
            and "会" in passage[max(0, match.start() - 12) : match.end() + 6]
        ):
            return match["form"]
    return None
