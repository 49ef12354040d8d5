"""Invented instances of the rooms problem, small enough to count by hand or large enough to be a day."""

from hypothesis import strategies as st

WEIGHTS = {"w_room": 10, "w_zone": 30, "w_mix": 25, "w_split": 6, "w_share": 8, "w_med": 15}


def an_instance(zones=((2, 1, 1),), groups=((0, 0, 1, 0, 0, 0, 0, 0),), flights=((0, 600),), sharing=False, **more):
    """Zones are lists of beds (or of [beds, accessible, level, ready]); `halal` and `locked` name zones in `more`."""
    halal, locked = more.get("halal", ()), more.get("locked", {})
    rooms = [
        [number, *(room if isinstance(room, (tuple, list)) else (room, 0, 0, 0))]
        for number, zone in enumerate(zones)
        for room in zone
    ]
    return {
        "problem": "rooms",
        "name": "invented",
        "params": {"sharing": sharing} | WEIGHTS | more.get("weights", {}),
        "flights": [{"id": f"F{n}", "day": day, "arrive": arrive} for n, (day, arrive) in enumerate(flights)],
        "zones": [{"hotel": 0, "halal": n in halal, "locked": locked.get(n)} for n in range(len(zones))],
        "rooms": rooms,
        "groups": [list(group) for group in groups],
    }


def alone(flight=0, risk=0, man=1, accessible=0, halal=0, need=0):
    """Give one adult alone."""
    return [flight, risk, man, 1 - man, 0, accessible, halal, need]


def a_day(flights=4, zones=16, seed=0):
    """Give a day of flights that land in turn, singles, couples and families, in zones of 9 to 13 rooms."""
    beds = [3, 2, 1, 2, 1, 1, 2, 1, 2]
    plans = [[(size, n == 0, z % 3, 0) for n, size in enumerate(beds + beds[: (z + seed) % 5])] for z in range(zones)]
    sizes = [(1, 0, 0), (1, 1, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1), (0, 1, 1), (2, 0, 0), (2, 2, 0)]
    groups = [
        [flight, int(n % 9 == 8), *sizes[(n * 5 + flight + seed) % 8], int(n == 7), int(n % 11 == 3), int(n % 13 == 5)]
        for flight in range(flights)
        for n in range(24)
    ]
    landings = [(n // 2, 1440 * (n // 2) + 480 + 60 * n) for n in range(flights)]
    return an_instance(plans, groups, landings, halal=range(0, zones, 4), locked={1: [0, 0, [0]]})


rooms = st.tuples(st.integers(1, 3), st.integers(0, 1), st.integers(0, 1), st.sampled_from([0, 0, 700]))
zones_of_rooms = st.lists(st.lists(rooms, min_size=1, max_size=3), min_size=1, max_size=3)
people = st.sampled_from([(1, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 1), (1, 1, 1), (2, 1, 0)])
flags = st.tuples(st.sampled_from([0, 0, 0, 1]), st.sampled_from([0, 0, 0, 1]), st.integers(0, 1))
groups = st.builds(
    lambda flight, risk, who, flags: [flight, risk, *who, *flags], st.integers(0, 1), st.integers(0, 1), people, flags
)


@st.composite
def tiny_instances(draw, one_level=True):
    """Two flights, up to three zones of up to three rooms, up to four parties; `one_level` of closeness in a zone."""
    zones = draw(zones_of_rooms)
    if one_level:
        zones = [[(beds, ramp, zone[0][2], ready) for beds, ramp, _, ready in zone] for zone in zones]
    lock = draw(st.sampled_from([None, [0, 0, [0]], [0, 0, []], [0, 1, [1]]]))
    return an_instance(
        [*zones, [(3, 1, 0, 0)]],
        draw(st.lists(groups, min_size=1, max_size=4)),
        ((0, 600), (0, 720)),
        sharing=draw(st.booleans()),
        halal={0},
        locked={0: lock} if lock else {},
    )
