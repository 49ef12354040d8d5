"""The certificate of release: its code is checked by anybody, says what the paper says, and is no pass."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, a_city, after, an_actor
from hucheng.entry.clearance.checking import checked
from hucheng.quarantine.release.actions import release
from hucheng.quarantine.release.models import Release
from hucheng.quarantine.release.papers import CERTIFICATE_LIFE, code_of, paper_of
from hucheng.quarantine.testing import people_inside, with_negative_tests

pytestmark = pytest.mark.django_db
DAY_14 = after(60, days=14)


@pytest.fixture
def released() -> Release:
    a_city()
    (stay,) = people_inside(1)
    with_negative_tests([stay], day=13.2)
    return release(
        actor=an_actor(Role.QUARANTINE),
        stay_id=stay.pk,
        to=Destination.CITY,
        county=COUNTY,
        receiver="C-XD-LG",
        at=DAY_14,
    )


def test_the_code_holds_and_says_what_the_paper_says(released):
    paper, verdict = paper_of(released), checked(code_of(released), DAY_14 + timedelta(hours=1))
    assert verdict.valid and paper.check_text.startswith("HUL1:")
    said = verdict.claims
    assert (said.release_id, said.holder, said.document_tail) == (paper.number, paper.name, paper.document_tail)
    assert (said.house, said.since, said.until, said.tests) == (paper.house, paper.since, paper.until, paper.tests)


def test_it_holds_from_the_release_for_its_life_and_no_longer(released):
    held = {days: checked(code_of(released), DAY_14 + timedelta(days=days)).code for days in (-1, 0, 29, 31)}
    assert held == {-1: "not_yet", 0: "ok", 29: "ok", 31: "expired"}
    assert timedelta(days=14) < CERTIFICATE_LIFE


def test_a_changed_sign_is_seen(released):
    code = code_of(released)
    other = "0" if code[40] != "0" else "1"
    assert not checked(code[:40] + other + code[41:], DAY_14).valid


def test_it_tells_neither_birth_nor_whole_document(released):
    person, said = released.arrival.person, checked(code_of(released), DAY_14).claims
    assert person.document_number not in str(said) and str(person.birth) not in str(said)


def test_the_page_of_verification_takes_it(client, released):
    with frozen_at(DAY_14):
        page = client.post(reverse("entry:verify"), {"text": code_of(released)}, headers={"accept-language": "en"})
    assert "The certificate is valid." in page.content.decode()


def test_the_printed_paper_is_a_pdf_for_those_who_may_read_it(client, released):
    client.force_login(User.objects.get(pk=an_actor(Role.QUARANTINE).user_id))
    with frozen_at(DAY_14):
        answer = client.get(reverse("quarantine:certificate", args=[released.pk]))
    assert answer["content-type"] == "application/pdf" and answer.content.startswith(b"%PDF")
