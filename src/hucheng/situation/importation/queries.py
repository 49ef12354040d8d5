"""Reading what was published: reports as known at a time, their sums, the latest facts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, Sum

from hucheng.core.scope.actor import Actor, place_prefix
from hucheng.situation.importation.models import CaseReport, Figure, PublicFact


@dataclass(frozen=True, slots=True)
class Found:
    """Imported cases by where they were found; `unknown` of them no report says it."""

    cases: int
    port: int
    transfer: int
    quarantine: int
    outside: int

    @property
    def inside(self) -> int:
        """Found under control."""
        return self.port + self.transfer + self.quarantine

    @property
    def said(self) -> int:
        """Cases of which it is said where they were found."""
        return self.inside + self.outside

    @property
    def unknown(self) -> int:
        """Cases of which it is not said."""
        return self.cases - self.said


def reports(actor: Actor, at: datetime) -> "QuerySet[CaseReport]":
    """The counts that stand at `at`: received by then, and not corrected by then."""
    known = CaseReport.objects.seen_by(actor).filter(reported_at__lte=at)
    return known.filter(Q(correction=None) | Q(correction__reported_at__gt=at))


def latest_reports(actor: Actor, at: datetime) -> list[CaseReport]:
    """The latest hundred counts that stand, newest day first, each with what it corrects."""
    rows = reports(actor, at).select_related("corrects", "reported_by")
    return list(rows.order_by("-as_of", "-published_on", "flight")[:100])


def counted_area(actor: Actor, at: datetime) -> str:
    """The area whose counts are summed: the actor's own place if it publishes, else the one next above that does.

    Counts of two areas may hold the same cases, so they are never added up. Empty while nobody has published.
    """
    published = reports(actor, at).order_by().values_list("about", flat=True).distinct()
    covering = [code for code in published if actor.place.startswith(place_prefix(code))]
    return max(covering, key=lambda code: len(place_prefix(code)), default="")


def found(actor: Actor, at: datetime, *, about: str = "", until: date | None = None) -> Found:
    """Sums of the counts that stand: of one area, by default the one that is counted here, of days up to `until`."""
    rows = reports(actor, at).filter(about=about or counted_area(actor, at))
    rows = rows.filter(as_of__lte=until) if until else rows
    names = ("new", "found_port", "found_transfer", "found_quarantine", "found_outside")
    sums = rows.aggregate(**{f"sum_{name}": Sum(name) for name in names})
    return Found(*(sums[f"sum_{name}"] or 0 for name in names))


def facts(actor: Actor, at: datetime, most: int = 50) -> list[PublicFact]:
    """The latest public facts known at `at`, newest first."""
    rows = PublicFact.objects.seen_by(actor).filter(noted_at__lte=at)
    return list(rows.order_by("-as_of", "-noted_at")[:most])


def latest_figure(actor: Actor, figure: Figure, at: datetime) -> tuple[int, PublicFact] | None:
    """The last published value of a number and the fact that carries it; None while nobody published one."""
    rows = PublicFact.objects.seen_by(actor).filter(noted_at__lte=at, figures__has_key=figure.value)
    fact = rows.order_by("-as_of", "-noted_at").first()
    return (fact.figures[figure.value], fact) if fact else None
