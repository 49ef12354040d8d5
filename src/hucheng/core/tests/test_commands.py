"""Founding a real city from the command line: divisions, people, tokens."""

import pytest
from django.core.management import CommandError, call_command

from hucheng.core.accounts.models import ApiToken, RoleGrant, User
from hucheng.core.accounts.queries import actor_of_token
from hucheng.core.places.models import Organisation, Place
from hucheng.core.terms import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(monkeypatch):
    """The passwords that are typed, in order."""
    typed: list[str] = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: typed.pop(0))
    return typed


@pytest.fixture
def city():
    call_command("load_city")


def add(*args):
    call_command("add_person", *args)


def test_the_city_is_loaded_and_loading_again_adds_nothing(city):
    counted = Place.objects.count(), Organisation.objects.count()
    call_command("load_city")
    assert counted == (Place.objects.count(), Organisation.objects.count()) and counted[0] > 11


def test_a_table_of_another_city_takes_its_place(tmp_path):
    table = tmp_path / "places.csv"
    head = "code,kind,parent,name_zh,name_en,short,population,longitude,latitude\n"
    table.write_text(
        "\ufeff" + head + "000000,nation,,中国,China,,,,\n420000,province,000000,湖北省,Hubei,鄂,,,\n", "utf-8"
    )
    call_command("load_city", places=table)
    assert Place.objects.get(code="420000").name_zh == "湖北省"


@pytest.mark.parametrize("text", ["", "code\n1\n", "code,kind,parent\n1,x,\n"])
def test_a_table_without_its_columns_is_refused_and_nothing_is_loaded(tmp_path, text):
    table = tmp_path / "places.csv"
    table.write_text(text)
    if text:
        with pytest.raises(CommandError):
            call_command("load_city", places=table)
    assert not Place.objects.exists()


def test_a_file_that_is_no_text_is_refused(tmp_path):
    table = tmp_path / "places.csv"
    table.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(CommandError):
        call_command("load_city", places=table)
    with pytest.raises(CommandError):
        call_command("load_city", places=tmp_path / "none.csv")


def test_a_person_signs_in_with_one_role(city, words, client):
    words[:] = ["a-long-word", "a-long-word"]
    add("he", "--name", "贺", "--role", "command_office", "--place", "140100")
    grant = RoleGrant.objects.get()
    assert (grant.user.username, grant.role, grant.place) == ("he", Role.COMMAND_OFFICE, "140100")
    assert client.login(username="he", password="a-long-word") or User.objects.get().check_password("a-long-word")


def test_a_known_person_gets_another_role_without_a_password(city, words):
    words[:] = ["a-long-word", "a-long-word"]
    add("he", "--role", "command_office", "--place", "140100")
    add("he", "--role", "entry", "--place", "140100")
    add("he", "--role", "entry", "--place", "140100")
    assert RoleGrant.objects.count() == 2 and User.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "args"),
    [
        (["a-long-word", "another-word"], ["--role", "entry", "--place", "140100"]),
        (["short", "short"], ["--role", "entry", "--place", "140100"]),
        ([], ["--role", "entry", "--place", "999999"]),
        ([], ["--role", "house", "--place", "140105"]),
        ([], ["--role", "system", "--place", "140100"]),
        ([], ["--role", "king", "--place", "140100"]),
    ],
    ids=["differ", "weak", "no such place", "no unit", "the system is nobody", "no such role"],
)
def test_what_cannot_be_is_refused_and_nobody_is_added(city, words, typed, args):
    words[:] = typed
    with pytest.raises(CommandError):
        add("he", *args)
    assert not User.objects.exists() and not RoleGrant.objects.exists()


def test_a_token_is_shown_once_and_acts_in_its_role(city, words, capsys):
    words[:] = ["a-long-word", "a-long-word"]
    add("he", "--role", "entry", "--place", "140100")
    capsys.readouterr()
    call_command("make_token", "he", "--role", "entry")
    token = capsys.readouterr().out.strip()
    actor = actor_of_token(token)
    assert actor is not None and actor.role == Role.ENTRY and token not in ApiToken.objects.get().digest


@pytest.mark.parametrize("args", [["nobody"], ["he", "--role", "house"]])
def test_no_token_without_the_role(city, words, args):
    words[:] = ["a-long-word", "a-long-word"]
    add("he", "--role", "entry", "--place", "140100")
    with pytest.raises(CommandError):
        call_command("make_token", *args)
    assert not ApiToken.objects.exists()
