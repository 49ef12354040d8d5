"""Who took part in a meeting with English minutes: lists of attendance, and people named in the running text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from hucheng.engines.minutes.english_layout import MARKER, Line, field_of, is_title, lines_of
from hucheng.engines.minutes.records import Attendee, Function
from hucheng.engines.minutes.vocabulary import any_of, lists

CAPITAL = "[A-Z\u00c0-\u00de][\\w\u00c0-\u024f'’-]*"
INITIALS = r"(?:[A-Z]\.[ -]?){1,3}"
CHAIRS = re.compile(r"\s*[(\[,–—-]*\s*(?:(?:in the )?chair(?:man|woman|person)?|presiding)\b\s*[)\]]?", re.IGNORECASE)
NATIVE = re.compile(r"\s*[(（]?[\u3400-\u9fff·]{2,8}[)）]?")
"""A name in Chinese characters beside the Latin one."""
LONGEST = 160
"""Signs of one entry of a list; longer ones are running text."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a text: where the name ends, and the role as written."""

    name: str
    role: str
    end: int


@cache
def _titles() -> str:
    words = lists("english_people")
    return any_of([*words["titles"], *words["honorifics"]])


@cache
def _name() -> str:
    """Give the pattern for a name of two to four words; a small word may stand between them."""
    particles = any_of(lists("english_people")["particles"])
    words = lists("english_people")
    word = f"(?!{any_of([*words['no_names'], *words['titles']])}\\b){CAPITAL}"
    return rf"(?:{INITIALS} ?)?(?:{word})(?: (?:{particles} ){{0,2}}(?:{INITIALS} ?)?(?:{word})){{0,3}}"


@cache
def _entry() -> re.Pattern[str]:
    """Give the pattern for an entry of a list: titles, name, what follows it."""
    titles = rf"(?P<titles>(?:(?:[A-Z][\w'’-]* ){{0,3}}?{_titles()}\.? )*)"
    return re.compile(
        rf"{titles}(?P<name>{_name()})(?P<rest>\s*$|\s*[(（,:;|–—/\t-].*|\s+(?=in the chair).*)", re.DOTALL
    )


def person_of(entry: str) -> Person | None:
    """Read an entry of a list of attendance: Dr Jane Smith (Director of Health); None where it names nobody."""
    text = entry.strip(" \t.,;")
    if len(text) > LONGEST or not (match := _entry().fullmatch(text)):
        return None
    if " " not in match["name"] and not match["titles"].strip():
        return None
    rest = NATIVE.sub("", match["rest"], count=1)
    said = CHAIRS.sub("", rest).strip(" ()（）[],;:|–—-/\t")
    role = ", ".join(one for one in (match["titles"].strip(), re.sub(r"\s*[|\t]\s*", ", ", said)) if one)
    return Person(match["name"], role, match.end("name"))


def listed(text: str) -> list[Attendee]:
    """Give the people whom lists of attendance name, each once, the chair as such; who is excused did not take part."""
    found: dict[str, Attendee] = {}
    for label, entries in _rolls(lines_of(text)):
        chairs = label in lists("english_head")["labels_chair"]
        for entry in entries:
            person = person_of(entry)
            if person is None:
                continue
            chair = chairs or bool(
                re.search(r"\bchair(?:man|woman|person)?\b[)\]]|in the chair|\(presiding\)", entry, re.IGNORECASE)
            )
            one = Attendee(
                person.name, _with_office(person.role, label), None, Function.CHAIR if chair else Function.PRESENT
            )
            known = found.get(one.name or "")
            if known is None or (chair and known.function is not Function.CHAIR):
                found[person.name] = replace(one, role=known.role if known and known.role else one.role)
            chairs = False
    return list(found.values())


def _with_office(role: str, label: str) -> str:
    """Secretary: Ms Novak has the office of the label."""
    return ", ".join(
        one for one in (role, label.capitalize() if label in ("secretary", "clerk", "rapporteur") else "") if one
    )


def _rolls(lines: Sequence[Line]) -> Iterator[tuple[str, list[str]]]:
    """Give each list of people with its label: on the line of the label, or on the lines below it."""
    head = lists("english_head")
    wanted = {*head["labels_chair"], *head["labels_present"]}
    at = 0
    while at < len(lines):
        field = field_of(lines[at].text)
        bare = lines[at].text.strip().lower().rstrip(":")
        if field is None and bare in wanted:
            field = (bare, len(lines[at].text))
        at += 1
        if field is None or field[0] not in wanted:
            continue
        value = [lines[at - 1].text[field[1] :].strip()]
        while at < len(lines) and _belongs(value, lines[at].text):
            value.append(lines[at].text.strip())
            at += 1
        yield field[0], _entries([one for one in value if one])


def _belongs(value: Sequence[str], line: str) -> bool:
    """Tell whether a line goes on with a list: one that stands below its label, or breaks off in an entry."""
    if not line.strip() or field_of(line):
        return False
    if not value[0]:
        return person_of(MARKER.sub("", line, count=1)) is not None or (len(value) > 1 and not is_title(line.strip()))
    return value[-1].endswith((";", ",")) or line[:1] in " \t" and bool(line.strip())


def _entries(value: list[str]) -> list[str]:
    """Split a list: at semicolons, else at lines, else at commas before a new name."""
    joined = " ".join(value)
    if ";" in joined:
        return joined.split(";")
    if len(value) > 1:
        return [MARKER.sub("", one, count=1) for one in value]
    parts: list[str] = []
    for piece in re.split(r",\s*(?![^()]*\))|\s+and\s+(?=[A-Z][^()]*$)", joined):
        if parts and person_of(piece) is None:
            parts[-1] += ", " + piece
        else:
            parts.append(piece)
    return parts


