"""Letting people in, with one role at one place."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.http import Http404

from hucheng.core.accounts.models import ApiToken, RoleGrant, User
from hucheng.core.audit.action import action
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role

KEEPERS = {Role.SYSTEM, Role.COMMAND_OFFICE}


@action(by=KEEPERS)
def add_person(
    *, actor: Actor, username: str, password: str | None, display_name: str, title: str = "", at: datetime
) -> User:
    """Let a new person sign in. After it: the person exists and holds no role yet; without a password nobody can
    sign in as them until one is set."""
    user = User(username=username, display_name=display_name, title=title, date_joined=at)
    user.set_password(password)
    user.save()
    return user


@action(by=KEEPERS)
def grant_role(
    *, actor: Actor, user_id: UUID, role: Role, place: str, unit: str = "", organisation: str = "", at: datetime
) -> RoleGrant:
    """Give a person one role at one place in the actor's sight, never that of the house itself.

    Granting what is already held gives the open grant back.
    """
    if role == Role.SYSTEM or not actor.sees_place(place):
        raise Http404
    grant, _made = RoleGrant.objects.get_or_create(
        user_id=user_id,
        role=role,
        place=place,
        unit=unit,
        ended_at=None,
        defaults={"organisation": organisation, "granted_at": at},
    )
    return grant


@action(by=KEEPERS)
def end_grant(*, actor: Actor, grant_id: UUID, at: datetime) -> RoleGrant:
    """Take a role back. After it the person can no longer act in it, nor any token of it."""
    grant = _grant(actor, grant_id)
    grant.ended_at = grant.ended_at or at
    grant.save(update_fields=["ended_at"])
    return grant


@action(by=KEEPERS)
def make_token(*, actor: Actor, grant_id: UUID, at: datetime) -> str:
    """Make a token for a program that acts in this open grant; it is shown once and only its digest is kept."""
    if _grant(actor, grant_id).ended_at:
        raise Http404
    token = secrets.token_urlsafe(32)
    ApiToken.objects.create(grant_id=grant_id, digest=hashlib.sha256(token.encode()).hexdigest(), made_at=at)
    return token


def _grant(actor: Actor, grant_id: UUID) -> RoleGrant:
    """The grant, locked. Raises Http404 for one out of the actor's sight."""
    grant = RoleGrant.objects.select_for_update().filter(pk=grant_id).first()
    if grant is None or not actor.sees_place(grant.place):
        raise Http404
    return grant
