"""Goods, prices, stocks, alerts."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.economy.supply.actions import PriceIn, StockIn, handle_alert, open_goods, report_prices, report_stocks
from hucheng.economy.supply.forms import GoodForm, PriceForm, StockForm
from hucheng.economy.supply.queries import goods_seen_by, reports_of, supply_of
from hucheng.economy.tables import GOODS, shipped

READERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.LEADING_GROUP)
KEEPERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE)


@for_roles(*READERS)
@require_GET
def supply(request: Request) -> HttpResponse:
    """Prices and stocks of staple goods, and what waits for an answer."""
    return _show(request)


@for_roles(*READERS)
@require_GET
def good(request: Request, good_id: UUID) -> HttpResponse:
    """Every report of one good, corrections among them."""
    return render(request, "economy/good.html", {"told": reports_of(request.actor, good_id)})


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def goods(request: Request) -> HttpResponse:
    """The goods that are watched, each with its rule; keepers add one, or those that are shipped."""
    sent = request.method == "POST"
    if sent and request.actor.role not in KEEPERS:
        raise Http404
    form, refusal = GoodForm(request.POST if sent else None), None
    if sent and ("shipped" in request.POST or form.is_valid()):
        rows = shipped(GOODS) if "shipped" in request.POST else [form.row()]
        try:
            open_goods(actor=request.actor, rows=rows, at=clock.now())
            return redirect("economy:goods")
        except Refusal as no:
            refusal = no
    may_keep = request.actor.role in KEEPERS
    context = {"goods": goods_seen_by(request.actor), "form": form, "may_keep": may_keep, "refusal": refusal}
    return render(request, "economy/goods.html", context, status=422 if sent else 200)


@for_roles(*KEEPERS)
@require_POST
def report_price(request: Request) -> HttpResponse:
    """Report or correct one price."""
    form = PriceForm(request.POST, goods=goods_seen_by(request.actor), auto_id="price_%s")
    if not form.is_valid():
        return _show(request, price_form=form)
    return _act(request, partial(report_prices, prices=[PriceIn(**form.cleaned_data)]), price_form=form)


@for_roles(*KEEPERS)
@require_POST
def report_stock(request: Request) -> HttpResponse:
    """Report or correct one stock."""
    form = StockForm(request.POST, goods=goods_seen_by(request.actor), auto_id="stock_%s")
    if not form.is_valid():
        return _show(request, stock_form=form)
    return _act(request, partial(report_stocks, stocks=[StockIn(**form.cleaned_data)]), stock_form=form)


@for_roles(*KEEPERS)
@require_POST
def handle(request: Request, alert_id: UUID) -> HttpResponse:
    """Say what was done about an alert."""
    return _act(request, partial(handle_alert, alert_id=alert_id, answer=request.POST.get("answer", "")))


def _act(request: Request, act: Callable[..., object], **bound: forms.Form) -> HttpResponse:
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return _show(request, no, **bound)
    return redirect("economy:supply")


def _show(request: Request, refusal: Refusal | None = None, **bound: forms.Form) -> HttpResponse:
    told = supply_of(request.actor, clock.now())
    goods, today = [line.good for line in told.lines], {"day": clock.today()}
    context = {
        "supply": told,
        "price_form": PriceForm(goods=goods, auto_id="price_%s", initial=today),
        "stock_form": StockForm(goods=goods, auto_id="stock_%s", initial=today),
        "may_keep": request.actor.role in KEEPERS,
        "refusal": refusal,
        **bound,
    }
    return render(request, "economy/supply.html", context, status=422 if refusal or bound else 200)
