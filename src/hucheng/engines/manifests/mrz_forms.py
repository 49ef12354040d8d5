"""Where each item of a machine-readable zone stands: ICAO Doc 9303, parts 4 (TD3), 5 (TD1), 6 (TD2) and 7 (visas)."""

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int, int]
"""Line, first character, end; counted from 0."""


@dataclass(frozen=True, slots=True)
class Form:
    """One layout. The check digit of number, birth and expiry is the character behind each of them.

    optional  spans of the optional data; of TD3 the first is the personal number with a check digit of its own
    covered   what the composite check digit covers, in order; empty where the layout has none (visas)
    total     where the composite check digit stands
    """

    code: str
    lines: int
    width: int
    names: Span
    number: Span
    nationality: Span
    birth: Span
    sex: Span
    expiry: Span
    optional: tuple[Span, ...]
    covered: tuple[Span, ...] = ()
    total: Span = (0, 0, 0)

    @property
    def personal_checked(self) -> bool:
        """The optional data bear a check digit of their own."""
        return self.code == "TD3"


def _two_lines(code: str, width: int, optional_end: int, *, covered: tuple[Span, ...] = ()) -> Form:
    """Every layout of two lines has its items up to the expiry in the same places."""
    return Form(
        code=code, lines=2, width=width, names=(0, 5, width), number=(1, 0, 9), nationality=(1, 10, 13),
        birth=(1, 13, 19), sex=(1, 20, 21), expiry=(1, 21, 27), optional=((1, 28, optional_end),), covered=covered,
        total=(1, width - 1, width),
    )  # fmt: skip


TD1 = Form(
    code="TD1", lines=3, width=30, names=(2, 0, 30), number=(0, 5, 14), nationality=(1, 15, 18), birth=(1, 0, 6),
    sex=(1, 7, 8), expiry=(1, 8, 14), optional=((0, 15, 30), (1, 18, 29)),
    covered=((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)), total=(1, 29, 30),
)  # fmt: skip
TD2 = _two_lines("TD2", 36, 35, covered=((1, 0, 10), (1, 13, 20), (1, 21, 35)))
TD3 = _two_lines("TD3", 44, 42, covered=((1, 0, 10), (1, 13, 20), (1, 21, 43)))
MRV_A = _two_lines("MRV-A", 44, 44)
MRV_B = _two_lines("MRV-B", 36, 36)
FORMS = {form.code: form for form in (TD1, TD2, TD3, MRV_A, MRV_B)}


def form_of(lines: Sequence[str]) -> Form | None:
    """Give the layout that two or three lines come nearest to, None for another number of lines.

    Three lines as long as those of a passport are no card: a line was given too many.
    """
    widths = [len(line) for line in lines]
    if len(lines) == TD1.lines and max(widths) < TD2.width:
        return TD1
    if len(lines) != TD3.lines:
        return None
    exact = next((width for width in (TD3.width, TD2.width) if width in widths), None)
    wide = exact == TD3.width if exact else sum(widths) > TD2.width + TD3.width
    visa = lines[0].startswith("V")
    return (MRV_A if visa else TD3) if wide else (MRV_B if visa else TD2)


def at(lines: Sequence[str], span: Span) -> str:
    """Give the characters of a span."""
    line, first, end = span
    return lines[line][first:end]
