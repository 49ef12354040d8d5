"""The schools' side of the story: ten in place, acceptance, the day of return."""

from hucheng.exercises.replay.timeline import Day, Work


def works() -> dict[str, Work]:
    """The acts of the story that this side answers for."""
    return {}


def days(seed: int) -> list[Day]:
    """What this side does every day."""
    return []
