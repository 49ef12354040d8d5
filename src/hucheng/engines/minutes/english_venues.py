"""Where a meeting with English minutes was held: its venue, main and branch venues, and who sat in which."""

import re
from collections.abc import Sequence

from hucheng.engines.minutes.english_layout import field_of, lines_of
from hucheng.engines.minutes.records import Attendee, Venue
from hucheng.engines.minutes.vocabulary import lists

AT = re.compile(
    r"\b(?:at|in|from|with) (?:the |their |a )?"
    r"(?P<name>(?:[\w-]+ ){0,3}?(?P<kind>main|branch|sub)[ -]?(?:venue|site)s?)\b"
)
GROUP = re.compile(
    r"(?:^|[,;] (?:and |while )?|\band )"
    r"(?P<group>(?:principal|leading|responsible|the |heads|officials|representatives)[^,;]{3,60}?) "
    r"(?:joined|took part|attended|participated)(?: \w+)? $"
)
BEHIND = re.compile(
    r"[^.;]{0,160}?\b(?:at|in|from) (?:the |a )?(?P<name>(?:[\w-]+ ){0,3}?(?:main|branch)[ -]venues?)\b"
)


def venues_of(text: str, sentences: Sequence[str]) -> tuple[list[Venue], list[Attendee]]:
    """Give the places that took part, and the groups without names that sat in them."""
    found: dict[str, Venue] = {}
    groups: list[Attendee] = []
    for line in lines_of(text):
        field = field_of(line.text)
        if field and field[0] in lists("english_head")["labels_venue"]:
            name = line.text[field[1] :].strip(" .\n")
            if name:
                found.setdefault(name, Venue("main", name))
    for sentence in sentences:
        for match in AT.finditer(sentence):
            found.setdefault(match["name"], Venue("main" if match["kind"] == "main" else "branch", match["name"]))
            if group := GROUP.search(sentence[: match.start()]):
                groups.append(Attendee(None, group["group"].removeprefix("the "), match["name"]))
    return list(found.values()), groups


def venue_behind(sentence: str, end: int) -> str | None:
    """Give the venue that a sentence names behind somebody, before anybody else's."""
    match = BEHIND.match(sentence[end:])
    return match["name"] if match and not re.search(r"\b(?:attended|chaired|joined)\b", match.group()) else None
