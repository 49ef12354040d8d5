"""A guest without a phone is heard too: whoever looks after guests writes the appeal down."""

from html import unescape

import pytest
from django.urls import reverse

from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, after
from hucheng.quarantine.appeals.models import Appeal
from hucheng.quarantine.lodging.actions import end_stay
from hucheng.quarantine.testing import main_of, opened, people_inside, posted, signed_in

pytestmark = pytest.mark.django_db
FILED = after(60, days=1)
HOUSE = (Role.HOUSE, COUNTY, "H01")
SAID = {"about": "treatment", "text": "Nobody answers the bell at night"}


@pytest.fixture
def stay():
    return people_inside(1)[0]


@pytest.mark.parametrize("who", [HOUSE, (Role.QUARANTINE, CITY, ""), (Role.MEDICAL, CITY, "")], ids=lambda who: who[0])
def test_whoever_looks_after_a_guest_files_and_is_told_by_when_the_answer_is_owed(client, stay, who):
    client = signed_in(client, *who)
    page = opened(client, "file_appeal", stay.pk, at=FILED)
    assert page.status_code == 200 and stay.arrival.person.full_name in page.text
    done = posted(client, "file_appeal", stay.pk, at=FILED, **SAID)
    one = Appeal.objects.get()
    assert (
        done.status_code == 200 and "Answer owed by 03-24 09:00" in main_of(done) and "<textarea" not in main_of(done)
    )
    assert (one.arrival_id, one.about, one.text) == (stay.arrival_id, "treatment", SAID["text"])
    assert str(one.filed_by_id) == client.session["_auth_user_id"]


def test_the_reviewer_reads_whose_hand_wrote_it_and_the_guest_finds_it_on_the_own_page(client, stay):
    posted(signed_in(client, *HOUSE), "file_appeal", stay.pk, at=FILED, **SAID)
    review = main_of(opened(signed_in(client, Role.COMMAND_OFFICE), "appeals", at=FILED))
    assert SAID["text"] in review and "written down by" in review and "H01" in review
    assert SAID["text"] in opened(client, "own_appeal", stay.arrival.access, at=FILED).text


def test_what_a_guest_wrote_alone_names_no_other_hand(client, stay):
    posted(client, "own_appeal", stay.arrival.access, at=FILED, **SAID)
    assert Appeal.objects.get().filed_by is None
    assert "written down by" not in opened(signed_in(client, Role.COMMAND_OFFICE), "appeals", at=FILED).text


def test_a_house_is_not_shown_what_its_guests_appealed(client, stay):
    posted(client, "own_appeal", stay.arrival.access, at=FILED, **SAID)
    assert SAID["text"] not in opened(signed_in(client, *HOUSE), "file_appeal", stay.pk, at=FILED).text


def test_a_second_one_about_the_same_is_told_and_the_words_are_kept(client, stay):
    client = signed_in(client, *HOUSE)
    posted(client, "file_appeal", stay.pk, at=FILED, **SAID)
    again = posted(client, "file_appeal", stay.pk, at=FILED, **SAID)
    assert again.status_code == 422 and "appeal_open" in again.text and SAID["text"] in again.text
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("lacks", ["about", "text"])
def test_an_appeal_that_lacks_something_is_told_beside_its_field(client, stay, lacks):
    answer = posted(signed_in(client, *HOUSE), "file_appeal", stay.pk, at=FILED, **SAID | {lacks: ""})
    assert answer.status_code == 422 and f'id="id_{lacks}_error"' in answer.text and not Appeal.objects.exists()


@pytest.mark.parametrize(
    "who",
    [(Role.HOUSE, COUNTY, "H02"), (Role.COUNTY, CITY, ""), (Role.LEADING_GROUP, CITY, "")],
    ids=lambda who: who[0],
)
def test_another_house_and_those_who_look_after_nobody_file_nothing(client, stay, who):
    assert posted(signed_in(client, *who), "file_appeal", stay.pk, at=FILED, **SAID).status_code == 404
    assert not Appeal.objects.exists()


def test_nobody_files_for_somebody_who_has_left(client, stay):
    end_stay(stay, after(400))
    assert opened(signed_in(client, *HOUSE), "file_appeal", stay.pk, at=FILED).status_code == 404


@pytest.mark.parametrize(("language", "words"), [("en", "in the guest's name"), ("zh-hans", "代住客申诉")])
def test_the_room_and_the_daily_check_lead_to_it(client, stay, language, words):
    client, address = signed_in(client, *HOUSE, language=language), reverse("quarantine:file_appeal", args=[stay.pk])
    room = opened(client, "house", stay.room.house_id, at=FILED, room=stay.room.number).text
    check = opened(client, "check", stay.pk, at=FILED).text
    assert address in room and address in check
    assert words in unescape(opened(client, "file_appeal", stay.pk, at=FILED).text)


def test_a_reader_who_looks_after_nobody_finds_no_way_to_it(client, stay):
    client = signed_in(client, Role.COMMAND_OFFICE)
    room = opened(client, "house", stay.room.house_id, at=FILED, room=stay.room.number).text
    assert reverse("quarantine:file_appeal", args=[stay.pk]) not in room
