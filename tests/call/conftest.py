"""What the tests of the call begin with."""

import pytest
from flask import Flask

from pbvote.access import Role
from tests.factories import a_locality, an_account, an_open_round, writing


@pytest.fixture
def council(app: Flask) -> None:
    """Sale, whose share takes bids today of up to £4,000."""
    with writing(app):
        a_locality()
        an_open_round(10_000_00)


@pytest.fixture
def office(app: Flask, council: None) -> None:
    """The same, and an organiser."""
    with writing(app):
        an_account(Role.ORGANISER)
