"""Who is in the register, and whom no county answers for yet (ISS-14)."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hucheng.core.places.models import Place
from hucheng.core.places.queries import counties_of
from hucheng.core.scope.actor import Actor
from hucheng.engines.linkage.model import shipped
from hucheng.people.register.merged import standing
from hucheng.people.register.models import Doubt, Home, HomeChange, Merge, Person

QUEUE = 200
"""People of the queue that a page shows; the count is always whole."""
DOUBTS = 20
"""Pairs to compare that a page shows, the likeliest first; the count is always whole."""
MERGES = 12
"""Merges that a page shows, the latest first."""
ARROWS = 15


@dataclass(frozen=True, slots=True)
class CountyPeople:
    """A county with how many people of the register it answers for."""

    county: Place
    people: int


@dataclass(frozen=True, slots=True)
class HomeStep:
    """One change of who answers for a person, and the name of the county that does now."""

    change: HomeChange
    county: str


@dataclass(frozen=True, slots=True)
class Part:
    """What speaks for one person (bits above 0) or for two, in a clerk's words."""

    words: str
    bits: float

    @property
    def arrows(self) -> str:
        """As many arrows as bits, to the right for one person, to the left for two."""
        return ("▶" if self.bits > 0 else "◀") * min(round(abs(self.bits)), ARROWS)


@dataclass(frozen=True, slots=True)
class ShownDoubt:
    """Two rows that may be one human, with how likely that is and why."""

    doubt: Doubt
    odds: str
    parts: list[Part]


def sees_the_city(actor: Actor) -> bool:
    """Whether the whole city is in sight; only then are people without a county."""
    return actor.sees_place(settings.HUCHENG_CITY) and not actor.bound_to_unit


def to_settle(actor: Actor) -> QuerySet[Person]:
    """People whose home the actor may settle: the own place's, and for the city also those of no county."""
    mine = Q(place__gte=actor.first_place, place__lt=actor.next_place)
    return Person.objects.filter(mine | ~Q(home=Home.COUNTY) if sees_the_city(actor) else mine)


def without_county(actor: Actor) -> QuerySet[Person]:
    """The queue without an owner, longest waiting first; nobody below the city sees it."""
    rows = standing(to_settle(actor)).filter(home=Home.UNKNOWN)
    return rows.order_by("added_at", "surname", "given", "pk")


def people_by_county(actor: Actor) -> list[CountyPeople]:
    """Every county in sight with its people, each human once, in one query for the counts."""
    rows = standing(Person.objects.seen_by(actor)).filter(home=Home.COUNTY).values("place").annotate(people=Count("pk"))
    counts = {row["place"]: row["people"] for row in rows}
    counties = [county for county in counties_of(settings.HUCHENG_CITY) if actor.sees_place(county.code)]
    return [CountyPeople(county, counts.get(county.code, 0)) for county in counties]


def latest_changes(actor: Actor) -> list[HomeStep]:
    """The latest twelve changes of who answers for whom, of people in sight, with the name of the county."""
    rows = HomeChange.objects.filter(person__in=to_settle(actor)).exclude(home=Home.OUTSIDE)
    names = {county.code: county.name for county in counties_of(settings.HUCHENG_CITY)}
    found = rows.select_related("person", "by").order_by("-at", "pk")[:12]
    return [HomeStep(change, names.get(change.after, "")) for change in found]


def open_doubts(actor: Actor, *, answered: bool = False) -> QuerySet[Doubt]:
    """Pairs that may be one human, the likeliest first; only whoever sees the whole city can compare them.

    answered   give also those that a person has answered
    """
    rows = Doubt.objects.all() if sees_the_city(actor) else Doubt.objects.none()
    rows = rows if answered else rows.filter(answer=Doubt.Answer.OPEN)
    return rows.select_related("person", "other").order_by("-weight", "pk")


def merges(actor: Actor) -> QuerySet[Merge]:
    """Rows that somebody found to be one human, the latest first; only whoever sees the whole city sees any."""
    rows = Merge.objects.all() if sees_the_city(actor) else Merge.objects.none()
    return rows.select_related("person", "into", "by").order_by("-at", "pk")


def doubts_to_compare(actor: Actor) -> list[ShownDoubt]:
    """The first pairs of the queue with their weights told in the reader's language."""
    return [ShownDoubt(doubt, odds(doubt.weight), _parts(doubt)) for doubt in open_doubts(actor)[:DOUBTS]]


def odds(weight: float) -> str:
    """A weight in bits as a clerk would say it."""
    if weight >= 20:
        return _("More than a million to one that they are one person")
    if weight >= 0:
        return _("About %(chances)s to 1 that they are one person") % {"chances": f"{2**weight:,.0f}"}
    return _("About %(chances)s to 1 that they are two people") % {"chances": f"{2**-weight:,.0f}"}


def _parts(doubt: Doubt) -> list[Part]:
    """The parts as they were found; a term that later models no longer have is told by its name."""
    language, words = get_language() or "zh", shipped().words
    return [Part(words[term].in_language(language) if term in words else term, bits) for term, bits in doubt.parts]
