"""The life of a fire, played at random, and the measure of the first response against a count by hand."""

import pytest

from hucheng.core.testing import COUNTY, a_city, after
from hucheng.stability.response.actions import follow_fire, report_fire
from hucheng.stability.response.models import FireEntry
from hucheng.stability.response.queries import fires
from hucheng.stability.testing import clerk, refused

pytestmark = pytest.mark.django_db
CREW, OUT, FACT = FireEntry.Kind.CREW, FireEntry.Kind.OUT, FireEntry.Kind.FACT


@pytest.fixture(autouse=True)
def city():
    a_city()


def a_fire(minute=0, place=COUNTY, where="west hill", text="", actor=None):
    return report_fire(actor=actor or clerk(place), place=place, where=where, text=text, at=after(minute))


def then(fire, kind, minute, entered=None, text="", actor=None):
    at = after(minute if entered is None else entered)
    told = {"fire_id": fire.pk, "kind": kind, "happened_at": after(minute), "text": text}
    return follow_fire(actor=actor or clerk(fire.place), at=at, **told)


@pytest.mark.parametrize("entered", [30, 31])
def test_a_fire_without_a_crew_is_not_out_even_at_this_very_minute(entered):
    fire = a_fire()
    refused("out_before_crew", then, fire=fire, kind=OUT, minute=30, entered=entered)
    assert not fires(clerk(), after(60))[0].out


@pytest.mark.parametrize(("minute", "code"), [(19, "out_before_crew"), (20, ""), (21, "")])
def test_a_fire_is_out_from_the_minute_of_its_crew_on(minute, code):
    fire = a_fire()
    then(fire, CREW, 20)
    if code:
        refused(code, then, fire=fire, kind=OUT, minute=minute, entered=60)
    else:
        assert then(fire, OUT, minute).kind == "out" and fires(clerk(), after(60))[0].out
