"""The fleet: vehicles, drivers, who is on duty."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.quarantine.fleet.actions import add_shift, add_vehicle, disinfect_vehicle, known_driver
from hucheng.quarantine.fleet.forms import ShiftForm, VehicleForm
from hucheng.quarantine.fleet.queries import drivers_seen_by, vehicles_seen_by

KEEPERS = (Role.QUARANTINE, Role.ENTRY)


@for_roles(*KEEPERS, Role.COMMAND_OFFICE)
def fleet(request: Request) -> HttpResponse:
    """Vehicles and drivers; new ones and shifts are entered here."""
    vehicle_form = VehicleForm(request.POST if "plate" in request.POST else None)
    shift_form = ShiftForm(request.POST if "driver" in request.POST else None)
    refusal, now = None, clock.now()
    try:
        if vehicle_form.is_valid():
            add_vehicle(actor=request.actor, at=now, **vehicle_form.cleaned_data)
            return redirect("quarantine:fleet")
        if shift_form.is_valid():
            driver = known_driver(actor=request.actor, code=shift_form.cleaned_data.pop("driver"), at=now)
            add_shift(actor=request.actor, driver_id=driver.pk, at=now, **shift_form.cleaned_data)
            return redirect("quarantine:fleet")
    except Refusal as no:
        refusal = no
    wrong = refusal or vehicle_form.errors or shift_form.errors
    return _show(request, vehicle_form, shift_form, refusal, 422 if wrong else 200)


@for_roles(*KEEPERS)
@require_POST
def clean(request: Request, vehicle_id: UUID) -> HttpResponse:
    """A vehicle has been disinfected."""
    try:
        disinfect_vehicle(actor=request.actor, vehicle_id=vehicle_id, at=clock.now())
    except Refusal as no:
        return _show(request, VehicleForm(), ShiftForm(), no, 422)
    return redirect("quarantine:fleet")


def _show(
    request: Request, vehicle_form: VehicleForm, shift_form: ShiftForm, refusal: Refusal | None, status: int
) -> HttpResponse:
    now = clock.now()
    vehicles, drivers = vehicles_seen_by(request.actor), drivers_seen_by(request.actor, now)
    context = {
        "vehicles": vehicles,
        "drivers": drivers,
        "dirty": sum(bool(vehicle.cohort) for vehicle in vehicles),
        "on_duty": sum(any(s.starts_at <= now for s in line.shifts) for line in drivers),
        "vehicle_form": vehicle_form,
        "shift_form": shift_form,
        "may_keep": request.actor.role in KEEPERS,
        "refusal": refusal,
    }
    return render(request, "quarantine/fleet.html", context, status=status)
