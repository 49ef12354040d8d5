"""The list of meetings with the way in for minutes, and the page of one meeting."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.command.directives.forms import AssignForm, SplitForm, WordingForm, first_values
from hucheng.command.directives.models import Directive
from hucheng.command.directives.queries import directives_of, meeting_day, named_for, suggestion_for
from hucheng.command.directives.units import shown
from hucheng.command.meetings.actions import discard_meeting, receive_minutes, take_back_repair
from hucheng.command.meetings.compared import compared
from hucheng.command.meetings.forms import MinutesForm
from hucheng.command.meetings.marked import clean_paragraphs, original_paragraphs, repairs_of
from hucheng.command.meetings.models import Meeting
from hucheng.command.meetings.papers import attendance_paper, attendance_rows, minutes_paper
from hucheng.command.meetings.queries import meeting_seen_by, meetings_seen_by
from hucheng.core import clock
from hucheng.core.documents import document, file
from hucheng.core.places.queries import organisations
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.minutes import Language, language_of
from hucheng.engines.papers import table_csv
from hucheng.engines.papers.official import Paper

READERS = (Role.COMMAND_OFFICE, Role.LEADING_GROUP)
OFFICE = (Role.COMMAND_OFFICE,)


@for_roles(*READERS)
def meetings(request: Request) -> HttpResponse:
    """All meetings, newest first; the office takes minutes in here."""
    form, refusal = MinutesForm(request.POST or None, request.FILES or None), None
    may_send = request.actor.role in OFFICE
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["article_date"]
        try:
            name, data = form.document()
            made = receive_minutes(actor=request.actor, name=name, data=data, article_date=day, at=clock.now())
            return redirect("command:meeting", made.pk)
        except Refusal as no:
            refusal = no
    lines = meetings_seen_by(request.actor)
    context = {"lines": lines, "form": form, "may_send": may_send, "refusal": refusal}
    return render(request, "command/meetings.html", context, status=422 if refusal or form.errors else 200)


@for_roles(*READERS)
@require_GET
def meeting(request: Request, meeting_id: UUID) -> HttpResponse:
    """One meeting: original beside cleaned text, who took part, the directives found; `?open=` works on one."""
    return show_meeting(request, meeting_id, opened=request.GET.get("open", ""))


@for_roles(*OFFICE)
@require_POST
def discard(request: Request, meeting_id: UUID) -> HttpResponse:
    """Put unpublished minutes aside."""
    try:
        discard_meeting(actor=request.actor, meeting_id=meeting_id, at=clock.now())
    except Refusal as no:
        return show_meeting(request, meeting_id, refusal=no)
    return redirect("command:meetings")


@for_roles(*OFFICE)
@require_POST
def undo_repair(request: Request, meeting_id: UUID) -> HttpResponse:
    """Take one repair of the text back."""
    number = request.POST.get("number", "")
    try:
        take_back_repair(
            actor=request.actor, meeting_id=meeting_id, number=int(number) if number.isdecimal() else 0, at=clock.now()
        )
    except Refusal as no:
        return show_meeting(request, meeting_id, refusal=no)
    return redirect("command:meeting", meeting_id)


@for_roles(*READERS)
@require_GET
def minutes_file(request: Request, meeting_id: UUID, ending: str) -> HttpResponse:
    """The published minutes in the national format, as PDF or Word file."""
    found = meeting_seen_by(request.actor, meeting_id)
    if not found.published_at:
        raise Http404
    return _document(request, found, minutes_paper(found), ending, "minutes")


@for_roles(*READERS)
@require_GET
def attendance_file(request: Request, meeting_id: UUID, ending: str) -> HttpResponse:
    """The sheet of attendance by venue, as PDF, Word file or table."""
    found = meeting_seen_by(request.actor, meeting_id)
    if ending == "csv":
        heads = [_("Venue"), _("Name"), _("Title or body")]
        return file(
            table_csv(heads, attendance_rows(found)), name=f"attendance-{meeting_day(found):%Y%m%d}", ending="csv"
        )
    return _document(request, found, attendance_paper(found), ending, "attendance")


def _document(request: Request, meeting: Meeting, paper: Paper, ending: str, name: str) -> HttpResponse:
    try:
        return document(paper, name=f"{name}-{meeting_day(meeting):%Y%m%d}", ending=ending)
    except Refusal as no:
        return show_meeting(request, meeting.pk, refusal=no)


def show_meeting(
    request: Request,
    meeting_id: UUID,
    *,
    opened: str = "",
    refusal: Refusal | None = None,
    **bound: forms.Form,
) -> HttpResponse:
    """The page of a meeting with one directive open, forms to correct (`form`, `wording`, `splitting`) or a refusal."""
    found = meeting_seen_by(request.actor, meeting_id)
    directives = directives_of(found)
    may_work = request.actor.role in OFFICE
    current = next((one for one in directives if str(one.pk) == opened), None) if may_work else None
    context = {
        "meeting": found,
        "written_in": "en" if language_of(found.clean_text) is Language.ENGLISH else "zh-Hans",
        "original": original_paragraphs(found),
        "clean": clean_paragraphs(found, directives),
        "directives": directives,
        "counts": _counts(directives),
        "attendees": found.attendees.order_by("number"),
        "venues": found.venues.order_by("-kind", "name"),
        "may_work": may_work,
        "may_publish": any(one.state == Directive.State.ACCEPTED for one in directives),
        "repairs": repairs_of(found) if may_work and not found.published_at else [],
        "compared": compared(request.actor, found),
        "refusal": refusal,
        **(_work_on(current, directives) | bound if current else {}),
    }
    return render(request, "command/meeting.html", context, status=422 if refusal or bound else 200)


def _counts(directives: list[Directive]) -> dict[str, int]:
    state = Directive.State
    return {
        "all": sum(one.state != state.REJECTED for one in directives),
        "waiting": sum(one.state == state.PROPOSED for one in directives),
        "confirmed": sum(one.state == state.ACCEPTED for one in directives),
        "published": sum(one.state == state.PUBLISHED for one in directives),
    }


def _work_on(current: Directive, directives: list[Directive]) -> dict[str, object]:
    suggestion, named = suggestion_for(current), named_for(current)
    known = organisations()
    return {
        "current": current,
        "suggestion": suggestion,
        "suggested_units": shown((suggestion.owner.lead,), known) if suggestion else [],
        "named": [(one, shown(one.units, known)) for one in named],
        "form": AssignForm(initial=first_values(current, suggestion, named), named=named),
        "wording": WordingForm(
            initial={"text": current.text, "kind": current.kind, "theme": current.theme}, auto_id="wording_%s"
        ),
        "splitting": SplitForm(initial={"texts": current.text}, auto_id="split_%s"),
        "others": [one for one in directives if one.pk != current.pk and one.state in ("proposed", "accepted")],
        "open_states": current.state in ("proposed", "accepted"),
    }
