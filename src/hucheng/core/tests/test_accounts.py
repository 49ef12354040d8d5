"""Who may come in, in which role, until when; how a session and a token become an actor."""

import hashlib
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import RequestFactory

from hucheng.core.accounts.actions import KEEPERS, add_person, end_grant, grant_role, make_token
from hucheng.core.accounts.models import ApiToken, RoleGrant, User
from hucheng.core.accounts.queries import actor_named, actor_of, actor_of_token, grant_named, open_grants
from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.scope.middleware import actor_middleware
from hucheng.core.scope.pages import STAFF, for_roles, public
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor

pytestmark = pytest.mark.django_db


def a_person(username="he", **fields) -> User:
    given = {"password": "a-long-word", "display_name": "贺知远"} | fields
    return add_person(actor=SYSTEM, username=username, at=after(0), **given)


def granted(user, role=Role.ENTRY, place=CITY, unit="", minutes=0) -> RoleGrant:
    return grant_role(actor=SYSTEM, user_id=user.pk, role=role, place=place, unit=unit, at=after(minutes))


def ended(grant, minutes=60) -> RoleGrant:
    return end_grant(actor=SYSTEM, grant_id=grant.pk, at=after(minutes))


class TestPeople:
    def test_a_new_person_has_a_name_a_sealed_password_and_no_role(self):
        user = a_person(title="秘书")
        assert user.check_password("a-long-word") and "a-long-word" not in user.password
        assert (str(user), user.title, user.date_joined) == ("贺知远", "秘书", after(0))
        assert not user.grants.exists() and actor_of(user) is None
        assert not (user.is_staff or user.is_superuser)

    def test_whoever_has_no_display_name_is_shown_by_the_sign_in_name(self):
        assert str(a_person(display_name="")) == "he"

    def test_without_a_password_nobody_signs_in(self, client):
        user = a_person(password=None)
        assert not user.has_usable_password() and not client.login(username="he", password="")

    def test_a_sign_in_name_is_given_once(self):
        a_person()
        with pytest.raises(IntegrityError), transaction.atomic():
            a_person()
        assert User.objects.count() == 1

    def test_a_password_is_never_in_a_line(self):
        a_person()
        assert "a-long-word" not in str(AuditLine.objects.get().detail) and "贺" not in str(
            AuditLine.objects.get().detail
        )

    @pytest.mark.parametrize("role", sorted(set(Role) - KEEPERS))
    @pytest.mark.parametrize("act", ["add_person", "grant_role", "end_grant", "make_token"])
    def test_only_the_office_and_the_house_itself_keep_accounts(self, role, act):
        user = a_person()
        grant = granted(user)
        actor = Actor(uuid.uuid4(), CITY, role, "U1")
        tries = {
            "add_person": lambda: add_person(actor=actor, username="x", password="y", display_name="", at=after(0)),
            "grant_role": lambda: grant_role(actor=actor, user_id=user.pk, role=Role.ENTRY, place=COUNTY, at=after(0)),
            "end_grant": lambda: end_grant(actor=actor, grant_id=grant.pk, at=after(0)),
            "make_token": lambda: make_token(actor=actor, grant_id=grant.pk, at=after(0)),
        }
        with pytest.raises(Refusal) as no:
            tries[act]()
        assert no.value.code == "role_may_not" and not ApiToken.objects.exists()
        assert User.objects.count() == RoleGrant.objects.filter(ended_at=None).count() == 1


