"""Minutes for people: the head, who took part, the directives by theme, and how they compare with earlier ones."""

from itertools import groupby

from hucheng.engines.minutes.comparison import Compared, Comparison, Standing
from hucheng.engines.minutes.records import Attendee, Directive, Kind, Meeting, Minutes, Theme
from hucheng.engines.minutes.why import THEMES
from hucheng.engines.words.bilingual import Bilingual

KIND_MARKS = {Kind.ACTION: "→", Kind.OUTCOME: "◎", Kind.HEADING: "■", Kind.STANCE: "·"}
STANDINGS = {
    Standing.NEW: Bilingual("新增", "new"),
    Standing.TIGHTENED: Bilingual("加严", "tightened"),
    Standing.REPEATED: Bilingual("重复", "repeated"),
    Standing.DROPPED: Bilingual("未再提及", "dropped"),
}
UNKNOWN = "—"


def summary(minutes: Minutes) -> str:
    """Give a readable page in both languages. → action, ◎ outcome, ■ heading, · stance; ✓ can be verified."""
    lines = [*_head(minutes.meeting), *map(_person, minutes.attendees)]
    ordered = sorted(minutes.directives, key=lambda one: list(Theme).index(one.theme))
    for theme, members in groupby(ordered, key=lambda one: one.theme):
        lines += ["", f"【{THEMES[theme].zh} · {THEMES[theme].en}】", *map(_directive, members)]
    counted = sum(one.kind in (Kind.ACTION, Kind.OUTCOME) for one in minutes.directives)
    lines += ["", f"部署 Directives {counted}  修复 Repairs {len(minutes.cleaned.edits)}"]
    lines += [f"! {one.zh} {one.en}" for one in minutes.warnings]
    return "\n".join(lines)


def _head(meeting: Meeting) -> list[str]:
    return [
        f"会议 Meeting    {meeting.body or UNKNOWN}",
        f"次数 Number     {meeting.number if meeting.number is not None else UNKNOWN}",
        f"日期 Date       {meeting.date or UNKNOWN}",
        f"主持 Chair      {meeting.chair or UNKNOWN}",
        f"形式 Form       {meeting.form or UNKNOWN}",
    ]


def _person(one: Attendee) -> str:
    venue = f"  @ {one.venue}" if one.venue else ""
    return f"  {one.name or UNKNOWN}  {one.role}{venue}"


def _directive(one: Directive) -> str:
    actors = f"  [{'、'.join(one.actors)}]" if one.actors else ""
    due = f"  ({one.deadline})" if one.deadline else ""
    verified = " ✓" if one.measurable else ""
    return f"{one.id:>4} {KIND_MARKS[one.kind]} {one.text_clean}{actors}{due}{verified}"


def comparison_summary(comparison: Comparison) -> str:
    """Give a comparison as a readable page in both languages; ! marks what is only repeated, without movement."""
    lines: list[str] = []
    for standing, name in STANDINGS.items():
        demands = comparison.of(standing)
        lines += [
            f"【{name.zh} · {name.en}】 {len(demands)}",
            *(line for one in demands for line in _compared(one)),
            "",
        ]
    lines += [f"重复而无进展 Repeated without movement {len(comparison.stalled)}"]
    lines += [f"! {one.zh} {one.en}" for one in comparison.warnings]
    return "\n".join(lines)


def _compared(one: Compared) -> list[str]:
    mark = "!" if one.stalled else " "
    return [
        f"{one.last.directive.id:>4} {mark} {one.last.directive.text_clean}",
        f"       {one.why.zh}",
        f"       {one.why.en}",
    ]
