"""R-12: nothing of the situation calls out; every number came in by a file or a hand."""

import ast
import socket
from pathlib import Path

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.situation.testing import a_report, a_series, a_watch, local_counts

WING = Path(__file__).parents[1]
NETWORK = {"socket", "http", "urllib", "requests", "httpx", "aiohttp", "ftplib", "smtplib", "ssl", "asyncio"}


@pytest.mark.django_db
def test_no_act_and_no_page_of_the_wing_opens_a_connection(client, monkeypatch):
    def forbidden(*args, **kwargs):
        raise AssertionError("a connection was opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, forbidden)
    monkeypatch.setattr(socket, "create_connection", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    a_watch()
    a_series([1, 2, 3])
    a_report(1)
    local_counts([1, 2])
    client.force_login(User.objects.get(pk=an_actor(Role.DEPARTMENT).user_id))
    with frozen_at(after(30)):
        for name in ("origins", "series", "importation", "city"):
            assert client.get(reverse(f"situation:{name}")).status_code == 200
        assert client.get("/api/v1/situation/watch-list").status_code == 200


@pytest.mark.parametrize("path", sorted(p for p in WING.rglob("*.py") if "tests" not in p.parts), ids=lambda p: p.name)
def test_no_module_of_the_wing_imports_the_network(path):
    tree = ast.parse(path.read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name.split(".")[0] for name in names} & NETWORK
