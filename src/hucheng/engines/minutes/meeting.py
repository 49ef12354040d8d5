"""The meeting: body, number, date, chair and form, put together from titles and the first sentences."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from hucheng.engines.minutes.head import Held, held_in, stated_form
from hucheng.engines.minutes.layout import Layout, Sentence
from hucheng.engines.minutes.records import Attendee, Function, Meeting
from hucheng.engines.words.cities import cities_named
from hucheng.engines.words.dates import FULL, first_date

HELD = re.compile(r"召开|主持|举行|召集|开会|调度会|例会|会议|碰头会")
DATELINE = re.compile(r"^[^,，。;；\n]{0,30}?(?:讯|电(?=[(（\s]))(?:\s*[(（][^)）]*[)）])?")
"""Where a report says which paper tells it and when: 青岚日报3月25日讯(记者 …)."""
LONGEST = 600
"""Signs of a sentence within which it says what was held; a text without stops is one sentence."""
STATED_DATE = re.compile(r"(?:会议|召开)?(?:时间|日期)\s*[:：](?P<said>.+)")
STATED_NAME = re.compile(r"\s*会议(?:名称|名)\s*[:：]\s*(?P<said>.+)")
STATED_FORM = re.compile(r"\s*(?:会议|召开)(?:形式|方式)\s*[:：]\s*(?P<said>[^,，;；。()（）]{2,12}?)\s*$")
LOCAL = re.compile(r"[村镇乡]|街道|社区|居委")
"""How a body below the county begins: no city is put before it."""
OUR = re.compile(r"^(?:全|我|本)?(?P<level>[市县区州])")


def head_passages(layout: Layout) -> list[str]:
    """Give what may say what was held: a field of the name, the first sentences of running text, the titles."""
    named = [f"召开{said[:LONGEST]}" for said in _stated(STATED_NAME, layout)]
    first = [one.text[:LONGEST] for one in layout.sentences[:4] if HELD.search(one.text)]
    return named + first + [line[:LONGEST] for line in layout.lines[:3] if HELD.search(line)]


def read_meeting(layout: Layout, people: Sequence[Attendee], published: date | None) -> Meeting:
    """Read the head. What the text does not state stays None."""
    passages = head_passages(layout)
    held = _best(passages)
    published = published or _printed_date(layout) or next((_dateline(one) for one in passages[:1]), None)
    chair = next((one for one in people if one.function is Function.CHAIR), None)
    return Meeting(
        body=with_city(held.body, layout),
        body_as_written=held.body,
        number=held.number,
        date=_stated_date(layout, published) or next((_date_of(one, published) for one in passages[:1]), None),
        chair=chair.name if chair else None,
        chair_roles=tuple(part for part in re.split("[、,，]", chair.role) if part) if chair else (),
        form=next(_stated(STATED_FORM, layout), None)
        or next((form for one in layout.sentences if (form := stated_form(one.text))), None)
        or held.form,
        joint=held.joint,
    )


def _date_of(passage: str, published: date | None) -> date | None:
    """Give the day that the sentence names behind its dateline; the day of the dateline where it names none."""
    told = DATELINE.sub("", passage)
    return first_date(told, published=published) or first_date(passage, published=published)


def _dateline(passage: str) -> date | None:
    """Give the day of publication that a dateline names with its year."""
    match = DATELINE.match(passage)
    return first_date(match.group()) if match and FULL.search(match.group()) else None


def _best(passages: list[str]) -> Held:
    """A numbered meeting before one without number; the running text before the title."""
    all_held = [held_in(one) for one in passages]
    numbered = [one for one in all_held if one.number is not None]
    named = [one for one in all_held if one.body]
    return (numbered or named or [Held()])[0]


def _stated_date(layout: Layout, published: date | None) -> date | None:
    """Give the day of a line that says when the meeting was held: 时间：3月31日20时."""
    stated = _stated(STATED_DATE, layout)
    return next((day for said in stated if (day := first_date(said, published=published))), None)


def _stated(field: re.Pattern[str], layout: Layout) -> Iterator[str]:
    """Give what a field of the head says, each time that the minutes have it in a line of its own."""
    return (match["said"] for line in layout.lines if (match := field.match(line)))


def _printed_date(layout: Layout) -> date | None:
    """The day of publication, where the page carries it in a line of its own."""
    for line in layout.lines:
        if FULL.search(line) and (day := first_date(line)):
            return day
    return None


def with_city(body: str | None, layout: Layout) -> str | None:
    """Put the city before a body that is only called the city's, where the text names one city alone in its head."""
    if body is None or cities_named(body) or LOCAL.match(body):
        return body
    city = city_of(layout)
    if city is None:
        return body
    own = OUR.match(body)
    if own is None:
        return f"{city}市{body}"
    return f"{city}市{body[own.end() :]}" if own["level"] == "市" else body


def city_of(layout: Layout) -> str | None:
    """Give the city whose paper or text this is: named in the source line or head, else the one that the text calls a
    city most often. A city that people only come from or go to is not meant.
    """
    head = "\n".join([*layout.lines, *(one.text for one in layout.sentences[:2])])
    if counted := cities_named(head).most_common(1):
        return counted[0][0]
    text = "\n".join(one.text for one in layout.sentences)
    return next((city for city, _times in cities_named(text).most_common() if f"{city}市" in text), None)


def about_people(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that tell who took part or spoke."""
    verbs = re.compile(
        r"主持|出席|参加|列席|参会|汇报|通报|讲话|发言|强调|指出|要求|表示|传达|部署|收听|收看|组织召开|陪同|与会|到会"
    )
    return [one for one in sentences if verbs.search(one.text)]
