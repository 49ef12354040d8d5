"""The sheet of components, for those who build pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hucheng.core.design.kinds import KINDS
from hucheng.core.scope.pages import STAFF, for_roles


@for_roles(*STAFF)
def component_sheet(request: HttpRequest) -> HttpResponse:
    """Every component on one page."""
    return render(request, "design/sheet.html", {"kinds": list(KINDS), "points": [3, 5, 4, 6, 8, 7, 9]})
