"""The machine-readable zone of passports, cards and visas: ICAO Doc 9303, layouts TD1, TD2, TD3, MRV-A and MRV-B."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hucheng.engines.manifests.catalogue import problem
from hucheng.engines.manifests.dates import short_date
from hucheng.engines.manifests.mrz_forms import Form, Span, at, form_of
from hucheng.engines.manifests.records import Document, Problem, Traveller

ALLOWED = re.compile(r"[A-Z0-9<]")
SWAPS = (("O", "0"), ("I", "1"))
BELOW = {"BIRTH": "birth", "EXPIRY": "expiry", "DOCUMENT": "document", "PERSONAL": "personal"}


@dataclass(frozen=True, slots=True)
class Mrz:
    """What a machine-readable zone says; fields under a problem are kept as read, dates are None.

    form             TD1, TD2, TD3, MRV-A or MRV-B; "" when the lines have another shape
    given_truncated  the names fill all their characters, so that their end may be missing
    personal         the personal number of TD3, the first optional data of the others
    extra            the second optional data, which only TD1 has
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
    extra: str | None = None
    form: str = ""
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
    """Read the lines of one document: three of 30 characters, two of 36 or two of 44.

    lines   the lines, or one text with line breaks; spaces and small letters are mended first
    today   the day births are judged by: latest century not after it
    gives   an Mrz; when a line has the wrong length or a strange character it holds only the problem
    """
    given = lines.split() if isinstance(lines, str) else list(lines)
    cleaned = [re.sub(r"\s", "", line).upper() for line in given if line.strip()]
    form = form_of(cleaned)
    if form is None:
        return Mrz(problems=(problem("MRZ_LINES", expected=2, found=len(cleaned)),))
    if wrong := _form_problem(cleaned, form):
        return Mrz(problems=(wrong,))
    return _Zone(cleaned, form, today).read()


def _form_problem(lines: list[str], form: Form) -> Problem | None:
    for number, line in enumerate(lines, start=1):
        place: dict[str, Any] = {"line": number, "field": "mrz"}
        if strange := ALLOWED.sub("", line):
            return problem("MRZ_CHARACTER", **place, value=strange[0])
        if len(line) != form.width:
            return problem(f"LENGTH_LINE{number}", **place, value=line, expected=form.width, found=len(line))
    return None


class _Zone:
    """Lines of the right shape being read; problems gather on the way."""

    def __init__(self, lines: list[str], form: Form, today: date) -> None:
        self.lines = lines
        self.form = form
        self.today = today
        self.problems: list[Problem] = []

    def read(self) -> Mrz:
        """Read every item, judge its check digit, last the composite one."""
        form = self.form
        birth = self._dated(form.birth, "BIRTH")
        expiry = self._dated(form.expiry, "EXPIRY")
        number, optional = self._number()
        personal = self._personal(optional)
        self._composite()
        surname, _, names = at(self.lines, form.names).partition("<<")
        extra = at(self.lines, form.optional[1]).rstrip("<") if len(form.optional) > 1 else ""
        sex = at(self.lines, form.sex)
        return Mrz(
            type=self.lines[0][0:2].strip("<"), issuer=self.lines[0][2:5].strip("<"), surname=_words(surname),
            given=_words(names), given_truncated=not at(self.lines, form.names).endswith("<"), number=number,
            nationality=at(self.lines, form.nationality).strip("<"), birth=birth, sex={"<": "X"}.get(sex, sex),
            expiry=expiry, personal=personal, extra=extra or None, form=form.code, problems=tuple(self.problems),
        )  # fmt: skip

    def _number(self) -> tuple[str, str]:
        """Give the number and what is left of the optional data.

        A number of more than nine characters goes on in the optional data of TD1 and TD2; a filler stands where its
        check digit would, and the digit follows the last character (part 5, note j; part 6, note i).
        """
        digit, optional = self._digit(self.form.number), at(self.lines, self.form.optional[0])
        first = at(self.lines, self.form.number)
        rest, _, left = optional.partition("<")
        if digit == "<" and len(rest) > 1 and self.form.code in ("TD1", "TD2"):
            self._checked(first + rest[:-1], rest[-1], "DOCUMENT", self.form.number[0])
            return first + rest[:-1], left
        self._checked(first, digit, "DOCUMENT", self.form.number[0])
        return first.rstrip("<"), optional

    def _personal(self, optional: str) -> str | None:
        span = self.form.optional[0]
        if self.form.personal_checked and (optional.strip("<") or self._digit(span) != "<"):
            self._checked(optional, self._digit(span), "PERSONAL", span[0])
        return optional.rstrip("<") or None

    def _composite(self) -> None:
        """Judged only when all else agrees: a wrong item is named once, by its own digit."""
        if self.form.covered and not self.problems:
            covered = "".join(at(self.lines, span) for span in self.form.covered)
            self._checked(covered, at(self.lines, self.form.total), "COMPOSITE", self.form.total[0])

    def _digit(self, span: Span) -> str:
        line, _first, end = span
        return self.lines[line][end]

    def _dated(self, span: Span, what: str) -> date | None:
        """Read one date; its validity counts before its check digit. Unknown parts are fillers, then it is None."""
        text, read = at(self.lines, span), None
        if "<" not in text:
            try:
                read = short_date(text, self.today, expiry=what == "EXPIRY")
            except ValueError:
                place: dict[str, Any] = {"line": span[0] + 1, "field": BELOW[what], "value": text}
                self.problems.append(problem(f"INVALID_DATE_{what}", **place))
                return None
        return read if self._checked(text, self._digit(span), what, span[0]) else None

    def _checked(self, text: str, found: str, what: str, line: int) -> bool:
        expected = check_digit(text)
        if expected == found or (found == "<" and expected == "0" and what == "PERSONAL"):
            return True
        better = proposal(text, found) if what != "COMPOSITE" else None
        hint = {"hint_zh": f"若读作 {better} 则相符。", "hint_en": f" Read as {better} it would agree."}
        texts = hint if better else {"hint_zh": "", "hint_en": ""}
        facts: dict[str, Any] = {"expected": expected, "found": found} | ({"proposal": better} if better else {})
        place: dict[str, Any] = {"line": line + 1, "field": BELOW.get(what, "composite"), "value": text}
        self.problems.append(problem(f"CHECK_DIGIT_{what}", **place, **facts, texts=texts))
        return False


def _words(text: str) -> str:
    return " ".join(text.replace("<", " ").split())


def proposal(text: str, digit: str) -> str | None:
    """Give the reading with letters and figures that look alike exchanged, when the check digit then agrees."""
    for letter, figure in SWAPS:
        for changed in (text.replace(letter, figure), text.replace(figure, letter)):
            if changed != text and check_digit(changed) == digit:
                return changed
    return None
