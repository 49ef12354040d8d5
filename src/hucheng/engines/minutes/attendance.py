"""Who sat where: the people of a meeting by venue, for the sheet that is signed at each."""

from collections.abc import Sequence
from dataclasses import dataclass

from hucheng.engines.minutes.records import Attendee, Minutes
from hucheng.engines.words.bilingual import Bilingual

UNSTATED = Bilingual("会场未注明", "venue not stated")


@dataclass(frozen=True, slots=True)
class VenueSheet:
    """One venue with the people and unnamed groups that the minutes put there; `name` is empty where none is stated."""

    name: str
    kind: str
    people: tuple[Attendee, ...]

    @property
    def title(self) -> Bilingual:
        """The name of the venue, or that none is stated."""
        return Bilingual(self.name, self.name) if self.name else UNSTATED


def by_venue(minutes: Minutes) -> tuple[VenueSheet, ...]:
    """Give a sheet for each venue, the main one first, those of the text next, whoever has no venue last.

    Everybody stands on exactly one sheet; a venue where nobody is named has an empty one, to be filled by hand.
    """
    kinds = {one.name: one.kind for one in minutes.venues}
    names = sorted(kinds, key=lambda name: kinds[name] != "main")
    names += [one.venue for one in minutes.attendees if one.venue and one.venue not in kinds]
    sheets = [
        VenueSheet(name, kinds.get(name, "branch"), _at(minutes.attendees, name)) for name in dict.fromkeys(names)
    ]
    rest = tuple(one for one in minutes.attendees if not one.venue)
    return (*sheets, VenueSheet("", "main", rest)) if rest else tuple(sheets)


def _at(people: Sequence[Attendee], venue: str) -> tuple[Attendee, ...]:
    return tuple(one for one in people if one.venue == venue)
