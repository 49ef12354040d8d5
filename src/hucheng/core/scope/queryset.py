"""The only way to read rows of people and places."""

from typing import Self, TypeVar

from django.db import models

from hucheng.core.scope.actor import Actor

M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """Rows that an actor may see.

    A model names the path to its place in `scope_path` (default "place") and, for each role bound to one unit that
    may see it, the path to the unit's code in `unit_paths`. A bound role that is not named there sees nothing.
    """

    def seen_by(self, actor: Actor) -> Self:
        """Keep the rows within the actor's place and unit; the range lets the index serve."""
        path = getattr(self.model, "scope_path", "place")
        rows = self.filter(**{f"{path}__gte": actor.first_place, f"{path}__lt": actor.next_place})
        if not actor.bound_to_unit:
            return rows
        unit_path = getattr(self.model, "unit_paths", {}).get(actor.role)
        return rows.filter(**{unit_path: actor.unit}) if unit_path and actor.unit else rows.none()


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)
"""The manager of a model whose rows are scoped: `objects = ScopedManager()`."""