@cache
def _told() -> dict[Function, re.Pattern[str]]:
    return {
        one: re.compile("|".join(rf"\b{verb}\b" for verb in lists("english_people")[f"verbs_{one.value}"]))
        for one in (Function.CHAIR, Function.REPORTS, Function.INSTRUCTS, Function.SPEAKS, Function.PRESENT)
    }


def function_of(rest: str) -> Function | None:
    """Tell what somebody did by the first verb of taking part behind the name; None where there is none."""
    found = [
        (match.start(), list(Function).index(one), one)
        for one, verbs in _told().items()
        if (match := verbs.search(rest))
    ]
    return min(found)[2] if found else None


@cache
def _titled() -> re.Pattern[str]:
    before = r"(?:(?:[A-Z][\w'’-]*|and|for|of|the) ){0,6}?"
    office = r"(?: (?:of|for) (?:the )?(?:[A-Z][\w'’-]* (?:and )?){1,4}?)?"
    return re.compile(
        rf"\b(?P<role>{before}{_titles()}\.?{office})\s?(?<=[ .])(?P<name>{_name()})(?=[,.;:)('’]|\s+[a-z(]|\s*$)"
    )


@cache
def _apposed() -> re.Pattern[str]:
    verbs = "|".join(pattern.pattern for pattern in _told().values())
    office = rf"(?:[^.;]{{3,400}}?(?=, (?:also |then )?(?:{verbs}))|(?:the |our |a )?[^,.;]{{3,90}}?)"
    return re.compile(rf"(?:^|[.;] |, |\band )(?P<name>{_name()}), (?P<role>{office}), ")


@cache
def _bare() -> re.Pattern[str]:
    verbs = "|".join(pattern.pattern for pattern in _told().values())
    return re.compile(rf"(?:^|[.;] |, |\band |\bby )(?P<name>{_name()})(?= (?:also |then |again )?(?:{verbs}))")


def named_in(sentence: str) -> list[Person]:
    """Find the people whom a sentence names with a title before or an office behind the name, or before a verb of
    taking part, and those listed behind them.
    """
    found: dict[int, Person] = {}
    for match in (*_titled().finditer(sentence), *_apposed().finditer(sentence), *_bare().finditer(sentence)):
        if any(match.start("name") <= end and start <= match.end("name") for start, end in _taken(found)):
            continue
        role = re.sub(r"^(?:(?:The|the|and|of|by|By|In|On|At) )+", "", (match.groupdict().get("role") or "").strip())
        if match.re is _bare() and " " not in match["name"]:
            continue
        end = match.end("role") if match.re is _apposed() else match.end("name")
        said = re.match(r", ([^,.;]{3,60}), ", sentence[end:]) if match.re is _titled() else None
        office = said[1] if said and not function_of(said[1]) and not re.match(_name(), said[1]) else ""
        role = ", ".join(one for one in (role, office) if one)
        found[match.start("name")] = Person(match["name"], role, end)
        if re.search(r"(?:s|[Ll]eaders|[Oo]fficials|[Mm]embers)$", role.split(",")[0]):
            found |= {at: Person(name, role, at + len(name)) for at, name in _listed(sentence, match.end("name"))}
    return [found[at] for at in sorted(found)]


def _taken(found: dict[int, Person]) -> list[tuple[int, int]]:
    return [(at, at + len(one.name)) for at, one in found.items()]


def _listed(sentence: str, at: int) -> Iterator[tuple[int, str]]:
    following = re.compile(rf"(?:, (?:and )?| and )(?P<name>{_name()})(?=[,.;]| [a-z])")
    while match := following.match(sentence, at):
        yield match.start("name"), match["name"]
        at = match.end("name")


def attendees(text: str, sentences: Sequence[str]) -> list[tuple[Attendee, str, int]]:
    """Give everybody who took part, once each, with the sentence that names him and where the name ends in it.

    Lists of attendance come first; the running text adds what each did. A surname with a title (Dr Okafor reported)
    is the one person of the list that bears it.
    """
    seen: dict[str, tuple[Attendee, str, int]] = {one.name or "": (one, "", 0) for one in listed(text)}
    absent = [name.split() for name in _absent(text)]
    for sentence in sentences:
        for person in named_in(sentence):
            function = function_of(sentence[person.end :]) or _passive(sentence, person)
            known = _same(person.name, seen)
            if known and function and seen[known][0].function is Function.PRESENT:
                one = seen[known][0]
                seen[known] = (replace(one, function=function), sentence, person.end)
            elif not known and function and not any({*person.name.split()} <= {*one} for one in absent):
                seen[person.name] = (Attendee(person.name, person.role, None, function), sentence, person.end)
    return list(seen.values())


def _passive(sentence: str, person: Person) -> Function | None:
    """Chaired by, presided over by, attended by: what is said before the name."""
    before = sentence[: person.end]
    if re.search(r"\b(?:chaired|presided over|convened|hosted|led) by\b|\bchair(?:man|woman)?ship of\b", before):
        return Function.CHAIR
    return Function.PRESENT if re.search(r"\battended by\b|\bpresent were\b|\btogether with\b", before) else None


def _same(name: str, seen: dict[str, tuple[Attendee, str, int]]) -> str | None:
    if name in seen:
        return name
    bearing = [one for one in seen if " " not in name and name in one.split()]
    return bearing[0] if len(bearing) == 1 else None


def _absent(text: str) -> Iterator[str]:
    """Give the names behind Apologies and its like."""
    for line in lines_of(text):
        field = field_of(line.text)
        if field and field[0] in lists("english_head")["labels_absent"]:
            yield from (one.name for entry in _entries([line.text[field[1] :].strip()]) if (one := person_of(entry)))
