"""Who is named as responsible, in whichever language the name is written."""

import re

from hucheng.engines.minutes import bodies, english_actors
from hucheng.engines.minutes.bodies import Body


def body_of(written: str) -> Body | None:
    """Find an actor in the register, by its Chinese or its English name; None where the register does not know it."""
    chinese = re.search("[\u3400-\u9fff]", written)
    return bodies.body_of(written) if chinese else english_actors.body_of(written)
