"""Loads the divisions and organisations of a city."""

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, connection, transaction

from hucheng.core import clock
from hucheng.core.places.actions import load_organisations, load_places, shipped
from hucheng.core.scope.actor import SYSTEM


class Command(BaseCommand):
    """`hucheng manage load_city [--places CSV] [--organisations CSV]`."""

    help = "装载行政区划与组织机构，可重复执行 · Load divisions and organisations; safe to run again"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the tables of another city."""
        parser.add_argument("--places", type=Path, help="行政区划 CSV，默认太原 · divisions, Taiyuan by default")
        parser.add_argument("--organisations", type=Path, help="组织机构 CSV · organisations")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load both tables, or neither."""
        places = _rows(options["places"], "places.csv")
        organisations = _rows(options["organisations"], "organisations.csv")
        now = clock.now()
        try:
            with transaction.atomic():
                loaded = load_places(actor=SYSTEM, rows=places, at=now)
                bodies = load_organisations(actor=SYSTEM, rows=organisations, at=now)
                connection.check_constraints()
        except (KeyError, ValueError, IntegrityError) as wrong:
            raise CommandError(
                f"表格缺列、数值有误或上级不存在：{wrong} · "
                f"a column, a value or a parent is missing or wrong: {wrong}; see core/places/data for the columns"
            ) from wrong
        self.stdout.write(f"{loaded} 个区划 divisions, {bodies} 个机构 organisations")


def _rows(path: Path | None, name: str) -> list[dict[str, str]]:
    if path is None:
        return shipped(name)
    try:
        with path.open(encoding="utf-8-sig", newline="") as table:
            return list(csv.DictReader(table))
    except (OSError, UnicodeDecodeError) as wrong:
        raise CommandError(f"无法读取 · cannot be read: {path} ({wrong})") from wrong
