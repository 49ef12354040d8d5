"""`hucheng manifest`: passenger lists from the command line, without any database."""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import NoReturn

import click

from hucheng.engines.manifests.records import ManifestUnreadable, Reading

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
TODAY = click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), help="判断日期所依据的日子。 Day that dates are judged by."
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON。 Print JSON.")
MAP = click.option(
    "--map", "maps", multiple=True, metavar="FIELD=HEADER|MAP.json",
    help="指定列对应，或给出更正过的列文件。 Name a column of the sheet, or give a corrected file of columns.",
)  # fmt: skip
WRITERS = ("paxlst", "csv", "xlsx", "json")


@click.group(help="旅客名单：读取、检查、合并、写出。 Passenger lists: reading, checking, merging, writing.")
def manifest() -> None:
    """Hold the commands on passenger lists."""


@manifest.command(
    "read",
    help="读取名单（PAXLST、CSV、XLSX、JSON、登机牌条码、机读区）并列出问题。"
    " Read a list (PAXLST, CSV, XLSX, JSON, boarding passes, machine-readable zones), show its problems.",
)
@click.argument("file", type=FILE)
@AS_JSON
@TODAY
@MAP
def read(file: Path, as_json: bool, today: datetime | None, maps: tuple[str, ...]) -> None:
    """Read one file; exit code 2 when nothing of it can be used, 1 when persons wait for mending."""
    from hucheng.engines.manifests.telling import reading_dict, summary

    reading = _read(file, _day(today), maps)
    click.echo(_json(reading_dict(reading)) if as_json else summary(reading))
    sys.exit(1 if reading.unreadable or not reading.travellers else 0)


@manifest.command(
    "columns",
    help="显示表格各列的含义与建议，更正后用 --map 读取。 Show what columns hold; corrected, give it to --map.",
)
@click.argument("file", type=FILE)
@AS_JSON
@TODAY
@MAP
def columns(file: Path, as_json: bool, today: datetime | None, maps: tuple[str, ...]) -> None:
    """Show the columns of a sheet; as JSON with the suggestions filled in, ready to be corrected."""
    from hucheng.engines.manifests.mapping import shown
    from hucheng.engines.manifests.telling import columns_dict, columns_text

    mapping, memory = _mapping(maps)
    found = shown(_read(file, _day(today), maps), today=_day(today), memory=memory, asked=mapping)
    click.echo(_json(columns_dict(found)) if as_json else columns_text(found))


