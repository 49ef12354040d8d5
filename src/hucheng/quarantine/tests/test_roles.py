"""Who may do what in quarantine, said once more beside the code: every other role is refused and leaves a line."""

import importlib
from pathlib import Path

import pytest

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, after, an_actor

WING = Path(__file__).parents[1]
R = Role
KEEPERS = {R.QUARANTINE, R.COMMAND_OFFICE}
ESCORTS = {R.QUARANTINE, R.ENTRY}
TAKERS = {R.LABORATORY, R.MEDICAL, R.QUARANTINE, R.HOUSE}
LABORATORY = {R.LABORATORY, R.MEDICAL}
CARERS = {R.HOUSE, R.QUARANTINE, R.MEDICAL, R.ENTRY}
MAY = {
    "appeals.appeal": {R.TRAVELLER, R.HOUSE, R.MEDICAL, R.QUARANTINE, R.ENTRY},
    "appeals.decide": {R.COMMAND_OFFICE, R.LEADING_GROUP, R.MEDICAL},
    "care.ask_care": CARERS | {R.TRAVELLER},
    "care.flag_emergency": CARERS | {R.TRAVELLER},
    "care.settle_care": CARERS,
    "checks.record_checks": {R.HOUSE, R.QUARANTINE, R.MEDICAL, R.TRAVELLER},
    "fleet.add_shift": ESCORTS,
    "fleet.add_vehicle": ESCORTS,
    "fleet.disinfect_vehicle": ESCORTS,
    "fleet.known_driver": ESCORTS,
    "laboratory.receive_results": LABORATORY,
    "laboratory.receive_rows": LABORATORY,
    "laboratory.send_samples": TAKERS,
    "laboratory.set_aside": LABORATORY,
    "laboratory.settle_row": LABORATORY,
    "laboratory.take_samples": TAKERS,
    "laboratory.tell_positive": TAKERS,
    "lodging.admit": {R.QUARANTINE, R.HOUSE},
    "lodging.assign_flight": {R.QUARANTINE},
    "lodging.close_floor": {R.QUARANTINE},
    "lodging.disinfect": {R.QUARANTINE, R.HOUSE},
    "lodging.move_room": {R.QUARANTINE},
    "lodging.reopen_floor": {R.QUARANTINE},
    "release.record_call": {R.COUNTY, R.QUARANTINE},
    "release.release": {R.QUARANTINE},
    "release.release_all": {R.QUARANTINE},
    "requisition.activate": KEEPERS,
    "requisition.check_certificate": KEEPERS,
    "requisition.file_certificate": KEEPERS,
    "requisition.give_back": KEEPERS,
    "requisition.order_requisition": KEEPERS,
    "requisition.record_numbers": KEEPERS,
    "requisition.record_owner": KEEPERS,
    "transport.accept": {R.HOUSE, R.QUARANTINE, R.MEDICAL},
    "transport.arrive": ESCORTS | {R.MEDICAL},
    "transport.board": ESCORTS,
    "transport.bring_back": ESCORTS,
    "transport.call_off": ESCORTS,
    "transport.declare_emergency": ESCORTS | {R.MEDICAL},
    "transport.depart": ESCORTS,
    "transport.plan_trips": ESCORTS,
    "transport.publish_trips": ESCORTS,
    "transport.send_emergency": ESCORTS | {R.MEDICAL, R.HOUSE},
    "transport.turn_away": {R.HOUSE, R.QUARANTINE, R.MEDICAL},
}


def actions_of_the_wing() -> dict[str, object]:
    found = {}
    for path in sorted(WING.glob("*/actions.py")):
        room = path.parent.name
        module = importlib.import_module(f"hucheng.quarantine.{room}.actions")
        for name, act in vars(module).items():
            if getattr(act, "is_action", False) and act.__module__ == module.__name__:
                found[f"{room}.{name}"] = act
    return found


ACTIONS = actions_of_the_wing()


def test_every_act_of_the_wing_stands_in_the_table_and_no_other():
    assert set(ACTIONS) == set(MAY)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(MAY))
def test_whoever_is_not_named_is_refused_before_anything_is_asked(name):
    others = set(Role) - MAY[name] - {Role.SYSTEM}
    for role in sorted(others):
        actor = an_actor(role, CITY, "U1" if role in UNIT_ROLES else "")
        with pytest.raises(Refusal) as no:
            ACTIONS[name](actor=actor, at=after(0))
        assert no.value.code == "role_may_not", role
    lines = AuditLine.objects.filter(act=f"quarantine.{name}", refused="role_may_not")
    assert set(lines.values_list("role", flat=True)) == others


@pytest.mark.parametrize("name", sorted(MAY))
def test_whoever_is_named_may(name):
    assert set(ACTIONS[name].by) == MAY[name] | {Role.SYSTEM}
