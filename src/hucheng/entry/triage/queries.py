"""Since when people have been judged as they are, which rules have been in force, which tables proposed."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Min, QuerySet
from django.http import Http404

from hucheng.core.scope.actor import Actor
from hucheng.entry.triage.models import RuleInForce, RuleTable, Triage


def judged_since(arrival_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """The first of the unbroken judgements that gave each person the outcome they have now, in one query."""
    since: dict[UUID, datetime] = {}
    outcome: dict[UUID, str] = {}
    rows = Triage.objects.filter(arrival_id__in=arrival_ids).order_by("at", "id")
    for arrival_id, at, ended_in in rows.values_list("arrival_id", "at", "outcome"):
        if outcome.get(arrival_id) != ended_in:
            since[arrival_id], outcome[arrival_id] = at, ended_in
    return since


def rules_since(actor: Actor, at: datetime) -> dict[str, datetime]:
    """Every rule in force in the actor's place at `at`, with the time it first came into force."""
    rows = RuleInForce.objects.seen_by(actor).filter(since__lte=at).values("rule")
    return {row["rule"]: row["first"] for row in rows.annotate(first=Min("since")).order_by("rule")}


def proposed_tables(actor: Actor) -> QuerySet[RuleTable]:
    """Tables proposed for places in sight, the latest first."""
    rows = RuleTable.objects.seen_by(actor).select_related("author", "approved_by")
    return rows.order_by("-proposed_at", "-id")[:100]


def table_seen_by(actor: Actor, table_id: UUID) -> RuleTable:
    """One proposed table. Raises Http404 outside the actor's sight."""
    found = RuleTable.objects.seen_by(actor).select_related("author", "approved_by").filter(pk=table_id).first()
    if found is None:
        raise Http404
    return found
