"""Declarations for programs: of the border's own form, of a desk that types paper, of a traveller's phone."""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.audit.actions import trace_reads
from hucheng.core.scope.request import Request
from hucheng.core.terms import Destination, Role
from hucheng.entry.declarations.actions import BY, DeclarationForm, declare
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.declarations.queries import declarations_of
from hucheng.entry.flights.queries import arrival_seen_by

router = Router(tags=["declarations"])


class DeclarationIn(Schema):
    """One declaration. symptoms: codes of the form, none means none; countries as three letters."""

    arrival_id: UUID
    symptoms: list[str]
    contact_14d: bool
    destination: Destination
    countries_14d: list[str] = Field([], max_length=20)
    complete: bool = True
    language: str = Field("zh-hans", max_length=10)
    needs: list[str] = Field([], max_length=20)

    def as_form(self) -> DeclarationForm:
        """The declaration as the action takes it."""
        lists = {"symptoms": self.symptoms, "countries_14d": self.countries_14d, "needs": self.needs}
        return DeclarationForm(**{**self.dict(), **{name: tuple(said) for name, said in lists.items()}})


class BatchIn(Schema):
    """Declarations that stand together or not at all. means: on whose device; a traveller's token is always `own`."""

    means: Declaration.Means = Declaration.Means.PAPER
    declarations: list[DeclarationIn] = Field(min_length=1, max_length=600)


class DeclaredOut(Schema):
    """How many declarations were taken; those judged before have been judged again."""

    taken: int


class DeclarationOut(Schema):
    """One declaration as it was made; the first of a list is the one that counts."""

    id: UUID
    at: datetime
    means: str
    language: str
    symptoms: list[str] = Field(alias="symptom_codes")
    contact_14d: bool = Field(alias="had_contact")
    countries_14d: list[str]
    complete: bool


@router.post("/declarations", response={201: DeclaredOut, 409: RefusalOut})
def post_declarations(request: Request, body: BatchIn) -> Status[DeclaredOut]:
    """Take declarations, all or none. A second one of the same person corrects the first, which stays."""
    means = Declaration.Means.OWN if request.actor.role == Role.TRAVELLER else body.means
    forms = [one.as_form() for one in body.declarations]
    taken = declare(actor=request.actor, forms=forms, means=means, at=clock.now())
    return Status(201, DeclaredOut(taken=len(taken)))


@router.get(
    "/arrivals/{uuid:arrival_id}/declarations",
    response={200: list[DeclarationOut], 409: RefusalOut},
    by_alias=False,
)
def get_declarations(request: Request, arrival_id: UUID) -> object:
    """All declarations of one person, the latest first. Reading them leaves a trace that the person may ask for."""
    check_role(request.actor, BY)
    arrival = arrival_seen_by(request.actor, arrival_id)
    trace_reads(actor=request.actor, person_ids=[arrival.person_id], purpose="declarations", at=clock.now())
    return list(declarations_of(arrival))
