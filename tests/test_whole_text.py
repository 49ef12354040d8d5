"""Text that no keyboard writes is answered with 400 on every way in, and nothing is kept of it."""

import pytest
from django.urls import reverse

from hucheng.command.supervision.models import SupervisionNote
from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import a_city, after, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    a_city()
    client.force_login(User.objects.get(pk=an_actor(Role.COMMAND_OFFICE).user_id))
    return client


def send(client, about):
    with frozen_at(after(0)):
        return client.post(reverse("command:send_note"), {"unit": "TF-HOTEL", "about": about})


def test_a_form_with_a_nul_sign_is_refused_whole(office):
    assert send(office, "two people\x00 missing").status_code == 400
    assert not SupervisionNote.objects.exists()
    assert send(office, "two people missing").status_code == 302
    assert SupervisionNote.objects.get().about == "two people missing"


def test_an_address_with_a_nul_sign_is_refused(office):
    assert office.get(reverse("command:measures") + "?q=%00").status_code == 400


def test_an_upload_with_a_nul_sign_in_a_field_is_refused_and_one_in_the_file_is_left_to_its_reader(office, tmp_path):
    file = tmp_path / "list.csv"
    file.write_bytes(b"a\x00b")
    with file.open("rb") as data:
        assert office.post(reverse("command:meetings"), {"text": "x\x00", "file": data}).status_code == 400
        data.seek(0)
        assert office.post(reverse("command:meetings"), {"text": "x", "file": data}).status_code != 400


def test_a_program_is_refused_too(office):
    body = '{"name": "two\\u0000people"}'
    assert office.post("/api/v1/anything", body, content_type="application/json").status_code == 400
    assert office.post("/api/v1/anything", "{}", content_type="application/json").status_code == 404
