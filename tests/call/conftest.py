"""What the tests of the call begin with."""

import pytest
from flask import Flask

from tests.factories import a_locality, an_open_round, writing


@pytest.fixture
def council(app: Flask) -> None:
    """Sale, whose share takes bids today of up to £4,000."""
    with writing(app):
        a_locality()
        an_open_round(10_000_00)
