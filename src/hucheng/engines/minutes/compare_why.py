"""Why a demand counts as new, repeated, tightened or dropped, and what to look at in the texts themselves."""

from collections.abc import Sequence

from hucheng.engines.minutes.comparison import STALLED, Said, Standing
from hucheng.engines.minutes.likeness import agreeing, text_likeness
from hucheng.engines.minutes.records import Directive, Minutes
from hucheng.engines.minutes.tightening import NAMES, Change, changes, is_tighter
from hucheng.engines.words.bilingual import Bilingual

NEW = Bilingual("此前会议均未提出。", "No earlier meeting demanded it.")
AGAIN = Bilingual(
    "与{where}“{text}”为同一部署：文字相似 {alike:.2f}{agree}。{moved}",
    "Same demand as “{text}” of {where}: words alike {alike:.2f}{agree}. {moved}",
)
UNMOVED = Bilingual("没有变化。", "Nothing moved.")
DROPPED = Bilingual("{where}提出，此后未再提及。", "Demanded by {where}, not mentioned since.")
STALLED_SAYS = Bilingual("已提出 {times} 次，无进展。", " Demanded {times} times without movement.")
NO_MEETING = Bilingual("{where}中未发现会议。", "No meeting found in {where}.")
DISORDER = Bilingual("文件未按会议次数先后排列。", "The texts are not in the order of their meetings.")


def unmoved(said: Sequence[Said]) -> int:
    """Count the wordings at the end of which none tightened the one before it."""
    count = 1
    for before, after in zip(said[-2::-1], said[:0:-1], strict=True):
        if is_tighter(changes(before.directive, after.directive)):
            break
        count += 1
    return count


def explain(standing: Standing, said: Sequence[Said], moved: tuple[Change, ...], every: Sequence[Minutes]) -> Bilingual:
    """Say why a demand stands as it does, in one or two sentences a language."""
    if standing is Standing.NEW:
        return NEW
    if standing is Standing.DROPPED:
        return _worded(DROPPED, where=meeting_name(every, said[-1].meeting))
    before, after = said[-2].directive, said[-1].directive
    again = _worded(
        AGAIN,
        where=meeting_name(every, said[-2].meeting),
        text=_plain(before.text_clean),
        alike=text_likeness(before.text_clean, after.text_clean),
        agree=_agree(before, after),
        moved=_moved(moved),
    )
    if standing is Standing.REPEATED and (times := unmoved(said)) >= STALLED:
        return _joined([again, STALLED_SAYS.filled(times=times)])
    return again


def _agree(before: Directive, after: Directive) -> Bilingual:
    names = [NAMES[one] for one in agreeing(before, after)]
    if not names:
        return Bilingual("", "")
    zh, en = "、".join(one.zh for one in names), ", ".join(one.en for one in names)
    return Bilingual(f"，{zh}相同", f", same {en}")


def _moved(moved: tuple[Change, ...]) -> Bilingual:
    if not moved:
        return UNMOVED
    told = [one.why for one in moved]
    en = "; ".join(one.en for one in told)
    return Bilingual("；".join(one.zh for one in told) + "。", en[0].upper() + en[1:] + ".")


def meeting_name(every: Sequence[Minutes], number: int) -> Bilingual:
    """Name one of several minutes by its number, else its day, else its place in the row."""
    meeting = every[number].meeting
    if meeting.number is not None:
        return Bilingual(f"第{meeting.number}次会议", f"meeting {meeting.number}")
    if meeting.date is not None:
        return Bilingual(f"{meeting.date}会议", f"the meeting of {meeting.date}")
    return Bilingual(f"第{number + 1}份纪要", f"text {number + 1}")


def warnings_of(every: Sequence[Minutes]) -> list[Bilingual]:
    """Say which texts hold no meeting, and that meetings do not stand in their order."""
    found = [
        _worded(NO_MEETING, where=meeting_name(every, number))
        for number, one in enumerate(every)
        if one.meeting.body is None and not one.directives
    ]
    numbers = [one.meeting.number for one in every if one.meeting.number is not None]
    same_body = len({one.meeting.body_as_written for one in every}) == 1
    return [*found, DISORDER] if same_body and numbers != sorted(numbers) else found


def _plain(text: str) -> Bilingual:
    return Bilingual(text, text)


def _worded(pattern: Bilingual, **values: Bilingual | float) -> Bilingual:
    zh, en = (
        {key: getattr(value, side) if isinstance(value, Bilingual) else value for key, value in values.items()}
        for side in ("zh", "en")
    )
    return Bilingual(pattern.zh.format(**zh), pattern.en.format(**en))


def _joined(parts: Sequence[Bilingual]) -> Bilingual:
    return Bilingual("".join(one.zh for one in parts), "".join(one.en for one in parts))
