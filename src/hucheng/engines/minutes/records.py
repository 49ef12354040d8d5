"""What is read out of minutes: the meeting, who took part, where, and what was demanded."""

import datetime as dt
from dataclasses import asdict, dataclass
from enum import StrEnum

from hucheng.engines.minutes.bodies import Body
from hucheng.engines.minutes.edits import Cleaned
from hucheng.engines.words.bilingual import Bilingual


class Kind(StrEnum):
    """What sort of demand: something to do, a state to reach or avoid, a title of others, an attitude."""

    ACTION = "action"
    OUTCOME = "outcome"
    HEADING = "heading"
    STANCE = "stance"


class Theme(StrEnum):
    """The six lines of work of a city in an epidemic."""

    CAPITAL_MOAT = "capital_moat"
    IMPORT_LINE = "import_line"
    SCHOOLS = "schools"
    ECONOMY = "economy"
    STABILITY = "stability"
    GENERAL = "general"


class Modality(StrEnum):
    """How the demand is worded."""

    MUST = "must"
    ENSURE = "ensure"
    STRENGTHEN = "strengthen"
    FORBID = "forbid"


class Function(StrEnum):
    """What a person did at the meeting."""

    CHAIR = "chair"
    PRESENT = "present"
    INSTRUCTS = "instructs"
    SPEAKS = "speaks"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class JointMeeting:
    """Another numbered meeting that was held as one with this one."""

    body: str
    number: int


@dataclass(frozen=True, slots=True)
class Meeting:
    """The head of the minutes; what the text does not state is None."""

    body: str | None = None
    body_as_written: str | None = None
    number: int | None = None
    date: dt.date | None = None
    chair: str | None = None
    chair_roles: tuple[str, ...] = ()
    form: str | None = None
    joint: tuple[JointMeeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person, or a group without names (name None, the group as its role)."""

    name: str | None
    role: str
    venue: str | None = None
    function: Function = Function.PRESENT


@dataclass(frozen=True, slots=True)
class Venue:
    """A place that took part: `main` or `branch`."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Directive:
    """One demand: `clean_text[start:end] == text_clean`. `why` explains.

    actors    as written; lead and supports are those of them that the register of bodies knows
    deadline  the literal time word, due the day that it names, counted from the meeting
    parent    id of the heading that the demand spells out, section the title of its section
    measure   what it could be measured by, where somebody could verify it
    """

    id: int
    text_clean: str
    start: int
    end: int
    kind: Kind
    theme: Theme
    actors: tuple[str, ...]
    deadline: str | None
    measurable: bool
    modality: Modality
    why: Bilingual
    lead: Body | None = None
    supports: tuple[Body, ...] = ()
    due: dt.date | None = None
    parent: int | None = None
    section: str | None = None
    measure: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the grammar of one language read out of a text: spans point into that text."""

    meeting: Meeting
    attendees: tuple[Attendee, ...] = ()
    venues: tuple[Venue, ...] = ()
    directives: tuple[Directive, ...] = ()
    warnings: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """All that was read, with the cleaned text that the spans point into and what a person should look at."""

    meeting: Meeting
    attendees: tuple[Attendee, ...]
    venues: tuple[Venue, ...]
    directives: tuple[Directive, ...]
    cleaned: Cleaned
    warnings: tuple[Bilingual, ...] = ()

    @property
    def clean_text(self) -> str:
        """The text that all spans refer to."""
        return self.cleaned.text

    def as_dict(self) -> dict[str, object]:
        """Give the shape of labelled minutes, ready for JSON."""
        meeting = asdict(self.meeting) | {"date": self.meeting.date.isoformat() if self.meeting.date else None}
        meeting["chair_roles"] = list(self.meeting.chair_roles)
        joint = [asdict(one) for one in self.meeting.joint]
        meeting = {key: value for key, value in meeting.items() if key != "joint"} | ({"joint": joint} if joint else {})
        return {
            "meeting": meeting,
            "attendees": [asdict(one) | {"function": one.function.value} for one in self.attendees],
            "venues": [asdict(one) for one in self.venues],
            "directives": [_directive_dict(one) for one in self.directives],
            "clean_text": self.clean_text,
        }


def _directive_dict(one: Directive) -> dict[str, object]:
    return asdict(one) | {
        "kind": one.kind.value,
        "theme": one.theme.value,
        "modality": one.modality.value,
        "actors": list(one.actors),
        "lead": one.lead.as_dict() if one.lead else None,
        "supports": [body.as_dict() for body in one.supports],
        "due": one.due.isoformat() if one.due else None,
    }
