"""Repairs of a damaged text: what was changed, where, and how sure that is."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from hucheng.engines.words.bilingual import Bilingual


class EditKind(StrEnum):
    """What was wrong. MASKED may leave the text as it is and only point at it."""

    NOTE = "note"
    TRADITIONAL = "traditional"
    WIDTH = "width"
    COMMA = "comma"
    INJECTED = "injected"
    MASKED = "masked"
    ENCODING = "encoding"
    MARKUP = "markup"
    PAGE = "page"
    BREAK = "break"


LABELS = {
    EditKind.NOTE: Bilingual("注音", "pronunciation note"),
    EditKind.TRADITIONAL: Bilingual("繁体字", "traditional form"),
    EditKind.WIDTH: Bilingual("全角或不可见字符", "full-width or invisible character"),
    EditKind.COMMA: Bilingual("多余逗号", "stray comma"),
    EditKind.INJECTED: Bilingual("植入的广告", "injected advertisement"),
    EditKind.MASKED: Bilingual("被遮盖的字", "masked character"),
    EditKind.ENCODING: Bilingual("编码错乱", "wrong encoding"),
    EditKind.MARKUP: Bilingual("网页标记", "tag of a web page"),
    EditKind.PAGE: Bilingual("页码", "number of a page"),
    EditKind.BREAK: Bilingual("硬换行", "line broken at a margin"),
}


class Edit(NamedTuple):
    """One repair. `original[start:end] == before` (apart from notes inside it), `result[clean_start:clean_end]` is
    what stands there now; `certain` is false where a person should look.
    """

    kind: EditKind
    start: int
    end: int
    before: str
    after: str
    clean_start: int
    clean_end: int
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """A stretch of the original that a person wants left as it was, as far as repairs of one kind go."""

    kind: EditKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The repaired text and every repair, in the order of the original; `kept` are the repairs taken back."""

    text: str
    edits: tuple[Edit, ...] = ()
    kept: tuple[Kept, ...] = ()

    @property
    def doubtful(self) -> tuple[Edit, ...]:
        """The repairs that a person should look at."""
        return tuple(edit for edit in self.edits if not edit.certain)