class TestGrants:
    def test_granting_again_gives_the_open_grant_back_with_its_first_time(self):
        user = a_person()
        first, again = granted(user), granted(user, minutes=50)
        assert first == again and again.granted_at == after(0) and RoleGrant.objects.count() == 1

    @pytest.mark.parametrize("other", [{"place": COUNTY}, {"role": Role.MEDICAL}, {"unit": "H01"}])
    def test_another_place_role_or_unit_is_another_grant(self, other):
        user = a_person()
        assert granted(user) != granted(user, **other)

    def test_what_ended_may_be_granted_anew_and_both_stand_on_record(self):
        user = a_person()
        old = ended(granted(user))
        new = granted(user, minutes=90)
        assert old != new and list(RoleGrant.objects.order_by("granted_at")) == [old, new]

    def test_a_grant_ended_twice_keeps_its_first_end(self):
        grant = granted(a_person())
        ended(grant)
        assert ended(grant, minutes=99).ended_at == after(60)

    @pytest.mark.parametrize("role", sorted(UNIT_ROLES))
    def test_the_database_refuses_a_bound_role_without_its_unit(self, role):
        with pytest.raises(IntegrityError, match="role_bound_to_a_unit_names_it"), transaction.atomic():
            granted(a_person(), role, COUNTY)

    def test_the_database_refuses_two_open_grants_of_a_kind(self):
        user = a_person()
        granted(user)
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(user=user, role=Role.ENTRY, place=CITY, granted_at=after(1))


class TestWithinOnesPlace:
    """The office of a county keeps the accounts of its county; it makes nobody mightier than itself."""

    OFFICE = Actor(None, COUNTY, Role.COMMAND_OFFICE)

    @pytest.mark.parametrize("place", ["000000", "140000", CITY, OTHER_COUNTY])
    def test_no_role_is_given_at_a_place_out_of_sight(self, place):
        user = a_person()
        with pytest.raises(Http404):
            grant_role(actor=self.OFFICE, user_id=user.pk, role=Role.ENTRY, place=place, at=after(0))
        assert not RoleGrant.objects.exists()

    def test_at_ones_own_place_it_is(self):
        made = grant_role(actor=self.OFFICE, user_id=a_person().pk, role=Role.ENTRY, place=COUNTY, at=after(0))
        assert end_grant(actor=self.OFFICE, grant_id=made.pk, at=after(1)).ended_at == after(1)

    @pytest.mark.parametrize("actor", [OFFICE, SYSTEM])
    def test_nobody_is_given_the_role_of_the_house_itself(self, actor):
        with pytest.raises(Http404):
            grant_role(actor=actor, user_id=a_person().pk, role=Role.SYSTEM, place=COUNTY, at=after(0))

    def test_grants_out_of_sight_are_neither_ended_nor_given_a_token(self):
        grant = granted(a_person())
        for act in (end_grant, make_token):
            with pytest.raises(Http404):
                act(actor=self.OFFICE, grant_id=grant.pk, at=after(5))
        grant.refresh_from_db()
        assert grant.ended_at is None and not ApiToken.objects.exists()

    @pytest.mark.parametrize("act", [end_grant, make_token])
    def test_a_grant_that_is_not_there_is_not_found(self, act):
        with pytest.raises(Http404):
            act(actor=SYSTEM, grant_id=uuid.uuid4(), at=after(0))

    def test_a_grant_that_ended_gets_no_token(self):
        grant = ended(granted(a_person()))
        with pytest.raises(Http404):
            make_token(actor=SYSTEM, grant_id=grant.pk, at=after(90))
        assert not ApiToken.objects.exists()


class TestWhoActs:
    def test_the_first_grant_is_the_one_unless_another_is_chosen(self):
        user = a_person()
        first, second = granted(user, minutes=0), granted(user, Role.MEDICAL, COUNTY, minutes=5)
        assert actor_of(user) == Actor(user.pk, CITY, Role.ENTRY, "", "贺知远")
        assert actor_of(user, str(second.pk)) == Actor(user.pk, COUNTY, Role.MEDICAL, "", "贺知远")
        assert actor_of(user, str(first.pk)).role == Role.ENTRY

    def test_a_choice_that_is_not_ones_own_or_has_ended_falls_back_to_the_first(self):
        user, other = a_person(), a_person("song")
        granted(user)
        gone = ended(granted(user, Role.LEADING_GROUP, minutes=5))
        strange = granted(other, Role.LEADING_GROUP)
        for chosen in (str(gone.pk), str(strange.pk), "nonsense", "", None):
            assert actor_of(user, chosen).role == Role.ENTRY

    def test_whoever_has_lost_every_role_is_nobody(self):
        user = a_person()
        ended(granted(user))
        assert actor_of(user) is None
        with pytest.raises(LookupError, match="he holds no role"):
            actor_named("he")

    def test_a_name_nobody_has_is_said(self):
        with pytest.raises(User.DoesNotExist):
            actor_named("nobody")
        with pytest.raises(LookupError, match="nobody"):
            grant_named("nobody")

    def test_a_role_is_found_by_name_and_by_role(self):
        user = a_person()
        first, second = granted(user), granted(user, Role.MEDICAL, minutes=5)
        assert grant_named("he") == first and grant_named("he", Role.MEDICAL) == second
        with pytest.raises(LookupError):
            grant_named("he", Role.COUNTY)
        ended(first)
        assert grant_named("he") == second

    def test_the_roles_to_choose_from_are_the_open_ones_of_this_person(self):
        user = a_person()
        mine, gone = granted(user), ended(granted(user, Role.MEDICAL))
        granted(a_person("song"))
        assert open_grants(actor_of(user)) == {str(mine.pk)} and str(gone.pk) not in open_grants(actor_of(user))
        assert open_grants(SYSTEM) == set()


