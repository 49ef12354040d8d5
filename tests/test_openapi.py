"""The description of the API: each operation says what it does, is typed on both sides, and asks who calls."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
METHODS = {"get", "post", "put", "patch", "delete"}
SAMPLE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def told():
    return Client().get("/api/v1/openapi.json").json()


def operations(told):
    return [
        (path, method, op) for path, ops in told["paths"].items() for method, op in ops.items() if method in METHODS
    ]


def test_the_acts_of_the_issue_have_their_operations(told):
    """ISS item 5: manifests, declarations, checks, triages, passes, directives, measures."""
    words = " ".join(told["paths"])
    for word in ("manifests", "declarations", "checks", "triage", "passes", "directives", "measures", "facts"):
        assert word in words, word


def test_every_operation_says_what_it_does(told):
    for path, method, op in operations(told):
        assert op["summary"] and len(op.get("description", "")) > 20, (method, path)
        assert op["tags"], (method, path)


def test_every_answer_and_every_body_is_typed(told):
    for path, method, op in operations(told):
        good = [code for code in op["responses"] if code.startswith("2")]
        assert good, (method, path)
        for code, answer in op["responses"].items():
            assert answer.get("content", {}).get("application/json", {}).get("schema"), (method, path, code)
        for kind in op.get("requestBody", {}).get("content", {}).values():
            assert kind["schema"], (method, path)


def test_every_write_declares_the_refusal(told):
    refusal = {"$ref": "#/components/schemas/RefusalOut"}
    for path, method, op in operations(told):
        if method != "get" and not path.endswith("/verify"):
            assert op["responses"]["409"]["content"]["application/json"]["schema"] == refusal, (method, path)


def test_every_schema_says_what_it_is(told):
    for name, schema in told["components"]["schemas"].items():
        if schema.get("type") == "object" and name != "NinjaInput":
            assert schema.get("description") or name.endswith("Params"), name


def test_no_operation_answers_a_stranger(told, client):
    """ISS-26: a peer's endpoints had been reachable without signing in."""
    for path, method, op in operations(told):
        assert op.get("security"), (method, path)
        address = re.sub(r"{[^}]+}", SAMPLE, path)
        for auth in ({}, {"HTTP_AUTHORIZATION": "Bearer nonsense"}, {"HTTP_AUTHORIZATION": "Basic Og=="}):
            answer = getattr(client, method)(address, content_type="application/json", **auth)
            assert answer.status_code == 401, (method, path, answer.status_code)
