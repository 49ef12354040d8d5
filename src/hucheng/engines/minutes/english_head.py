"""The head of English minutes: which body met, the how-manieth time, when and in what form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from hucheng.engines.minutes.english_dates import days_named, held_on
from hucheng.engines.minutes.english_layout import Line, field_of, lines_of
from hucheng.engines.minutes.records import Attendee, Function, Meeting
from hucheng.engines.minutes.vocabulary import any_case, lists

ONES = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80, "ninet": 90}
_TEN = "|".join(TENS)
ORDINAL = (
    rf"(?:\d{{1,4}}(?:st|nd|rd|th)|(?:(?:{_TEN})y-)?(?:{'|'.join(sorted(ONES, key=len, reverse=True))})|(?:{_TEN})ieth)"
)
NUMBERED = re.compile(
    rf"\b(?P<ordinal>{ORDINAL}) (?:[\w-]+ ){{0,3}}(?:meeting|session)\b"
    r"|\bmeeting (?:no\.?|number|#) ?(?P<plain>\d{1,4})",
    re.IGNORECASE,
)
HEAD_LINES, HEAD_SENTENCES, TITLES = 12, 4, 8
WORD = r"(?:[A-Z][\w'’&/-]*)"
SMALL = r"(?:(?:of|for|and|on|to|in|against|&)(?: the)?)"
SHORTEST_SHOUT, LONGEST_OWNER = 8, 6
LONGEST = 600
"""Signs of a line of the head that are looked at; a text without stops or breaks is one line."""
MET = re.compile(
    r"\b(?:the|our) (?P<body>(?:[\w-]+ ){0,4}(?:committee|group|board|council|team|commission|command|task ?force|panel"
    r"|cabinet)) (?:met|convened|held (?:a|its|an) (?:\w+ ){0,3}meeting)\b",
    re.IGNORECASE,
)
OF_ROLE = re.compile(
    r"(?i)\b(?:head|leader|director|commander) of the (?P<body>(?:[\w-]+ ){0,4}(?:leading group|headquarters|command"
    r"|committee|task ?force)(?: (?:for|on) [\w -]{3,60}?)?)(?=[,.;]| (?:presided|chaired|held|convened)\b)"
)
"""A body that is only named in the office of whoever chaired its meeting."""
CONVENED = re.compile(r"\b(?:met|convened|held|meeting|session|chaired|presided)\b", re.IGNORECASE)
OTHER_MEETING = re.compile(r"\b(?:spirit|minutes|decisions|requirements) of [^,.;]{0,60}", re.IGNORECASE)
"""Words about another meeting, whose form is not that of this one."""
DATELINE = re.compile(r"^[A-Z][A-Z ,]+,? [^–—]{3,24} [–—-] ")
OWNER_OF = re.compile(r"^(?:the )?(?:city|municipality|county|town|district) of ", re.IGNORECASE)
ROLES_END = re.compile(r", | and (?=head|chair|director)")


@dataclass(frozen=True, slots=True)
class Held:
    """What was held: the body as written and the number, as far as stated."""

    body: str | None = None
    number: int | None = None


@cache
def _body() -> str:
    """Give the pattern for the name of a body: words with capitals up to one that says what it is, and its field."""
    names = sorted((one.title() for one in lists("english_head")["bodies"]), key=len, reverse=True)
    field = rf" (?:for|on|of|against) (?:the )?{WORD}(?: (?:(?:{SMALL} ){{1,2}})?{WORD}){{0,8}}"
    before = rf"(?:{WORD} (?:(?:{SMALL} ){{0,2}}{WORD} ){{0,9}}?)?"
    return rf"{before}(?:{'|'.join(names)})\b(?: \([A-Z]{{2,8}}\)|(?:{field})?)"


@cache
def _ways() -> tuple[re.Pattern[str], ...]:
    """Give the ways to say what was held; those that say the how-manieth it was come first."""
    body, sort, meeting = rf"(?P<body>{_body()})", r"(?:[\w-]+ ){0,3}?", "(?:meeting|session)"
    ordinal = rf"(?P<number>{ORDINAL})"
    number = rf"(?P<number>{ORDINAL}|(?i:(?:no\.?|number|#) ?)?\d{{1,4}})"
    kinds = "(?:minutes|record|notes|summary|report)"
    between = r"[ ,:–—-]+(?:held (?:its |the |their )?|minutes of (?:the |its )?)?"
    return tuple(
        re.compile(one)
        for one in (
            rf"{ordinal}(?i: {sort}{meeting}(?:\s*\([^)]*\))? of (?:the )?){body}",
            rf"{body}(?:[’']s?)?(?i:{between}){ordinal}(?i: {sort}{meeting})",
            rf"{body}(?i:[ ,:–—-]+{meeting}[ :–—-]*){number}",
            rf"(?i:{meeting} ?){number}(?i: of (?:the )?){body}",
            rf"(?i:{kinds} of (?:the |a |an )?{sort}{meeting}[ ,](?:held )?(?:of|by) (?:the )?){body}",
            rf"(?i:{kinds} of (?:the )?){body}(?i: {sort}meeting)",
            rf"^{body}(?i: {sort}meeting)$",
            rf"{body}(?i:,? (?:met|convened|held (?:a|an|its|another) {sort}{meeting}))",
            rf"(?i:(?:chaired|presided over|attended|convened|{meeting} of) (?:a |an |the )?"
            rf"(?:{sort}meeting of (?:the )?)?){body}",
            rf"{body}(?i:,? (?:has |have )?(?:resolved|decided|agreed|directed|ordered)\b)",
        )
    )


def is_to_come(passage: str) -> bool:
    """Tell whether a sentence is about meetings to come, or about meetings in general."""
    return bool(any_case("english_head", "to_come").search(passage))


def number_of(said: str) -> int | None:
    """Give the number that an ordinal or figures say: 7th, seventh, forty-third, No. 31."""
    if digits := re.search(r"\d+", said):
        return int(digits.group())
    words = said.lower()
    for ten, value in TENS.items():
        if words == f"{ten}ieth":
            return value
        if words.startswith(f"{ten}y-"):
            return value + ONES.index(words.partition("-")[2]) + 1
    return ONES.index(words) + 1 if words in ONES else None


def head_lines(text: str) -> list[Line]:
    """Give the first lines that are not empty."""
    return [Line(one.start, one.text.strip()[:LONGEST]) for one in lines_of(text) if one.text.strip()][:HEAD_LINES]


def held_in(passage: str) -> Held:
    """Read body and number from a title or sentence that says what was held."""
    for one in _ways():
        match = one.search(passage)
        if match and " " in match["body"]:
            said = match.groupdict().get("number")
            body = re.sub(r"^(?:The|This|Our|Minutes of the|Meeting of the) ", "", match["body"]).strip(" ,")
            return Held(body, number_of(said) if said else _number(passage))
    met = MET.search(passage) or (OF_ROLE.search(passage) if CONVENED.search(passage) else None)
    return Held(met["body"] if met else None, _number(passage))


def _number(passage: str) -> int | None:
    match = NUMBERED.search(passage)
    return number_of(match["ordinal"] or match["plain"]) if match else None


def read_meeting(
    text: str, sentences: Sequence[str], people: Sequence[Attendee], published: date | None
) -> tuple[Meeting, bool]:
    """Read the head, and whether its date is doubtful. What the text does not state stays None."""
    lines = head_lines(text)
    titles = [one.text for one in lines if field_of(one.text) is None][:TITLES]
    passages = [*titles, *sentences[:HEAD_SENTENCES]]
    held = _best([held_in(one) for one in passages if not is_to_come(one)])
    body = held.body or _titled(titles)
    day, doubtful = _date(lines, passages, published)
    chair = next((one for one in people if one.function is Function.CHAIR), None)
    roles = tuple(one.strip() for one in ROLES_END.split(chair.role) if one.strip()) if chair else ()
    form = _form(lines, titles, sentences)
    meeting = Meeting(_full(body, titles), body, held.number, day, chair.name if chair else None, roles, form)
    return meeting, doubtful


def _best(found: Sequence[Held]) -> Held:
    """One with body and number, else a body, with the number of another passage."""
    whole = next((one for one in found if one.body and one.number is not None), None)
    named = next((one for one in found if one.body), Held())
    number = next((one.number for one in found if one.number is not None), None)
    return whole or Held(named.body, number)


def _titled(titles: Sequence[str]) -> str | None:
    """Give the line of the title that names a body, the last such line: a council stands above its committee."""
    whole = re.compile(_body())
    plain = [re.split(r"[,:–—]| - ", line)[0].strip() for line in titles[:5]]
    return next((one for one in reversed(plain) if " " in one and whole.fullmatch(_cased(one))), None)


def _full(body: str | None, titles: Sequence[str]) -> str | None:
    """Put the city, council or school of the line above before the name of a body; capitals throughout become usual."""
    if body is None:
        return None
    longer = next((one for one in titles if one.startswith(f"{body} of ") and re.fullmatch(_body(), one)), body)
    own = _cased(longer)
    at = next((number for number, line in enumerate(titles) if line.startswith(body)), 0)
    if at == 0:
        return own
    above = _cased(OWNER_OF.sub("", titles[at - 1]))
    is_owner = re.fullmatch(rf"{WORD}(?: (?:{SMALL} )?{WORD})*", above) and len(above.split()) <= LONGEST_OWNER
    if not is_owner or above in own or re.search("(?i)minutes|meeting|notes", above):
        return own
    return f"{above} {own}"


def _cased(name: str) -> str:
    """Write a name that stands in capitals throughout as names are written."""
    if not name.isupper() or len(name) < SHORTEST_SHOUT:
        return name
    small = {"Of", "For", "And", "The", "On", "To", "In", "Against"}
    return " ".join(word.lower() if at and word in small else word for at, word in enumerate(name.title().split()))


def _values(lines: Sequence[Line], key: str) -> list[str]:
    """Give what stands behind labels of one sort."""
    labels = lists("english_head")[key]
    return [one.text[field[1] :] for one in lines if (field := field_of(one.text)) and field[0] in labels]


def _date(lines: Sequence[Line], passages: Sequence[str], published: date | None) -> tuple[date | None, bool]:
    """Give the day of the label Date, of the title, of the first sentences, or of the dateline."""
    published = published or next(_datelines(passages), None)
    told = [DATELINE.sub("", one) for one in passages]
    for passage in (*_values(lines, "labels_date"), *told, *passages):
        day, doubtful = held_on(passage, published)
        if day or doubtful or next(days_named(passage), None):
            return day, doubtful
    return None, False


def _datelines(passages: Sequence[str]) -> Iterator[date]:
    """Give the days of publication that datelines name with their year: BRENFIELD, March 18, 2020 – …"""
    for one in passages:
        match = DATELINE.match(one)
        if match and (day := held_on(match.group(), None)[0]):
            yield day


def _form(lines: Sequence[Line], titles: Sequence[str], sentences: Sequence[str]) -> str | None:
    """Give the words for the sort of meeting or its mode, in small letters as written; None for a plain meeting."""
    head = lists("english_head")
    modes, kinds = "|".join(head["modes"]), "|".join(sorted(head["kinds"], key=len, reverse=True))
    means = r"(?:by|via|through|over|as (?:a|an)|in the form of (?:a|an)|on|using) (?:a |an |the )?"
    stated = re.compile(rf"\b{means}(?P<form>{modes})\b(?!['’])", re.IGNORECASE)
    sort = re.compile(rf"\b(?P<form>(?:(?:{modes}|{kinds}) )+(?:meeting|session|briefing)|{modes})\b", re.IGNORECASE)
    about = [one for one in (*titles, *sentences) if CONVENED.search(one) and not is_to_come(one)]
    about = [OTHER_MEETING.sub("", one) for one in about]
    for pattern, where in ((sort, _values(lines, "labels_form")), (stated, about), (sort, about[:6])):
        if match := next((found for one in where if (found := pattern.search(one))), None):
            return str(match["form"]).lower()
    return None
