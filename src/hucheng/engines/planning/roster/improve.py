"""Solve the roster: rules first, then fewest bubbles by shape of post, then names, then shifts for the names."""

from collections import defaultdict

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.roster.covers import Cover, Flow, Shape, shape_of
from hucheng.engines.planning.roster.instance import RosterInstance
from hucheng.engines.planning.roster.names import who_starts_when, who_takes_which
from hucheng.engines.planning.roster.repair import Filled, kept
from hucheng.engines.planning.roster.rules import Slot, first_plan, plan_of
from hucheng.engines.planning.roster.shifts import Bubble, name_shifts
from hucheng.engines.planning.roster.templates import Template, template_on, wave_template
from hucheng.engines.planning.search import SAME, Search

SHARE_OF_BOUNDS = 0.35  # of the time left, for one shape's bound in whole bubbles
POST_SECONDS = 2.0


def improve(instance: RosterInstance, search: Search, warm: Plan | None) -> None:
    """Offer better and better rosters, and the bound that the shapes of the posts prove.

    A warm plan is one that people have been told: who lives where stays, and only what broke is filled again.
    """
    rostering = Rostering(instance, search)
    if warm is not None:
        rostering.repair(warm)
        rostering.bound()
        return
    search.offer(first_plan(instance))
    rostering.build()
    rostering.mend()
    rostering.bound()
    rostering.polish()


class Rostering:
    """One search: the template and bound of each shape of post, and the best roster as workers in slots."""

    def __init__(self, instance: RosterInstance, search: Search) -> None:
        """Sort the posts by shape."""
        self.instance, self.search = instance, search
        self.shapes = defaultdict[Shape, list[int]](list)
        for n, post in enumerate(instance.posts):
            if any(post.need) and post.open[0] < post.open[1]:
                self.shapes[shape_of(post)].append(n)
        self.templates: dict[Shape, Template] = {}
        self.covers: dict[Shape, Cover] = {}
        self.filled: Filled = []

    def build(self) -> None:
        """Give every post its waves, and names to them."""
        for shape in self.shapes:
            template = wave_template(self.instance, shape, self.search) if self.search.left > 0 else None
            if template is not None:
                self.templates[shape] = template
        self.fill()

    def fill(self) -> bool:
        """Name the workers of all slots of the templates, skill by skill, and offer the roster."""
        slots = defaultdict[str, list[Slot]](list)
        for shape, template in self.templates.items():
            for post in self.shapes[shape]:
                slots[self.instance.posts[post].skill] += [Slot(post, start, row) for start, row in template.bubbles]
        self.filled = []
        for skill, wanted in slots.items():
            people = [who for who, worker in enumerate(self.instance.staff) if worker.skill == skill]
            for day, chosen in who_starts_when(self.instance, wanted, people, self.search).items():
                here = [slot for slot in wanted if slot.start == day]
                self.filled += zip(who_takes_which(self.instance, here, chosen), here, strict=True)
        return self.offer()

    def offer(self) -> bool:
        """Offer the roster as it stands."""
        return self.search.offer(plan_of(self.instance, self.filled))

    def bound(self) -> None:
        """Prove a bound: relaxations for every shape, then whole bubbles where the templates need more."""
        flows = {shape: Flow(self.instance, shape, self.search) for shape in self.shapes}
        for shape, flow in flows.items():
            self.covers[shape] = Cover(flow.relaxed(), None)
        self._tell_bound()
        for shape in sorted(self.shapes, key=self._loose, reverse=True):
            if self._loose(shape) <= SAME or self.search.over():
                continue
            found = flows[shape].whole(self.search.left * SHARE_OF_BOUNDS)
            self.covers[shape] = Cover(max(found.bound, self.covers[shape].bound), found.starts)
            self._tell_bound()
            self._take_starts(shape)

    def _loose(self, shape: Shape) -> float:
        """Give what the templates of a shape cost above its bound, over all its posts."""
        template = self.templates.get(shape)
        return (template.cost - self.covers[shape].bound) * len(self.shapes[shape]) if template else 0.0

    def _tell_bound(self) -> None:
        self.search.raise_bound(sum(cover.bound * len(self.shapes[shape]) for shape, cover in self.covers.items()))

    def _take_starts(self, shape: Shape) -> None:
        """Take the starts of the flow if shifts can be named on them for less than the template costs now."""
        starts = self.covers[shape].starts
        if starts is None or self._loose(shape) <= SAME or self.search.over():
            return
        found = template_on(self.instance, shape, starts, self.search, seconds=2 * POST_SECONDS)
        if found is None or found.cost >= self.templates[shape].cost:
            return
        filled, template = self.filled, self.templates[shape]
        self.templates[shape] = found
        if not self.fill():
            self.filled, self.templates[shape] = filled, template

    def polish(self) -> None:
        """Name shifts again for the people of each post, exchange people who start together, until nothing gains."""
        while self.search.step():
            before = self.search.objective
            for post in range(len(self.instance.posts)):
                if self.search.over():
                    return
                self.rename(post)
            self.exchange()
            if self.search.objective == before:
                return

    def mend(self) -> None:
        """Name shifts again where a bubble found nobody: the others of the post cover what they can of it."""
        for post in sorted({slot.post for who, slot in self.filled if who is None}):
            if not self.search.over():
                self.rename(post)

    def rename(self, post: int) -> None:
        """Name the shifts of one post for the people who live in it, where one is refused a request or is missing."""
        here = [n for n, (_who, slot) in enumerate(self.filled) if slot.post == post]
        living = [n for n in here if self.filled[n][0] is not None]
        if living == here and not any(self.filled[n][1].refused(self._off(n)) for n in here):
            return
        here, bubbles = living, [Bubble(self.filled[n][1].start, self._off(n)) for n in living]
        shape = shape_of(self.instance.posts[post])
        rows = name_shifts(self.instance, shape, bubbles, self.search, seconds=min(POST_SECONDS, self.search.left))
        if rows is None:
            return
        before = list(self.filled)
        for n, text in zip(here, rows.texts, strict=True):
            who, slot = self.filled[n]
            self.filled[n] = (who, Slot(post, slot.start, text))
        if not self.offer():
            self.filled = before

    def exchange(self) -> None:
        """Let people of one skill who start on one day take each other's rows, where fewer requests are refused."""
        groups = defaultdict[tuple[str, int], list[int]](list)
        for n, (who, slot) in enumerate(self.filled):
            if who is not None:
                groups[self.instance.posts[slot.post].skill, slot.start].append(n)
        before = list(self.filled)
        for here in groups.values():
            people = [who for n in here if (who := self.filled[n][0]) is not None]
            slots = [self.filled[n][1] for n in here]
            for n, who in zip(here, who_takes_which(self.instance, slots, people), strict=True):
                self.filled[n] = (who, self.filled[n][1])
        if not self.offer():
            self.filled = before

    def repair(self, plan: Plan) -> None:
        """Keep every bubble that is still legal, fill those that are not, and name shifts only in the posts hit."""
        self.filled, hit = kept(self.instance, plan)
        self.offer()
        for post in sorted(hit):
            self.rename(post)

    def _off(self, n: int) -> frozenset[int]:
        who = self.filled[n][0]
        return frozenset() if who is None else self.instance.staff[who].off
