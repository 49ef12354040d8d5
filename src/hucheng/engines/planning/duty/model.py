"""The duty problem for CP-SAT: one boolean a leader, day and post; rules behind switches explain a conflict."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from hucheng.engines.planning.conflicts import Switches
from hucheng.engines.planning.duty.instance import DutyInstance

Bool = cp_model.IntVar


@dataclass(slots=True)
class DutyModel:
    """The model, its booleans by (leader, day), and the switches where rules can be switched off."""

    cp: cp_model.CpModel
    chief: dict[tuple[int, int], Bool] = field(default_factory=dict)
    deputy: dict[tuple[int, int], Bool] = field(default_factory=dict)
    switches: Switches | None = None


def build(instance: DutyInstance, *, switched: bool = False) -> DutyModel:
    """Give the model with every rule; `switched` lets rules be switched off."""
    cp = cp_model.CpModel()
    model = DutyModel(cp, switches=Switches(cp) if switched else None)
    _posts(instance, model)
    _away(instance, model)
    _gaps(instance, model)
    _portfolios(instance, model)
    return model


def minimise(instance: DutyInstance, model: DutyModel) -> None:
    """Add the cost: spread of duties, spread of holiday duties, duties on days to avoid."""
    people, days = range(len(instance.leaders)), range(instance.days)
    duties = [sum(_serves(model, who, day) for day in days) for who in people]
    holidays = [sum(_serves(model, who, day) for day in sorted(instance.holidays)) for who in people]
    avoided = sum(_serves(model, who, day) for who in people for day in sorted(instance.leaders[who].avoid))
    model.cp.minimize(
        instance.w_spread * _spread(model, duties, instance.days)
        + instance.w_holiday * _spread(model, holidays, instance.days)
        + instance.w_avoid * avoided
    )


def _posts(instance: DutyInstance, model: DutyModel) -> None:
    people = range(len(instance.leaders))
    for day in range(instance.days):
        for who in people:
            model.chief[who, day] = model.cp.new_bool_var("")
            model.deputy[who, day] = model.cp.new_bool_var("")
            if not instance.leaders[who].chief:
                _under(model, "chief_rank", model.cp.add(model.chief[who, day] == 0))
        model.cp.add_exactly_one(model.chief[who, day] for who in people)
        model.cp.add_exactly_one(model.deputy[who, day] for who in people)


def _away(instance: DutyInstance, model: DutyModel) -> None:
    for who, leader in enumerate(instance.leaders):
        for day in sorted(leader.away):
            _under(model, "away", model.cp.add(_serves(model, who, day) == 0))


def _gaps(instance: DutyInstance, model: DutyModel) -> None:
    """At most one duty in any `min_gap` days in a row; never both posts of a day."""
    for who in range(len(instance.leaders)):
        for day in range(instance.days):
            model.cp.add_at_most_one(model.chief[who, day], model.deputy[who, day])
            window = range(day, min(instance.days, day + instance.min_gap))
            if len(window) > 1:
                _under(model, "min_gap", model.cp.add(sum(_serves(model, who, d) for d in window) <= 1))


def _portfolios(instance: DutyInstance, model: DutyModel) -> None:
    held: dict[str, list[int]] = {}
    for who, leader in enumerate(instance.leaders):
        held.setdefault(leader.portfolio, []).append(who)
    for people in (group for group in held.values() if len(group) > 1):
        for day in range(instance.days):
            _under(model, "two_portfolios", model.cp.add(sum(_serves(model, who, day) for who in people) <= 1))


def _serves(model: DutyModel, who: int, day: int) -> cp_model.LinearExpr:
    expression: cp_model.LinearExpr = model.chief[who, day] + model.deputy[who, day]
    return expression


def _spread(model: DutyModel, counts: Sequence[cp_model.LinearExpr | int], most: int) -> cp_model.LinearExpr:
    highest, lowest = model.cp.new_int_var(0, most, ""), model.cp.new_int_var(0, most, "")
    for count in counts:
        model.cp.add(highest >= count)
        model.cp.add(lowest <= count)
    difference: cp_model.LinearExpr = highest - lowest
    return difference


def _under(model: DutyModel, rule: str, constraint: cp_model.Constraint) -> None:
    if model.switches:
        model.switches.hold(rule, constraint)
