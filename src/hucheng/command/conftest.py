"""What many tests of this wing begin with: the city's bodies, its office."""

import pytest

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import a_city, an_actor


@pytest.fixture
def city() -> None:
    """The shipped divisions and organisations."""
    a_city()


@pytest.fixture
def office() -> Actor:
    """Somebody of the command office of the city."""
    return an_actor(Role.COMMAND_OFFICE)
