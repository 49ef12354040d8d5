"""Guessing passwords: eight tries lock one name at one address for a quarter of an hour, and nobody else."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client

from hucheng.core.accounts.actions import add_person, grant_role
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, after

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "a-long-word", "a-long-wort"
HERE, THERE = "10.0.0.1", "10.0.0.2"


@pytest.fixture(autouse=True)
def people(settings):
    settings.AXES_ENABLED = True
    for name in ("he", "song"):
        user = add_person(actor=SYSTEM, username=name, password=RIGHT, display_name=name, at=after(0))
        grant_role(actor=SYSTEM, user_id=user.pk, role=Role.ENTRY, place=CITY, at=after(0))


def signs_in(password=RIGHT, name="he", address=HERE) -> bool:
    """Whether the house lets somebody in, in a browser that it does not know."""
    client = Client(REMOTE_ADDR=address)
    client.post("/sign-in/", {"username": name, "password": password})
    return "_auth_user_id" in client.session


def guess(times: int, **where: str) -> None:
    for _time in range(times):
        assert not signs_in(WRONG, **where)


def test_seven_wrong_ones_and_then_the_right_one_let_in(settings):
    guess(settings.AXES_FAILURE_LIMIT - 1)
    assert signs_in()


def test_behind_the_eighth_even_the_right_one_is_refused_and_told_why(settings):
    guess(settings.AXES_FAILURE_LIMIT)
    client = Client(REMOTE_ADDR=HERE, HTTP_ACCEPT_LANGUAGE="en")
    page = client.post("/sign-in/", {"username": "he", "password": RIGHT})
    assert page.status_code in (403, 429) and "quarter of an hour" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_another_person_at_the_same_desk_is_not_locked_out(settings):
    guess(settings.AXES_FAILURE_LIMIT)
    assert signs_in(name="song")


def test_a_stranger_elsewhere_cannot_lock_somebody_out_of_their_own_desk(settings):
    guess(settings.AXES_FAILURE_LIMIT + 2, address=THERE)
    assert not signs_in(address=THERE) and signs_in(address=HERE)


@pytest.mark.parametrize(("minutes", "free"), [(14, False), (16, True)])
def test_a_quarter_of_an_hour_later_one_may_try_again(settings, minutes, free):
    guess(settings.AXES_FAILURE_LIMIT)
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(
            attempt_time=attempt.attempt_time - timedelta(minutes=minutes)
        )
    assert signs_in() == free


def test_a_name_that_nobody_has_is_locked_like_any_other(settings):
    """Else the house would tell which names it knows."""
    guess(settings.AXES_FAILURE_LIMIT, name="nobody")
    known, unknown = (
        Client(REMOTE_ADDR=HERE).post("/sign-in/", {"username": name, "password": WRONG}).status_code
        for name in ("he", "nobody")
    )
    assert known == 200 and unknown in (403, 429)
    guess(settings.AXES_FAILURE_LIMIT)
    assert Client(REMOTE_ADDR=HERE).post("/sign-in/", {"username": "he", "password": WRONG}).status_code == unknown


def test_what_was_typed_is_kept_nowhere(settings):
    guess(settings.AXES_FAILURE_LIMIT)
    kept = [str(value) for row in AccessAttempt.objects.values() for value in row.values()]
    assert kept and not any(WRONG in text for text in kept)


@pytest.mark.parametrize("words", ["", " ", "a" * 500, "'; DROP TABLE core_user; --", "<script>", "\x00"])
def test_any_words_are_only_words(words):
    assert not signs_in(words) and not signs_in(RIGHT, name=words)
    assert signs_in()
