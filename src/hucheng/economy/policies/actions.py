"""Publishing a policy, reporting how far it has reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.places.models import Organisation
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.economy.indicators.models import Indicator
from hucheng.economy.policies.models import Policy, PolicyCount
from hucheng.economy.reported import check_day, following

KEEPERS = {Role.DEPARTMENT, Role.COMMAND_OFFICE}


@dataclass(frozen=True, slots=True)
class PolicyIn:
    """One measure of relief: for whom, from when until when, by which document, for which series (or none)."""

    name_zh: str
    name_en: str
    conditions: Sequence[str]
    since: date
    until: date
    document: str
    owner: str
    series: str = ""


@action(by=KEEPERS)
def publish_policy(*, actor: Actor, policy: PolicyIn, at: datetime) -> Policy:
    """Publish a measure of relief; it then stands as it is.

    Refuses one without name, condition or document, one that ends before it begins, and an unknown owner or series.
    """
    conditions = [one.strip() for one in policy.conditions if one.strip()]
    if not (policy.name_zh.strip() and policy.name_en.strip() and policy.document.strip() and conditions):
        raise Refusal(
            "policy_incomplete",
            why=_("A policy has a name in both languages, a document, and at least one condition."),
            do=_("Fill in what is missing."),
        )
    if policy.until < policy.since:
        raise Refusal("policy_ends_early", why=_("The policy ends before it begins."), do=_("Check the two days."))
    if not Organisation.objects.filter(code=policy.owner).exists():
        raise Refusal(
            "owner_unknown",
            why=_("Whoever answers for it is not an organisation of the city."),
            do=_("Choose one of the list."),
        )
    series = Indicator.objects.seen_by(actor).filter(place=actor.place, code=policy.series).first()
    if policy.series and series is None:
        raise Refusal(
            "unknown_series", why=_("No series has this code."), do=_("Take a code of the table of indicators.")
        )
    return Policy.objects.create(
        place=actor.place,
        name_zh=policy.name_zh.strip()[:80],
        name_en=policy.name_en.strip()[:120],
        conditions=conditions,
        since=policy.since,
        until=policy.until,
        document=policy.document.strip()[:200],
        owner=policy.owner,
        indicator=series,
        published_at=at,
        published_by_id=actor.user_id,
    )


@action(by=KEEPERS)
def report_reach(
    *, actor: Actor, policy_id: UUID, day: date, eligible: int, paid: int, reason: str = "", at: datetime
) -> PolicyCount:
    """Report how many firms were eligible and how many had received the relief by a day; the same again adds nothing.

    Refuses more paid than eligible, a day to come, and a correction without a reason.
    """
    policy = Policy.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=policy_id).first()
    if policy is None:
        raise Http404
    check_day(day, at)
    if paid > eligible:
        raise Refusal(
            "more_paid_than_eligible",
            why=_("More firms have received it than are eligible."),
            do=_("Check both figures; the first counts all firms that meet the conditions."),
        )
    last = policy.counts.filter(day=day).order_by("-revision").first()
    if last and (last.eligible, last.paid) == (eligible, paid):
        return last
    return PolicyCount.objects.create(
        policy=policy,
        day=day,
        eligible=eligible,
        paid=paid,
        reported_at=at,
        reported_by_id=actor.user_id,
        **following(last, reason),
    )
