"""What entry offers the other wings."""

from hucheng.entry.clearance.actions import clear, confirm_places, depart, revoke
from hucheng.entry.clearance.checking import signed_release
from hucheng.entry.clearance.models import Pass
from hucheng.entry.contacts.models import CloseContact
from hucheng.entry.declarations.actions import DeclarationForm, declare
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.declarations.symptoms import SYMPTOMS
from hucheng.entry.flights.actions import announce_flight, change_flight, held, land, let_out, move, send_back
from hucheng.entry.flights.models import IN_HAND, Arrival, Flight, Whereabouts
from hucheng.entry.flights.queries import (
    ArrivalCard,
    Coming,
    Unjudged,
    Waiting,
    cards,
    coming_flights,
    landed_lately,
    still_open,
    waiting_for_room,
)
from hucheng.entry.handover.actions import answer_handover, send_handover
from hucheng.entry.handover.models import Handover
from hucheng.entry.manifests.actions import receive_manifest
from hucheng.entry.triage.actions import (
    FactIn,
    bring_rules_into_force,
    issue_city_order,
    record_facts,
    triage,
    triage_flight,
)
from hucheng.entry.triage.models import Fact
from hucheng.entry.triage.queries import judged_since, rules_since

__all__ = [
    "IN_HAND",
    "SYMPTOMS",
    "Arrival",
    "ArrivalCard",
    "CloseContact",
    "Coming",
    "Declaration",
    "DeclarationForm",
    "Fact",
    "FactIn",
    "Flight",
    "Handover",
    "Pass",
    "Unjudged",
    "Waiting",
    "Whereabouts",
    "announce_flight",
    "answer_handover",
    "bring_rules_into_force",
    "cards",
    "change_flight",
    "clear",
    "coming_flights",
    "confirm_places",
    "declare",
    "depart",
    "held",
    "issue_city_order",
    "judged_since",
    "land",
    "landed_lately",
    "let_out",
    "move",
    "receive_manifest",
    "record_facts",
    "revoke",
    "rules_since",
    "send_back",
    "send_handover",
    "signed_release",
    "still_open",
    "triage",
    "triage_flight",
    "waiting_for_room",
]
