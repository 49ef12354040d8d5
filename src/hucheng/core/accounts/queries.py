"""Who a signed-in person is, and in which role they act."""

import hashlib
from uuid import UUID

from hucheng.core.accounts.models import ApiToken, RoleGrant, User
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role

NOBODY = UUID(int=0)


def actor_of(user: User, grant_id: str | None = None) -> Actor | None:
    """The actor of a signed-in person: the grant chosen, else the first open one; None without any."""
    grants = list(user.grants.filter(ended_at=None).order_by("granted_at", "id"))
    chosen = next((g for g in grants if str(g.pk) == grant_id), grants[0] if grants else None)
    return actor_of_grant(chosen, user) if chosen else None


def actor_of_grant(grant: RoleGrant, user: User) -> Actor:
    """The actor that a grant makes of its holder."""
    return Actor(user_id=user.pk, place=grant.place, role=Role(grant.role), unit=grant.unit, name=str(user))


def actor_of_token(token: str) -> Actor | None:
    """The actor whose program sends this token, or None for an unknown or ended one."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = (
        ApiToken.objects.filter(digest=digest, ended_at=None, grant__ended_at=None, grant__user__is_active=True)
        .select_related("grant__user")
        .first()
    )
    return actor_of_grant(found.grant, found.grant.user) if found else None


def actor_named(username: str) -> Actor:
    """The actor of a person known by sign-in name. Raises User.DoesNotExist or LookupError without a grant."""
    actor = actor_of(User.objects.get(username=username))
    if actor is None:
        raise LookupError(f"{username} holds no role")
    return actor


def open_grants(actor: Actor) -> set[str]:
    """The ids of the roles that this person may choose from."""
    grants = RoleGrant.objects.filter(user__pk=actor.user_id or NOBODY, ended_at=None)
    return {str(pk) for pk in grants.values_list("pk", flat=True)}


def grant_named(username: str, role: str | None = None) -> RoleGrant:
    """The open grant of a person, in a role if one is named. Raises LookupError where there is none."""
    rows = RoleGrant.objects.filter(user__username=username, ended_at=None).order_by("granted_at", "id")
    found = (rows.filter(role=role) if role else rows).first()
    if found is None:
        raise LookupError(username)
    return found
