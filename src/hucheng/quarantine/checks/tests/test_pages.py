"""The list on a nurse's phone and the check of one person; the same over the API."""

import json

import pytest
from django.urls import reverse

from hucheng.core.accounts.actions import make_token
from hucheng.core.accounts.models import RoleGrant
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, COUNTY, MORNING, after, an_actor
from hucheng.entry.door import SYMPTOMS
from hucheng.entry.flights.models import Arrival
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.testing import main_of, opened, people_inside, posted, signed_in

pytestmark = pytest.mark.django_db
NEXT_DAY = after(60, days=1)
HOUSE = (Role.HOUSE, COUNTY, "H01")
WELL = {f"symptom_{code}": "no" for code in SYMPTOMS} | {"temperature": "36.6", "key": "phone-key-1"}


@pytest.fixture
def stays():
    return people_inside(3)


@pytest.mark.parametrize(("language", "words"), [("en", "3 people are left"), ("zh-hans", "还剩 3 人")])
def test_the_list_says_how_many_are_left_and_names_each_with_the_room(client, stays, language, words):
    page = opened(signed_in(client, *HOUSE, language=language), "checks", at=NEXT_DAY)
    text = main_of(page)
    assert words in text and len(page.context["left"]) == 3
    for stay in stays:
        assert stay.arrival.person.full_name in text and stay.room.number in text
        assert reverse("quarantine:check", args=[stay.pk]) in text


def test_one_check_leads_to_the_next_person_and_the_last_back_to_the_list(client, stays):
    nurse = signed_in(client, *HOUSE)
    rows = [row.stay_id for row in opened(nurse, "checks", at=NEXT_DAY).context["rows"]]
    for number, stay in enumerate(rows):
        answer = posted(nurse, "check", stay, at=NEXT_DAY, **WELL | {"key": f"phone-key-{number}"})
        following = rows[number + 1 :]
        assert answer.url == (
            reverse("quarantine:check", args=[following[0]]) if following else reverse("quarantine:checks")
        )
    assert DailyCheck.objects.filter(by=an_actor(*HOUSE).user_id, abnormal=False).count() == 3


@pytest.mark.parametrize(("language", "done", "abnormal"), [("en", "Done", "Abnormal"), ("zh-hans", "已完成", "异常")])
def test_what_was_found_stands_on_the_list(client, stays, language, done, abnormal):
    nurse = signed_in(client, *HOUSE, language=language)
    posted(nurse, "check", stays[0].pk, at=NEXT_DAY, **WELL)
    posted(nurse, "check", stays[1].pk, at=NEXT_DAY, **WELL | {"temperature": "38.0", "key": "phone-key-2"})
    page = opened(nurse, "checks", at=NEXT_DAY)
    text = main_of(page)
    assert done in text and abnormal in text and text.count('class="done"') == 2
    assert [row.stay_id for row in page.context["left"]] == [stays[2].pk]
    assert Arrival.objects.get(pk=stays[1].arrival_id).outcome == "hospital"


def test_no_symptom_is_answered_by_silence(client, stays):
    """INQ-24: there is no button for all fine."""
    nurse = signed_in(client, *HOUSE)
    for code in SYMPTOMS:
        form = {name: value for name, value in WELL.items() if name != f"symptom_{code}"}
        answer = posted(nurse, "check", stays[0].pk, at=NEXT_DAY, **form)
        assert answer.status_code == 422 and set(answer.context["form"].errors) == {f"symptom_{code}"}
    assert not DailyCheck.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"temperature": "43.1"}, "impossible_temperature"), ({"temperature": "33.9"}, "impossible_temperature")],
    ids=str,
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_reading_that_cannot_be_is_refused_and_the_rest_is_kept(client, stays, wrong, code, language):
    client = signed_in(client, *HOUSE, language=language)
    answer = posted(client, "check", stays[0].pk, at=NEXT_DAY, **WELL | wrong | {"symptom_cough": "yes"})
    text = main_of(answer)
    assert answer.status_code == 422 and answer.context["refusal"].code == code and code in text
    assert f'value="{wrong["temperature"]}"' in text and text.count(" checked") == len(SYMPTOMS)
    assert not DailyCheck.objects.exists()


