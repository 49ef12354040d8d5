"""Attendance as official minutes list it: 出席：林砚（市委书记）、周清越（市长）。"""

import re
from collections.abc import Iterator

from hucheng.engines.minutes.people import name_pattern, titled
from hucheng.engines.minutes.records import Attendee, Function
from hucheng.engines.minutes.vocabulary import words

ROLL = re.compile(
    r"^[ \t\u3000]*(?P<label>主持|出席|参会|参加|到会|列席)(?:人员|人|领导|同志|会议|单位|名单)*[ \u3000]*[:：]"
    r"(?P<names>[^\n]+)",
    re.MULTILINE,
)
SEPARATORS = re.compile(r"[、,，;；。\s\u3000]+(?![^(（]{0,60}[)）])")
ENTRY = re.compile(r"(?P<name>[^()（）]+?)\s*(?:[(（](?P<role>[^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)?)[)）])?")


def listed(text: str) -> list[Attendee]:
    """Give the people whom lists of attendance name, each once; who is excused did not take part."""
    found: dict[str, Attendee] = {}
    for roll in ROLL.finditer(text):
        function = Function.CHAIR if roll["label"] == "主持" else Function.PRESENT
        entries = list(_entries(roll["names"]))
        if len(entries) == 1 and (whole := titled(roll["names"].strip(" \u3000。"))):
            entries = [(whole[1], whole[0])]  # 市委副书记、市长林砚: titles of one person
        for name, role in entries:
            found.setdefault(name, Attendee(name, role, None, function))
    return list(found.values())


def _entries(names: str) -> Iterator[tuple[str, str]]:
    for part in SEPARATORS.split(names):
        match = ENTRY.fullmatch(part)
        if match is None:
            continue
        if re.fullmatch(name_pattern(), match["name"]):
            yield match["name"], match["role"] or ""
        elif split := titled(match["name"]) or _sent(match["name"]):
            yield split[1], split[0]


def _sent(entry: str) -> tuple[str, str] | None:
    """Split a body and the name of whom it sent (海关申一平), the shortest name first."""
    ends = re.compile(f"{words('actors', 'ends')}$")
    cuts = (len(entry) - length for length in (3, 2, 4))
    return next(
        (
            (entry[:at], entry[at:])
            for at in cuts
            if at > 1 and ends.search(entry[:at]) and re.fullmatch(name_pattern(), entry[at:])
        ),
        None,
    )
