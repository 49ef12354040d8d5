"""No certificate, no activation; two people check each."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import MORNING, OTHER_COUNTY, after, an_actor
from hucheng.quarantine.requisition.actions import activate, check_certificate, file_certificate
from hucheng.quarantine.requisition.measures import certified
from hucheng.quarantine.requisition.models import Certificate, House
from hucheng.quarantine.testing import a_house, a_house_ordered, with_papers

pytestmark = pytest.mark.django_db


def open_it(house, at=MORNING):
    return activate(actor=an_actor(Role.QUARANTINE), house_id=house.pk, at=at)


def test_a_house_without_papers_stays_shut():
    with pytest.raises(Refusal) as no:
        open_it(a_house_ordered())
    assert no.value.code == "papers_missing" and "," in str(no.value.why)


@pytest.mark.parametrize("missing", Certificate.Kind)
def test_each_of_the_four_papers_is_needed(missing):
    house = with_papers(a_house_ordered())
    Certificate.objects.filter(kind=missing).delete()
    with pytest.raises(Refusal):
        open_it(house)


def test_a_paper_out_of_date_does_not_count():
    house = with_papers(a_house_ordered(), valid_until=date(2020, 3, 25))
    assert open_it(house).state == House.State.ACTIVE
    with pytest.raises(Refusal):
        open_it(house, at=after(days=6))


def test_one_look_is_not_enough():
    house = a_house_ordered()
    keeper = an_actor(Role.QUARANTINE)
    for kind in Certificate.Kind:
        file_certificate(
            actor=keeper, house_id=house.pk, kind=kind, valid_until=date(2021, 1, 1), file_name="x", at=MORNING
        )
    with pytest.raises(Refusal):
        open_it(house)
    with pytest.raises(Refusal) as no:
        check_certificate(actor=keeper, certificate_id=Certificate.objects.first().pk, at=MORNING)
    assert no.value.code == "same_hand"


def test_the_database_too_wants_two_people():
    house = with_papers(a_house_ordered())
    paper = house.certificates.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=paper.pk).update(second_check=paper.first_check)


def test_a_house_is_ordered_once():
    a_house_ordered()
    with pytest.raises(Refusal) as no:
        a_house_ordered()
    assert no.value.code == "house_known"


def test_another_county_does_not_see_the_house():
    house = a_house_ordered()
    with pytest.raises(Http404):
        activate(actor=an_actor(Role.QUARANTINE, OTHER_COUNTY), house_id=house.pk, at=MORNING)


def test_the_measure_counts_houses_in_use_with_papers_in_date():
    a_house()
    assert certified(an_actor(Role.QUARANTINE), MORNING).value == 100
    assert certified(an_actor(Role.QUARANTINE), after(days=900)).value == 0
