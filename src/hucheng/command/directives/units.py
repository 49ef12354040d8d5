"""Bodies that may own a directive, by code or by a pattern over the counties."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hucheng.core.places.models import Organisation
from hucheng.core.places.queries import organisations
from hucheng.core.refusal import Refusal

PATTERN = "C-*-"
"""C-*-LG stands for the body C-xx-LG of every county."""


def check_units(codes: Iterable[str]) -> None:
    """Refuse codes and patterns that name no body."""
    known = organisations()
    refuse_units([code for code in codes if not _matches(code, known)])


def refuse_units(codes: Sequence[str]) -> None:
    """Refuse these codes, if there are any."""
    if codes:
        raise Refusal(
            "unit_unknown",
            why=gettext_lazy("No such body: %(codes)s.") % {"codes": ", ".join(codes)},
            do=gettext_lazy("Choose one of the list."),
        )


def county_units(codes: Iterable[str]) -> list[Organisation]:
    """The county bodies that patterns among these codes stand for, by code, each once."""
    patterns = [code for code in codes if code.startswith(PATTERN)]
    known = organisations() if patterns else {}
    found = {unit.code: unit for code in patterns for unit in _matches(code, known)}
    return [found[code] for code in sorted(found)]


def shown(codes: Iterable[str], known: Mapping[str, Organisation]) -> list[str]:
    """Names of bodies, patterns as “each county: ...”, in the language in force."""
    return [_name(code, known) for code in codes]


def grouped(named: Sequence[str], every: Sequence[tuple[str, str]]) -> list[tuple[str, object]]:
    """Choices with those that the minutes name in a group of their own, first and in the order of the text."""
    labels = dict(every)
    first = [(code, labels[code]) for code in named if code in labels]
    rest = [(code, label) for code, label in every if code not in named]
    return [(str(_("Named in the minutes")), first), (str(_("Other bodies")), rest)] if first else list(every)


def choices(known: Mapping[str, Organisation]) -> list[tuple[str, str]]:
    """Bodies of the city that may lead or support."""
    return [(unit.code, unit.name) for unit in known.values() if not unit.code.startswith("C-")]


def support_choices(known: Mapping[str, Organisation]) -> list[tuple[str, str]]:
    """Bodies that may support: those of the city, and patterns over the counties."""
    patterns = sorted({f"{PATTERN}{code.rsplit('-', 1)[1]}" for code in known if code.startswith("C-")})
    return [*((code, _name(code, known)) for code in patterns), *choices(known)]


def _matches(code: str, known: Mapping[str, Organisation]) -> list[Organisation]:
    if not code.startswith(PATTERN):
        return [known[code]] if code in known else []
    tail = code.removeprefix(PATTERN)
    return [unit for unit in known.values() if unit.code.startswith("C-") and unit.code.endswith(f"-{tail}")]


def _name(code: str, known: Mapping[str, Organisation]) -> str:
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
