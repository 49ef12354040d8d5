"""Filing one of the six pieces from the workbench."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _g
from django.views.decorators.http import require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.schools.plans.actions import PieceIn, file_pieces
from hucheng.schools.readiness.forms import PieceForm
from hucheng.schools.readiness.pages import act_on_school


@for_roles(Role.SCHOOL)
@require_POST
def file_piece(request: Request, school_id: UUID) -> HttpResponse:
    """File one piece of the own school."""
    form = PieceForm(request.POST)

    def act() -> object:
        if not form.is_valid():
            text = "; ".join(str(error) for errors in form.errors.values() for error in errors)
            raise Refusal("form_incomplete", why=text, do=_g("Correct the fields and file the piece again."))
        given = form.cleaned_data | {"people": form.cleaned_data["people"] or 0}
        return file_pieces(actor=request.actor, school_id=school_id, pieces=[PieceIn(**given)], at=clock.now())

    return act_on_school(request, school_id, act)
