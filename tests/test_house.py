"""The laws of the house, so that nobody has to remember them."""

import ast
import importlib
import re
import subprocess
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "hucheng"
FILES = [p for p in SRC.rglob("*.py") if "migrations" not in p.parts]
CODE = [p for p in FILES if "tests" not in p.parts]
ACTIONS = sorted(p for p in CODE if p.name == "actions.py")
EDGES = sorted(p for p in CODE if p.name in ("pages.py", "api.py", "forms.py"))
TEMPLATES = sorted(SRC.rglob("templates/**/*.html"))
INSIDE_AN_ACTION = {
    "depart_with_pass", "change_hands", "held", "flight_to_change", "as_stored", "end_stay",
    "missing_papers", "shipped",
}  # fmt: skip
"""Public parts of actions that other actions of the same wing call inside their own transaction, and plain reads."""


def short(path: Path) -> str:
    return str(path.relative_to(SRC))


@pytest.mark.parametrize("path", ACTIONS, ids=short)
def test_every_write_is_an_action(path):
    module = importlib.import_module("hucheng." + short(path).removesuffix(".py").replace("/", "."))
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in INSIDE_AN_ACTION:
            assert hasattr(getattr(module, node.name), "is_action"), f"{node.name}: put @action on it"


def breaking(files: list[Path], law: Callable[[Path, str], object]) -> list[str]:
    """Files for which a law does not hold; a thousand files are one test a law, and each breach is still named."""
    return [short(path) for path in files if not law(path, path.read_text(encoding="utf-8"))]


def test_pages_hold_no_queries():
    assert EDGES and not breaking(EDGES, lambda _path, text: ".objects" not in text)


def test_time_is_read_by_the_clock_alone():
    bound = [path for path in CODE if "core/clock" not in str(path) and path.name != "command.py"]
    read = re.compile(r"(datetime|timezone|date)\.(now|today|utcnow)\(")
    assert bound and not breaking(bound, lambda _path, text: not read.search(text))


def test_no_drawer_for_odds_and_ends():
    drawers = {"utils", "util", "helpers", "common", "misc", "manager"}
    assert CODE and not breaking(CODE, lambda path, text: path.stem not in drawers and text.count("\n") <= 400)


def test_every_module_says_what_it_is():
    assert not breaking(CODE, lambda _path, text: not text.strip() or ast.get_docstring(ast.parse(text)))


def test_templates_carry_no_style_and_no_script():
    drawn = re.compile(r"style=|\son\w+=|<script(?![^>]*src)")
    assert TEMPLATES and not breaking(TEMPLATES, lambda _path, text: not drawn.search(text))


def house_models() -> list[type[models.Model]]:
    return [m for app in apps.get_app_configs() if app.name.startswith("hucheng.") for m in app.get_models()]


def test_identifiers_in_addresses_are_random():
    """INQ-37: no address counts anything up."""
    from django.urls import get_resolver

    def patterns(resolver, prefix=""):
        for entry in resolver.url_patterns:
            here = prefix + str(entry.pattern)
            yield from patterns(entry, here) if hasattr(entry, "url_patterns") else [here]

    numbered = [p for p in patterns(get_resolver()) if "<int:" in p or "(?P<pk>" in p]
    assert not numbered
    keyed = [m for m in house_models() if isinstance(m._meta.pk, models.UUIDField)]
    assert {m.__name__ for m in keyed} >= {"Arrival", "Flight", "Pass", "House", "Stay", "User", "Handover"}


def test_no_field_can_hold_who_said_what():
    """R-27: no table, field or integration for authors of speech."""
    banned = re.compile(r"weibo|wechat|social|post_author|speaker|opinion|sentiment|score_of_person|location|gps", re.I)
    names = [f"{m._meta.label}.{f.name}" for m in house_models() for f in m._meta.get_fields()]
    assert not [name for name in names if banned.search(name)]


def test_sensitive_fields_are_encrypted():
    """R-05: health and identity stand encrypted in the database."""
    from hucheng.core.secrets import EncryptedField

    wanted = {
        "people.Person": ["birth", "document_number", "resident_id", "phone"],
        "entry.Declaration": ["symptoms", "contact_14d"],
        "entry.Fact": ["value"],
        "entry.Triage": ["inputs"],
        "entry.ManifestRow": ["raw"],
        "quarantine.DailyCheck": ["temperature", "symptoms"],
        "quarantine.CareRequest": ["text", "answer"],
        "quarantine.Appeal": ["text", "answer"],
    }
    for label, fields in wanted.items():
        for name in fields:
            assert isinstance(apps.get_model(label)._meta.get_field(name), EncryptedField), f"{label}.{name}"


def test_every_organisation_answers_to_one_parent():
    """INQ-19: two departments each said the other was in charge."""
    from hucheng.core.places.actions import shipped
    from hucheng.core.places.models import Organisation

    assert isinstance(Organisation._meta.get_field("parent"), models.ForeignKey)
    rows = shipped("organisations.csv")
    codes = {row["code"] for row in rows}
    assert len(codes) == len(rows)
    assert all(not row["parent"] or row["parent"] in codes for row in rows)


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in done.stdout.splitlines()]


def test_no_machine_path_and_no_registry_host_is_committed():
    # each name has a sign in brackets, so that the pattern does not find itself
    pattern = re.compile(r"/(?:root|home)/\w+/|/wor[k]/|registr[y]\.npmjs|pyp[i]\.org/simple|file[s]\.pythonhosted")
    texts = [
        p for p in tracked() if p.suffix in {".py", ".md", ".toml", ".lock", ".json", ".yml", ".yaml", ".html", ""}
    ]
    found = [p for p in texts if p.is_file() and pattern.search(p.read_text(errors="ignore"))]
    assert not found


FREE = re.compile(
    r"MIT|BSD|Apache|MPL|Mozilla|LGPL|Lesser|PSF|Python Software|ISC|0BSD|Zlib|OFL|Unlicense|Public Domain|CC0|HPND|ZPL"
    r"|Zope|AGPL-3.0-or-later",
    re.I,
)


def test_licences_of_what_is_installed_are_free():
    unknown = []
    for package in metadata.distributions():
        told = package.metadata
        words = [told.get("License-Expression") or "", (told.get("License") or "")[:200]]
        words += [c for c in told.get_all("Classifier") or [] if c.startswith("License")]
        if not FREE.search(" ".join(words)) and " ".join(words).strip():
            unknown.append((told["Name"], words))
    assert not unknown
