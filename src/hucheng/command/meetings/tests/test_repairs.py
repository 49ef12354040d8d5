"""A repair of minutes taken back: the text, the directives and the page follow; published minutes stand."""

import pytest
from django.http import Http404

from hucheng.command.directives.actions import accept, edit
from hucheng.command.directives.models import DirectiveChange
from hucheng.command.meetings.actions import take_back_repair
from hucheng.command.meetings.marked import repairs_of
from hucheng.command.testing import MINUTES, a_meeting, a_published_meeting, opened, refused, sent, signed_in
from hucheng.core.terms import Role
from hucheng.core.testing import OTHER_COUNTY, after, an_actor
from hucheng.engines.minutes import damage, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
DAMAGED = damage(MINUTES)


def number_of(meeting, before: str) -> int:
    return next(one.number for one in repairs_of(meeting) if one.before == before)


def take_back(meeting, number: int, at: int = 5, **more):
    known = {"actor": an_actor(Role.COMMAND_OFFICE), "meeting_id": meeting.pk, "at": after(at)}
    return take_back_repair(**known | more, number=number)


@pytest.fixture
def meeting():
    return a_meeting(DAMAGED)


def test_every_repair_is_listed_with_the_words_around_it(meeting):
    listed = repairs_of(meeting)
    assert [one.number for one in listed] == list(range(1, len(meeting.edits) + 1))
    one = next(one for one in listed if one.before == "專門機構")
    assert one.after == "专门机构" and "设立[专门机构]" in one.around


def test_the_text_has_again_what_the_document_had_and_directives_follow(meeting):
    texts = {one.number: one.text for one in meeting.directives.all()}
    changed = take_back(meeting, number_of(meeting, "專門機構"))
    assert "專門機構" in changed.clean_text and len(changed.edits) == len(meeting.edits) - 1
    for one in changed.directives.all():
        assert changed.clean_text[one.start : one.end] == one.text == texts[one.number].replace("专门机构", "專門機構")
    (change,) = DirectiveChange.objects.filter(act="edited")
    assert change.before["text"].replace("专门机构", "專門機構") == change.after["text"]


def test_a_second_repair_is_taken_back_as_well_and_the_first_stays_so(meeting):
    changed = take_back(meeting, number_of(meeting, "專門機構"))
    changed = take_back(changed, number_of(changed, "設"), at=6)
    assert "設立專門機構" in changed.clean_text and len(changed.kept) == 2
    assert changed.clean_text == read(DAMAGED, kept=[]).clean_text.replace("设立专门机构", "設立專門機構")


def test_a_directive_that_a_person_has_worded_keeps_its_words(meeting):
    one = next(one for one in meeting.directives.all() if "专门机构" in one.text)
    actor = an_actor(Role.COMMAND_OFFICE)
    edit(actor=actor, directive_id=one.pk, text="成立专班", kind=one.kind, theme=one.theme, at=after(3))
    take_back(meeting, number_of(meeting, "專門機構"))
    one.refresh_from_db()
    assert one.text == "成立专班"


def test_a_confirmed_directive_stays_confirmed(meeting):
    one = next(one for one in meeting.directives.all() if "专门机构" in one.text)
    accept(actor=an_actor(Role.COMMAND_OFFICE), directive_id=one.pk, at=after(3))
    take_back(meeting, number_of(meeting, "專門機構"))
    one.refresh_from_db()
    assert one.state == "accepted" and "專門機構" in one.text


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_repair_that_is_not_there_is_refused(meeting, number):
    refused("repair_unknown", take_back, meeting=meeting, number=number)


def test_published_minutes_stand():
    known = a_published_meeting()
    refused(
        "already_published", take_back_repair,
        actor=an_actor(Role.COMMAND_OFFICE), meeting_id=known["meeting_id"], number=1, at=after(40),
    )  # fmt: skip


def test_another_place_finds_no_minutes(meeting):
    with pytest.raises(Http404):
        take_back(meeting, 1, actor=an_actor(Role.COMMAND_OFFICE, OTHER_COUNTY))


def test_the_page_offers_each_repair_to_the_office_until_the_minutes_are_published(client, meeting):
    page = opened(signed_in(client), "meeting", meeting.pk).content.decode()
    assert "Take this repair back" in page and "專門機構 → 专门机构" in page
    answer = sent(client, "undo_repair", meeting.pk, number=str(number_of(meeting, "專門機構")), at=after(5))
    assert answer.status_code == 302
    assert "專門機構" in opened(client, "meeting", meeting.pk).content.decode()
    assert sent(client, "undo_repair", meeting.pk, number="x", at=after(6)).status_code == 422


def test_a_reader_is_offered_none(client, meeting):
    page = opened(signed_in(client, Role.LEADING_GROUP), "meeting", meeting.pk).content.decode()
    assert "Take this repair back" not in page
