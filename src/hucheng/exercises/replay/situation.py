"""The epidemic abroad and here: series of countries, published cases, public facts, notices from above."""

import csv
import io
from datetime import date, datetime, timedelta
from functools import cache

from hucheng.command import door as command
from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay.staff import CITY, acting
from hucheng.exercises.replay.timeline import Day, Given, Work
from hucheng.exercises.scenarios import SCENARIOS, written
from hucheng.exercises.score.questions import Asked, answers
from hucheng.situation import door as situation

SERIES = SCENARIOS / "series-2020.csv"
SOURCE = "卫生健康委员会 health commissions"
LAG = timedelta(days=1)
"""A day is published on the next morning (generator `series` of the scenario)."""
FLIGHT_PLAN = ("YYZ", "ADD", "MSQ", "SVO")
"""Origins of the scenario's flights; with notice No. 2 every flight to Beijing may land here, and the plan is known."""
PLAN_KNOWN = date(2020, 3, 23)
PROVINCE = "140000"


def works() -> dict[str, Work]:
    """The acts of the story that this side answers for."""
    return {"cases.report": report, "situation.note": note, "notice.receive": receive}


def days(seed: int) -> list[Day]:
    """The series at nine, the watch list after it, notices whose rules have come into force."""
    return [
        ("09:00", "series.reveal", reveal),
        ("09:10", "watch.review", review),
        ("09:30", "notice.finish", finish_notices),
    ]


def reveal(at: datetime) -> None:
    """Publish every day up to yesterday that is not here yet: countries as a file, the city by its own count."""
    today = at.astimezone(SHANGHAI).date()
    last = max(situation.countries_known(SYSTEM, at).values(), default=date.min)
    new = [row for row in _rows() if last < date.fromisoformat(row["date"]) <= today - LAG]
    abroad = [row for row in new if row["code"] != CITY]
    if not abroad:
        return
    health = acting("health")
    name = f"series-{today:%Y-%m-%d}.csv"
    situation.import_series(actor=health, name=name, data=_as_csv(abroad), source=SOURCE, published_on=today, at=at)
    local = [
        situation.LocalDay(date.fromisoformat(row["date"]), int(row["confirmed_cum"]))
        for row in new
        if row["code"] == CITY
    ]
    situation.report_local(actor=health, days=local, source=SOURCE, published_on=today, at=at)


def review(at: datetime) -> None:
    """Watch the countries that flights come from: those announced, and from notice No. 2 on those of the plan."""
    if at.astimezone(SHANGHAI).date() == PLAN_KNOWN:
        for airport in FLIGHT_PLAN:
            situation.note_origin(actor=acting("office"), airport=airport, at=at)
    health = acting("health")
    for one in situation.proposals(health, at):
        reason = "航班已通报或列入计划 flight announced or planned"
        situation.watch(actor=health, country=one.country.code, reason=reason, at=at)


def report(given: Given, at: datetime) -> None:
    """A published count of imported cases; where they were found only where the scenario says it."""
    found = given.get("found", {})
    cases = situation.Cases(
        about=given["place"],
        as_of=date.fromisoformat(given["as_of"]),
        published_on=at.astimezone(SHANGHAI).date(),
        new=given["new"],
        flight=given.get("said", ""),
        route=given.get("route", ""),
        source=given["source"],
        **{f"found_{where}": number for where, number in found.items()},
    )
    situation.report_cases(actor=acting("health"), cases=cases, at=at)


def note(given: Given, at: datetime) -> None:
    """A public fact in both languages, with its numbers."""
    situation.note_fact(
        actor=acting("health"),
        text_zh=given["text"]["zh"],
        text_en=given["text"]["en"],
        source=given["source"],
        as_of=date.fromisoformat(given["as_of"]),
        figures=given.get("figures"),
        at=at,
    )


def receive(given: Given, at: datetime) -> None:
    """A notice from above, in the story's own words, with a task for the office."""
    text = f"{given['text']['zh']}\n{given['text']['en']}\n"
    notice = command.NoticeIn(
        sender=given["sender"],
        title=given["title"],
        name="notice.txt",
        data=text.encode(),
        ask=given["ask"],
        due=at + timedelta(hours=given["due_hours"]),
        rules=tuple(given["rules"]),
    )
    command.receive_notice(actor=acting("office"), notice=notice, at=at)


def finish_notices(at: datetime) -> None:
    """What a notice asks is done when every rule that it names is in force; the evidence says since when."""
    office = acting("office")
    for line in command.notice_lines(office, at):
        named = command.named_rules(office, line.notice, at)
        if line.task.done_at or not all(one.since for one in named):
            continue
        since = "，".join(f"{one.rule} {one.since.astimezone(SHANGHAI):%m-%d %H:%M}" for one in named if one.since)
        command.finish_notice_task(
            actor=office, task_id=line.task.pk, evidence=f"规则已施行 rules in force: {since}", at=at
        )


@answers("cases.report new, place 140000, as of to 23 March")
def imported_by_23_march(asked: Asked) -> float:
    """Imported cases that the province had published for the days up to 23 March."""
    return situation.found(SYSTEM, asked.at, about=PROVINCE, until=date(2020, 3, 23)).cases


@answers("cases.report new, place 140000, summed")
def imported_in_all(asked: Asked) -> float:
    """Imported cases that the province had published."""
    return situation.found(SYSTEM, asked.at, about=PROVINCE).cases


@answers("new local cases in the city")
def local_since_the_start(asked: Asked) -> float | None:
    """Local cases of the days of the story, from its first; None while no such day is published."""
    start = datetime.fromisoformat(written(asked.scenario)["clock"]["start"]).date()
    lines = situation.local_cases(SYSTEM, asked.at).lines
    new = [line.new for line in lines if line.day >= start and line.new is not None]
    return sum(new) if new else None


@answers("province, under observation, from situation.note")
def contacts_observed(asked: Asked) -> float | None:
    """Close contacts under observation as last published; None while nobody has."""
    known = situation.latest_figure(SYSTEM, situation.Figure.CONTACTS_OBSERVED, asked.at)
    return known[0] if known else None


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with SERIES.open(encoding="utf-8", newline="") as table:
        return tuple(csv.DictReader(table))


def _as_csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    sheet = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    sheet.writeheader()
    sheet.writerows(rows)
    return out.getvalue().encode()
