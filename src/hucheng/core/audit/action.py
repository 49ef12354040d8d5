"""The decorator that makes a write: transaction, permission, audit line."""

from collections.abc import Callable, Collection
from datetime import date
from enum import Enum
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import now
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role

P = ParamSpec("P")
R = TypeVar("R")

ANYONE = frozenset(Role)


def action(*, by: Collection[Role] = ANYONE) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the one way to change something.

    by  roles that may do it; the system may do everything
    The function takes keywords only, `actor` and `at` among them. It runs in one transaction with its audit line:
    both stand or neither. A refusal undoes everything and leaves a line of its own.
    """
    allowed = frozenset(by) | {Role.SYSTEM}

    def wrap(write: Callable[P, R]) -> Callable[P, R]:
        act = f"{write.__module__.removeprefix('hucheng.').removesuffix('.actions')}.{write.__name__}"

        @wraps(write)
        def acting(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{act} takes keywords only")
            return _run(act, allowed, write, kwargs)

        acting.is_action = True  # type: ignore[attr-defined]
        acting.by = allowed  # type: ignore[attr-defined]
        return acting

    return wrap


def _run(act: str, allowed: frozenset[Role], write: Callable[..., R], kwargs: dict[str, Any]) -> R:
    actor: Actor = kwargs["actor"]
    try:
        with transaction.atomic():
            check_role(actor, allowed)
            done = write(**kwargs)
            _leave_line(act, actor, kwargs, done=done)
        return done
    except Refusal as no:
        # Inside another action the line falls with that one, unless it goes on without this part.
        _leave_line(act, actor, kwargs, refused=no.code)
        raise


def check_role(actor: Actor, allowed: Collection[Role]) -> None:
    """Refuse an actor whose role is not among those allowed."""
    if actor.role not in allowed:
        raise Refusal(
            "role_may_not",
            why=_("Your role may not do this."),
            do=_("Ask the command office who may, or switch to the role you need."),
        )


def _leave_line(act: str, actor: Actor, kwargs: dict[str, Any], *, done: object = None, refused: str = "") -> None:
    AuditLine.objects.create(
        at=kwargs.get("at") or now(),
        user_id=actor.user_id,
        role=actor.role,
        place=actor.place,
        act=act,
        detail=_detail(kwargs, done),
        refused=refused,
    )


def _detail(kwargs: dict[str, Any], done: object) -> dict[str, Any]:
    """Identifiers, codes, counts and dates; a plain text may be a name, so it stays out."""
    kept = {name: shown for name, value in kwargs.items() if (shown := _shown(name, value)) is not None}
    if isinstance(done, models.Model):
        kept["gave"] = str(done.pk)
    return kept


def _shown(name: str, value: object) -> str | int | float | bool | None:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, UUID | date):
        return str(value)
    if isinstance(value, str) and name.endswith(("_id", "_code", "place")):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return len(value)
    return None
