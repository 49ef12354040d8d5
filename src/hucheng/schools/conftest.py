"""What tests of the schools stand on."""

import pytest

from hucheng.schools.testing import the_counties


@pytest.fixture
def counties(db: None) -> None:
    """The shipped divisions: a school lies in one of them."""
    the_counties()
