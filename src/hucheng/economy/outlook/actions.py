"""Setting the targets of a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.economy.indicators.models import Indicator
from hucheng.economy.outlook.models import Target, TargetVersion

KEEPERS = {Role.DEPARTMENT, Role.COMMAND_OFFICE}


@dataclass(frozen=True, slots=True)
class TargetIn:
    """One target: series, number, and how it is meant."""

    code: str
    value: Decimal
    relation: Target.Relation = Target.Relation.EXACTLY


@action(by=KEEPERS)
def adopt_targets(
    *,
    actor: Actor,
    year: int,
    state: TargetVersion.State,
    dated_on: date,
    ground: str,
    document: str = "",
    targets: Sequence[TargetIn],
    at: datetime,
) -> TargetVersion:
    """Record the targets of a year as the next version; the versions before stand as they were.

    Refuses: no target, an unknown series or one named twice, adopted targets without their document, no ground, a day
    to come, a version older than the last, and one that says the same as the last.
    """
    _check_words(state, dated_on, ground, document, at)
    series = _series(actor, targets)
    last = TargetVersion.objects.filter(place=actor.place, year=year).order_by("-number").first()
    if last:
        _check_order(last, state, dated_on, targets)
    version = TargetVersion.objects.create(
        place=actor.place,
        year=year,
        number=last.number + 1 if last else 1,
        state=state,
        dated_on=dated_on,
        ground=ground.strip()[:300],
        document=document.strip()[:200],
        recorded_at=at,
        recorded_by_id=actor.user_id,
    )
    Target.objects.bulk_create(
        Target(version=version, indicator=series[one.code], value=one.value, relation=one.relation) for one in targets
    )
    return version


def _check_words(state: TargetVersion.State, dated_on: date, ground: str, document: str, at: datetime) -> None:
    if dated_on > at.astimezone(SHANGHAI).date():
        raise Refusal(
            "targets_to_come", why=_("The date of these targets has not come yet."), do=_("Give the day they were set.")
        )
    if not ground.strip():
        raise Refusal(
            "targets_without_ground", why=_("The targets name no ground."), do=_("Say who set them, and by what.")
        )
    if state == TargetVersion.State.ADOPTED and not document.strip():
        raise Refusal(
            "adopted_without_document",
            why=_("Adopted targets name the document that adopted them."),
            do=_("Give the document, or record them as a draft."),
        )


def _series(actor: Actor, targets: Sequence[TargetIn]) -> dict[str, Indicator]:
    codes = [one.code for one in targets]
    if not codes or len(set(codes)) < len(codes):
        raise Refusal(
            "targets_unclear",
            why=_("There is no target, or a series has two."),
            do=_("Give one target for each series that has one."),
        )
    held = Indicator.objects.seen_by(actor).filter(place=actor.place, code__in=codes).select_for_update()
    series = {indicator.code: indicator for indicator in held}
    missing = [code for code in codes if code not in series]
    if missing:
        raise Refusal(
            "unknown_series",
            why=_("No series has this code: %(codes)s.") % {"codes": ", ".join(missing)},
            do=_("Take a code of the table of indicators."),
        )
    return series


def _check_order(last: TargetVersion, state: TargetVersion.State, dated_on: date, targets: Sequence[TargetIn]) -> None:
    if dated_on < last.dated_on:
        raise Refusal(
            "targets_older_than_known",
            why=_("A later version of these targets is known already."),
            do=_("Record versions in the order of their dates."),
        )
    before = {(t.indicator.code, t.value, t.relation) for t in last.targets.select_related("indicator")}
    now = {(one.code, one.value.quantize(Decimal("0.0001")), one.relation) for one in targets}
    if before == now and last.state == state:
        raise Refusal(
            "same_targets",
            why=_("The last version says the same."),
            do=_("Change a target, or leave the version as it is."),
        )
