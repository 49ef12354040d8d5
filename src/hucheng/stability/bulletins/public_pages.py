"""The public side: read answers and bulletins, and ask. No sign-in, no tracking, nothing of who reads or asks."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import public
from hucheng.stability.bulletins import queries
from hucheng.stability.bulletins.actions import ask_question
from hucheng.stability.bulletins.forms import AskForm
from hucheng.stability.bulletins.models import Question, Topic
from hucheng.stability.bulletins.queries import THE_PUBLIC

A_DAY = 5
"""Questions that one browser may ask a day; the session keeps the count and nothing else."""
A_PAGE = 20


@public
@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """What the city has answered: search, topics, versions and dates; and a form to ask."""
    return _show(request)


@public
@require_GET
def answer(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """One answer with every version."""
    context = {"line": queries.one_answer(THE_PUBLIC, answer_id), "today": clock.today()}
    return render(request, "stability/public_answer.html", context)


@public
@require_GET
def bulletin(request: HttpRequest, day: str) -> HttpResponse:
    """The bulletin of a day, its corrections first."""
    found = queries.bulletin_of(THE_PUBLIC, _day(day))
    return render(request, "stability/public_bulletin.html", {"now": found[0], "earlier": found[1:]})


@public
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a question, without saying who asks."""
    form = AskForm(request.POST, auto_id="ask_%s")
    if not form.is_valid():
        return _show(request, ask_form=form)
    try:
        _refuse_machines_and_floods(request, form)
        told = form.cleaned_data
        ask_question(
            actor=THE_PUBLIC,
            topic=Topic(told["topic"]),
            text=told["text"],
            channel=Question.Channel.WEB,
            at=clock.now(),
        )
    except Refusal as no:
        return _show(request, no, ask_form=form)
    day, count = request.session.get("asked", ["", 0])
    today = clock.today().isoformat()
    request.session["asked"] = [today, count + 1 if day == today else 1]
    messages.success(request, _("Your question is here; its answer is published on this page within a day."))
    return redirect("stability:answers")


def _refuse_machines_and_floods(request: HttpRequest, form: AskForm) -> None:
    if form.cleaned_data["website"]:
        raise Refusal(
            "not_a_person",
            why=gettext_lazy("A hidden field was filled in, as only programs do."),
            do=gettext_lazy("Leave the field for a website empty, or call 12345."),
        )
    day, count = request.session.get("asked", ["", 0])
    if day == clock.today().isoformat() and count >= A_DAY:
        raise Refusal(
            "asked_enough",
            why=gettext_lazy("This browser has asked five questions today."),
            do=gettext_lazy("Come again tomorrow, or call 12345."),
        )


def _day(text: str) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _show(request: HttpRequest, refusal: Refusal | None = None, ask_form: AskForm | None = None) -> HttpResponse:
    words, topic = request.GET.get("q", "")[:100], request.GET.get("topic", "")
    topic = topic if topic in Topic.values else ""
    page = Paginator(queries.answers(THE_PUBLIC, words, topic), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": queries.as_public(list(page.object_list)),
        "page": page,
        "words": words,
        "topic": topic,
        "topics": Topic.choices,
        "bulletins": queries.bulletins(THE_PUBLIC)[:7],
        "waiting": queries.waiting(THE_PUBLIC).count(),
        "ask_form": ask_form or AskForm(auto_id="ask_%s"),
        "today": clock.today(),
        "refusal": refusal,
    }
    return render(request, "stability/answers.html", context, status=422 if refusal or ask_form else 200)
