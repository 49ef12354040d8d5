"""Who is responsible, written behind English demands on lines of its own: Action: Dr Grant; Owner: …, Due: …"""

import re
from collections.abc import Iterable, Iterator

from hucheng.engines.minutes.duties import Duty
from hucheng.engines.minutes.english_actors import actors_of, is_actor
from hucheng.engines.minutes.english_deadlines import deadline
from hucheng.engines.minutes.english_layout import field_of, lines_of
from hucheng.engines.minutes.english_verbs import verb_at
from hucheng.engines.minutes.vocabulary import lists

TRAILING = re.compile(
    r"(?<=[.;)])\s+(?P<said>(?:ACTION|Action|Action by|Owner|Responsible|Lead)\s*:\s*(?P<who>[^.\n;:]{2,80}))\.?\s*$",
    re.MULTILINE,
)
AND_DUE = re.compile(r"[,;]?\s*(?:\(?(?=by \w)|(?:due|deadline|by when)\s*:)", re.IGNORECASE)


def duties_of(text: str, known: Iterable[str] = ()) -> list[Duty]:
    """Find the responsibilities that stand alone: who leads, who supports and by when, on lines that follow each other.

    known  names of bodies and people that the list of attendance gives
    """
    known = tuple(known)
    found = {one.start: one for one in (*_lines(text, known), *_trailing(text, known))}
    return [found[at] for at in sorted(found)]


def _lines(text: str, known: tuple[str, ...]) -> Iterator[Duty]:
    head, one = lists("english_head"), None
    for line in lines_of(text):
        field = field_of(line.text)
        value = line.text[field[1] :].strip(" .\n") if field else ""
        label = field[0] if field else ""
        leads: tuple[str, ...] = ()
        if label in head["labels_owner"] or (label in head["labels_action"] and is_owner(value, known)):
            leads = actors_of(AND_DUE.split(value)[0], known, any_name=True)
        supports = actors_of(value, known, any_name=True) if label in head["labels_support"] else ()
        stated = deadline(value) if leads or label in head["labels_due"] else None
        if leads or ((supports or stated) and one):
            at = line.start + len(line.text) - len(line.text.lstrip())
            last = one or Duty(at, at, (), (), None)
            one = Duty(
                last.start,
                at + len(line.text.strip()),
                last.leads + leads,
                last.supports + supports,
                stated or last.deadline,
            )
        elif one:
            yield one
            one = None
    if one:
        yield one


def is_owner(value: str, known: tuple[str, ...]) -> bool:
    """Tell whether what stands behind "Action:" is somebody and nothing to do."""
    return (
        bool(value)
        and verb_at(value) is None
        and " to " not in value
        and all(is_actor(one, known) for one in actors_of(AND_DUE.split(value)[0], known, any_name=True))
    )


def _trailing(text: str, known: tuple[str, ...]) -> Iterator[Duty]:
    for match in TRAILING.finditer(text):
        if is_owner(match["who"].strip(), known):
            leads = actors_of(AND_DUE.split(match["who"])[0], known, any_name=True)
            yield Duty(match.start("said"), match.end("who"), leads, (), deadline(match["who"]))
