"""Policies with how far they have reached."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import organisations
from hucheng.core.scope.actor import Actor
from hucheng.economy.policies.models import Policy, PolicyCount
from hucheng.economy.reported import latest_by


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One policy, who answers for it, its last report, and whether it runs."""

    policy: Policy
    owner: str
    count: PolicyCount | None
    running: bool

    @property
    def share(self) -> float | None:
        """Per cent of eligible firms that received it."""
        return 100 * self.count.paid / self.count.eligible if self.count and self.count.eligible else None


def last_counts(actor: Actor, today: date) -> dict[UUID, PolicyCount]:
    """The last report of each policy by a day."""
    return latest_by(PolicyCount.objects.seen_by(actor).filter(day__lte=today), "policy_id")


def policies_of(actor: Actor, at: datetime) -> list[PolicyLine]:
    """Every policy in sight, running ones first, the newest on top."""
    today = at.astimezone(SHANGHAI).date()
    counts, owners = last_counts(actor, today), organisations()
    lines = [
        PolicyLine(
            policy,
            owners[policy.owner].name if policy.owner in owners else policy.owner,
            counts.get(policy.pk),
            policy.since <= today <= policy.until,
        )
        for policy in Policy.objects.seen_by(actor).select_related("indicator")
    ]
    return sorted(lines, key=lambda line: not line.running)


def reach(actor: Actor, at: datetime) -> tuple[int, int]:
    """Firms paid and firms eligible, over the policies that run."""
    told = [line.count for line in policies_of(actor, at) if line.running and line.count]
    return sum(count.paid for count in told), sum(count.eligible for count in told)