def test_a_second_check_of_the_slot_is_told(client, stays):
    nurse = signed_in(client, *HOUSE)
    posted(nurse, "check", stays[0].pk, at=NEXT_DAY, **WELL)
    answer = posted(nurse, "check", stays[0].pk, at=NEXT_DAY, **WELL | {"key": "phone-key-2"})
    assert answer.status_code == 422 and answer.context["refusal"].code == "slot_taken"
    assert DailyCheck.objects.count() == 1


def test_each_page_of_a_check_has_a_key_of_its_own_and_the_way_to_help(client, stays):
    nurse = signed_in(client, *HOUSE)
    pages = [opened(nurse, "check", stays[0].pk, at=NEXT_DAY) for _n in range(2)]
    keys = {page.context["form"]["key"].value() for page in pages}
    assert len(keys) == 2 and reverse("quarantine:ask", args=[stays[0].arrival_id]) in main_of(pages[0])


def test_whoever_is_not_inside_or_not_in_this_house_has_no_page(client, stays):
    other = signed_in(client, Role.HOUSE, COUNTY, "H02")
    assert opened(other, "check", stays[0].pk, at=NEXT_DAY).status_code == 404
    assert posted(other, "check", stays[0].pk, at=NEXT_DAY, **WELL).status_code == 404
    Stay.objects.filter(pk=stays[0].pk).update(ended_at=after(200))
    assert opened(signed_in(client, *HOUSE), "check", stays[0].pk, at=NEXT_DAY).status_code == 404
    assert not DailyCheck.objects.exists()


def test_other_roles_find_no_list_of_checks(client, stays):
    for role in set(Role) - {Role.HOUSE, Role.QUARANTINE, Role.MEDICAL}:
        reader = signed_in(client, role, CITY, "U1" if role in UNIT_ROLES else "")
        assert opened(reader, "checks", at=NEXT_DAY).status_code == 404, role
        assert posted(reader, "check", stays[0].pk, at=NEXT_DAY, **WELL).status_code == 404, role


def sent(client, body, role=HOUSE, at=NEXT_DAY):
    grant = RoleGrant.objects.get(user_id=an_actor(*role).user_id, role=role[0])
    token = make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)
    with frozen_at(at):
        return client.post(
            "/api/v1/checks", json.dumps(body), content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {token}"
        )


def one(stay, **changed):
    return {
        "stay_id": str(stay.pk),
        "day": "2020-03-22",
        "slot": "am",
        "temperature": 36.5,
        "key": "phone-key",
    } | changed


def test_a_phone_sends_its_batch_again_and_is_told_what_was_known(client, stays):
    body = [one(stay, key=f"phone-key-{n}", temperature=36.5 + n) for n, stay in enumerate(stays)]
    assert sent(client, body).json() == {"new": 3, "known": 0, "abnormal": 2}
    assert sent(client, body).json() == {"new": 0, "known": 3, "abnormal": 0}
    assert DailyCheck.objects.count() == 3 and sent(client, []).json()["new"] == 0


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"temperature": 29.9}, 422), ({"temperature": 45.1}, 422), ({"temperature": 33.5}, 409),
        ({"slot": "night"}, 422), ({"day": "2020-02-30"}, 422), ({"day": "2020-03-23"}, 409),
        ({"key": "short"}, 422), ({"key": "k" * 41}, 422), ({"symptoms": ["plague"]}, 409), ({"stay_id": "x"}, 422),
        ({"stay_id": "00000000-0000-4000-8000-000000000000"}, 404),
    ],
    ids=str,
)  # fmt: skip
def test_one_wrong_check_and_nothing_of_the_batch_is_kept(client, stays, wrong, status):
    answer = sent(client, [one(stays[0], key="phone-key-1"), one(stays[1], **wrong)])
    assert answer.status_code == status and not DailyCheck.objects.exists()
    if status == 409:
        assert set(answer.json()) == {"code", "why", "do"} and all(answer.json().values())


@pytest.mark.parametrize("role", [(Role.COUNTY, COUNTY, ""), (Role.LABORATORY, CITY, "")], ids=str)
def test_another_role_is_refused_over_the_api_and_leaves_its_line(client, stays, role):
    answer = sent(client, [one(stays[0])], role)
    assert answer.status_code == 409 and answer.json()["code"] == "role_may_not"
    assert AuditLine.objects.filter(act="quarantine.checks.record_checks", refused="role_may_not").count() == 1
