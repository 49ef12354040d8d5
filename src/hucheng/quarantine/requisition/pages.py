"""Houses: papers, activation, the rooms board."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.design.tables import export_asked
from hucheng.core.documents import PAPERS, document
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.papers.official import Paper
from hucheng.quarantine.appeals.pages import FILERS
from hucheng.quarantine.lodging.board import FACES, FlightWaiting, RoomCell, flights_waiting, floors_of, free_rooms
from hucheng.quarantine.lodging.forms import MoveForm
from hucheng.quarantine.requisition.actions import (
    activate,
    check_certificate,
    file_certificate,
    give_back,
    missing_papers,
    record_numbers,
    record_owner,
)
from hucheng.quarantine.requisition.forms import (
    CertificateForm,
    NumbersForm,
    OwnerForm,
    numbers_on_record,
    owner_on_record,
)
from hucheng.quarantine.requisition.models import House
from hucheng.quarantine.requisition.papers import notice_of_return, requisition_order
from hucheng.quarantine.requisition.queries import house_seen_by, houses_seen_by
from hucheng.quarantine.requisition.tables import houses_table

READERS = (Role.QUARANTINE, Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.MEDICAL, Role.HOUSE, Role.ENTRY)
KEEPERS = (Role.QUARANTINE, Role.COMMAND_OFFICE)
MOVERS = (Role.QUARANTINE,)
DESK_READERS = (Role.QUARANTINE, Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.MEDICAL, Role.ENTRY)
"""Readers of a house who may open a person at the entry desk as well; a house itself may not."""
OWNER_READERS = (Role.QUARANTINE, Role.COMMAND_OFFICE, Role.LEADING_GROUP)
"""Readers who see whose house it is; how to reach the owner is seen by the keepers alone."""


@for_roles(*READERS)
@require_GET
def houses(request: Request) -> HttpResponse:
    """All houses in sight, and how many rooms can be filled tonight."""
    lines = houses_seen_by(request.actor, clock.now())
    table = houses_table(lines)
    if file := export_asked(request, table):
        return file
    free = sum(line.free for line in lines if line.house.state == "active")
    people = sum(line.people for line in lines)
    return render(
        request,
        "quarantine/houses.html",
        {"table": table, "free": free, "people": people, "flights": _flights(request)},
    )


@for_roles(*READERS)
@require_GET
def house(request: Request, house_id: UUID) -> HttpResponse:
    """One house: floors and rooms, who is inside, its papers."""
    return show_house(request, house_id)


@for_roles(*KEEPERS)
@require_POST
def file_paper(request: Request, house_id: UUID) -> HttpResponse:
    """File one paper."""
    form = CertificateForm(request.POST)
    if not form.is_valid():
        return show_house(request, house_id, form=form)
    return _act(request, house_id, partial(file_certificate, house_id=house_id, **form.cleaned_data))


@for_roles(*KEEPERS)
@require_POST
def check_paper(request: Request, house_id: UUID, certificate_id: UUID) -> HttpResponse:
    """Give the second look at a paper."""
    return _act(request, house_id, partial(check_certificate, certificate_id=certificate_id))


@for_roles(*KEEPERS)
@require_POST
def open_house(request: Request, house_id: UUID) -> HttpResponse:
    """Activate the house."""
    return _act(request, house_id, partial(activate, house_id=house_id))


@for_roles(*KEEPERS)
@require_POST
def return_house(request: Request, house_id: UUID) -> HttpResponse:
    """Give the house back."""
    return _act(request, house_id, partial(give_back, house_id=house_id))


@for_roles(*OWNER_READERS)
@require_GET
def order_file(request: Request, house_id: UUID, ending: str) -> HttpResponse:
    """The order of requisition, as PDF or Word file."""
    return _paper_file(request, house_id, requisition_order, "requisition", ending)


@for_roles(*OWNER_READERS)
@require_GET
def return_file(request: Request, house_id: UUID, ending: str) -> HttpResponse:
    """The notice that gives the house back, as PDF or Word file."""
    return _paper_file(request, house_id, notice_of_return, "return", ending)


@for_roles(*KEEPERS)
@require_POST
def put_owner(request: Request, house_id: UUID) -> HttpResponse:
    """Put the owner and the address on record."""
    form = OwnerForm(request.POST, auto_id="owner_%s")
    if not form.is_valid():
        return show_house(request, house_id, owner_form=form)
    return _act(request, house_id, partial(record_owner, house_id=house_id, owner=form.given()), owner_form=form)


@for_roles(*KEEPERS)
@require_POST
def put_numbers(request: Request, house_id: UUID) -> HttpResponse:
    """Put on record how the papers of the house are numbered and whom the owner may ask."""
    found = house_seen_by(request.actor, house_id)
    form = NumbersForm(request.POST, returned=found.returned_at is not None, auto_id="numbers_%s")
    if not form.is_valid():
        return show_house(request, house_id, numbers_form=form)
    act = partial(record_numbers, house_id=house_id, numbers=form.given())
    return _act(request, house_id, act, numbers_form=form)


def show_house(
    request: Request,
    house_id: UUID,
    *,
    refusal: Refusal | None = None,
    form: CertificateForm | None = None,
    owner_form: OwnerForm | None = None,
    numbers_form: NumbersForm | None = None,
    move: QueryDict | None = None,
) -> HttpResponse:
    """The page of a house, with a refusal or a form to correct on top."""
    found = house_seen_by(request.actor, house_id)
    floors = floors_of(request.actor, found.pk)
    cells = [cell for floor in floors for cell in floor.cells]
    chosen = _chosen(cells, request.GET.get("room", ""))
    context = {
        "house": found,
        "floors": floors,
        "faces": FACES.items(),
        "rooms": len(cells),
        "free": sum(floor.free for floor in floors),
        "people": sum(len(cell.stays) for cell in cells),
        "chosen": chosen,
        "move_form": _move_form(request.actor, chosen, move),
        "flights": _flights(request),
        "may_open_people": request.actor.role in DESK_READERS,
        "may_appeal": request.actor.role in FILERS,
        "papers": found.certificates.order_by("kind", "-filed_at"),
        "missing": missing_papers(found, clock.now()),
        "waiting": [stay for cell in cells for stay in cell.stays if not stay.admitted_at],
        "form": form or CertificateForm(),
        "owner_form": owner_form or OwnerForm(initial=owner_on_record(found), auto_id="owner_%s"),
        "numbers_form": numbers_form
        or NumbersForm(initial=numbers_on_record(found), returned=found.returned_at is not None, auto_id="numbers_%s"),
        "may_see_owner": request.actor.role in OWNER_READERS,
        "may_keep": request.actor.role in KEEPERS,
        "may_close": request.actor.role in MOVERS and found.state == House.State.ACTIVE,
        "refusal": refusal,
    }
    wrong = refusal or form or owner_form or numbers_form or move
    return render(request, "quarantine/house.html", context, status=422 if wrong else 200)


def _paper_file(
    request: Request, house_id: UUID, write: Callable[[House], Paper], name: str, ending: str
) -> HttpResponse:
    if ending not in PAPERS:
        raise Http404
    found = house_seen_by(request.actor, house_id)
    try:
        return document(write(found), name=f"{name}-{found.pk}", ending=ending)
    except Refusal as no:
        return show_house(request, house_id, refusal=no)


def _move_form(actor: Actor, chosen: RoomCell | None, sent: QueryDict | None) -> MoveForm | None:
    """The form of a move from the chosen room, for those who may; None for others and for an empty room."""
    if actor.role not in MOVERS or chosen is None or not chosen.stays:
        return None
    return MoveForm(sent, stays=chosen.stays, rooms=free_rooms(actor), auto_id="move_%s")


def _chosen(cells: list[RoomCell], number: str) -> RoomCell | None:
    return next((cell for cell in cells if cell.room.number == number), None)


def _flights(request: Request) -> list[FlightWaiting]:
    return flights_waiting(request.actor) if request.actor.role in KEEPERS else []


def _act(request: Request, house_id: UUID, act: Callable[..., object], **filled: Any) -> HttpResponse:
    """Act and go back to the house; a refusal shows it with the forms as they were filled."""
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return show_house(request, house_id, refusal=no, **filled)
    return redirect("quarantine:house", house_id)
