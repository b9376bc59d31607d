"""What the tests of passes, and of the phones and screens let in with them, begin with."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.vote.slips.printing import make_slips
from tests.factories import an_account, an_event, the_event, writing

NOON = dt.datetime(2014, 7, 12, 11, tzinfo=dt.UTC)
"""Of a summer's day in the United Kingdom."""


@pytest.fixture
def hall(app: Flask) -> Flask:
    """An event with two organisers, an auditor, and two sealed envelopes, of 25 slips and of 5."""
    with writing(app):
        make_slips(an_event(), 30, None)
        an_account(Role.ORGANISER, "second@council.example")
        an_account(Role.AUDITOR)
    return app


@pytest.fixture
def desk(hall: Flask) -> str:
    """The page of the event's passes."""
    with hall.app_context():
        return f"/desk/events/{the_event().slug}/passes"


@pytest.fixture
def door(hall: Flask) -> str:
    """The address of the stewards' door."""
    with hall.app_context():
        return f"/door/{the_event().slug}"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Noon, until a test moves on. Name it before the event."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
