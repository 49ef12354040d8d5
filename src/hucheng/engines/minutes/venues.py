"""Where a meeting was held: main and branch venues, and who sat in which."""

import re
from collections.abc import Sequence
from dataclasses import replace

from hucheng.engines.minutes.layout import Sentence
from hucheng.engines.minutes.records import Attendee, Venue
from hucheng.engines.minutes.vocabulary import words

SETTING = "(?:开设|设立|设置|设(?![计施备]))(?:了|有)?"
AT = re.compile(rf"在(?P<name>(?:(?!{SETTING}[主分]会场)[^,，;；。、在]){{0,16}}?(?:主会场|分会场|会场))")
SET_UP = re.compile(
    r"(?:^|[,，;；。])(?:本次|此次)?(?:会议)?(?P<where>[^,，;；。]{1,16}?)(?:均|分别|也|同步)?"
    rf"{SETTING}[^,，;；。]{{0,12}}?(?P<kind>主会场|分会场)"
)
OWNER = re.compile(r"各[^,，。]*?(?:[县区市镇乡](?:[(（][^)）]*[)）])?|部门|单位|街道)")
GROUP = re.compile(r"(?:^|[,，;；。、])(?P<group>[^,，;；。]{2,40})$")


def venue_behind(sentence: str, end: int) -> str | None:
    """Give the venue that is said behind a name: the first one before the sentence names other people's."""
    match = AT.search(sentence, end)
    if match is None or re.search(r"[;；]|主持", sentence[end : match.start()]):
        return None
    between = sentence[end : match.start()]
    return None if re.search(words("people", "verbs_present"), between) else match["name"]


def group_at(sentence: str, at: int) -> str | None:
    """Give the unnamed group that sits in the venue named at a place of the sentence."""
    match = GROUP.search(sentence[:at])
    if match is None or not re.search(f"{words('people', 'groups')}$", match["group"]):
        return None
    return match["group"].removeprefix("和").removeprefix("及")


def groups_and_venues(sentences: Sequence[Sentence]) -> tuple[list[Attendee], list[Venue]]:
    """Find the groups without names with their venues, and every venue that the text names."""
    people: list[Attendee] = []
    venues: dict[str, Venue] = {}
    for sentence in sentences:
        for match in AT.finditer(sentence.text):
            group = group_at(sentence.text, match.start())
            name = _full_name(match["name"], group)
            venues.setdefault(name, _venue(name))
            if group:
                people.append(Attendee(None, group, name))
        for match in SET_UP.finditer(sentence.text):
            name = match["where"].removeprefix("在") + match["kind"]
            venues.setdefault(name, _venue(name))
    return people, list(venues.values())


def _venue(name: str) -> Venue:
    return Venue("main" if "主会场" in name or name == "会场" else "branch", name)


def _full_name(name: str, group: str | None) -> str:
    """各县负责同志在分会场参加 names the branch venues of the counties."""
    if name == "分会场" and group and (owner := OWNER.match(group)):
        return owner.group() + name
    return name


def seated(people: Sequence[tuple[Attendee, Sentence, int]]) -> list[Attendee]:
    """Give each named person the venue stated behind the name."""
    return [replace(one, venue=venue_behind(sentence.text, end)) for one, sentence, end in people]
