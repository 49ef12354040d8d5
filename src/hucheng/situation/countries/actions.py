"""Taking a file of series in."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from hucheng.core.audit.action import action
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.situation.countries.models import SeriesFile, SeriesPoint
from hucheng.situation.countries.publication import refuse_publication
from hucheng.situation.countries.reading import PointRow, read_series

KEEPERS = {Role.DEPARTMENT, Role.COMMAND_OFFICE}


@action(by=KEEPERS)
def import_series(*, actor: Actor, name: str, data: bytes, source: str, published_on: date, at: datetime) -> SeriesFile:
    """Take in a table of countries and days. A value that differs from the one known becomes a new vintage.

    After it every row of the file is counted as new, revised, already here or faulty; the same file again adds nothing.
    Refuses a file that is no such table, one without a source, and a day of publication to come.
    """
    refuse_publication(source, published_on, at)
    rows, faults = read_series(data, published_on=published_on)
    points, same = _points(actor.place, rows)
    file = SeriesFile.objects.create(
        place=actor.place,
        name=name[-120:],
        digest=hashlib.sha256(data).hexdigest(),
        source=source.strip()[:120],
        published_on=published_on,
        received_at=at,
        received_by_id=actor.user_id,
        rows=len(rows) + len(faults),
        fresh=sum(point.vintage == 1 for point in points),
        revised=sum(point.vintage > 1 for point in points),
        same=same,
        faulty=len(faults),
        problems=[fault.as_dict() for fault in faults],
    )
    for point in points:
        point.file, point.published_on, point.received_at = file, published_on, at
    SeriesPoint.objects.bulk_create(points, batch_size=500)
    return file


def _points(place: str, rows: Sequence[PointRow]) -> tuple[list[SeriesPoint], int]:
    """The points that are new or differ, and how many rows are here already."""
    known = _last_vintages(place, rows)
    points, same = [], 0
    for row in rows:
        vintage, figures = known.get((row.country, row.day), (0, None))
        if figures == row.figures:
            same += 1
            continue
        known[row.country, row.day] = (vintage + 1, row.figures)
        points.append(
            SeriesPoint(
                place=place,
                country=row.country,
                day=row.day,
                vintage=vintage + 1,
                confirmed=row.confirmed,
                deaths=row.deaths,
                recovered=row.recovered,
            )
        )
    return points, same


def _last_vintages(place: str, rows: Sequence[PointRow]) -> dict[tuple[str, date], tuple[int, tuple[int | None, ...]]]:
    if not rows:
        return {}
    days = [row.day for row in rows]
    found = SeriesPoint.objects.filter(
        place=place, country__in={row.country for row in rows}, day__gte=min(days), day__lte=max(days)
    )
    values = found.order_by("vintage").values_list("country", "day", "vintage", "confirmed", "deaths", "recovered")
    return {(country, day): (vintage, tuple(figures)) for country, day, vintage, *figures in values}