class TestTokens:
    def test_a_token_is_kept_as_its_digest_alone_and_acts_in_its_grant(self):
        grant = granted(a_person(), Role.LABORATORY)
        token = make_token(actor=SYSTEM, grant_id=grant.pk, at=after(0))
        kept = ApiToken.objects.get()
        assert kept.digest == hashlib.sha256(token.encode()).hexdigest() and kept.made_at == after(0)
        assert len(token) >= 43 and actor_of_token(token).role == Role.LABORATORY
        assert token not in str(AuditLine.objects.filter(act__endswith="make_token").get().detail)

    def test_two_tokens_of_a_grant_differ_and_both_act(self):
        grant = granted(a_person())
        tokens = {make_token(actor=SYSTEM, grant_id=grant.pk, at=after(0)) for _n in range(2)}
        assert len(tokens) == 2 and all(actor_of_token(token) for token in tokens)

    @pytest.mark.parametrize("end", ["token", "grant", "person"])
    def test_a_token_ends_with_itself_its_grant_or_its_person(self, end):
        grant = granted(a_person())
        token = make_token(actor=SYSTEM, grant_id=grant.pk, at=after(0))
        if end == "token":
            ApiToken.objects.update(ended_at=after(5))
        elif end == "grant":
            ended(grant)
        else:
            User.objects.update(is_active=False)
        assert actor_of_token(token) is None

    @pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000, "令牌"])
    def test_any_other_word_is_nobodys_token(self, token):
        granted(a_person())
        assert actor_of_token(token) is None

    def test_the_digest_itself_is_no_token(self):
        grant = granted(a_person())
        make_token(actor=SYSTEM, grant_id=grant.pk, at=after(0))
        assert actor_of_token(ApiToken.objects.get().digest) is None

    def test_asking_for_a_token_costs_one_query(self, django_assert_num_queries):
        token = make_token(actor=SYSTEM, grant_id=granted(a_person()).pk, at=after(0))
        with django_assert_num_queries(1):
            assert actor_of_token(token)


