"""Reading the tree: names by code, the counties of a city, organisations."""

from hucheng.core.places.models import Organisation, Place
from hucheng.core.scope.actor import place_prefix


def place_names() -> dict[str, Place]:
    """Every division by its code."""
    return {place.code: place for place in Place.objects.all()}


def counties_of(city: str) -> list[Place]:
    """The county-level places of a city, by code."""
    return list(Place.objects.filter(kind=Place.Kind.COUNTY, code__startswith=place_prefix(city)).order_by("code"))


def organisations() -> dict[str, Organisation]:
    """Every organisation by its code."""
    return {organisation.code: organisation for organisation in Organisation.objects.all()}


def bodies_of(city: str, kind: str) -> list[Organisation]:
    """The bodies of one kind that answer for a city, by code."""
    return list(Organisation.objects.filter(kind=kind, place=city).order_by("code"))


def leading_group_of(county: str) -> str:
    """The code of the office that receives people and tasks for a county. Raises Organisation.DoesNotExist."""
    return Organisation.objects.get(kind="county_leading_group", place=county).code
