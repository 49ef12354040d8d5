"""What official documents are made of: typed data, one class a kind. Nothing here is markup."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NUMBER = re.compile(
    r"(?P<code>[^\W\d_]{1,12})[〔\[(【（［](?P<year>[12]\d{3})[〕\])】）］](?:第)?0*(?P<number>[1-9]\d{0,4})号"
)


class Urgency(StrEnum):
    """How urgent a document is; ordinary ones say nothing."""

    NONE = ""
    URGENT = "加急"
    MOST_URGENT = "特急"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number of a document: code of the issuer, year and number of the year."""

    code: str
    year: int
    number: int

    def __str__(self) -> str:
        """Give it as it is printed: 并防指发〔2020〕7号, without a leading zero."""
        return f"{self.code}〔{self.year}〕{self.number}号"

    @classmethod
    def read(cls, text: str) -> "DocumentNumber":
        """Read a number as people type it: spaces, other brackets, 第 and leading zeros do no harm.

        Raises ValueError for what is none.
        """
        found = NUMBER.fullmatch("".join(text.split()))
        if found is None:
            raise ValueError(f"no document number such as 并防指发〔2020〕7号: {text!r}")
        return cls(found["code"], int(found["year"]), int(found["number"]))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a document, with a title or body where it is said."""

    name: str
    role: str = ""

    def __str__(self) -> str:
        """Give name and role as lists of attendance do."""
        return f"{self.name}（{self.role}）" if self.role else self.name


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a text: a heading, paragraphs, parts of its own. The house numbers them: 一、（一）1.（1）."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    sections: "tuple[Section, ...]" = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision of a meeting: what is to be done, who leads and supports, by when in words."""

    text: str
    lead: str = ""
    supports: tuple[str, ...] = ()
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """The decisions of a meeting under one heading."""

    decisions: tuple[Decided, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Supervised:
    """One task that a letter of supervision asks about."""

    task: str
    due: date
    standing: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report, as it is to be printed."""

    name: str
    value: str
    unit: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Requisitioned:
    """One thing that is requisitioned."""

    name: str
    quantity: int
    unit: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """One person of a handover: what the next hand needs to know, no more."""

    name: str
    document_tail: str
    seat: str = ""
    sex: str = ""
    flight: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What every document says: who issues it and when."""

    issuer: str
    date: date
    number: DocumentNumber | None = None
    urgency: Urgency = Urgency.NONE
    copies: tuple[str, ...] = ()
    printed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaper(Paper):
    """Minutes of a meeting (纪要). `issuer` is the body that met, `meeting` its how-manieth time, `date` its day.

    heard and stated are whole sentences behind 会议听取了 and 会议指出; roles of the chair stand before the name.
    """

    matters: tuple[Matter, ...]
    chair: Person | None = None
    meeting: int | None = None
    place: str = ""
    form: str = ""
    heard: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    attended: tuple[Person, ...] = ()
    absent: tuple[Person, ...] = ()
    observers: tuple[Person, ...] = ()
    recorder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePaper(Paper):
    """A notice (通知) to bodies below or beside."""

    title: str
    to: tuple[str, ...]
    sections: tuple[Section, ...]
    opening: str = ""
    attachments: tuple[str, ...] = ()
    contact: Contact | None = None
    sealed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionPaper(Paper):
    """A letter of supervision (督办函) to one body about tasks that are late or cannot be read."""

    to: str
    items: tuple[Supervised, ...]
    reply_by: date
    meeting: str = ""
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper(Paper):
    """A report of the situation (情况报告) to a body above, so with a signatory."""

    title: str
    to: tuple[str, ...]
    as_of: date
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...] = ()
    opening: str = ""
    signatory: str = ""
    sealed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RequisitionPaper(Paper):
    """An order of requisition (征用决定). `basis` names the laws, each with its article."""

    owner: str
    house: str
    address: str
    basis: tuple[str, ...]
    purpose: str
    since: date
    items: tuple[Requisitioned, ...]
    until: date | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPaper(Paper):
    """A form of handover (交接单) of people; `issuer` is the sender, `at` the time in words."""

    receiver: str
    what: str
    people: tuple[HandedOver, ...]
    place: str = ""
    at: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class VenueList:
    """The people of one venue; one without names leaves lines to be filled by hand."""

    name: str
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendancePaper(Paper):
    """A sheet of attendance (签到表) with a table for each venue; `meeting` is its name."""

    meeting: str
    venues: tuple[VenueList, ...]


KINDS: dict[str, type[Paper]] = {
    "minutes": MinutesPaper,
    "notice": NoticePaper,
    "supervision": SupervisionPaper,
    "report": ReportPaper,
    "requisition": RequisitionPaper,
    "handover": HandoverPaper,
    "attendance": AttendancePaper,
}
