"""A boarding pass to the text of its bar code (IATA Resolution 792): for tests, exercises and printed replacements."""

from hucheng.engines.manifests.bcbp_items import HEAD, LEG, REPEATED, UNIQUE, BoardingPass, PassLeg, joined

MOST = 255  # two hexadecimal figures


def write_bcbp(given: BoardingPass) -> str:
    """Write one bar code.

    gives   the text, in ASCII, with every item that the pass has; the year of a day is not written
    raises  ValueError for no leg or more than nine, letters outside ASCII, or an item too long for its place

    Names of more than 20 characters are cut, as the resolution asks.
    """
    if not 1 <= len(given.legs) <= 9:
        raise ValueError(f"a pass has one to nine legs, got {len(given.legs)}")
    name = f"{given.surname}/{given.given}" if given.given else given.surname
    head = ("M", str(len(given.legs)), name[:20], "E" if given.electronic else "")
    legs = [_leg(leg, _unique(given) if number == 0 else "") for number, leg in enumerate(given.legs)]
    text = joined(head, HEAD) + "".join(legs) + _signature(given)
    if not text.isascii():
        raise ValueError("a bar code holds ASCII letters only; write the name as on the ticket")
    return text


def _leg(leg: PassLeg, unique: str) -> str:
    number = leg.flight.removeprefix(leg.carrier)
    figures = number.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    suffix = number[len(figures) :]
    flight = figures.zfill(4) + suffix if number else ""
    seat = leg.seat.zfill(4) if leg.seat_given else leg.seat
    day = f"{leg.day:%j}" if leg.day else ""
    conditional = unique + _repeated(leg)
    if len(conditional) > MOST:
        raise ValueError(f"the conditional items of a leg have {MOST} characters, these have {len(conditional)}")
    items = (leg.pnr, leg.origin, leg.destination, leg.carrier, flight, day, leg.compartment, seat, leg.sequence)
    return joined((*items, leg.status, f"{len(conditional):02X}"), LEG) + conditional


def _unique(given: BoardingPass) -> str:
    if not given.version:
        return ""
    issued = f"{given.issued:%Y%j}"[3:] if given.issued else ""
    said = (given.description, given.checked_in_at, given.issued_at, issued, given.document_type, given.issuer)
    items = joined((*said, *given.bag_tags[:3]), UNIQUE)
    return f">{given.version}{len(items):02X}{items}"


def _repeated(leg: PassLeg) -> str:
    values = [getattr(leg, name) for name, _width in REPEATED]
    if not any(values) and not leg.airline_use:
        return ""
    items = joined(values, REPEATED)
    return f"{len(items):02X}{items}{leg.airline_use}"


def _signature(given: BoardingPass) -> str:
    if not given.security_kind:
        return ""
    return f"^{given.security_kind}{len(given.security):02X}{given.security}"
