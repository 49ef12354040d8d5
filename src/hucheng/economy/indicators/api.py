"""Series, values as known on a day, and targets, for programs."""

from datetime import date
from decimal import Decimal

from ninja import Router, Schema

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.economy.indicators.actions import publish
from hucheng.economy.indicators.periods import label
from hucheng.economy.indicators.queries import known_on, series_seen_by
from hucheng.economy.indicators.vintages import ValueIn
from hucheng.economy.outlook.queries import in_force, versions_of

router = Router(tags=["economy"])
READERS = {Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.DEPARTMENT}


class ValueOut(Schema):
    """One period as it was known: its last vintage, how often it had been revised."""

    period: str
    value: Decimal
    published_on: date
    revision: int


class IndicatorOut(Schema):
    """One series with what was known of it."""

    code: str
    area: str
    name_zh: str
    name_en: str
    unit: str
    kind: str
    source: str
    values: list[ValueOut]


class ValueBody(Schema):
    """One value to publish."""

    code: str
    period: str
    value: Decimal
    published_on: date
    reason: str = ""
    source: str = ""


class PublishedOut(Schema):
    """How many of the values sent are new; the others were known."""

    new: int
    known: int


class TargetOut(Schema):
    """One target of a year."""

    code: str
    value: Decimal
    relation: str


class TargetsOut(Schema):
    """One version of a year's targets; `counts` marks the one in force."""

    year: int
    number: int
    state: str
    dated_on: date
    ground: str
    document: str
    counts: bool
    targets: list[TargetOut]


@router.get("/indicators", response={200: list[IndicatorOut], 409: RefusalOut})
def get_indicators(request: Request, known: date | None = None) -> list[IndicatorOut]:
    """Every series with its periods as they were known on a day (today, if none is given)."""
    check_role(request.actor, READERS)
    series = series_seen_by(request.actor)
    lines = known_on(request.actor, known or clock.today(), series)
    return [
        IndicatorOut(
            code=one.code,
            area=one.area,
            name_zh=one.name_zh,
            name_en=one.name_en,
            unit=one.unit,
            kind=one.kind,
            source=one.source,
            values=[
                ValueOut(
                    period=label(line.vintage.period, one.period),
                    value=line.vintage.value,
                    published_on=line.vintage.published_on,
                    revision=line.vintage.revision,
                )
                for line in lines[one.pk]
            ],
        )
        for one in series
    ]


@router.post("/indicators/values", response={200: PublishedOut, 409: RefusalOut})
def post_values(request: Request, values: list[ValueBody]) -> PublishedOut:
    """Publish values, all or none; those known already add nothing."""
    made = publish(actor=request.actor, values=[ValueIn(**one.dict()) for one in values], at=clock.now())
    return PublishedOut(new=len(made), known=len(values) - len(made))


@router.get("/targets", response={200: list[TargetsOut], 409: RefusalOut})
def get_targets(request: Request, year: int, known: date | None = None) -> list[TargetsOut]:
    """The versions of a year's targets dated by a day (today, if none is given)."""
    check_role(request.actor, READERS)
    versions = versions_of(request.actor, year, known or clock.today())
    counting = in_force(versions)
    return [
        TargetsOut(
            year=one.year,
            number=one.number,
            state=one.state,
            dated_on=one.dated_on,
            ground=one.ground,
            document=one.document,
            counts=one == counting,
            targets=[TargetOut(code=t.indicator.code, value=t.value, relation=t.relation) for t in one.targets.all()],
        )
        for one in versions
    ]
