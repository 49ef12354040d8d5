"""Opening series, publishing values, taking in files of values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.economy.indicators.models import Indicator, Upload, Vintage
from hucheng.economy.indicators.problems import PROBLEMS
from hucheng.economy.indicators.sheets import SheetRow, read_values
from hucheng.economy.indicators.vintages import Judged, ValueIn, judge

KEEPERS = {Role.DEPARTMENT, Role.COMMAND_OFFICE}
CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
FIELD_OF = {
    "unknown_series": "code",
    "no_such_period": "period",
    "too_large": "value",
    "impossible_value": "value",
    "two_values_a_day": "value",
    "no_reason": "reason",
}


@action(by=KEEPERS)
def open_series(*, actor: Actor, rows: Iterable[Mapping[str, str]], at: datetime) -> int:
    """Open the series of a table at the actor's place; a code that is open already stays as it is, and of
    two rows with one code the first counts. Gives how many.

    Refuses the whole table for a row without names, source or a plain code, and for words that its columns do not know.
    """
    rows = list(rows)
    for row in rows:
        _check_series(row)
    open_now = set(Indicator.objects.filter(place=actor.place).values_list("code", flat=True))
    fresh = [
        Indicator(
            place=actor.place,
            area=row["area"],
            code=code,
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            unit=row["unit"],
            period=row["period"],
            kind=row["kind"],
            better=row["better"],
            due_days=int(row["due_days"]) if row["due_days"] else None,
            source=row["source"],
            opened_at=at,
        )
        for code, row in {row["code"]: row for row in reversed(rows)}.items()
        if code not in open_now
    ]
    Indicator.objects.bulk_create(fresh)
    return len(fresh)


@action(by=KEEPERS)
def publish(*, actor: Actor, values: Sequence[ValueIn], at: datetime) -> list[Vintage]:
    """Record values as published, each as a new vintage of its period; those known already add nothing.

    Refuses the whole list at the first value that cannot stand: an unknown series or period, a day to come, a revision
    without a reason or older than what is known.
    """
    judged = _judged(actor, values, at)
    if judged.wrong:
        place = min(judged.wrong)
        code = judged.wrong[place]
        why, do = PROBLEMS[code]
        if len(values) > 1:
            why = _("%(series)s %(period)s: %(why)s") % {  # type: ignore[assignment]
                "series": values[place].code,
                "period": values[place].period,
                "why": why,
            }
        raise Refusal(code, why=why, do=do)
    return _keep(actor, judged, at)


@action(by=KEEPERS)
def receive_values(*, actor: Actor, name: str, data: bytes, at: datetime) -> Upload:
    """Take the values of one file: right rows become vintages, wrong ones are listed with line, field and remedy.

    The same file again adds nothing. Refuses a file that holds no table of values.
    """
    rows = read_values(data)
    readable = [row for row in rows if row.value]
    judged = _judged(actor, [row.value for row in readable if row.value], at)
    wrong = [row for row in rows if not row.value]
    problems = [_problem(row, row.problem, row.field) for row in wrong]
    problems += [
        _problem(readable[place], code, FIELD_OF.get(code, "published_on")) for place, code in judged.wrong.items()
    ]
    made = _keep(actor, judged, at)
    return Upload.objects.create(
        place=actor.place,
        name=name[:200],
        received_at=at,
        received_by_id=actor.user_id,
        rows=len(rows),
        new=len(made),
        same=judged.same,
        wrong=len(problems),
        problems=sorted(problems, key=lambda one: int(str(one["line"]))),
    )


def _check_series(row: Mapping[str, str]) -> None:
    known = {
        "unit": Indicator.Unit,
        "period": Indicator.Period,
        "kind": Indicator.Kind,
        "better": Indicator.Better,
    }
    whole = all(row[name].strip() for name in ("name_zh", "name_en", "source")) and CODE.fullmatch(row["code"])
    said = all(row[name] in words for name, words in known.items())
    if not (whole and said and re.fullmatch(r"\d{6}", row["area"]) and re.fullmatch(r"\d{0,3}", row["due_days"])):
        raise Refusal(
            "series_unclear",
            why=_("A series needs a code, names in both languages, a source, and words that its columns know."),
            do=_("Write the code in small letters, digits and dashes, and fill in the rest."),
        )


def _judged(actor: Actor, values: Sequence[ValueIn], at: datetime) -> Judged:
    """Judge values against what is known, holding the series so that two hands do not make the same revision."""
    codes = {one.code for one in values}
    held = Indicator.objects.seen_by(actor).filter(place=actor.place, code__in=codes).select_for_update()
    series = {indicator.code: indicator for indicator in held}
    known = Vintage.objects.filter(indicator__in=series.values()).order_by("period", "revision")
    return judge(values, series, known, at.astimezone(SHANGHAI).date())


def _keep(actor: Actor, judged: Judged, at: datetime) -> list[Vintage]:
    for vintage in judged.new:
        vintage.recorded_at, vintage.recorded_by_id = at, actor.user_id
    return Vintage.objects.bulk_create(judged.new)


def _problem(row: SheetRow, code: str, field: str) -> dict[str, object]:
    return {"line": row.line, "field": field, "problem": code, "cells": row.cells}
