"""Who shall do it, in English: the subjects of demands and the bodies that the register knows."""

import csv
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from hucheng.engines.minutes.bodies import Body, groups, register
from hucheng.engines.minutes.vocabulary import any_case, any_of, lists

DETERMINER = re.compile(r"^(?:the|The|THE|its|Its|their|our|Our|this|This|that|a|an|A|An)\s+")
JOINTS = re.compile(r"\s*(?:,? and |, |,? as well as |,? together with | & |/(?=[A-Z]))\s*")
PERSON = re.compile(
    r"^(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Cllr|Councillor)\.? )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}$"
)
TITLED = re.compile(r"^(?:Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Cllr|Councillor|Mayor|Deputy Mayor)\b")
ACRONYM = re.compile(r"^[A-Z][A-Z&-]{1,7}s?$")
OF = re.compile(
    r" (?:of|for|in|at|from|on|with|within|under|concerned|responsible|whose|who|that|which|to|near|along)\b.*$"
)
HOLDERS = re.compile(
    r"\bresponsibilit(?:y|ies) of (?P<of>[^.;]{3,90})$|^(?:\w+ly )*(?:press|hold|make|urge) (?P<who>[^,;]{3,60}?) "
    r"(?:to (?:take|bear|assume|shoulder|fulfil|fulfill|carry)|responsible|accountable)\b",
    re.IGNORECASE,
)
LONGEST = 90
LEVELS = {
    "provincial": "省",
    "province": "省",
    "municipal": "市",
    "city": "市",
    "county": "县",
    "counties": "县",
    "district": "区",
    "prefecture": "州",
    "prefectural": "州",
}
"""Words before a body that say whose it is, and the level of government as Chinese minutes write it."""


def plain(name: str) -> str:
    """Give a name without its article and without marks around it."""
    name = re.sub(r"\s+(?:jointly|together|each|both|also|all)$", "", name.strip(" \t,;:.()[]“”\"'"))
    return DETERMINER.sub("", name).strip()


def is_actor(name: str, known: Iterable[str] = ()) -> bool:
    """Tell whether a phrase names somebody who could be told to do something.

    known  names of bodies and people that the list of attendance gives
    """
    said = plain(name)
    if not said or len(said) > LONGEST or said.lower() in lists("english_actors")["nobody"]:
        return False
    if said in known or ACRONYM.match(said) or TITLED.match(said) or said.lower() in _codes():
        return True
    head = OF.sub("", said) if OF.search(said) else said
    return head in known or _ends(head) or bool(_officer().match(said))


@cache
def _officer() -> re.Pattern[str]:
    """Give the pattern for somebody named by office and surname: City Manager Patel."""
    return re.compile(rf"(?:[A-Z][\w'’-]* ){{0,3}}{any_of(lists('english_people')['titles'])}\.? [A-Z][\w'’-]+$")


def _ends(phrase: str) -> bool:
    words = phrase.lower().split()
    if not words:
        return False
    last = words[-1].rpartition("-")[2]
    forms = {words[-1], last, last.removesuffix("s"), last.removesuffix("es"), re.sub("ies$", "y", last)}
    return bool(forms & _actor_words()) or " ".join(words[-2:]).removesuffix("s") in _actor_words()


@cache
def _actor_words() -> frozenset[str]:
    return frozenset(lists("english_actors")["ends"])


def holders(phrase: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Give those whose responsibility a demand presses: enforce the responsibilities of counties; press schools to …"""
    match = HOLDERS.search(phrase)
    return actors_of(match["of"] or match["who"], known) if match else ()


def is_nobody(name: str) -> bool:
    """Tell whether a subject names nobody who could be asked afterwards (we, efforts)."""
    return plain(name).lower() in lists("english_actors")["nobody"]


def is_general(actors: Sequence[str]) -> bool:
    """Tell whether a subject is a general one, which reaches to the full stop."""
    return any(any_case("english_actors", "general").search(one) for one in actors)


def actors_of(subject: str, known: Iterable[str] = (), *, any_name: bool = False) -> tuple[str, ...]:
    """Split a joint subject into those it names, as written without their article; empty for one that names nobody.

    any_name  the place itself says that somebody is named (Owner: …, X to …), whatever the words are
    """
    known = tuple(known)
    said = plain(subject)
    if not said or is_nobody(said) or (not any_name and not is_actor(said, known)):
        return ()
    if OF.sub("", said).lower() in _codes():
        return (said,)
    parts = [plain(one) for one in JOINTS.split(said) if plain(one)]
    if len(parts) > 1 and all(is_actor(one, known) or (any_name and "," in said) for one in parts):
        return tuple(dict.fromkeys(parts))
    return (said,)


@cache
def _codes() -> dict[str, str]:
    with files(__package__).joinpath("data/english_bodies.csv").open(encoding="utf-8") as table:
        return {name: row["code"] for row in csv.DictReader(table) for name in row["names"].split("|")}


def body_of(written: str) -> Body | None:
    """Find an actor in the register; None where the register does not know it. Its place before it is passed over, its
    level kept: Municipal Health Commission is the health authority of a city.
    """
    words = plain(written).lower().replace("’", "'").split()
    for at in range(len(words)):
        if (code := _codes().get(" ".join(words[at:]))) and (at == 0 or not code.startswith("group.")):
            return _body(written, code, next((LEVELS[word] for word in words[:at] if word in LEVELS), ""))
    return None


def _body(written: str, code: str, level: str) -> Body:
    if code.startswith("group."):
        name, members = groups()[code.removeprefix("group.")]
        return Body(written, code, name, "", members)
    return Body(written, code, register()[code], level)
