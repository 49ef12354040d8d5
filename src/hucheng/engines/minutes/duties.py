"""Responsibilities as official minutes write them: (牵头单位：市公安局；配合单位：市外事办；完成时限：3月10日前)."""

import re
from dataclasses import dataclass

LABEL = r"(?:牵头|责任|主办|承办|落实|配合|协办|协同|参与)(?:单位|部门|领导|人)|(?:完成|办结|办理)?(?:时限|期限|时间)"
INNER = r"(?:[^()（）\n]|[(（][^()（）\n]*[)）])*"
BRACKETS = re.compile(rf"[(（]\s*(?P<said>(?:{LABEL})\s*[:：]{INNER})[)）]")
SENTENCE = re.compile(rf"(?:^|(?<=[。；;）)]))[ \t\u3000]*(?P<said>(?:{LABEL})\s*[:：][^\n。]*)。?", re.MULTILINE)
PART = re.compile(rf"(?P<label>{LABEL})\s*[:：]\s*(?P<value>(?:(?!(?:{LABEL})\s*[:：])[^;；。\n])*)")
NAMES = re.compile(r"(?:以及|[、,，和及与])(?![^(（]{0,60}[)）])")
SUPPORTING = ("配合", "协办", "协同", "参与")


@dataclass(frozen=True, slots=True)
class Duty:
    """Who leads, who supports and by when, as written behind the demands that it is about."""

    start: int
    end: int
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    deadline: str | None


def duties_of(text: str) -> list[Duty]:
    """Find the responsibilities of a text, in order."""
    found = {match.start("said"): match for pattern in (BRACKETS, SENTENCE) for match in pattern.finditer(text)}
    return [_duty(found[at]) for at in sorted(found)]


def without_duties(line: str) -> str:
    """Give a line with its responsibilities blanked, so that they are not read as demands; its length stays."""
    for pattern in (BRACKETS, SENTENCE):
        line = pattern.sub(lambda match: " " * len(match.group()), line)
    return line


def _duty(match: re.Match[str]) -> Duty:
    leads: list[str] = []
    supports: list[str] = []
    deadline = None
    for part in PART.finditer(match["said"]):
        value = part["value"].strip(" \u3000,，")
        if part["label"].endswith(("时限", "期限", "时间")):
            deadline = value or deadline
        elif part["label"].startswith(SUPPORTING):
            supports += _names(value)
        else:
            leads += _names(value)
    return Duty(match.start(), match.end(), tuple(leads), tuple(supports), deadline)


def _names(value: str) -> list[str]:
    return [name.strip() for name in NAMES.split(value) if name and name.strip()]
