"""Each kind of document from its typed data: which words stand where. The wording is data (`data/wording.yaml`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from hucheng.engines.papers.official.records import (
    AttendancePaper,
    Contact,
    Decided,
    HandoverPaper,
    MinutesPaper,
    NoticePaper,
    Paper,
    ReportPaper,
    RequisitionPaper,
    Section,
    SupervisionPaper,
)
from hucheng.engines.papers.official.sheet import (
    Face,
    Layout,
    Paragraph,
    Run,
    Sheet,
    Signature,
    Table,
    day_of,
    heading,
    joined,
    labelled,
    plain,
    sentence,
)
from hucheng.engines.words.numerals import in_chinese

LEVEL_FACES = (Face.HEAVY, Face.KAI, Face.TEXT, Face.TEXT)


@cache
def wording(kind: str) -> Mapping[str, Any]:
    """Give the fixed words of one kind."""
    import yaml

    with files(__package__).joinpath("data/wording.yaml").open(encoding="utf-8") as stream:
        loaded: Mapping[str, Any] = yaml.safe_load(stream)[kind]
    return loaded


def compose(paper: Paper) -> Sheet:
    """Put a document together."""
    return COMPOSERS[type(paper)](paper)


def ordinal(level: int, number: int) -> str:
    """Give the number of a part at a level from 0 to 3: 一、 （一） 1. （1）."""
    word = in_chinese(number) if level < 2 else str(number)
    return (f"{word}、", f"（{word}）", f"{word}.", f"（{word}）")[level]


def _sheet(
    paper: Paper, words: Mapping[str, Any], layout: Layout, body: Sequence[Paragraph | Table], **more: Any
) -> Sheet:
    common = wording("common")
    return Sheet(
        layout=layout,
        mark=words["mark"].format(issuer=paper.issuer),
        body=tuple(body),
        number=more.pop("number", str(paper.number) if paper.number else ""),
        urgency=str(paper.urgency),
        copies=common["copies"].format(copies="，".join(paper.copies)) if paper.copies else "",
        printed_by=paper.printed_by,
        printed=common["printed"].format(date=day_of(paper.date)) if paper.printed_by else "",
        **more,
    )


def _minutes(paper: MinutesPaper) -> Sheet:
    words = wording("minutes")
    body = [plain(_held(paper, words))]
    body += [plain(sentence(words["heard"].format(text=one.rstrip("。")))) for one in paper.heard]
    body += [plain(sentence(words["stated"].format(text=one.rstrip("。")))) for one in paper.stated]
    body += [plain(words["opening"]), *_matters(paper, words)]
    number = str(paper.number or "") or (words["nth_number"].format(number=paper.meeting) if paper.meeting else "")
    return _sheet(paper, words, Layout.MINUTES, body, number=number, after=tuple(_people(paper, words)))


def _held(paper: MinutesPaper, words: Mapping[str, Any]) -> str:
    told: str = words["held" if paper.chair else "held_without_chair"].format(
        date=day_of(paper.date),
        chair=f"{paper.chair.role}{paper.chair.name}" if paper.chair else "",
        issuer=paper.issuer,
        nth=words["nth"].format(nth=in_chinese(paper.meeting)) if paper.meeting else "",
        kind=words["kind"],
        place=words["place"].format(place=paper.place) if paper.place else "",
    )
    return told + (words["form"].format(form=paper.form) if paper.form else "")


def _matters(paper: MinutesPaper, words: Mapping[str, Any]) -> Iterator[Paragraph]:
    headed = any(one.heading for one in paper.matters)
    for number, matter in enumerate(paper.matters, start=1):
        if headed:
            yield heading(ordinal(0, number) + matter.heading, Face.HEAVY)
        for at, one in enumerate(matter.decisions, start=1):
            yield _decision(ordinal(int(headed), at), one, words)


def _decision(number: str, one: Decided, words: Mapping[str, Any]) -> Paragraph:
    parts = [
        words["lead"].format(lead=one.lead) if one.lead else "",
        words["supports"].format(supports=joined(one.supports)) if one.supports else "",
        words["deadline"].format(deadline=one.deadline) if one.deadline else "",
    ]
    whose = "；".join(part for part in parts if part)
    told = (Run(number + sentence(one.text), Face.KAI),)
    return Paragraph((*told, Run(f"（{whose}）")) if whose else told)


def _people(paper: MinutesPaper, words: Mapping[str, Any]) -> Iterator[Paragraph]:
    blank = 1
    for key in ("attended", "absent", "observers", "recorder"):
        found = getattr(paper, key)
        if found:
            yield labelled(words[key], found if isinstance(found, str) else joined(found), blank=blank)
            blank = 0


def _notice(paper: NoticePaper) -> Sheet:
    words = wording("notice")
    body = [*_opening(paper.opening), *_sections(paper.sections), plain(words["closing"]), *_contact(paper.contact)]
    return _sheet(
        paper, words, Layout.DOCUMENT, body, title=paper.title, to=_to(paper.to), attachments=paper.attachments,
        signature=Signature(paper.issuer, day_of(paper.date), paper.sealed),
    )  # fmt: skip


def _report(paper: ReportPaper) -> Sheet:
    words = wording("report")
    body: list[Paragraph | Table] = [*_opening(paper.opening)]
    if paper.figures:
        rows = tuple((one.name, one.value, one.unit, one.remark) for one in paper.figures)
        body += [
            plain(words["as_of"].format(date=day_of(paper.as_of))),
            Table(tuple(words["heads"]), rows, (8, 5, 3, 8)),
        ]
    body += [*_sections(paper.sections), plain(words["closing"])]
    return _sheet(
        paper, words, Layout.DOCUMENT, body, title=paper.title, to=_to(paper.to), signatory=paper.signatory,
        signature=Signature(paper.issuer, day_of(paper.date), paper.sealed),
    )  # fmt: skip


def _supervision(paper: SupervisionPaper) -> Sheet:
    words = wording("supervision")
    basis = words["basis"].format(meeting=paper.meeting) if paper.meeting else ""
    body = [plain(words["opening"].format(basis=basis, date=day_of(paper.date)))]
    body += [_supervised(number, one, words) for number, one in enumerate(paper.items, start=1)]
    body += [
        plain(words["reply"].format(date=day_of(paper.reply_by))),
        plain(words["closing"]),
        *_contact(paper.contact),
    ]
    one = paper.items[0].task.rstrip("。")
    title = (
        words["title"].format(count=len(paper.items)) if len(paper.items) > 1 else words["title_one"].format(task=one)
    )
    return _sheet(
        paper, words, Layout.LETTER, body, title=title, to=_to([paper.to]),
        signature=Signature(paper.issuer, day_of(paper.date)),
    )  # fmt: skip


def _supervised(number: int, one: Any, words: Mapping[str, Any]) -> Paragraph:
    told = words["item"].format(
        task=one.task.rstrip("。"),
        source=words["source"].format(basis=one.basis.rstrip("。")) if one.basis else "",
        due=day_of(one.due),
        standing=one.standing.rstrip("。"),
    )
    return plain(ordinal(0, number) + told)


def _requisition(paper: RequisitionPaper) -> Sheet:
    words = wording("requisition")
    opening = words["opening"].format(
        purpose=paper.purpose, basis=joined(paper.basis), house=paper.house, address=paper.address
    )
    since, until = day_of(paper.since), day_of(paper.until) if paper.until else ""
    term = words["until" if until else "open"].format(since=since, until=until)
    rows = tuple((one.name, f"{one.quantity}", one.unit) for one in paper.items)
    parts = (words["items"], term, words["use"], words["back"])
    body: list[Paragraph | Table] = [plain(opening)]
    for number, (name, text) in enumerate(zip(words["matters"], parts, strict=True), start=1):
        body += [heading(ordinal(0, number) + name, Face.HEAVY), plain(text)]
        body += [Table(tuple(words["heads"]), rows, (4, 1, 1))] if number == 1 else []
    body += _contact(paper.contact)
    return _sheet(
        paper, words, Layout.LETTER, body, title=words["title"].format(house=paper.house), to=_to([paper.owner]),
        signature=Signature(paper.issuer, day_of(paper.date)),
    )  # fmt: skip


def _handover(paper: HandoverPaper) -> Sheet:
    words = wording("handover")
    count = words["count"].format(count=len(paper.people))
    said = (paper.issuer, paper.receiver, paper.at or day_of(paper.date), paper.place, count, paper.remark)
    form = tuple((head, value) for head, value in zip(words["rows"], said, strict=True) if value)
    rows = tuple(
        (str(at), one.seat, one.name, one.sex, one.document_tail, one.flight, one.needs)
        for at, one in enumerate(paper.people, start=1)
    )
    shares = (3, 3, 6, 3, 5, 4, 6)
    body = [Table((), form, (1, 4)), Table(tuple(words["heads"]), rows, shares)]
    signed = tuple((f"{label}\n\n{words['day']}",) for label in words["sign"])
    body += [Table((), ((signed[0][0], signed[1][0]),), (1, 1))]
    return _sheet(paper, words, Layout.LETTER, body, title=words["title"].format(what=paper.what))


def _attendance(paper: AttendancePaper) -> Sheet:
    words = wording("attendance")
    body: list[Paragraph | Table] = []
    for number, venue in enumerate(paper.venues, start=1):
        people = [(one.name, one.role) for one in venue.people] or [("", "")] * int(words["empty_lines"])
        rows = tuple((str(at), name, role, "") for at, (name, role) in enumerate(people, start=1))
        body += [heading(ordinal(0, number) + venue.name, Face.HEAVY), Table(tuple(words["heads"]), rows, (2, 5, 9, 5))]
    return _sheet(paper, words, Layout.LETTER, body, title=words["title"].format(meeting=paper.meeting))


def _to(names: Sequence[str]) -> str:
    return f"{'，'.join(names)}："


def _opening(text: str) -> list[Paragraph]:
    return [plain(text)] if text else []


def _contact(contact: Contact | None) -> list[Paragraph]:
    return [plain(wording("notice")["contact"].format(name=contact.name, phone=contact.phone))] if contact else []


def _sections(sections: Sequence[Section], level: int = 0) -> Iterator[Paragraph]:
    """Give headings with their numbers and faces, then paragraphs, then the parts below."""
    for number, one in enumerate(sections, start=1):
        if one.heading:
            yield heading(ordinal(level, number) + one.heading, LEVEL_FACES[level])
        for text in one.paragraphs:
            yield plain(text)
        yield from _sections(one.sections, level + 1)


COMPOSERS: Mapping[type[Paper], Callable[[Any], Sheet]] = {
    MinutesPaper: _minutes,
    NoticePaper: _notice,
    ReportPaper: _report,
    SupervisionPaper: _supervision,
    RequisitionPaper: _requisition,
    HandoverPaper: _handover,
    AttendancePaper: _attendance,
}
