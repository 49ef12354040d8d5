"""Fire in the story: the stations send their noon, counties patrol on red days, fires are answered."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import organisations
from hucheng.engines.fireweather import Moisture
from hucheng.exercises.replay.clerks import COUNTY_CLERKS, QUIET_CLERKS, clerk_of
from hucheng.exercises.replay.generators import events, generator, table
from hucheng.exercises.replay.staff import acting, hire
from hucheng.exercises.replay.timeline import Day, Given, Work
from hucheng.stability import door as stability

MORNING, AFTERNOON = (9, 0), (17, 0)
"""Hours by which patrols are due: planned in the morning, or after noon when the noon turned the day red."""
CREW_ENTERED = ("14:30", "15:00", "15:30", "16:00", "17:00", "18:00", "19:00", "21:00")
Crew, Out = stability.FireEntry.Kind.CREW, stability.FireEntry.Kind.OUT


@dataclass(frozen=True)
class Burning:
    """A fire of the story: when and where, and how many minutes until crew and end."""

    place: str
    where: str
    at: datetime
    crew: int
    out: int


def works() -> dict[str, Work]:
    """The acts of the story about fire."""
    return {
        "weather.report": name_gap,
        "patrol.report": prove_some,
        "fire.notice": issue,
        "fire.report": report,
    }


def days(seed: int) -> list[Day]:
    """What stations, counties and crews do every day."""
    return [
        ("07:00", "weather.report", found),
        ("07:30", "patrol.report", partial(plan, MORNING)),
        ("08:50", "patrol.report", partial(prove, seed)),
        ("10:00", "patrol.report", prove_late),
        ("10:05", "weather.report", begin_anew),
        ("14:00", "weather.report", send),
        ("14:20", "patrol.report", partial(plan, AFTERNOON)),
        ("14:40", "fire.report", partial(start_fires, seed)),
        ("15:10", "fire.notice", receive),
        ("16:30", "fire.notice", partial(do_tasks, seed)),
        ("16:50", "patrol.report", partial(prove, seed)),
        ("17:00", "weather.report", send_again),
        *((hour, "fire.report", partial(follow, seed)) for hour in CREW_ENTERED),
    ]


def place_of(station: str) -> str:
    """The county of a station."""
    return organisations()[f"{station}-EMB"].place


def found(at: datetime) -> None:
    """On the first morning: the clerks of the counties, the stations, the standard start of their series."""
    written, emergency = generator("weather"), acting("emergency")
    if stability.Station.objects.seen_by(emergency).exists():
        return
    hire(at, QUIET_CLERKS, password=None)
    start = written["start"]
    codes = Moisture(start["ffmc"], start["dmc"], start["dc"])
    places = organisations()
    for code in written["stations"]:
        office = places[f"{code}-EMB"]
        names = {
            "name_zh": office.name_zh.replace("应急管理局", "火险天气站"),
            "name_en": office.name_en.split(":")[0] + " fire-weather station",
        }
        station = stability.open_station(actor=emergency, code=code, place=office.place, at=at, **names)
        stability.start_series(
            actor=emergency,
            station_id=station.pk,
            day=date.fromisoformat(start["after"]),
            codes=codes,
            why=f"{start['why']['zh']} {start['why']['en']}",
            at=at,
        )


def noon(station: str, day: date) -> "stability.ObservationIn | None":
    """What a station measured at noon of a day by the table of the scenario; nothing on a day of a gap."""
    written = generator("weather")
    row = next((row for row in written["rows"] if row[0] == day.isoformat()), None)
    if row is None or day.isoformat() in written["gaps"].get(station, []):
        return None
    colder = written["stations"][station]
    humidity = min(100.0, max(0.0, row[2] - 2 * colder))
    return stability.ObservationIn(station, day, round(row[1] + colder, 1), round(humidity, 1), row[3], row[4])


def send(at: datetime) -> None:
    """Every station sends its noon; the impossible one comes last and is refused."""
    written, day = generator("weather"), at.astimezone(SHANGHAI).date()
    wrong = written["impossible"]
    last = wrong["station"] if wrong["day"] == day.isoformat() else ""
    for station in sorted(written["stations"], key=lambda code: code == last):
        seen = noon(station, day)
        if seen is None:
            continue
        if station == last:
            seen = stability.ObservationIn(station, day, seen.temp_c, wrong["rh_percent"], seen.wind_kmh, seen.rain_mm)
        stability.report_weather(actor=clerk_of(place_of(station)), observations=[seen], at=at)


def send_again(at: datetime) -> None:
    """What was refused is read again from the instrument and sent right."""
    wrong, day = generator("weather")["impossible"], at.astimezone(SHANGHAI).date()
    seen = noon(wrong["station"], day) if wrong["day"] == day.isoformat() else None
    if seen:
        stability.report_weather(actor=clerk_of(place_of(wrong["station"])), observations=[seen], at=at)


def name_gap(given: Given, at: datetime) -> None:
    """A county says that nothing was measured."""
    clerk, day = clerk_of(place_of(given["station"])), date.fromisoformat(given["day"])
    stability.name_gap(actor=clerk, station_code=given["station"], day=day, why=given["why"], at=at)


def begin_anew(at: datetime) -> None:
    """After the gap the department begins the series anew, from the codes of the next station."""
    anew = generator("weather")["restart"]
    if anew["done"] != at.astimezone(SHANGHAI).date().isoformat():
        return
    emergency, day = acting("emergency"), date.fromisoformat(anew["day"])
    known = [one for county in stability.fire_danger(emergency, at) for one in county.stations]
    beside = next(one.on(day) for one in known if one.station.code == anew["like"])
    broken = next(one.station for one in known if one.station.code == anew["station"])
    if beside and beside.indices:
        why = f"{anew['why']['zh']} {anew['why']['en']}"
        codes = Moisture(*beside.indices.carried)
        stability.start_series(actor=emergency, station_id=broken.pk, day=day, codes=codes, why=why, at=at)


def plan(due: tuple[int, int], at: datetime) -> None:
    """Counties whose danger is high or unknown plan every checkpoint, once a day."""
    emergency, local = acting("emergency"), at.astimezone(SHANGHAI)
    until = local.replace(hour=due[0], minute=due[1])
    checkpoints = generator("fire")["checkpoints"]
    for county in stability.fire_danger(emergency, at):
        place, now = county.place.code, county.now
        quiet = now is None or (now.grade is not None and not now.high)
        if quiet or stability.patrols_of(emergency, place, local.date()):
            continue
        station = county.stations[0].station.code
        wanted = [stability.PatrolIn(f"{station[2:]}{n:02}", until) for n in range(1, checkpoints[station] + 1)]
        stability.plan_patrols(actor=clerk_of(place), place=place, patrols=wanted, at=at)


def prove(seed: int, at: datetime) -> None:
    """Teams prove what they made, at the rate of the scenario; a county that has proven some today is done."""
    local, rate = at.astimezone(SHANGHAI), generator("fire")["patrol_rate"]
    for place in sorted(COUNTY_CLERKS):
        patrols = stability.patrols_of(clerk_of(place), place, local.date())
        if not patrols or any(hasattr(one, "proof") for one in patrols):
            continue
        rng = random.Random(f"{seed}/{place}/{local:%Y-%m-%d}/patrol")
        made = [one for one in patrols if rng.random() < rate]
        _prove(place, made, rng, at)


def prove_late(at: datetime) -> None:
    """What was missed in the morning is made up for after the alarm."""
    day = at.astimezone(SHANGHAI).date()
    for place in sorted(COUNTY_CLERKS):
        missed = [one for one in stability.patrols_of(clerk_of(place), place, day) if not hasattr(one, "proof")]
        _prove(place, missed, random.Random(f"{place}/{day}"), at, earliest=20)


def prove_some(given: Given, at: datetime) -> None:
    """A county proves so many of its patrols; the rest stays open."""
    day, place = at.astimezone(SHANGHAI).date(), given["county"]
    patrols = stability.patrols_of(clerk_of(place), place, day)
    _prove(place, patrols[: given["proven"]], random.Random(f"{place}/{day}"), at, earliest=25)


def _prove(place: str, patrols: list["stability.Patrol"], rng: random.Random, at: datetime, earliest: int = 60) -> None:
    proofs = [
        stability.ProofIn(one.pk, f"第{rng.randint(1, 6)}巡护队", at - timedelta(minutes=rng.randint(1, earliest)))
        for one in patrols
    ]
    if proofs:
        stability.prove_patrols(actor=clerk_of(place), proofs=proofs, at=at)


def issue(given: Given, at: datetime) -> None:
    """The notice goes out to every county with its tasks."""
    today = at.astimezone(SHANGHAI).date()
    rows = [row for row in table("fire_tasks.csv") if row["notice"] == given["tasks"]]
    wanted = [stability.TaskIn(row["text"], today + timedelta(days=int(row["due_days"]))) for row in rows]
    until = date.fromisoformat(given["until"])
    stability.issue_notice(actor=acting("emergency"), title=given["notice"], until=until, tasks=wanted, at=at)


def receive(at: datetime) -> None:
    """Counties confirm what came."""
    for place in sorted(COUNTY_CLERKS):
        for line in stability.notices(clerk_of(place), at):
            if not line.mine_received:
                stability.receive_notice(actor=clerk_of(place), notice_id=line.notice.pk, at=at)


def do_tasks(seed: int, at: datetime) -> None:
    """Counties report tasks done in their last three days, most before the day is over."""
    today = at.astimezone(SHANGHAI).date()
    for place in sorted(COUNTY_CLERKS):
        rng = random.Random(f"{seed}/{place}/{today}/tasks")
        for task in stability.tasks_of(clerk_of(place), place):
            if task.done_at is None and (task.due - today).days <= 2 and rng.random() < 0.65:
                evidence = "台账与照片已归档 register and pictures on file"
                stability.do_task(actor=clerk_of(place), task_id=task.pk, evidence=evidence, at=at)


def report(given: Given, at: datetime) -> None:
    """A fire of the story is reported."""
    text = f"{given['cause']}，{given['hectares']} 公顷 hectares"
    place = given["county"]
    stability.report_fire(actor=clerk_of(place), place=place, where=given["where"], text=text, at=at)


def start_fires(seed: int, at: datetime) -> None:
    """The fires that the season brings besides."""
    for fire in _by_chance(seed, at.astimezone(SHANGHAI).date()):
        stability.report_fire(actor=clerk_of(fire.place), place=fire.place, where=fire.where, at=at)


def follow(seed: int, at: datetime) -> None:
    """What crews did since is entered with its own time."""
    day = at.astimezone(SHANGHAI).date()
    burning = {(fire.place, fire.at): fire for fire in (*_by_chance(seed, day), *_told(day))}
    for story in stability.fires(acting("emergency"), at):
        fire = burning.get((story.fire.place, story.fire.reported_at))
        if fire is None or story.out:
            continue
        for kind, minutes in ((Crew, fire.crew), (Out, fire.out)):
            happened = fire.at + timedelta(minutes=minutes)
            if happened <= at and not any(entry.kind == kind for entry in story.entries):
                stability.follow_fire(
                    actor=clerk_of(fire.place), fire_id=story.fire.pk, kind=kind, happened_at=happened, at=at
                )


def _told(day: date) -> list[Burning]:
    """The fires that the story tells of a day."""
    found = []
    for event in events("fire.report"):
        given, moment = event["with"], datetime.fromisoformat(event["at"]).replace(tzinfo=SHANGHAI)
        if moment.date() == day:
            after = given["crew_after_min"], given["out_after_min"]
            found.append(Burning(given["county"], given["where"], moment, *after))
    return found


def _by_chance(seed: int, day: date) -> list[Burning]:
    """At most one fire a day by chance, at the mean of the scenario."""
    written = generator("fire")["fires"]
    rng = random.Random(f"{seed}/{day}/fire")
    mean = written["qingming_mean"] if day.isoformat() in written["qingming"] else written["mean"]
    if rng.random() >= mean:
        return []
    station = rng.choice(sorted(generator("weather")["stations"]))
    moment = datetime(day.year, day.month, day.day, 14, 40, tzinfo=SHANGHAI)
    crew, out = rng.randint(*written["crew_min"]), rng.randint(*written["out_min"])
    return [
        Burning(
            place_of(station), f"卡点 {station[2:]}{rng.randint(1, 6):02} 附近 near the checkpoint", moment, crew, out
        )
    ]
