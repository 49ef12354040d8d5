"""The columns of the two lists, under their Chinese and English heads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from hucheng.schools.sheets.models import SheetReceipt


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its heads, whether a list must have it."""

    field: str
    zh: str
    en: str
    needed: bool = True

    @property
    def head(self) -> str:
        """The head in the language in force."""
        return self.zh if (get_language() or "zh").startswith("zh") else self.en

    def named(self, text: str) -> bool:
        """Whether a head of a file means this column."""
        return text.strip().casefold() in {self.field, self.zh, self.en.casefold()}


COLUMNS: dict[str, Sequence[Column]] = {
    SheetReceipt.Kind.SCHOOLS: (
        Column("code", "学校代码", "School code"),
        Column("place", "县区代码", "County code"),
        Column("name_zh", "学校名称", "Name in Chinese"),
        Column("name_en", "英文名称", "Name in English"),
        Column("kind", "学校类别", "Kind of school"),
        Column("first_grade", "最低年级", "Lowest grade"),
        Column("last_grade", "最高年级", "Highest grade"),
        Column("grade12", "高三人数", "Pupils of grade 12", needed=False),
    ),
    SheetReceipt.Kind.ITEMS: (
        Column("code", "学校代码", "School code"),
        Column("number", "项目序号", "Item"),
        Column("in_place", "是否到位", "In place"),
        Column("evidence", "依据", "Evidence"),
        Column("figure", "数量", "Figure", needed=False),
        Column("reference", "附件编号", "File or number", needed=False),
        Column("valid_until", "有效期至", "Valid until", needed=False),
    ),
}