@manifest.command("write", help="将名单写成另一种格式。 Write a list in another format.")
@click.argument("file", type=FILE)
@click.option("--to", "form", type=click.Choice(WRITERS), default="paxlst", show_default=True)
@click.option("--out", "-o", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--flight", default="", help="名单未写明时的航班号。 Flight number where the list does not say it.")
@TODAY
@MAP
def write(file: Path, form: str, out: Path, flight: str, today: datetime | None, maps: tuple[str, ...]) -> None:
    """Write every person of one file; exit code 1 when some of them wait for mending, 2 when nothing is written."""
    reading = _read(file, _day(today), maps)
    number = reading.flight or flight.replace(" ", "").upper()
    if not reading.travellers or not number:
        click.echo("没有旅客或航班号（--flight）。 No persons, or no flight number (--flight).", err=True)
        sys.exit(2)
    out.write_bytes(_written(reading, form, number, _day(today)))
    click.echo(f"{out.name}: {len(reading.travellers)} 人 people")
    sys.exit(1 if reading.unreadable else 0)


def _written(reading: Reading, form: str, flight: str, day: date) -> bytes:
    from hucheng.engines.manifests.json_list import write_json
    from hucheng.engines.manifests.paxlst_write import write_paxlst
    from hucheng.engines.manifests.sheet_write import write_csv, write_xlsx

    people, prepared = reading.travellers, reading.meta.get("prepared", "")
    made = datetime.fromisoformat(prepared) if prepared else datetime.combine(day, time())
    writers: dict[str, Callable[[], bytes]] = {
        "paxlst": lambda: write_paxlst(people, flight=flight, legs=reading.legs, prepared=made),
        "csv": lambda: write_csv(people, flight=flight),
        "xlsx": lambda: write_xlsx(people, flight=flight),
        "json": lambda: write_json(people, flight=flight, legs=reading.legs),
    }
    return writers[form]()


@manifest.command("merge", help="合并同一航班的多份名单（按先后给出）。 Merge the lists of one flight, in their order.")
@click.argument("files", type=FILE, nargs=-1, required=True)
@AS_JSON
@TODAY
def merge(files: tuple[Path, ...], as_json: bool, today: datetime | None) -> None:
    """Merge several files; exit code 1 when something was left out or is not certain."""
    from hucheng.engines.manifests.merge import merge as merge_readings
    from hucheng.engines.manifests.telling import merged_dict, merged_text

    merged = merge_readings(_all(files, _day(today)))
    click.echo(_json(merged_dict(merged)) if as_json else merged_text(merged))
    sys.exit(1 if merged.problems else 0)


@manifest.command("contacts", help="按座位列出密切接触者。 List the close contacts by seat.")
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option("--case", "cases", multiple=True, required=True, help="病例的座位或证件号。 Seat or document of a case.")
@click.option("--cabin", "name", default="open", show_default=True, help="机舱布局。 Layout of the cabin.")
@click.option("--cabins", "plan", type=FILE, help="自备的机舱布局 CSV。 A CSV file of layouts of your own.")
@click.option("--rows", default=3, show_default=True, type=click.IntRange(0, 99), help="前后排数。 Rows each way.")
@TODAY
def contacts(
    files: tuple[Path, ...], cases: tuple[str, ...], name: str, plan: Path | None, rows: int, today: datetime | None
) -> None:
    """List who is a close contact of the cases, from the merged lists of the flight."""
    from hucheng.engines.manifests.cabins import cabins, cabins_of
    from hucheng.engines.manifests.contacts import Aboard, contacts_aboard
    from hucheng.engines.manifests.merge import merge as merge_readings
    from hucheng.engines.manifests.telling import contacts_text

    layouts = cabins_of(plan.read_text(encoding="utf-8-sig")) if plan else cabins()
    if name not in layouts:
        raise click.BadParameter(f"{', '.join(layouts)}", param_hint="--cabin")
    people = {one.number: one for one in merge_readings(_all(files, _day(today))).travellers}
    aboard = [Aboard(number, one.seat, one.pnr, one.kind == "crew") for number, one in people.items()]
    named = {key.upper() for key in cases}
    ill = [n for n, o in people.items() if {o.seat, o.document.number if o.document else ""} & named - {""}]
    known = {value for n in ill for value in (people[n].seat, getattr(people[n].document, "number", ""))}
    if missing := sorted(named - known):
        raise click.BadParameter(f"不在名单上 not on the list: {', '.join(missing)}", param_hint="--case")
    found = contacts_aboard(aboard, ill, cabin=layouts[name], reach=rows)
    click.echo(contacts_text(people, found))


def _day(today: datetime | None) -> date:
    return today.date() if today else date.today()  # noqa: DTZ011


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _mapping(maps: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Give the mapping of the pairs FIELD=HEADER, and the memory of the files of columns."""
    from hucheng.engines.manifests.mapping import remember

    mapping: dict[str, str] = {}
    memory: dict[str, str] = {}
    for given in maps:
        field, equals, header = given.partition("=")
        if equals:
            mapping[field] = header
            continue
        try:
            settled = json.loads(Path(given).read_text(encoding="utf-8"))
            memory = remember(memory, settled, settled)
        except (OSError, ValueError, AttributeError, TypeError) as unfit:
            raise click.BadParameter(f"{given}: {unfit}", param_hint="--map") from unfit
    return mapping, memory


def _read(file: Path, day: date, maps: Sequence[str]) -> Reading:
    from hucheng.engines.manifests.reading import read_manifest

    mapping, memory = _mapping(maps)
    try:
        return read_manifest(file.read_bytes(), name=file.name, today=day, mapping=mapping, memory=memory)
    except ManifestUnreadable as refused:
        _refuse(refused)


def _all(files: Sequence[Path], day: date) -> list[Reading]:
    from hucheng.engines.manifests.reading import read_messages

    try:
        return [one for file in files for one in read_messages(file.read_bytes(), name=file.name, today=day)]
    except ManifestUnreadable as refused:
        _refuse(refused)


def _refuse(refused: ManifestUnreadable) -> NoReturn:
    from hucheng.engines.manifests.telling import problem_text

    click.echo(problem_text(refused.problem), err=True)
    sys.exit(2)
