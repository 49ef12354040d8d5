"""Registering schools, declaring items, judging them, signing for a school."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import counties_of
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.schools.readiness.items import LAST, TEN
from hucheng.schools.readiness.models import HOLDING, Line, ReadinessItem, School, SelfCheck, Signature, State, Verdict
from hucheng.schools.readiness.queries import SchoolLine, gaps_of, in_words, lines_of
from hucheng.schools.readiness.rules import (
    SchoolIn,
    Statement,
    fault_of_county,
    fault_of_school,
    fault_of_statement,
    must_have_a_line,
)

KEEPERS = {Role.DEPARTMENT, Role.COUNTY}
DECLARERS = {Role.SCHOOL, Role.COUNTY, Role.DEPARTMENT}
INSPECTORS = {Role.COUNTY, Role.DEPARTMENT}
SIGNERS = {Role.SCHOOL, Role.COUNTY, Role.DEPARTMENT}


@dataclass(frozen=True, slots=True)
class Registered:
    """How many schools were new, how many changed, how many stood already."""

    new: int
    changed: int
    known: int


@action(by=KEEPERS)
def register_schools(*, actor: Actor, schools: Sequence[SchoolIn], at: datetime) -> Registered:
    """Enter schools, each with its ten items; a known code takes the new particulars.

    Refuses a school that cannot be (code, grades, pupils) or that lies outside the actor's place or in no county.
    """
    must_have_a_line(actor)
    counties = {place.code for place in counties_of(actor.place)}
    for one in schools:
        if fault := fault_of_school(actor, one) or fault_of_county(one, counties):
            raise fault.refusal()
    known = {school.code: school for school in School.objects.filter(code__in=[one.code for one in schools])}
    fresh = {one.code: School(**asdict(one)) for one in schools if one.code not in known}
    School.objects.bulk_create(fresh.values())
    ReadinessItem.objects.bulk_create(
        ReadinessItem(school=school, number=number) for school in fresh.values() for number in TEN
    )
    changed = sum(_take(known[one.code], one) for one in schools if one.code in known)
    return Registered(len(fresh), changed, len(schools) - len(fresh) - changed)


@action(by=DECLARERS)
def declare(*, actor: Actor, school_id: UUID, statements: Sequence[Statement], at: datetime) -> list[SelfCheck]:
    """State how items of one school stand. After it each waits for an inspection; what was accepted no longer counts.

    A statement equal to the one that stands adds nothing until that has lapsed. Refuses a statement without evidence,
    without the figure that the item asks for, with one beyond its limit, or with a day that cannot be.
    """
    _line, by_id = must_have_a_line(actor)
    today = at.astimezone(SHANGHAI).date()
    for one in statements:
        if fault := fault_of_statement(one, today):
            raise fault.refusal()
    rows = ReadinessItem.objects.seen_by(actor).filter(school_id=school_id).select_related("declared")
    items = {item.number: item for item in rows.select_for_update(of=("self",))}
    if not items:
        raise Http404
    news = [(items[one.number], one) for one in statements if not _says(items[one.number], one, today)]
    made = [_check(item, one, by_id, at) for item, one in news]
    SelfCheck.objects.bulk_create(made)
    for check in made:
        check.item.declared, check.item.verdict = check, None
        check.item.valid_until = check.valid_until and check.item.item.lapses(check.valid_until, check.figure, today)
    ReadinessItem.objects.bulk_update([check.item for check in made], ["declared", "verdict", "valid_until"])
    return made


@action(by=INSPECTORS)
def inspect(
    *, actor: Actor, item_ids: Collection[UUID], answer: Verdict.Answer, reason: str = "", at: datetime
) -> list[Verdict]:
    """Judge what schools stated: accept, find right in a spot check, or return with a reason.

    Refuses what is not stated to be in place or has lapsed, one's own statement, a return without a reason, a spot
    check of what is not accepted, and the tenth item while another of the ten does not hold.
    """
    _line, by_id = must_have_a_line(actor)
    items = _locked(actor, item_ids)
    if answer == Verdict.Answer.RETURNED and not reason.strip():
        raise Refusal("reason_missing", why=_("A return needs a reason."), do=_("Say what has to change."))
    today = at.astimezone(SHANGHAI).date()
    for item in items:
        _may_be_judged(actor, item, answer, today)
    made = [
        Verdict(declared=item.declared, answer=answer, reason=reason.strip()[:300], by_id=by_id, at=at)
        for item in items
    ]
    Verdict.objects.bulk_create(made)
    for item, verdict in zip(items, made, strict=True):
        item.verdict = verdict
    ReadinessItem.objects.bulk_update(items, ["verdict"])
    if answer != Verdict.Answer.RETURNED:
        _nine_before_the_tenth(items, today)
    return made


@action(by=SIGNERS)
def sign(*, actor: Actor, school_ids: Collection[UUID], at: datetime) -> list[Signature]:
    """Answer for schools in one's own line, by name. With ten held items and three signatures a school is accepted.

    The school signs on ten statements, county and education on ten accepted and valid items; all on one plan, two
    rehearsed contingency plans and three task forces. Refuses a gap (naming it), a second signature, a person who
    signed or declared for the school in another line.
    """
    line, by_id = must_have_a_line(actor)
    today = at.astimezone(SHANGHAI).date()
    schools = list(School.objects.seen_by(actor).filter(pk__in=school_ids).select_for_update().order_by("code"))
    if not schools or len(schools) < len(set(school_ids)):
        raise Http404
    mine = set(SelfCheck.objects.filter(item__school__in=schools, by=by_id).values_list("item__school", flat=True))
    signed = set(Signature.objects.filter(school__in=schools, by=by_id).values_list("school", flat=True))
    for found in lines_of(schools, today):
        _may_sign(found, line, declared=found.school.pk in mine, signed=found.school.pk in signed)
    return Signature.objects.bulk_create(
        Signature(school=school, line=line, by_id=by_id, name=actor.name[:60], at=at, day=today) for school in schools
    )


def _take(school: School, one: SchoolIn) -> bool:
    given = {name: value for name, value in asdict(one).items() if getattr(school, name) != value}
    for name, value in given.items():
        setattr(school, name, value)
    if given:
        school.save(update_fields=list(given))
    return bool(given)


def _says(item: ReadinessItem, one: Statement, today: date) -> bool:
    """Whether this statement stands already."""
    check = item.declared
    if check is None or (item.valid_until and item.valid_until < today):
        return False
    return one == Statement(
        item.number, check.in_place, check.evidence, check.figure, check.reference, check.valid_until
    )


def _check(item: ReadinessItem, one: Statement, by_id: UUID, at: datetime) -> SelfCheck:
    given = {name: value for name, value in asdict(one).items() if name != "number"}
    return SelfCheck(item=item, by_id=by_id, at=at, **given)


def _locked(actor: Actor, item_ids: Collection[UUID]) -> list[ReadinessItem]:
    """The items, locked in one order and readable with what counts now. Raises Http404 where one is out of sight."""
    rows = ReadinessItem.objects.seen_by(actor).filter(pk__in=item_ids)
    items = list(
        rows.select_for_update(of=("self",))
        .select_related("school", "declared", "verdict")
        .order_by("school__code", "number")
    )
    if not items or len(items) < len(set(item_ids)):
        raise Http404
    return items


def _may_be_judged(actor: Actor, item: ReadinessItem, answer: Verdict.Answer, today: date) -> None:
    words = {"school": item.school.name, "item": item.item.name}
    if item.declared is None or not item.declared.in_place:
        raise Refusal(
            "nothing_to_inspect",
            why=_("%(school)s has not stated that this is in place: %(item)s.") % words,
            do=_("Ask the school for its self-check."),
        )
    if item.declared.by_id == actor.user_id:
        raise Refusal(
            "own_statement",
            why=_("You declared this yourself: %(school)s, %(item)s.") % words,
            do=_("Somebody else must inspect it."),
        )
    if answer == Verdict.Answer.RETURNED:
        return
    state = item.state(today)
    if state == State.EXPIRED:
        raise Refusal(
            "expired",
            why=_("The statement has lapsed: %(school)s, %(item)s.") % words,
            do=_("Ask the school for a new self-check."),
        )
    if answer == Verdict.Answer.SPOT_CHECKED and state not in HOLDING:
        raise Refusal(
            "not_accepted_yet",
            why=_("A spot check is of what was accepted: %(school)s, %(item)s.") % words,
            do=_("Accept or return it."),
        )
    if answer == Verdict.Answer.ACCEPTED and state != State.TO_INSPECT:
        raise Refusal(
            "judged_before",
            why=_("This was judged before: %(school)s, %(item)s.") % words,
            do=_("Open the school to see by whom; a new self-check opens it again."),
        )


def _nine_before_the_tenth(items: Collection[ReadinessItem], today: date) -> None:
    schools = {item.school_id: item.school for item in items if item.number == LAST}
    for school_id, gaps in gaps_of(schools.values(), today).items():
        others = [gap for gap in gaps if gap.number != LAST]
        if others:
            raise Refusal(
                "others_missing",
                why=_("%(school)s is not accepted while these do not hold: %(items)s.")
                % {"school": schools[school_id].name, "items": in_words(others)},
                do=_("Accept them first."),
            )


def _may_sign(found: SchoolLine, line: Line, *, declared: bool, signed: bool) -> None:
    words = {"school": found.school.name}
    if signed:
        raise Refusal(
            "signed_before", why=_("You have signed for %(school)s before.") % words, do=_("One signature is enough.")
        )
    if declared and line != Line.SCHOOL:
        raise Refusal(
            "own_statement",
            why=_("You declared items of %(school)s yourself.") % words,
            do=_("Somebody else of your line must sign."),
        )
    open_ones = [gap for gap in found.gaps if line != Line.SCHOOL or gap.state != State.TO_INSPECT]
    if open_ones:
        raise Refusal(
            "items_missing",
            why=_("%(school)s cannot be signed for while these do not hold: %(items)s.")
            % {**words, "items": in_words(open_ones)},
            do=_("Close them first: self-check by the school, acceptance by another hand."),
        )
    if found.pieces_missing:
        raise Refusal(
            "plans_missing",
            why=_("%(school)s cannot be signed for while these are missing: %(pieces)s.")
            % {**words, "pieces": ", ".join(found.pieces_missing)},
            do=_("Let the school file them; a contingency plan counts once it was rehearsed."),
        )
