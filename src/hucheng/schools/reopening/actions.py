"""Announcing stages, opening schools, closing a unit at a finding and opening it again."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.schools.readiness.models import School
from hucheng.schools.readiness.queries import SchoolLine, lines_of, school_seen_by
from hucheng.schools.readiness.rules import must_have_a_line
from hucheng.schools.reopening.models import Alarm, Closing, Opening, Stage
from hucheng.schools.reopening.queries import FINAL, city_day, grades_open, stage_for, stages_for

NOTICE = timedelta(days=7)
"""Other grades are told a week ahead (CNS 9 March 2020, school_reopening_facts)."""
CLASSES_TO_CLOSE_A_GRADE = 2
"""With this many classes of a grade closed the grade goes home: an order of the city, no published figure."""

LONGEST_KEY = 30


@action(by={Role.DEPARTMENT})
def announce_stage(
    *, actor: Actor, key: str, name_zh: str, name_en: str, grades: Sequence[int], opens_on: date, at: datetime
) -> Stage:
    """Set the day on which grades may return. Another day is another announcement, and counts from then on; the same
    again adds nothing.

    Refuses less than a week of notice, grades that are none or stand in another stage, and a stage that schools have
    opened for.
    """
    (_line, by_id), key = must_have_a_line(actor), key[:LONGEST_KEY]
    wanted = sorted(set(grades))
    if not wanted or not all(0 <= grade <= FINAL for grade in wanted) or not key or not name_zh or not name_en:
        raise Refusal(
            "stage_unclear",
            why=_("A stage needs its name in both languages and grades between 0 and 12."),
            do=_("Fill them in."),
        )
    if opens_on - city_day(at) < NOTICE:
        raise Refusal(
            "notice_too_short",
            why=_("Schools and families are told a week ahead; %(day)s is sooner.") % {"day": opens_on},
            do=_("Choose %(day)s or later.") % {"day": city_day(at) + NOTICE},
        )
    known = stages_for(actor)
    if same := next((one for one in known if (one.key, one.grades, one.opens_on) == (key, wanted, opens_on)), None):
        return same
    others = [stage for stage in known if stage.key != key]
    if taken := sorted({grade for stage in others for grade in stage.grades} & set(wanted)):
        raise Refusal(
            "grade_in_another_stage",
            why=_("These grades stand in another stage: %(grades)s.") % {"grades": ", ".join(map(str, taken))},
            do=_("Leave them out, or announce that stage anew."),
        )
    if Opening.objects.filter(key=key, stage__place=actor.place).exists():
        raise Refusal(
            "stage_begun",
            why=_("Schools have opened for this stage; its day can no longer move."),
            do=_("Announce the grades that are left under another name."),
        )
    return Stage.objects.create(
        place=actor.place,
        key=key,
        name_zh=name_zh[:80],
        name_en=name_en[:120],
        grades=wanted,
        opens_on=opens_on,
        announced_at=at,
        announced_by_id=by_id,
    )


@action(by={Role.SCHOOL, Role.COUNTY, Role.DEPARTMENT})
def open_schools(*, actor: Actor, key: str, school_ids: Collection[UUID], at: datetime) -> list[Opening]:
    """Let the grades of a stage return at these schools, all or none.

    Refuses before the day, without a grade of the stage, a school that is not accepted (naming what is missing),
    other grades before grade 12, and a second opening.
    """
    (_line, by_id), stage = must_have_a_line(actor), stage_for(actor, key)
    day = city_day(at)
    if day < stage.opens_on:
        raise Refusal(
            "not_yet",
            why=_("%(stage)s returns on %(day)s.") % {"stage": stage.name, "day": stage.opens_on},
            do=_("Open on the day itself."),
        )
    schools = list(School.objects.seen_by(actor).filter(pk__in=school_ids).select_for_update().order_by("code"))
    if not schools or len(schools) < len(set(school_ids)):
        raise Http404
    before: dict[UUID, list[Opening]] = {school.pk: [] for school in schools}
    for opening in Opening.objects.filter(school__in=schools):
        before[opening.school_id].append(opening)
    for line in lines_of(schools, day):
        _may_open(line, stage, before[line.school.pk])
    return Opening.objects.bulk_create(
        Opening(
            school=school,
            stage=stage,
            key=stage.key,
            grades=sorted(school.grades & set(stage.grades)),
            day=day,
            at=at,
            by_id=by_id,
        )
        for school in schools
    )


@action(by={Role.SCHOOL, Role.COUNTY, Role.DEPARTMENT})
def raise_alarm(
    *, actor: Actor, school_id: UUID, kind: Alarm.Kind, grade: int, class_number: int, note: str, at: datetime
) -> Alarm:
    """Record a finding; the class goes home at once, and its grade when two of its classes are closed. Nothing else.

    Refuses a class of a grade that is not open, and a finding without words.
    """
    (_line, by_id), school = must_have_a_line(actor), school_seen_by(actor, school_id)
    if grade not in grades_open(school) or not 1 <= class_number <= 99:
        raise Refusal(
            "class_not_open",
            why=_("No such class has returned at %(school)s.") % {"school": school.name},
            do=_("Choose a class of a grade that is open."),
        )
    if not note.strip():
        raise Refusal("note_empty", why=_("The finding says nothing."), do=_("Say what was found, without names."))
    alarm = Alarm.objects.create(
        school=school, kind=kind, grade=grade, class_number=class_number, note=note.strip()[:300], at=at, by_id=by_id
    )
    closed = set(_closed(school, grade).select_for_update().values_list("class_number", flat=True))
    if 0 in closed:
        return alarm
    units = {class_number} - closed
    if len(closed | units) >= CLASSES_TO_CLOSE_A_GRADE:
        units.add(0)
    Closing.objects.bulk_create(
        Closing(school=school, alarm=alarm, grade=grade, class_number=unit, closed_at=at) for unit in sorted(units)
    )
    return alarm


@action(by={Role.COUNTY, Role.DEPARTMENT})
def reopen_unit(*, actor: Actor, closing_id: UUID, why: str, at: datetime) -> Closing:
    """Let a closed class or grade return, by name and with the reason. Refuses a second time and no reason."""
    _line, by_id = must_have_a_line(actor)
    closing = Closing.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=closing_id).first()
    if closing is None:
        raise Http404
    if closing.reopened_at:
        raise Refusal("open_again", why=_("It is open again."), do=_("Open the school to see since when."))
    if not why.strip():
        raise Refusal("reason_missing", why=_("Opening again needs a reason."), do=_("Say what was found since."))
    closing.reopened_at, closing.reopened_by_id, closing.why_reopened = at, by_id, why.strip()[:300]
    closing.save(update_fields=["reopened_at", "reopened_by", "why_reopened"])
    return closing


def _may_open(line: SchoolLine, stage: Stage, before: Sequence[Opening]) -> None:
    words = {"school": line.school.name, "stage": stage.name}
    if not line.school.grades & set(stage.grades):
        raise Refusal(
            "no_such_grade",
            why=_("%(school)s has no grade of this stage: %(stage)s.") % words,
            do=_("Choose another stage."),
        )
    if any(opening.key == stage.key for opening in before):
        raise Refusal(
            "opened_before", why=_("%(school)s has opened for this stage.") % words, do=_("Nothing is left to do.")
        )
    if not line.ready:
        raise Refusal(
            "not_accepted",
            why=_("%(school)s is not accepted; missing: %(missing)s.") % {**words, "missing": line.missing_words},
            do=_("Close what is missing and have it accepted; then open."),
        )
    returned = {grade for opening in before for grade in opening.grades}
    if FINAL in line.school.grades - returned and FINAL not in stage.grades:
        raise Refusal(
            "grade12_first",
            why=_("At %(school)s grade 12 has not returned; it goes first.") % words,
            do=_("Open grade 12, then the others."),
        )


def _closed(school: School, grade: int) -> QuerySet[Closing]:
    return Closing.objects.filter(school=school, grade=grade, reopened_at=None)
