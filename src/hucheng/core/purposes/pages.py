"""The page that tells everybody what is kept about people, why and until when."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from hucheng.core.purposes.purposes import fields_by_class, purposes
from hucheng.core.refusal import spoken
from hucheng.core.scope.pages import public
from hucheng.core.scope.request import Request


@dataclass(frozen=True, slots=True)
class Line:
    """One class of data in the language in force."""

    name: "Promise"
    purpose: "Promise"
    ground: "Promise"
    keep_days: int | None
    since: "Promise"
    fields: list[str]


@public
@require_GET
def purposes_page(request: Request) -> HttpResponse:
    """Every class of personal data with its purpose, ground and time of deletion; travellers read it too."""
    held, known = fields_by_class(), purposes()
    lines = [
        Line(
            spoken(known[code].name),
            spoken(known[code].purpose),
            spoken(known[code].ground),
            known[code].keep_days,
            spoken(known[code].since),
            sorted(fields),
        )
        for code, fields in held.items()
    ]
    count = sum(len(line.fields) for line in lines)
    return render(request, "core/purposes.html", {"lines": lines, "count": count})
