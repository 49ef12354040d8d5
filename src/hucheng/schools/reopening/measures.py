"""Whether grade 12 came back on its day, and whether the other grades are ready a week ahead."""

from datetime import datetime, time

from django.urls import reverse

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.schools.readiness.models import School
from hucheng.schools.readiness.queries import lines_of
from hucheng.schools.reopening.actions import NOTICE
from hucheng.schools.reopening.models import Opening
from hucheng.schools.reopening.queries import FINAL, city_day, stage_of_grade12, stages_for, with_grades

FIRST_LESSON = time(8)
"""Before the first lesson of the day nobody can have failed to return."""


@measure("schools.reopening.grade12_on_time")
def grade12_on_time(actor: Actor, at: datetime) -> Reading:
    """Schools whose grade 12 returned by its day; blind until the first lesson of that day."""
    stage, url = stage_of_grade12(actor), reverse("schools:reopening")
    now = at.astimezone(SHANGHAI)
    if stage is None or now < datetime.combine(stage.opens_on, FIRST_LESSON, SHANGHAI):
        return Reading(None, at, rows_url=url)
    due = with_grades(School.objects.seen_by(actor), [FINAL])
    on_time = Opening.objects.filter(school__in=due, key=stage.key, day__lte=stage.opens_on)
    return Reading.share(on_time.count(), due.count(), as_of=at, rows_url=url)


@measure("schools.reopening.other_grades_ready")
def other_grades_ready(actor: Actor, at: datetime) -> Reading:
    """Schools accepted a week before a stage of other grades, of those due; blind until that week begins."""
    today, url = city_day(at), reverse("schools:reopening")
    ready = due = 0
    for stage in stages_for(actor):
        if FINAL in stage.grades or today < stage.opens_on - NOTICE:
            continue
        found = lines_of(with_grades(School.objects.seen_by(actor), stage.grades), today)
        due += len(found)
        ready += sum(line.ready and line.accepted_on <= stage.opens_on - NOTICE for line in found)
    return Reading.share(ready, due, as_of=at, rows_url=url)
