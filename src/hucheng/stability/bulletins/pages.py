"""The desk of the office that answers: questions that wait, claims, corrections, the bulletin."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.stability.bulletins import actions, queries
from hucheng.stability.bulletins.forms import AnswerForm, BulletinForm, ClaimFactForm, ClaimForm, CorrectForm
from hucheng.stability.bulletins.models import Topic
from hucheng.stability.forms import READERS

ANSWERERS = (Role.DEPARTMENT,)


@for_roles(*READERS)
@require_GET
def questions(request: Request) -> HttpResponse:
    """What waits, what was claimed, what is out."""
    return _show(request)


@for_roles(*ANSWERERS)
@require_POST
def answer(request: Request, question_id: UUID) -> HttpResponse:
    """Answer a question: with an answer that stands, or with a new one."""
    if request.POST.get("known"):
        return _with_known(request, question_id)
    form = AnswerForm(request.POST, auto_id="answer_%s")
    if not form.is_valid():
        return _show(request, opened=question_id, answer_form=form)
    told = form.cleaned_data
    topic = _topic(request, question_id)
    act = partial(
        actions.open_answer, topic=topic, matter_zh=told["matter_zh"], matter_en=told["matter_en"], said=form.said(),
        question_ids=[question_id],
    )  # fmt: skip
    return _act(request, act, question_id, answer_form=form)


@for_roles(*ANSWERERS)
@require_POST
def aside(request: Request, question_id: UUID) -> HttpResponse:
    """Set aside what asks nothing."""
    act = partial(actions.set_aside, question_id=question_id, why=request.POST.get("why", ""))
    return _act(request, act, question_id)


@for_roles(*ANSWERERS)
@require_POST
def claim(request: Request) -> HttpResponse:
    """Record a claim verified as false."""
    form = ClaimForm(request.POST, auto_id="claim_%s")
    if not form.is_valid():
        return _show(request, claim_form=form)
    return _act(request, partial(actions.verify_claim, **form.cleaned_data), claim_form=form)


@for_roles(*ANSWERERS)
@require_POST
def facts(request: Request, claim_id: UUID) -> HttpResponse:
    """Meet a claim with the facts."""
    form = ClaimFactForm(request.POST, auto_id="facts_%s")
    if not form.is_valid():
        return _show(request, opened=claim_id, facts_form=form)
    topic = Topic(form.cleaned_data["topic"])
    act = partial(actions.correct_claim, claim_id=claim_id, topic=topic, said=form.said())
    return _act(request, act, claim_id, facts_form=form)


@for_roles(*ANSWERERS)
def correct(request: Request, answer_id: UUID) -> HttpResponse:
    """Correct an answer: the form, and by POST the new version."""
    line = queries.one_answer(request.actor, answer_id)
    now = line.now
    usual = {
        "text_zh": now.text_zh, "text_en": now.text_en, "source": now.source, "office": now.office,
        "since": clock.today(), "until": now.until,
    }  # fmt: skip
    form, refusal = CorrectForm(request.POST or None, initial=usual, auto_id="correct_%s"), None
    if request.method == "POST" and form.is_valid():
        try:
            why = form.cleaned_data["why"]
            actions.correct_answer(actor=request.actor, answer_id=answer_id, said=form.said(), why=why, at=clock.now())
            return redirect("stability:answer", answer_id)
        except Refusal as no:
            refusal = no
    context = {"line": line, "form": form, "refusal": refusal}
    return render(request, "stability/correct.html", context, status=422 if request.method == "POST" else 200)


@for_roles(*ANSWERERS)
@require_POST
def publish(request: Request) -> HttpResponse:
    """Publish the bulletin of today."""
    form = BulletinForm(request.POST, auto_id="bulletin_%s")
    if not form.is_valid():
        return _show(request, bulletin_form=form)
    why = form.cleaned_data["why"]
    act = partial(actions.publish_bulletin, day=clock.today(), facts=form.facts(), why=why)
    return _act(request, act, bulletin_form=form)


def _with_known(request: Request, question_id: UUID) -> HttpResponse:
    try:
        known = UUID(request.POST["known"])
    except ValueError:
        no = Refusal("no_answer", why=_("No answer was chosen."), do=_("Choose one of the list, or write a new one."))
        return _show(request, no, question_id)
    return _act(request, partial(actions.answer_questions, question_ids=[question_id], answer_id=known), question_id)


def _topic(request: Request, question_id: UUID) -> Topic:
    found = queries.waiting(request.actor).filter(pk=question_id).first()
    return Topic(found.topic) if found else Topic.OTHER


def _act(request: Request, act: Callable[..., object], opened: UUID | None = None, **sent: forms.Form) -> HttpResponse:
    """Do it; refused, the desk comes back with the question open and the form as it was sent."""
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return _show(request, no, opened, **sent)
    return redirect("stability:questions")


def _show(
    request: Request, refusal: Refusal | None = None, opened: UUID | None = None, **bound: forms.Form
) -> HttpResponse:
    now, today = clock.now(), {"since": clock.today(), "office": "TY-PUB"}
    page = Paginator(queries.waiting(request.actor), 20).get_page(request.GET.get("page"))
    waiting = [queries.Waiting(one) for one in page.object_list]
    known = queries.as_public(list(queries.answers(request.actor)[:100]))
    context = {
        "page": page,
        "waiting": waiting,
        "late": queries.waiting(request.actor).filter(asked_at__lt=now - queries.WITHIN).count(),
        "opened": str(opened or request.GET.get("open", "")),
        "known": known,
        "claims": queries.open_claims(request.actor),
        "bulletins": queries.bulletins(request.actor)[:7],
        "may_answer": request.actor.role in ANSWERERS,
        "answer_form": AnswerForm(initial=today, auto_id="answer_%s"),
        "facts_form": ClaimFactForm(initial=today, auto_id="facts_%s"),
        "claim_form": ClaimForm(auto_id="claim_%s"),
        "bulletin_form": BulletinForm(auto_id="bulletin_%s"),
        "now": now,
        "refusal": refusal,
        **bound,
    }
    return render(request, "stability/questions.html", context, status=422 if refusal or bound else 200)
