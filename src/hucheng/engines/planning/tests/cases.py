"""Invented guests and rooms for the tests of planning."""

from hypothesis import strategies as st

from hucheng.engines.planning import FloorUse, Guest, Room

USES = [FloorUse("general", "HU7976-0318"), FloorUse("contact", "HU7976-0318"), FloorUse("general", "CA910-0406")]
NEEDS = ["wheelchair", "halal", "carer"]


def a_guest(name, party="", age=30, use=USES[0], needs=(), guardian_of=(), sex=""):
    return Guest(name, party, age, sex, *use, frozenset(needs), frozenset(guardian_of))


def a_room(name, floor=1, beds=1, house="H01", accessible=False, halal=False, clean=True):
    return Room(name, house, floor, beds, accessible, halal, clean=clean)


def a_city(houses=8, floors=11, rooms=20):
    """Hotel floors of mostly two beds, one accessible room and two family rooms a floor."""
    return [
        a_room(f"H{h:02}-{f:02}{n:02}", f, 3 if n < 2 else 1 + n % 2, f"H{h:02}", accessible=n == 2)
        for h in range(1, houses + 1)
        for f in range(2, floors + 2)
        for n in range(rooms)
    ]


def a_flight(count, use=USES[0], name="G"):
    """Singles, couples and families of four in turn, one wheelchair in 120."""
    sizes, guests, parties = [1, 2, 1, 4, 1, 3], [], 0
    while len(guests) < count:
        size, party, parties = sizes[parties % len(sizes)], f"{name}P{parties}", parties + 1
        for n in range(min(size, count - len(guests))):
            needs = ["wheelchair"] if len(guests) % 120 == 60 and n == 0 else []
            guests.append(a_guest(f"{name}{len(guests)}", party, 35 if n < 2 else 8, use, needs))
    return guests


@st.composite
def guest_lists(draw, most=14):
    count = draw(st.integers(0, most))
    names = [f"g{n}" for n in range(count)]
    return [
        a_guest(
            name,
            draw(st.sampled_from(["", "", "p1", "p2", "p3"])),
            draw(st.one_of(st.none(), st.integers(0, 90))),
            draw(st.sampled_from(USES)),
            draw(st.frozensets(st.sampled_from(NEEDS), max_size=2)),
            draw(st.frozensets(st.sampled_from(names), max_size=1)),
            draw(st.sampled_from(["M", "F", ""])),
        )
        for name in names
    ]


@st.composite
def room_lists(draw, most=14):
    kitchens = {house: draw(st.booleans()) for house in ("H01", "H02")}
    return [
        a_room(
            f"H-{n}",
            draw(st.integers(1, 3)),
            draw(st.integers(1, 4)),
            house := draw(st.sampled_from(["H01", "H02"])),
            draw(st.booleans()),
            halal=kitchens[house],
            clean=draw(st.sampled_from([True, True, True, False])),
        )
        for n in range(draw(st.integers(0, most)))
    ]


floor_uses = st.dictionaries(
    st.tuples(st.sampled_from(["H01", "H02"]), st.integers(1, 3)), st.sampled_from(USES), max_size=3
)
