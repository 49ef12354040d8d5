"""The one way to alter a directive: the fields that change and their row of history go together."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from hucheng.command.directives.models import Directive, DirectiveChange
from hucheng.core.scope.actor import Actor


def alter(
    directive: Directive, act: DirectiveChange.Act, *, actor: Actor, at: datetime, **fields: Any
) -> DirectiveChange:
    """Set fields of a directive and leave a row that holds those that changed, before and after."""
    changed = {name: value for name, value in fields.items() if getattr(directive, name) != value}
    before = {name: _plain(getattr(directive, name)) for name in changed}
    for name, value in changed.items():
        setattr(directive, name, value)
    if changed:
        directive.save(update_fields=list(changed))
    return DirectiveChange.objects.create(
        directive=directive,
        at=at,
        by_id=actor.user_id,
        act=act,
        before=before,
        after={name: _plain(value) for name, value in changed.items()},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, models.Model):
        return str(value.pk)
    return value
