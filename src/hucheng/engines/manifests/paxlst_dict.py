"""A reading as a plain dictionary, in the layout of the reference messages."""

from typing import Any

from hucheng.engines.manifests.records import Document, Leg, Problem, Reading, Traveller

OPTIONAL = (
    "name_zh",
    "resident_id",
    "clearance_port",
    "embark",
    "debark",
    "residence",
    "birth_place",
    "nationality",
    "pnr",
    "seat",
    "phone",
)
ENVELOPE = ("sender", "recipient", "interchange_ref", "prepared", "message_ref", "type", "release", "contact",
            "contact_phone")  # fmt: skip


def paxlst_dict(reading: Reading) -> dict[str, Any]:
    """Give errors, legs, persons and envelope; what the list does not say has no key."""
    return {
        "errors": [_error(problem) for problem in reading.problems],
        "legs": [leg_dict(leg) for leg in reading.legs],
        "persons": [person_dict(traveller) for traveller in reading.travellers],
        **{key: reading.meta.get(key, "") for key in ENVELOPE},
        "list": reading.list_kind,
        "control_total": reading.control_total,
    }


def _error(problem: Problem) -> dict[str, Any]:
    facts: dict[str, Any] = {name: list(fact) if isinstance(fact, tuple) else fact for name, fact in problem.facts}
    counted = "declared" in facts or not problem.value
    return {"code": problem.code, **facts} | ({} if counted else {"value": problem.value})


def leg_dict(leg: Leg) -> dict[str, Any]:
    """Give one leg with its ports."""
    ports = []
    for port in leg.ports:
        shown: dict[str, Any] = {"qualifier": port.qualifier, "port": port.port}
        if port.scheduled:
            shown["scheduled_local"] = port.scheduled.isoformat(timespec="minutes")
        ports.append(shown)
    return {"flight": leg.flight, "ports": ports}


def _kind(traveller: Traveller) -> str:
    if traveller.kind == "crew" and traveller.in_transit:
        return "in_transit_crew"
    return "in_transit_passenger" if traveller.kind == "transit" else traveller.kind


def person_dict(traveller: Traveller) -> dict[str, Any]:
    """Give one person; what the list does not say has no key."""
    shown: dict[str, Any] = {
        "kind": _kind(traveller),
        "surname": traveller.surname or None,
        "given": traveller.given or None,
        "second": traveller.second or None,
        "birth": traveller.birth.isoformat() if traveller.birth else None,
    }
    shown |= {name: getattr(traveller, name) for name in ("sex", *OPTIONAL) if getattr(traveller, name)}
    shown |= {name: getattr(traveller, name) for name in ("bags", "verified") if getattr(traveller, name) is not None}
    if traveller.address:
        shown["address"] = [part or None for part in traveller.address]
    if traveller.document:
        shown["document"] = _document(traveller.document)
    if traveller.other_documents:
        shown["other_documents"] = [_document(document) for document in traveller.other_documents]
    return shown


def _document(document: Document) -> dict[str, str]:
    expiry = document.expiry.isoformat() if document.expiry else ""
    shown = {"type": document.type, "number": document.number, "expiry": expiry, "issuer": document.issuer}
    return {name: value for name, value in shown.items() if value}
