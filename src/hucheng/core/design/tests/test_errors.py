"""Pages of what went wrong: in the design, in both languages, with what was not changed and a way home."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.views import defaults

pytestmark = pytest.mark.django_db
WORDS = {"zh-hans": "未保存任何内容", "en": "Nothing was saved"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_not_there_and_what_is_not_allowed_look_the_same(client, language):
    client.cookies["django_language"] = language
    page = client.get("/nothing/at/all/")
    text = page.content.decode()
    assert page.status_code == 404 and 'href="/"' in text and "<h1" in text
    assert ("这里没有可看的内容" if language == "zh-hans" else "There is nothing to see here") in text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_expired_form_says_that_nothing_was_saved(language):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["django_language"] = language
    page = strict.post(reverse("sign_in"), {"username": "x", "password": "y"})
    assert page.status_code == 403 and WORDS[language] in page.content.decode()
    assert 'class="empty"' in page.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("view", "status"),
    [
        (lambda request: defaults.server_error(request), 500),
        (lambda request: defaults.permission_denied(request, PermissionError()), 403),
        (lambda request: defaults.bad_request(request, ValueError()), 400),
    ],
)
def test_a_fault_of_the_house_needs_nothing_but_its_template(view, status, language):
    with translation.override(language):
        page = view(RequestFactory().get("/"))
    assert page.status_code == status and WORDS[language] in page.content.decode()
    assert "<script>" not in page.content.decode() and "style=" not in page.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_who_is_locked_out_is_told_how_long_and_whom_to_ask(client, settings, language):
    settings.AXES_ENABLED = True
    client.cookies["django_language"] = language
    for _again in range(settings.AXES_FAILURE_LIMIT + 1):
        page = client.post(reverse("sign_in"), {"username": "x", "password": "wrong"})
    text = page.content.decode()
    assert page.status_code in (403, 429) and 'role="alert"' in text
    assert ("一刻钟" if language == "zh-hans" else "quarter of an hour") in text
