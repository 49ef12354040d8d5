"""What the base page needs besides its own content."""

from django.conf import settings
from django.http import HttpRequest

from hucheng.core import clock
from hucheng.core.terms import Role


def house(request: HttpRequest) -> dict[str, object]:
    """City, clock chip of an exercise, and the card of who is signed in."""
    actor = getattr(request, "actor", None)
    card = None
    if actor:
        card = {"name": actor.name, "role": Role(actor.role).label, "initial": actor.name[:1]}
    chip = clock.now().astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M") if settings.HUCHENG_EXERCISE else None
    return {"actor_card": card, "clock_chip": chip, "city": settings.HUCHENG_CITY_NAME, "languages": settings.LANGUAGES}
