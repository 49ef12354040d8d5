"""The one clock: read once at the edge and passed in; exercises run on a simulated one."""

from hucheng.core.clock.clock import SHANGHAI, frozen_at, now, today, wall_time

__all__ = ["SHANGHAI", "frozen_at", "now", "today", "wall_time"]
