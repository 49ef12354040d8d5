"""Measures for programs that show or report them."""

from datetime import datetime

from ninja import Router, Schema

from hucheng.command.measures.queries import lines
from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.measures import MEASURES
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role

router = Router(tags=["measures"])
READERS = {Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY}


class MeasureOut(Schema):
    """One measure now. A null value is blind: it cannot be read, and never counts as met."""

    id: str
    name_zh: str
    name_en: str
    unit: str
    value: float | None
    target: float | None
    standing: str
    as_of: datetime | None


@router.get("/measures", response={200: list[MeasureOut], 409: RefusalOut})
def get_measures(request: Request) -> list[MeasureOut]:
    """Every measure of the catalogue as it stands now."""
    check_role(request.actor, READERS)
    return [
        MeasureOut(
            id=line.measure.id,
            name_zh=line.measure.name_zh,
            name_en=line.measure.name_en,
            unit=line.measure.unit,
            value=line.reading.value if line.reading else None,
            target=line.measure.target,
            standing=line.standing.name.lower(),
            as_of=line.reading.as_of if line.reading else None,
        )
        for line in lines(request.actor, MEASURES, clock.now())
    ]
