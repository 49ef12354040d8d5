"""Founding a city from one's own tables: whole or not at all, with a word on what is wrong."""

import pytest
from django.core.management import CommandError, call_command

from hucheng.core.accounts.models import ApiToken, RoleGrant, User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.places.actions import load_organisations, load_places, shipped
from hucheng.core.places.models import Organisation, Place
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, a_city, after

pytestmark = pytest.mark.django_db
PLACE_HEAD = "code,kind,parent,name_zh,name_en,short,population,longitude,latitude\n"
BODY_HEAD = "code,name_zh,name_en,kind,parent,jurisdiction,duties\n"
NATION = "000000,nation,,中国,China,,,,\n"
HUBEI = "420000,province,000000,湖北省,Hubei,鄂,57752557,114.3,30.6\n"


@pytest.fixture
def tables(tmp_path):
    """Gives a way to load the city from texts of one's own."""

    def load(places=PLACE_HEAD + NATION + HUBEI, bodies=BODY_HEAD):
        (tmp_path / "places.csv").write_text(places, "utf-8")
        (tmp_path / "bodies.csv").write_text(bodies, "utf-8")
        call_command("load_city", places=tmp_path / "places.csv", organisations=tmp_path / "bodies.csv")

    return load


class TestTables:
    def test_every_column_reaches_its_field(self, tables):
        tables(bodies=BODY_HEAD + "HB-GOV,省指挥部,Provincial command,outside,,420000,orders\n")
        hubei, body = Place.objects.get(code="420000"), Organisation.objects.get()
        assert (hubei.kind, hubei.parent_id, hubei.short, hubei.population) == ("province", "000000", "鄂", 57_752_557)
        assert (hubei.longitude, hubei.latitude) == (114.3, 30.6)
        assert (body.code, body.kind, body.place, body.parent_id, body.duties) == (
            "HB-GOV", "outside", "420000", None, "orders",
        )  # fmt: skip

    def test_what_is_left_empty_is_not_nought(self, tables):
        tables()
        nation = Place.objects.get(code="000000")
        assert nation.population is nation.longitude is nation.latitude is nation.parent_id is None

    def test_a_newer_table_renames_and_takes_nothing_away(self, tables):
        tables()
        tables(places=PLACE_HEAD + NATION.replace("中国", "全国"))
        assert Place.objects.get(code="000000").name_zh == "全国" and Place.objects.count() == 2

    @pytest.mark.parametrize(
        ("row", "named"),
        [
            ("420000,province,000000,湖北省,Hubei,鄂,many,,\n", "many"),
            ("420000,province,000000,湖北省,Hubei,鄂,,east,\n", "east"),
            ("420000,province,000000,湖北省,Hubei,鄂,-5,,\n", "population"),
            ("42000,province,000000,湖北省,Hubei,,,,\n", "42000"),
            ("4200000,province,000000,湖北省,Hubei,,,,\n", "4200000"),
            ("42OOOO,province,000000,湖北省,Hubei,,,,\n", "42OOOO"),
            ("４２００００,province,000000,湖北省,Hubei,,,,\n", "４２００００"),
            ("420000,village,000000,湖北省,Hubei,,,,\n", "village"),
            ("420100,city,420000,武汉市,Wuhan,,,,\n", "420000"),
        ],
        ids=["people", "east", "fewer than nobody", "short", "long", "letters", "wide digits", "kind", "no parent"],
    )
    def test_a_wrong_row_is_named_and_nothing_of_its_table_is_loaded(self, tables, row, named):
        with pytest.raises(CommandError, match=named) as no:
            tables(places=PLACE_HEAD + NATION + row)
        assert "有误" in str(no.value) and "core/places/data" in str(no.value)
        assert not Place.objects.exists()

    @pytest.mark.parametrize("bodies", ["code,kind\nX,y\n", BODY_HEAD + "X,甲,A,office,NOBODY,420000,\n"])
    def test_both_tables_are_loaded_or_neither(self, tables, bodies):
        with pytest.raises(CommandError):
            tables(bodies=bodies)
        assert not Place.objects.exists() and not Organisation.objects.exists()

    def test_the_order_of_rows_in_a_table_does_not_matter(self, tables):
        tables(places=PLACE_HEAD + HUBEI + NATION)
        assert Place.objects.get(code="420000").parent.name_en == "China"

    def test_loading_leaves_a_line_each_with_the_count_of_rows(self, tables):
        with frozen_at(after(3)):
            tables()
        lines = AuditLine.objects.filter(act__startswith="core.places.load_").order_by("act")
        assert [(line.act, line.detail["rows"], line.at) for line in lines] == [
            ("core.places.load_organisations", 0, after(3)),
            ("core.places.load_places", 2, after(3)),
        ]

    @pytest.mark.parametrize("load", [load_places, load_organisations])
    def test_only_the_house_itself_founds_a_city(self, load):
        with pytest.raises(Refusal) as no:
            load(actor=Actor(None, CITY, Role.COMMAND_OFFICE), rows=[], at=after(0))
        assert no.value.code == "role_may_not"

    def test_what_was_loaded_is_told_in_both_languages(self, capsys):
        call_command("load_city")
        told = capsys.readouterr().out
        assert f"{len(shipped('places.csv'))} 个区划 divisions" in told
        assert f"{len(shipped('organisations.csv'))} 个机构 organisations" in told


