"""One command, then no network: the house calls nobody, its pages load nothing from elsewhere (NEW-38, R-12)."""

import ast
import re
import socket
from pathlib import Path

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import a_city, after, an_actor
from hucheng.entry.clearance.actions import clear
from hucheng.entry.testing import a_landed_flight, arrivals_of, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage_flight

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "hucheng"
CALLERS = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3", "smtplib", "ftplib", "telnetlib"}
CALLERS |= {"django.core.mail", "websocket", "websockets", "paramiko", "xmlrpc.client"}
LISTENS = {"exercises/command.py"}
"""Asks its own machine whether a port is free, before the demonstration listens there."""
ELSEWHERE = re.compile(r"""(?:src|href|action|srcset|poster|data)\s*=\s*["'](?:https?:)?//([^"'/]+)""")
LOADED = re.compile(r"@import|url\(\s*[\"']?(?:https?:)?//|(?:fetch|WebSocket|EventSource|import)\(\s*[\"']\w*:?//")
CODE = [p for p in sorted(SOURCE.rglob("*.py")) if not {"tests", "migrations"} & set(p.parts)]
SHOWN = [p for p in sorted(SOURCE.rglob("*")) if p.suffix in (".html", ".css", ".js") and "vendor" not in p.parts]


def imported(path: Path) -> set[str]:
    """Modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def short(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def test_nothing_in_the_source_can_call_another_machine():
    callers = {short(p): imported(p) & CALLERS for p in CODE if imported(p) & CALLERS}
    assert not callers
    assert {short(p) for p in CODE if "socket" in imported(p)} <= LISTENS


def test_the_gate_sees_a_call_in_any_corner(tmp_path):
    path = tmp_path / "x.py"
    path.write_text("def f():\n    from urllib import request\n    import http.client\n")
    assert imported(path) & CALLERS == {"urllib.request", "http.client"}


@pytest.mark.parametrize("path", SHOWN, ids=short)
def test_nothing_shown_is_loaded_from_elsewhere(path):
    text = path.read_text(encoding="utf-8")
    assert not ELSEWHERE.search(text)
    assert not re.search(
        r"@import|url\(\s*[\"']?(?:https?:)?//|(?:fetch|WebSocket|EventSource|import)\(\s*[\"']\w*:?//", text
    )


@pytest.fixture
def no_network(monkeypatch):
    """Any connection to another machine is an error."""
    whole = socket.socket.connect

    def connect(self, address):
        if self.family == socket.AF_UNIX:
            return whole(self, address)
        raise AssertionError(f"something calls {address}")

    def resolve(*args, **kwargs):
        raise AssertionError(f"something asks for the address of {args[0]}")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect)
    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@pytest.mark.django_db
def test_a_flight_walks_from_list_to_pass_and_every_page_answers_without_a_network(client, no_network):
    a_city()
    the_rules()
    flight = a_landed_flight(2)
    fit_to_travel(arrivals_of(flight), at=after(30))
    desk = an_actor(Role.ENTRY)
    triage_flight(actor=desk, flight_id=flight.pk, because="screening", at=after(60))
    (held, _other) = clear(
        actor=desk, flight_id=flight.pk, arrival_ids=[a.pk for a in arrivals_of(flight)], at=after(70)
    )
    person = arrivals_of(flight)[0]
    pages = [
        (Role.ENTRY, reverse("entry:flight", args=[flight.pk])),
        (Role.ENTRY, reverse("entry:pass", args=[held.pk])),
        (Role.ENTRY, reverse("entry:own_page", args=[person.access])),
        (Role.LEADING_GROUP, reverse("command:board")),
        (Role.QUARANTINE, reverse("quarantine:houses")),
        (Role.COMMAND_OFFICE, reverse("command:meetings")),
    ]
    for role, address in pages:
        client.force_login(User.objects.get(pk=an_actor(role).user_id))
        with frozen_at(after(80)):
            page = client.get(address)
        assert page.status_code == 200, address
        assert not [host for host in ELSEWHERE.findall(page.content.decode()) if host != "testserver"], address
        policy = page["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "http:" not in policy and "*" not in policy, policy


def test_the_first_page_of_the_manual_starts_the_city_with_one_command():
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    first = re.search(r"```\w*\n(.*?)```", page, re.DOTALL)[1].splitlines()[0].split("#")[0].strip()
    script = ROOT / first
    assert script.is_file() and script.stat().st_mode & 0o111
    text = script.read_text(encoding="utf-8")
    assert "script/setup" in text and "demo" in text.replace("script/demo", "")


def test_after_the_setup_no_script_fetches_anything_more():
    """Only the set-up and the tests' own installation may use a registry."""
    for path in (ROOT / "script").iterdir():
        if path.is_file() and path.name not in ("setup", "test"):
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not re.search(r"\b(pip|npm|npx|curl|wget|apt-get)\b", text), path.name
