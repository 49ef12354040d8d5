"""No certificate, no activation; two people check each."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import override

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.quarantine.requisition.actions import (
    HouseSpec,
    RoomSpec,
    activate,
    check_certificate,
    file_certificate,
    missing_papers,
    order_requisition,
)
from hucheng.quarantine.requisition.measures import certified
from hucheng.quarantine.requisition.models import Certificate, House
from hucheng.quarantine.testing import a_house, a_house_ordered, refused, with_papers

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


def a_paper(house, kind=Certificate.Kind.FIRE, until=date(2021, 3, 1), name="F-1", actor=None):
    keeper = actor or an_actor(Role.QUARANTINE)
    return file_certificate(actor=keeper, house_id=house.pk, kind=kind, valid_until=until, file_name=name, at=after(5))


def look(paper, name, at=MORNING):
    return check_certificate(actor=an_actor(Role.QUARANTINE, name=name), certificate_id=paper.pk, at=at)


def test_an_order_keeps_the_house_and_each_room_as_it_was_taken_over():
    rooms = (RoomSpec(2, "201", 1, accessible=True), RoomSpec(3, "301", 4))
    spec = HouseSpec("H77", COUNTY, "七号", "House seven", 25, True, rooms)
    house = order_requisition(actor=an_actor(Role.COMMAND_OFFICE), house=spec, at=after(3))
    kept = House.objects.filter(pk=house.pk).values_list("state", "place", "minutes_to_hospital", "halal", "ready_at")
    assert kept.get() == ("ordered", COUNTY, 25, True, None) and house.ordered_at == after(3)
    stand = house.rooms.order_by("number").values_list("floor", "number", "beds", "accessible", "state", "place")
    assert list(stand) == [(2, "201", 1, True, "free", COUNTY), (3, "301", 4, False, "free", COUNTY)]
    line = AuditLine.objects.get(act="quarantine.requisition.order_requisition")
    assert line.detail["gave"] == str(house.pk) and "House seven" not in str(line.detail)


def test_the_filer_gives_the_first_look_and_the_colleague_the_second():
    paper = a_paper(a_house_ordered())
    assert paper.first_check_id == an_actor(Role.QUARANTINE).user_id and paper.second_check_id is None
    assert paper.filed_at == after(5)
    second = look(paper, "second look").second_check_id
    assert second == an_actor(Role.QUARANTINE, name="second look").user_id != paper.first_check_id


def test_a_third_look_does_not_take_the_place_of_the_second():
    paper = a_paper(a_house_ordered())
    look(paper, "second look")
    third = an_actor(Role.QUARANTINE, name="third look")
    refused("looked_at_twice", check_certificate, actor=third, certificate_id=paper.pk, at=after(9))
    paper.refresh_from_db()
    assert paper.second_check_id == an_actor(Role.QUARANTINE, name="second look").user_id


def test_a_house_is_opened_once_and_keeps_the_time_it_was_ready():
    house = a_house()
    keeper = an_actor(Role.QUARANTINE)
    no = refused("not_ordered", activate, actor=keeper, house_id=house.pk, at=after(days=2))
    house.refresh_from_db()
    assert house.ready_at == MORNING and str(house.get_state_display()) in str(no.why)


def test_a_house_given_back_is_not_opened_again():
    house = a_house()
    House.objects.filter(pk=house.pk).update(state=House.State.RETURNED, returned_at=after(1))
    refused("not_ordered", activate, actor=an_actor(Role.QUARANTINE), house_id=house.pk, at=after(days=2))
    assert House.objects.get().state == House.State.RETURNED


def test_the_refusal_names_exactly_the_papers_that_are_missing():
    house = a_house_ordered()
    for kind in (Certificate.Kind.FIRE, Certificate.Kind.STRUCTURE):
        look(a_paper(house, kind), "second look")
    a_paper(house, Certificate.Kind.ELECTRIC)
    with override("en"):
        no = refused("papers_missing", activate, actor=an_actor(Role.QUARANTINE), house_id=house.pk, at=MORNING)
        assert str(no.why) == "Missing or not in order: Electrical safety, Ventilation."


def test_a_renewed_paper_takes_over_from_the_one_that_runs_out():
    house = with_papers(a_house_ordered(), valid_until=date(2020, 3, 25))
    later = after(days=6)
    assert len(missing_papers(house, later)) == 4 and not missing_papers(house, MORNING)
    look(a_paper(house, Certificate.Kind.FIRE, date(2020, 9, 1), "F-2"), "second look", at=later)
    assert set(missing_papers(house, later)) == set(Certificate.Kind) - {Certificate.Kind.FIRE}


def test_the_number_of_a_paper_is_kept_up_to_what_its_field_holds():
    assert a_paper(a_house_ordered(), name="证" * 200).file_name == "证" * 120


@pytest.mark.parametrize("stranger", [(Role.QUARANTINE, OTHER_COUNTY), (Role.COMMAND_OFFICE, OTHER_COUNTY)])
def test_another_county_files_and_looks_at_no_paper_here(stranger):
    house = a_house_ordered()
    paper, actor = a_paper(house), an_actor(*stranger)
    with pytest.raises(Http404):
        a_paper(house, actor=actor)
    with pytest.raises(Http404):
        check_certificate(actor=actor, certificate_id=paper.pk, at=MORNING)
    assert Certificate.objects.get().second_check_id is None


def test_the_database_wants_the_first_look_before_the_second_and_a_time_before_use():
    house = a_house_ordered()
    paper, other = a_paper(house), an_actor(Role.QUARANTINE, name="second look").user_id
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=paper.pk).update(first_check=None, second_check=other)
    for state in ("active", "returned"):
        with pytest.raises(IntegrityError), transaction.atomic():
            House.objects.filter(pk=house.pk).update(state=state)


def test_two_papers_of_one_kind_do_not_stand_for_another():
    house = a_house()
    fire = house.certificates.get(kind=Certificate.Kind.FIRE)
    Certificate.objects.filter(pk=fire.pk).update(kind=Certificate.Kind.STRUCTURE)
    assert certified(an_actor(Role.QUARANTINE), MORNING).value == 0
    assert missing_papers(house, MORNING) == [Certificate.Kind.FIRE]


@pytest.mark.parametrize(("at", "value"), [(after(15.9 * 60), 100), (after(16 * 60), 0)])
def test_the_measure_counts_a_paper_until_midnight_of_the_city(at, value):
    a_house()
    Certificate.objects.update(valid_until=date(2020, 3, 21))
    reading = certified(an_actor(Role.QUARANTINE), at)
    assert (reading.value, reading.denominator, reading.as_of) == (value, 1, at)


def test_the_measure_is_blind_while_no_house_is_in_use_in_sight():
    with_papers(a_house_ordered())
    assert certified(an_actor(Role.QUARANTINE), MORNING).value is None
    a_house("H02")
    assert certified(an_actor(Role.QUARANTINE), MORNING).denominator == 1
    assert certified(an_actor(Role.QUARANTINE, OTHER_COUNTY), MORNING).value is None
