"""The leading group's side of the story: minutes, directives, tasks, bodies, the duty roster."""

import io
import os
import random
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from docx import Document

from hucheng.command import door as command
from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Theme
from hucheng.engines.minutes import damage
from hucheng.engines.words.numerals import in_chinese
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Day, Given, Work

OWN = Path(__file__).parents[1] / "scenarios" / "minutes-43.txt"
CORRECTED = {2: "stance", 20: "heading", 21: "stance"}
"""Where the office of the story sees another kind than the reader in the own minutes, by line of the catalogue."""
LEADERS = ("秦望舒", "顾长汀", "江叙白", "路知微", "尹清和", "裴行远", "傅景行", "梁若谷", "苏怀瑾", "温以宁")
"""L01 to L10 of the scenario: invented names."""
BODIES = ("dedicated_body", "task_force", "working_group")


def works() -> dict[str, Work]:
    """The acts of the leading group and its office."""
    return {
        "meeting.hold": hold,
        "directives.publish": publish,
        "tasks.assign": assign,
        "body.set_up": set_up,
        "duty.publish": publish_roster,
    }


def days(seed: int) -> list[Day]:
    """What the office does every day."""
    return []


def hold(given: Given, at: datetime) -> None:
    """Take the minutes in; those of a generated meeting are confirmed, assigned and published at once."""
    name, data = _document(given, at)
    day = at.astimezone(SHANGHAI).date()
    meeting = command.receive_minutes(actor=acting("office"), name=name, data=data, article_date=day, at=at)
    if _is_generated(given):
        _confirm(meeting, at)
        command.publish(actor=acting("office"), meeting_id=meeting.pk, at=at)
        _assign_all(meeting, at)
        _keep_rest(meeting, at)


def publish(given: Given, at: datetime) -> None:
    """Confirm what was read, correct a few kinds, publish."""
    meeting = _meeting(given)
    _confirm(meeting, at)
    command.publish(actor=acting("office"), meeting_id=meeting.pk, at=at)


def assign(given: Given, at: datetime) -> None:
    """Give owners as the catalogue proposes; what it does not know waits for a person. Require the bodies named."""
    named = _assign_all(_meeting(given), at)
    known = command.organisations()
    required = sorted(code for code in named if code in known and known[code].kind in BODIES)
    command.require_bodies(actor=acting("office"), units=required, at=at)


def set_up(given: Given, at: datetime) -> None:
    """Bodies of the story stand: charter, head, substitute, members."""
    office = acting("office")
    for body in command.require_bodies(actor=office, units=given["bodies"], at=at):
        rng = random.Random(body.unit_id)
        head, substitute = rng.sample(LEADERS, 2)
        number = f"并防指〔2020〕{rng.randint(10, 90)}号"
        command.set_up_body(
            actor=office, body_id=body.pk, charter=number, head=head, substitute=substitute,
            members=rng.randint(8, 40), at=at,
        )  # fmt: skip


def publish_roster(given: Given, at: datetime) -> None:
    """Fill the roster in turn."""
    first = date.fromisoformat(given["from"])
    shifts = [
        command.ShiftIn(first + timedelta(days=n), LEADERS[n % 10], LEADERS[(n + 5) % 10]) for n in range(given["days"])
    ]
    command.fill_roster(actor=acting("office"), shifts=shifts, at=at)


def own_minutes() -> str:
    """The demonstration's own text of the 43rd meeting, with invented leaders."""
    return OWN.read_text(encoding="utf-8")


def as_docx(text: str) -> bytes:
    """A Word document with a paragraph a line."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _document(given: Given, at: datetime) -> tuple[str, bytes]:
    if _is_generated(given):
        return f"meeting-{given['number']}.txt", _generated(given, at).encode()
    chosen = os.environ.get("HUCHENG_DEMO_MINUTES")
    if chosen:
        return Path(chosen).name, Path(chosen).read_bytes()
    return "minutes-43.docx", as_docx(damage(own_minutes()))


def _is_generated(given: Given) -> bool:
    return str(given["minutes"]).startswith("generated")


def _generated(given: Given, at: datetime) -> str:
    """Minutes of a meeting that repeats lines of earlier ones and adds something new."""
    local = at.astimezone(SHANGHAI)
    said = [_sentences()[clause] for clause in given["repeats"] if clause in _sentences()]
    number = in_chinese(given["number"])
    return (
        f"{local.month}月{local.day}日,市疫情防控工作领导小组召开第{number}次会议。"
        f"市委书记、市疫情防控工作领导小组组长{LEADERS[0]}主持会议并讲话。\n"
        f"会议要求,要{','.join(one.removeprefix('要') for one in said)},做好{given['new']['zh']}工作。\n"
    )


@cache
def _sentences() -> dict[int, str]:
    """The demonstration's own wording of each line of the catalogue, as the reader finds it in the own minutes."""
    return command.wording_by_clause(own_minutes(), date(2020, 3, 24))


def _meeting(given: Given) -> command.Meeting:
    """The latest meeting that is not published whole: the one of the story, whatever document stood in."""
    rows = command.Meeting.objects.seen_by(SYSTEM).filter(discarded_at=None)
    return rows.filter(number=given["meeting"]).first() or rows.order_by("-received_at")[0]


def _confirm(meeting: command.Meeting, at: datetime) -> None:
    office = acting("office")
    corrected = {} if os.environ.get("HUCHENG_DEMO_MINUTES") else CORRECTED
    for one in command.directives_of(meeting):
        suggestion = command.suggestion_for(one)
        kind = corrected.get(suggestion.owner.clause) if suggestion else None
        if kind and one.kind != kind:
            command.edit(
                actor=office,
                directive_id=one.pk,
                text=one.text,
                kind=command.Directive.Kind(kind),
                theme=Theme(one.theme),
                at=at,
            )
        command.accept(actor=office, directive_id=one.pk, at=at)


def _assign_all(meeting: command.Meeting, at: datetime) -> set[str]:
    named: set[str] = set()
    for one in command.directives_of(meeting):
        suggestion = command.suggestion_for(one)
        if suggestion is None or suggestion.due <= at:
            continue
        owner = suggestion.owner
        named |= {owner.lead, *owner.supports}
        if one.counts:
            command.assign(
                actor=acting("office"),
                directive_id=one.pk,
                given=command.Assignment(
                    lead=owner.lead,
                    supports=owner.supports,
                    due=suggestion.due,
                    measure=suggestion.measure,
                    no_measure=owner.no_measure_zh,
                    clause=owner.clause,
                ),
                at=at,
            )
    return named


def _keep_rest(meeting: command.Meeting, at: datetime) -> None:
    """What is new at a generated meeting stays with the office itself until a measure is found for it."""
    for one in command.directives_of(meeting):
        if one.counts and one.assigned_at is None:
            own = command.Assignment(
                lead="TY-LGO",
                due=at + timedelta(days=7),
                no_measure="新部署事项，指标待定 new matter, measure to follow",
            )
            command.assign(actor=acting("office"), directive_id=one.pk, given=own, at=at)
