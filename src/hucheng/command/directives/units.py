"""Bodies that may own a directive, by code or by a pattern over the counties."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hucheng.core.places.models import Organisation
from hucheng.core.places.queries import organisations

PATTERN = "C-*-"
"""C-*-LG stands for the body C-xx-LG of every county."""


def unknown_units(codes: Iterable[str]) -> list[str]:
    """The codes that name no body."""
    known = organisations()
    return [code for code in codes if not _matches(code, known)]


def county_units(codes: Iterable[str]) -> list[Organisation]:
    """The county bodies that patterns among these codes stand for, by code, each once."""
    known = organisations()
    found = {unit.code: unit for code in codes if code.startswith(PATTERN) for unit in _matches(code, known)}
    return [found[code] for code in sorted(found)]


def shown(codes: Iterable[str], known: dict[str, Organisation]) -> list[str]:
    """Names of bodies, patterns as “each county: ...”, in the language in force."""
    return [_name(code, known) for code in codes]


def choices() -> list[tuple[str, str]]:
    """Bodies of the city that may lead or support."""
    return [(unit.code, unit.name) for unit in organisations().values() if not unit.code.startswith("C-")]


def support_choices() -> list[tuple[str, str]]:
    """Bodies that may support: those of the city, and patterns over the counties."""
    known = organisations()
    patterns = sorted({f"{PATTERN}{code.rsplit('-', 1)[1]}" for code in known if code.startswith("C-")})
    return [*((code, _name(code, known)) for code in patterns), *choices()]


def _matches(code: str, known: dict[str, Organisation]) -> list[Organisation]:
    if not code.startswith(PATTERN):
        return [known[code]] if code in known else []
    tail = code.removeprefix(PATTERN)
    return [unit for unit in known.values() if unit.code.startswith("C-") and unit.code.endswith(f"-{tail}")]


def _name(code: str, known: dict[str, Organisation]) -> str:
    if not code.startswith(PATTERN):
        return str(known[code]) if code in known else code
    tails = {
        "LG": _("county leading groups"),
        "HC": _("county health bureaus"),
        "EDU": _("county education bureaus"),
        "ECO": _("county economy offices"),
        "EMB": _("county emergency bureaus"),
        "JUS": _("county justice bureaus"),
        "COMM": _("streets, towns and communities"),
    }
    return tails.get(code.removeprefix(PATTERN), code)
