"""Makers for tests in a browser: who signs in, what is pressed, and whether a page is sound."""

import os
from functools import cache
from typing import Any

import pytest
from django.conf import settings

from hucheng.core.accounts.models import User
from hucheng.core.design.build import VENDOR
from hucheng.core.scope.actor import Actor

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

in_a_browser = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("deletable")]
in_both_views = pytest.mark.parametrize(("locale", "width"), [("zh-CN", 1440), ("en-US", 360)])
"""A long story is walked once at a desk and once on a phone, each in one of the languages."""
WORD = "a-long-word"


@cache
def _axe() -> str:
    return (VENDOR / "axe.min.js").read_text(encoding="utf-8")


def opened(chromium: Any, locale: str, width: int, **options: Any) -> Any:
    """A page with cookies of its own; `page.blocked` keeps what the browser complained of, such as what it blocked."""
    page = chromium.new_context(locale=locale, viewport={"width": width, "height": 900}, **options).new_page()
    page.blocked = []
    page.on("console", lambda message: page.blocked.append(message.text) if _is_a_fault(message) else None)
    page.on("pageerror", lambda error: page.blocked.append(str(error)))
    return page


def _is_a_fault(message: Any) -> bool:
    """A form refused (422) is an answer, which the browser also writes on its console."""
    return message.type == "error" and "422" not in message.text


def signed_in(page: Any, live_server: Any, actor: Actor) -> None:
    """The actor's person at the page, past the sign-in form."""
    person = User.objects.get(pk=actor.user_id)
    person.set_password(WORD)
    person.save()
    page.goto(live_server.url + settings.LOGIN_URL)
    page.fill("#id_username", person.username)
    page.fill("#id_password", WORD)
    follow(page.locator("form.frm button"))


def follow(target: Any) -> None:
    """Press what asks for a page, and wait until the answer stands: a test that looks sooner sees the old page."""
    with target.page.expect_navigation():
        target.click()


def sound(page: Any) -> None:
    """No fault of accessibility that axe finds, no sideways scroll; axe is handed to the browser, past the policy."""
    page.wait_for_load_state()
    page.evaluate(_axe())
    faults = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes[0].html)")
    assert not faults, (page.url, faults)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
