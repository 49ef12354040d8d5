"""The columns of a list of directives, under their Chinese and English heads."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, the heads under which it is known, the first of each language first."""

    field: str
    zh: tuple[str, ...]
    en: tuple[str, ...]

    @property
    def head(self) -> str:
        """The head in the language in force."""
        return self.zh[0] if (get_language() or "zh").startswith("zh") else self.en[0]

    def named(self, text: str) -> bool:
        """Whether a head of a file means this column."""
        return "".join(text.split()).casefold() in {"".join(head.split()).casefold() for head in (*self.zh, *self.en)}


COLUMNS = (
    Column(
        "text", ("部署", "部署内容", "任务", "任务内容", "工作任务", "事项", "督办事项"), ("Directive", "Text", "Task")
    ),
    Column("unit", ("牵头单位", "责任单位", "主办单位", "拟办单位"), ("Lead", "Unit", "Owner", "Proposed unit")),
    Column("supports", ("配合单位", "协办单位"), ("Supported by", "Supports")),
    Column("due", ("期限", "完成时限", "截止时间", "截止日期"), ("Deadline", "Due")),
    Column("measure", ("指标",), ("Measure",)),
    Column("no_measure", ("不设指标的理由", "理由"), ("Why no measure",)),
)