@pytest.fixture
def typed(monkeypatch):
    """The passwords that are typed, in order."""
    words: list[str] = ["a-long-word", "a-long-word"]
    monkeypatch.setattr("getpass.getpass", lambda prompt: words.pop(0))
    return words


class TestPeople:
    @pytest.fixture(autouse=True)
    def city(self):
        a_city()

    def add(self, *args):
        call_command("add_person", *args)

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM])
    def test_every_role_can_be_given(self, typed, role, capsys):
        unit = ["--unit", "H01"] if role in ("house", "school", "traveller") else []
        self.add("he", "--role", role.value, "--place", CITY, *unit)
        grant = RoleGrant.objects.get()
        assert (grant.role, grant.place, grant.unit) == (role, CITY, "H01" if unit else "")
        assert capsys.readouterr().out.strip() == " ".join(["he:", role.value, CITY, *unit[1:]])

    def test_name_and_title_are_kept_and_the_name_is_the_sign_in_name_without_one(self, typed):
        self.add("he", "--name", "贺知远", "--title", "秘书", "--role", "entry", "--place", CITY)
        typed[:] = ["a-long-word"] * 2
        self.add("song", "--role", "entry", "--place", CITY)
        shown = {user.username: (user.display_name, user.title) for user in User.objects.all()}
        assert shown == {"he": ("贺知远", "秘书"), "song": ("song", "")}

    @pytest.mark.parametrize(
        ("words", "told"),
        [(["seven77", "seven77"], "8"), (["a-long-word", "a-long-wort"], "两次口令不同"), (["", ""], "8")],
    )
    def test_a_password_that_will_not_do_is_said_and_adds_nobody(self, typed, words, told):
        typed[:] = words
        with pytest.raises(CommandError, match=told):
            self.add("he", "--role", "entry", "--place", CITY)
        assert not User.objects.exists()

    def test_a_password_of_eight_signs_will_do(self, typed):
        typed[:] = ["eight888", "eight888"]
        self.add("he", "--role", "entry", "--place", CITY)
        assert User.objects.get().check_password("eight888")

    def test_the_password_is_asked_twice_and_never_taken_from_the_command_line(self, typed):
        with pytest.raises(CommandError):
            self.add("he", "--password", "a-long-word", "--role", "entry", "--place", CITY)
        assert len(typed) == 2 and not User.objects.exists()

    def test_an_unknown_place_tells_how_to_load_places_and_asks_no_password(self, typed):
        with pytest.raises(CommandError, match="load_city"):
            self.add("he", "--role", "entry", "--place", "140199")
        assert len(typed) == 2

    @pytest.mark.parametrize("role", ["house", "school", "traveller"])
    def test_a_bound_role_without_its_unit_tells_what_is_missing(self, typed, role):
        with pytest.raises(CommandError, match="--unit"):
            self.add("he", "--role", role, "--place", CITY)

    def test_a_token_of_the_only_role_needs_no_name_of_it(self, typed, capsys):
        self.add("he", "--role", "laboratory", "--place", CITY)
        capsys.readouterr()
        call_command("make_token", "he")
        assert ApiToken.objects.get().grant.role == Role.LABORATORY and len(capsys.readouterr().out.strip()) >= 43

    @pytest.mark.parametrize(("args", "told"), [(["nobody"], "nobody"), (["he", "--role", "county"], "add_person")])
    def test_a_token_without_a_role_tells_the_way(self, typed, args, told):
        self.add("he", "--role", "entry", "--place", CITY)
        with pytest.raises(CommandError, match=told):
            call_command("make_token", *args)

    @pytest.mark.parametrize("command", ["load_city", "add_person", "make_token", "run_jobs"])
    def test_the_help_of_every_command_speaks_both_languages(self, command, capsys):
        with pytest.raises(SystemExit):
            call_command(command, "--help")
        told = capsys.readouterr().out
        assert any("\u4e00" <= sign <= "\u9fff" for sign in told) and " · " in told
