"""Who took part: names behind titles, lists of names, groups, and what each did."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from hucheng.engines.minutes.layout import Sentence
from hucheng.engines.minutes.records import Attendee, Function
from hucheng.engines.minutes.vocabulary import lists, surnames, words

HAN = "[一-鿿]"
MINORITY = f"{HAN}{{1,6}}·{HAN}{{1,8}}?"
QUOTED = re.compile(r"(?:传达|学习|贯彻|落实|按照|根据|遵照)[^,，;；。]{0,40}$")
QUOTED_AFTER = re.compile(r"(?:同志)?(?:在.{0,24}?)?(?:的)?(?:重要)?(?:讲话|批示|指示|要求)(?:精神|要求)")
ROLE_START = re.compile(
    r"^.*(?:[,，;；。:：!！?？]|上午|下午|晚上|傍晚|晚|[日号](?=[省市县区州党政国副常])|由|讯|电|其中|组织|陪同|随同)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in a sentence: `start` and `end` of the name, relative to the sentence."""

    name: str
    role: str
    start: int
    end: int


@cache
def name_pattern() -> str:
    """Give the pattern for a Chinese name: surname and one or two characters, or a name with a middle dot."""
    single, compound = surnames()
    not_names = words("people", "not_names")
    titles = words("people", "titles")
    return (
        f"(?!{not_names})(?:{MINORITY}|{compound}{HAN}{{1,2}}|{single}(?!{titles}){HAN}(?!{titles}){HAN}|{single}{HAN}"
        f"|{single}[ \\u3000]{HAN})"
    )


@cache
def _follow() -> str:
    return rf"(?=[、,，;；。!！?？:：()（）\s]|$|{words('people', 'follows')})"


@cache
def _after_title() -> re.Pattern[str]:
    titles = words("people", "titles")
    return re.compile(rf"(?P<title>{titles})[ \u3000:：]?(?P<name>{name_pattern()}){_follow()}")


@cache
def _next_in_list() -> re.Pattern[str]:
    return re.compile(rf"(?:[、 \u3000和及]|以及)\s*(?P<name>{name_pattern()}){_follow()}")


@cache
def _bare() -> re.Pattern[str]:
    verbs = "|".join(lists("people")[key][0] for key in ("verbs_chair", "verbs_present"))
    return re.compile(
        rf"(?:^|[,，;；。]|由)\s*(?P<name>{name_pattern()})(?=(?:在[^,，;；。]{{1,20}})?(?:{verbs}|参加|列席|组织召开))"
    )


@cache
def _long_name() -> re.Pattern[str]:
    """Names of four or five characters without a surname of the list, such as 扎西顿珠, where their bearer chairs."""
    return re.compile(rf"{words('people', 'titles')}(?P<name>{HAN}{{4,5}})(?=主持)")


def _ends_in_name(signs: str) -> bool:
    """Tell whether the last signs are a usual name, so that those before it belong to the title."""
    return any(re.fullmatch(name_pattern(), signs[at:]) for at in range(1, len(signs) - 1))


def mentions(sentence: str) -> list[Mention]:
    """Find the people whom a sentence names with a title, those listed behind them, and bare names before a verb."""
    found: dict[int, Mention] = {}
    for match in _after_title().finditer(sentence):
        if match.start("name") in found or _is_quoted(sentence, match):
            continue
        role = _role_before(sentence, match.start("name"), found)
        found[match.start("name")] = Mention(match["name"], role, match.start("name"), match.end("name"))
        for listed in _listed(sentence, match.end("name")):
            found.setdefault(
                listed.start("name"), Mention(listed["name"], role, listed.start("name"), listed.end("name"))
            )
    for match in _long_name().finditer(sentence):
        if match.start("name") not in found and not _ends_in_name(match["name"]):
            role = _role_before(sentence, match.start("name"), found)
            found[match.start("name")] = Mention(match["name"], role, match.start("name"), match.end("name"))
    for match in _bare().finditer(sentence):
        if match.start("name") not in found:
            role = next((one.role for at, one in sorted(found.items(), reverse=True) if at < match.start()), "")
            found[match.start("name")] = Mention(match["name"], role, match.start("name"), match.end("name"))
    return [found[at] for at in sorted(found)]


def _listed(sentence: str, at: int) -> Iterator[re.Match[str]]:
    while match := _next_in_list().match(sentence, at):
        yield match
        at = match.end("name")


def _is_quoted(sentence: str, match: re.Match[str]) -> bool:
    if QUOTED_AFTER.match(sentence, match.end()):
        return True
    return bool(QUOTED.search(sentence[: match.start("name")])) and "讲话" in sentence[match.end() : match.end() + 12]


def _role_before(sentence: str, at: int, found: dict[int, Mention]) -> str:
    start = max((one.end for one in found.values() if one.end <= at), default=0)
    role = ROLE_START.sub("", sentence[start:at])
    return role.strip(" \u3000").lstrip("、和及与").removeprefix("以及").strip()


def titled(entry: str) -> tuple[str, str] | None:
    """Split a title and the name behind it (市长周清越); None where there is no such name."""
    match = re.fullmatch(rf"(?P<role>.*{words('people', 'titles')})(?P<name>{name_pattern()})", entry)
    return (match["role"], match["name"]) if match else None


def function_of(sentence: str, end: int) -> Function:
    """Tell what a person did by the first verb of taking part behind the name."""
    rest = sentence[end:]
    best = (len(rest), Function.PRESENT)
    for function in (Function.CHAIR, Function.REPORTS, Function.INSTRUCTS, Function.SPEAKS, Function.PRESENT):
        match = re.search(words("people", f"verbs_{function.value}"), rest)
        if match and match.start() < best[0]:
            best = (match.start(), function)
    clause = re.split("[,，;；。]", rest[best[0] :], maxsplit=1)[0]
    if best[1] is Function.PRESENT and "主持" in clause:
        return Function.CHAIR
    if best[1] is Function.PRESENT and re.search(words("people", "verbs_instructs"), clause):
        return Function.INSTRUCTS
    return best[1]


def attendees(sentences: tuple[Sentence, ...]) -> list[tuple[Attendee, Sentence, int]]:
    """Give the named people once each, with the sentence and the place in it where they are named first."""
    seen: dict[str, tuple[Attendee, Sentence, int]] = {}
    for sentence in sentences:
        for one in mentions(sentence.text):
            name = re.sub(r"[ \u3000]", "", one.name)
            if name not in seen:
                seen[name] = (Attendee(name, one.role, None, function_of(sentence.text, one.end)), sentence, one.end)
    return list(seen.values())
