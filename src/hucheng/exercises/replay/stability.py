"""The side of order and safety: weather and patrols, fires, the public, disputes and work."""

from hucheng.exercises.replay import stability_fire, stability_public, stability_work
from hucheng.exercises.replay.timeline import Day, Work


def works() -> dict[str, Work]:
    """The acts of the story that this side answers for."""
    return {**stability_fire.works(), **stability_public.works(), **stability_work.works()}


def days(seed: int) -> list[Day]:
    """What this side does every day."""
    return [*stability_fire.days(seed), *stability_public.days(seed), *stability_work.days(seed)]