class TestPagesAndSessions:
    @pytest.fixture
    def he(self, client):
        user = a_person()
        first, second = granted(user), granted(user, Role.COUNTY, COUNTY, minutes=5)
        client.force_login(user)
        return client, first, second

    def test_a_person_acts_in_the_role_they_choose_from_then_on(self, he):
        client, _first, second = he
        assert client.get("/").url.startswith("/entry/")
        assert client.post("/role/", {"grant": str(second.pk)}).url == "/"
        assert client.session["grant"] == str(second.pk) and client.get("/").url.startswith("/command/")

    @pytest.mark.parametrize("wish", ["strange", "ended", "nonsense", ""])
    def test_a_role_that_is_not_ones_own_changes_nothing(self, he, wish):
        client, first, second = he
        chosen = {"strange": granted(a_person("song"), Role.LEADING_GROUP).pk, "ended": ended(second).pk}.get(
            wish, wish
        )
        client.post("/role/", {"grant": str(chosen)})
        assert "grant" not in client.session and client.get("/").url.startswith("/entry/")

    def test_a_role_is_chosen_by_a_form_and_not_by_a_link(self, he):
        client, _first, second = he
        assert client.get("/role/", {"grant": str(second.pk)}).status_code == 405 and "grant" not in client.session

    def test_a_role_that_ends_while_its_holder_is_signed_in_is_gone_at_the_next_page(self, he):
        client, first, second = he
        client.post("/role/", {"grant": str(second.pk)})
        ended(second)
        assert client.get("/").url.startswith("/entry/")
        ended(first)
        assert client.get("/").url == "/sign-in/"

    def test_an_inactive_person_is_signed_out(self, he):
        client, _first, _second = he
        User.objects.update(is_active=False)
        assert client.get("/").url == "/sign-in/"

    def test_signing_in_leads_to_the_page_that_was_asked_for_and_never_out_of_the_house(self, client):
        granted(a_person())
        for asked, leads in (("/purposes/", "/purposes/"), ("https://evil.example/", "/"), ("//evil.example", "/")):
            client.logout()
            told = client.post(f"/sign-in/?next={asked}", {"username": "he", "password": "a-long-word", "next": asked})
            assert told.status_code == 302 and told.url == leads

    def test_a_wrong_password_keeps_the_name_and_tells_not_which_was_wrong(self, client):
        a_person()
        pages = [
            client.post("/sign-in/", {"username": name, "password": "wrong"}).content.decode().replace(name, "")
            for name in ("he", "xx")
        ]
        assert 'role="alert"' in pages[0] and pages[0].count("<li>") == pages[1].count("<li>") == 1
        assert 'value="he"' in client.post("/sign-in/", {"username": "he", "password": "wrong"}).content.decode()

    def test_signing_out_takes_a_form_and_ends_the_session(self, he):
        client, _first, _second = he
        assert client.get("/sign-out/").status_code == 405 and client.get("/").url.startswith("/entry/")
        assert client.post("/sign-out/").url == "/sign-in/" and client.get("/").url == "/sign-in/"

    @pytest.mark.parametrize(("language", "words"), [("en", "Sign in"), ("zh-hans", "登录")])
    def test_the_language_is_chosen_before_signing_in(self, client, language, words):
        client.post("/language/", {"language": language, "next": "/sign-in/"})
        assert f"<h1>{words}</h1>" in client.get("/sign-in/").content.decode()


class TestGuardOfPages:
    def asked(self, actor):
        request = RequestFactory().get("/entry/?day=24")
        request.actor = actor
        return request

    def page(self, *roles):
        return for_roles(*roles)(lambda request: "opened")

    def test_a_role_that_is_named_opens_the_page(self):
        assert self.page(Role.ENTRY)(self.asked(an_actor(Role.ENTRY))) == "opened"

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.ENTRY])
    def test_to_every_other_role_nothing_is_there(self, role):
        with pytest.raises(Http404):
            self.page(Role.ENTRY)(self.asked(Actor(None, CITY, role, "U1")))

    def test_whoever_is_signed_out_is_brought_back_to_the_very_address(self):
        answer = self.page(Role.ENTRY)(self.asked(None))
        assert answer.status_code == 302 and answer.url == "/sign-in/?next=/entry/%3Fday%3D24"

    def test_a_page_tells_who_may_open_it(self):
        assert self.page(Role.ENTRY, Role.MEDICAL).roles == {Role.ENTRY, Role.MEDICAL}
        assert public(lambda request: "x").public

    def test_staff_are_all_but_travellers_and_the_house_itself(self):
        assert set(STAFF) == set(Role) - {Role.TRAVELLER, Role.SYSTEM}

    def test_a_request_of_nobody_has_no_actor_and_asks_the_database_nothing(self, django_assert_num_queries):
        from django.contrib.auth.models import AnonymousUser

        request = RequestFactory().get("/")
        request.user, request.session = AnonymousUser(), {}
        with django_assert_num_queries(0):
            assert actor_middleware(lambda asked: asked.actor)(request) is None
