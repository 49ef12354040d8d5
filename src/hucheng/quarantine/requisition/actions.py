"""Taking houses, checking their papers, opening them, giving them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.engines.papers.official import DocumentNumber
from hucheng.engines.papers.official.schema import UNPRINTABLE
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.requisition.models import Certificate, House

KEEPERS = {Role.QUARANTINE, Role.COMMAND_OFFICE}


@dataclass(frozen=True, slots=True)
class RoomSpec:
    """A room as it stands in the house."""

    floor: int
    number: str
    beds: int
    accessible: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose house it is and where it stands; contact and phone may come later."""

    name: str
    address: str
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the two papers of a house are numbered, and whom the owner may ask; each may be empty."""

    order: str = ""
    notice: str = ""
    enquiries_to: str = ""
    enquiries_phone: str = ""


@dataclass(frozen=True, slots=True)
class HouseSpec:
    """A house as it is taken over; the owner may be put on record later, before the order is written."""

    code: str
    place: str
    name_zh: str
    name_en: str
    minutes_to_hospital: int
    halal: bool
    rooms: Sequence[RoomSpec]
    owner: Owner | None = None


@action(by=KEEPERS)
def order_requisition(*, actor: Actor, house: HouseSpec, at: datetime) -> House:
    """Order a house with its rooms. It takes nobody in before it is activated.

    Refuses a code that is in use and a house without rooms.
    """
    if not actor.sees_place(house.place):
        raise Http404
    if House.objects.filter(code=house.code).exists():
        raise Refusal("house_known", why=_("A house of this code exists."), do=_("Open it in the list of houses."))
    if not house.rooms:
        raise Refusal("no_rooms", why=_("The house has no rooms."), do=_("Add its rooms, floor by floor."))
    ordered = House.objects.create(
        code=house.code,
        place=house.place,
        name_zh=house.name_zh,
        name_en=house.name_en,
        minutes_to_hospital=house.minutes_to_hospital,
        halal=house.halal,
        ordered_at=at,
    )
    Room.objects.bulk_create(
        Room(house=ordered, place=house.place, floor=r.floor, number=r.number, beds=r.beds, accessible=r.accessible)
        for r in house.rooms
    )
    return _put_owner(ordered, house.owner) if house.owner else ordered


@action(by=KEEPERS)
def record_owner(*, actor: Actor, house_id: UUID, owner: Owner, at: datetime) -> House:
    """Put the owner and the address of a house on record, or correct them; after its return too.

    Refuses an owner without name or address, and signs that no paper can print.
    """
    return _put_owner(_house(actor, house_id), owner)


@action(by=KEEPERS)
def record_numbers(*, actor: Actor, house_id: UUID, numbers: Numbers, at: datetime) -> House:
    """Put on record how the papers of a house are numbered and whom the owner may ask, or correct it.

    Refuses what is no document number, one that another paper of a house has, a number for the notice of a house that
    is not given back, and a person to ask without a phone or the other way round.
    """
    house = _house(actor, house_id)
    house.order_number, house.return_number = _number(numbers.order), _number(numbers.notice)
    if house.return_number and house.returned_at is None:
        raise Refusal(
            "not_given_back",
            why=_("There is no notice of return yet: the house is kept."),
            do=_("Give the house back first, then number the notice."),
        )
    _need_own_numbers(house)
    house.enquiries_to, house.enquiries_phone = said = numbers.enquiries_to.strip(), numbers.enquiries_phone.strip()
    if bool(said[0]) != bool(said[1]) or any(UNPRINTABLE.search(text) for text in said):
        raise Refusal(
            "enquiries_incomplete",
            why=_("Whom to ask needs a name and a phone, both in signs that a paper can print."),
            do=_("Fill in both, or leave both empty."),
        )
    house.save(update_fields=["order_number", "return_number", "enquiries_to", "enquiries_phone"])
    return house


@action(by=KEEPERS)
def file_certificate(
    *, actor: Actor, house_id: UUID, kind: Certificate.Kind, valid_until: date, file_name: str, at: datetime
) -> Certificate:
    """File one paper of a house; the filer's look is the first of the two."""
    house = _house(actor, house_id)
    return Certificate.objects.create(
        house=house,
        kind=kind,
        valid_until=valid_until,
        file_name=file_name[:120],
        filed_at=at,
        first_check_id=actor.user_id,
    )


