"""The machine-readable zone of passports: ICAO Doc 9303 part 4, format TD3, two lines of 44 characters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hucheng.engines.manifests.catalogue import problem
from hucheng.engines.manifests.dates import short_date
from hucheng.engines.manifests.records import Document, Problem, Traveller

LENGTH = 44
ALLOWED = re.compile(r"[A-Z0-9<]")
SWAPS = (("O", "0"), ("I", "1"))


@dataclass(frozen=True, slots=True)
class Mrz:
    """What a machine-readable zone says; fields under a problem are kept as read, dates are None.

    given_truncated  the names fill their 39 characters, so that their end may be missing
    """

    type: str = ""
    issuer: str = ""
    surname: str = ""
    given: str = ""
    given_truncated: bool = False
    number: str = ""
    nationality: str = ""
    birth: date | None = None
    sex: str = ""
    expiry: date | None = None
    personal: str | None = None
    problems: tuple[Problem, ...] = ()

    def traveller(self, number: int = 1) -> Traveller:
        """Give the holder as a traveller of a list."""
        document = Document(self.type, self.number, self.expiry, self.issuer)
        return Traveller(
            number=number, surname=self.surname, given=self.given, sex=self.sex, birth=self.birth,
            nationality=self.nationality, document=document, problems=self.problems,
        )  # fmt: skip


def check_digit(text: str) -> str:
    """Give the check digit: weights 7-3-1, A = 10 to Z = 35, filler 0, modulo 10."""
    values = (0 if character == "<" else int(character, 36) for character in text)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def read_mrz(lines: Sequence[str] | str, *, today: date) -> Mrz:
    """Read the two lines of a passport.

    lines   two strings, or one with a line break; spaces and small letters are mended first
    today   the day births are judged by: latest century not after it
    gives   an Mrz; when a line has the wrong length or a strange character it holds only the problem
    """
    given = lines.split() if isinstance(lines, str) else list(lines)
    cleaned = [re.sub(r"\s", "", line).upper() for line in given if line.strip()]
    if wrong := _form_problem(cleaned):
        return Mrz(problems=(wrong,))
    first, second = cleaned
    problems: list[Problem] = []
    birth = _dated(second[13:19], second[19], "BIRTH", today, problems)
    expiry = _dated(second[21:27], second[27], "EXPIRY", today, problems)
    _checked(second[0:9], second[9], "DOCUMENT", problems)
    if not (second[28:42].strip("<") == "" and second[42] == "<"):
        _checked(second[28:42], second[42], "PERSONAL", problems)
    if not problems:
        _checked(second[0:10] + second[13:20] + second[21:43], second[43], "COMPOSITE", problems)
    surname, _, names = first[5:].partition("<<")
    return Mrz(
        type=first[0:2].strip("<"), issuer=first[2:5].strip("<"), surname=_words(surname), given=_words(names),
        given_truncated=not first.endswith("<"), number=second[0:9].rstrip("<"), nationality=second[10:13].strip("<"),
        birth=birth, sex={"<": "X"}.get(second[20], second[20]), expiry=expiry,
        personal=second[28:42].rstrip("<") or None, problems=tuple(problems),
    )  # fmt: skip


def _form_problem(lines: list[str]) -> Problem | None:
    if len(lines) != 2:
        return problem("MRZ_LINES", expected=2, found=len(lines))
    for number, line in enumerate(lines, start=1):
        at: dict[str, Any] = {"line": number, "field": "mrz"}
        if strange := ALLOWED.sub("", line):
            return problem("MRZ_CHARACTER", **at, value=strange[0])
        if len(line) != LENGTH:
            return problem(f"LENGTH_LINE{number}", **at, value=line, expected=LENGTH, found=len(line))
    return None


def _words(text: str) -> str:
    return " ".join(text.replace("<", " ").split())


def _dated(text: str, digit: str, what: str, today: date, problems: list[Problem]) -> date | None:
    """Read one date; its validity counts before its check digit. Unknown parts are fillers, the date is then None."""
    read = None
    if "<" not in text:
        try:
            read = short_date(text, today, expiry=what == "EXPIRY")
        except ValueError:
            problems.append(problem(f"INVALID_DATE_{what}", line=2, field=what.lower(), value=text))
            return None
    return read if _checked(text, digit, what, problems) else None


def _checked(text: str, found: str, what: str, problems: list[Problem]) -> bool:
    expected = check_digit(text)
    if expected == found or (found == "<" and expected == "0" and what == "PERSONAL"):
        return True
    better = proposal(text, found) if what != "COMPOSITE" else None
    hint = {"hint_zh": f"若读作 {better} 则相符。", "hint_en": f" Read as {better} it would agree."} if better else {}
    texts = {"hint_zh": "", "hint_en": "", **hint}
    facts: dict[str, Any] = {"expected": expected, "found": found} | ({"proposal": better} if better else {})
    at: dict[str, Any] = {"line": 2, "field": what.lower(), "value": text}
    problems.append(problem(f"CHECK_DIGIT_{what}", **at, **facts, texts=texts))
    return False


def proposal(text: str, digit: str) -> str | None:
    """Give the reading with letters and figures that look alike exchanged, when the check digit then agrees."""
    for letter, figure in SWAPS:
        for changed in (text.replace(letter, figure), text.replace(figure, letter)):
            if changed != text and check_digit(changed) == digit:
                return changed
    return None
