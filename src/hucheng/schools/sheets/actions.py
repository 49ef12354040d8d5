"""Taking a list in: good rows at once, the others on the receipt with what to mend."""

import hashlib
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import counties_of
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.schools.readiness.actions import declare, register_schools
from hucheng.schools.readiness.models import ReadinessItem, School
from hucheng.schools.readiness.rules import (
    Fault,
    SchoolIn,
    Statement,
    fault_of_county,
    fault_of_school,
    fault_of_statement,
    must_have_a_line,
)
from hucheng.schools.sheets.columns import COLUMNS
from hucheng.schools.sheets.models import SheetReceipt
from hucheng.schools.sheets.reading import NO_ROWS, RowFault, SheetRow, rows_of, school_of, statement_of

SENDERS = {Role.SCHOOL, Role.COUNTY, Role.DEPARTMENT}
LANGUAGES = {"zh-hans": "zh", "en": "en"}
K = TypeVar("K")
V = TypeVar("V")
Counts = dict[str, int]
Faults = list[dict[str, Any]]


@action(by=SENDERS)
def receive_sheet(*, actor: Actor, kind: SheetReceipt.Kind, name: str, data: bytes, at: datetime) -> SheetReceipt:
    """Take a list of schools or of statements in. What is right gets in, the rest stands on the receipt by line.

    The same list again adds nothing. Refuses a file that is no list, and a list of schools from a school.
    """
    _line, by_id = must_have_a_line(actor)
    if kind == SheetReceipt.Kind.SCHOOLS and actor.role == Role.SCHOOL:
        raise Refusal(
            "schools_by_others",
            why=_("Schools are entered by the county or the education department."),
            do=_("Send the list of your items instead."),
        )
    rows = [row for row in rows_of(data, COLUMNS[kind]) if row.says_something]
    if not rows:
        raise NO_ROWS
    take = _take_schools if kind == SheetReceipt.Kind.SCHOOLS else _take_items
    counts, faults = take(actor, rows, at)
    return SheetReceipt.objects.create(
        place=actor.place,
        unit=actor.unit if actor.bound_to_unit else "",
        kind=kind,
        name=name[:200] or "-",
        sha256=hashlib.sha256(data).hexdigest(),
        rows=len(rows),
        to_mend=len(faults),
        faults=faults,
        at=at,
        by_id=by_id,
        **counts,
    )


def _take_schools(actor: Actor, rows: list[SheetRow], at: datetime) -> tuple[Counts, Faults]:
    counties = {place.code for place in counties_of(actor.place)}

    def read(row: SheetRow) -> tuple[str, SchoolIn]:
        one = school_of(row)
        _clear(fault_of_school(actor, one) or fault_of_county(one, counties))
        return one.code, one

    good, faults = _sort(rows, read)
    done = register_schools(actor=actor, schools=list(good.values()), at=at)
    return {"new": done.new, "changed": done.changed, "known": done.known}, faults


def _take_items(actor: Actor, rows: list[SheetRow], at: datetime) -> tuple[Counts, Faults]:
    today = at.astimezone(SHANGHAI).date()
    schools = {school.code: school for school in School.objects.seen_by(actor)}

    def read(row: SheetRow) -> tuple[tuple[str, int], Statement]:
        code, one = statement_of(row, today)
        if code not in schools:
            why = _("No school of this code is yours: %(code)s.") % {"code": code}
            raise RowFault(Fault("unknown_school", "code", why, _("Enter the school first, or mend the code.")))
        _clear(fault_of_statement(one, today))
        return (code, one.number), one

    good, faults = _sort(rows, read)
    return _declare(actor, schools, good, at), faults


def _declare(actor: Actor, schools: dict[str, School], good: dict[tuple[str, int], Statement], at: datetime) -> Counts:
    by_school: dict[str, list[Statement]] = {}
    for (code, _number), one in sorted(good.items()):
        by_school.setdefault(code, []).append(one)
    ids = [schools[code].pk for code in by_school]
    stated = set(
        ReadinessItem.objects.filter(school__in=ids, declared__isnull=False).values_list("school__code", "number")
    )
    made = [
        (code, check.item.number)
        for code, statements in by_school.items()
        for check in declare(actor=actor, school_id=schools[code].pk, statements=statements, at=at)
    ]
    changed = len(stated.intersection(made))
    return {"new": len(made) - changed, "changed": changed, "known": len(good) - len(made)}


def _sort(rows: list[SheetRow], read: Callable[[SheetRow], tuple[K, V]]) -> tuple[dict[K, V], Faults]:
    """What the good rows give by key, and the faults of the others in both languages."""
    good: dict[K, V] = {}
    faults = []
    for row in rows:
        said: dict[str, Fault] = {}
        for language in LANGUAGES:
            with override(language):
                try:
                    key, value = read(row)
                    _once(key, good)
                except RowFault as no:
                    said[language] = Fault(no.fault.code, no.fault.field, str(no.fault.why), str(no.fault.do))
        if said:
            faults.append(_on_receipt(row, said))
        else:
            good[key] = value
    return good, faults


def _on_receipt(row: SheetRow, said: dict[str, Fault]) -> dict[str, Any]:
    fault = said["en"]
    return {
        "line": row.line,
        "field": fault.field,
        "code": fault.code,
        "value": row.cells.get(fault.field, "")[:200],
        "why": {LANGUAGES[language]: fault.why for language, fault in said.items()},
        "do": {LANGUAGES[language]: fault.do for language, fault in said.items()},
        "cells": row.cells,
    }


def _clear(fault: Fault | None) -> None:
    if fault:
        raise RowFault(fault)


def _once(key: object, good: Collection[object]) -> None:
    if key in good:
        raise RowFault(
            Fault("twice", "code", _("This stands in the list twice."), _("Keep the row that is right and send it."))
        )