@action(by=KEEPERS)
def check_certificate(*, actor: Actor, certificate_id: UUID, at: datetime) -> Certificate:
    """The second look at a paper. Refuses the one who gave the first, a third look, and a paper that is out of date."""
    rows = Certificate.objects.seen_by(actor).select_for_update(of=("self",))
    paper = rows.filter(pk=certificate_id).first()
    if paper is None:
        raise Http404
    if paper.first_check_id == actor.user_id:
        raise Refusal(
            "same_hand", why=_("You looked at this paper first."), do=_("A colleague must give the second look.")
        )
    if paper.second_check_id:
        raise Refusal(
            "looked_at_twice",
            why=_("Two people have looked at this paper already."),
            do=_("File the renewed paper if something about it has changed."),
        )
    if paper.valid_until < at.astimezone(SHANGHAI).date():
        raise Refusal("out_of_date", why=_("The paper is out of date."), do=_("File the renewed one."))
    paper.second_check_id = actor.user_id
    paper.save(update_fields=["second_check"])
    return paper


@action(by=KEEPERS)
def activate(*, actor: Actor, house_id: UUID, at: datetime) -> House:
    """Open a house, once. Refuses while one of its papers is missing, unchecked or out of date (INQ-32, NEW-11)."""
    house = _house(actor, house_id)
    if house.state != House.State.ORDERED:
        raise Refusal(
            "not_ordered",
            why=_("Only a house that is ordered is opened; this one stands as “%(state)s”.")
            % {"state": house.get_state_display()},
            do=_("Give its rooms to a flight; a house is opened once."),
        )
    missing = missing_papers(house, at)
    if missing:
        raise Refusal(
            "papers_missing",
            why=_("Missing or not in order: %(papers)s.") % {"papers": ", ".join(str(kind.label) for kind in missing)},
            do=_("File each paper in date and have two people look at it."),
        )
    house.state, house.ready_at = House.State.ACTIVE, at
    house.save(update_fields=["state", "ready_at"])
    return house


@action(by=KEEPERS)
def give_back(*, actor: Actor, house_id: UUID, at: datetime) -> House:
    """Give a house back, one that was never opened too. After it: it takes nobody in; what it was stays on record.

    Refuses a house given back before, one with somebody inside or on the way in, and one with a room to disinfect.
    """
    house = _house(actor, house_id)
    if house.state == House.State.RETURNED:
        raise Refusal(
            "not_to_give_back",
            why=_("This house was given back already."),
            do=_("Its page says when; to take it again, order it under a new code."),
        )
    if people := Stay.objects.filter(room__house=house, ended_at=None).count():
        raise Refusal(
            "house_not_empty",
            why=_("People inside or on the way in: %(people)s.") % {"people": people},
            do=_("Move them to another house or wait for their release."),
        )
    if dirty := house.rooms.filter(state=Room.State.DIRTY).count():
        raise Refusal(
            "house_to_disinfect",
            why=_("Rooms still to disinfect: %(rooms)s.") % {"rooms": dirty},
            do=_("Disinfect them first; the owner gets a clean house."),
        )
    house.state, house.returned_at = House.State.RETURNED, at
    house.save(update_fields=["state", "returned_at"])
    return house


def missing_papers(house: House, at: datetime) -> list[Certificate.Kind]:
    """Kinds of paper that are not in date with two looks."""
    today = at.astimezone(SHANGHAI).date()
    good = house.certificates.filter(valid_until__gte=today, second_check__isnull=False)
    held = set(good.values_list("kind", flat=True))
    return [kind for kind in Certificate.Kind if kind not in held]


def _put_owner(house: House, owner: Owner) -> House:
    said = [text.strip() for text in (owner.name, owner.address, owner.contact, owner.phone)]
    if not (said[0] and said[1]):
        raise Refusal(
            "owner_incomplete",
            why=_("An owner has a name, and the house an address."),
            do=_("Fill in both; contact and phone can follow."),
        )
    if any(UNPRINTABLE.search(text) for text in said):
        raise Refusal(
            "owner_unprintable",
            why=_("The owner or the address holds an invisible sign that no paper can print."),
            do=_("Type the text anew instead of pasting it."),
        )
    house.owner, house.address, house.owner_contact, house.owner_phone = said
    house.save(update_fields=["owner", "address", "owner_contact", "owner_phone"])
    return house


def _number(said: str) -> str:
    if not said.strip():
        return ""
    try:
        return str(DocumentNumber.read(said))
    except ValueError as wrong:
        raise Refusal(
            "not_a_document_number",
            why=_("This is no document number: %(text)s.") % {"text": said},
            do=_("Write it like 并防指征〔2020〕7号: code, year, number."),
        ) from wrong


def _need_own_numbers(house: House) -> None:
    given = [number for number in (house.order_number, house.return_number) if number]
    others = House.objects.exclude(pk=house.pk).filter(Q(order_number__in=given) | Q(return_number__in=given))
    if len(set(given)) < len(given) or others.exists():
        raise Refusal(
            "number_taken",
            why=_("Another paper of a house has this number."),
            do=_("Ask the registry of documents for the number that belongs to this paper."),
        )


def _house(actor: Actor, house_id: UUID) -> House:
    house = House.objects.seen_by(actor).select_for_update().filter(pk=house_id).first()
    if house is None:
        raise Http404
    return house
