"""How many houses one step plans again: each reach is tried, the one that gains most a second is tried more."""

import random
from dataclasses import dataclass

HOPE = 4e-3  # a second: what steps from the plan of the rules gain at first


@dataclass(slots=True)
class Reach:
    """`freed` houses choose their days anew; `shared` more keep their days and only share arrivals (None: all do)."""

    freed: int
    shared: int | None
    seconds: float
    gain: float = 0.0  # part of the objective a second, smoothed

    def learn(self, gain: float, spent: float) -> None:
        """Take the outcome of a step."""
        self.gain += 0.3 * (gain / max(spent, 0.05) - self.gain)


class Reaches:
    """Reaches for an instance of some number of houses."""

    def __init__(self, houses: int) -> None:
        """Start with hopes that fall with the reach, so that quick steps come first."""
        self.all = [
            Reach(4, 12, 2.0),
            Reach(8, 24, 6.0),
            Reach(6, None, 6.0),
            Reach(10, None, 10.0),
            Reach(14, None, 15.0),
        ]
        self.all = [reach for reach in self.all if reach.freed <= houses]
        for n, reach in enumerate(self.all):
            reach.gain = HOPE / 2**n

    def choose(self, dice: random.Random) -> Reach:
        """Choose a reach by its gain; none is ever given up."""
        top = max(reach.gain for reach in self.all)
        return dice.choices(self.all, [max(reach.gain, 0.08 * top) for reach in self.all])[0]
