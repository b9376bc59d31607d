"""What is past is told as it was: the days on which people voted, and not those that were planned."""

import datetime as dt

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pbvote.core.clock import UK
from pbvote.db import db
from pbvote.filters import day
from pbvote.people.service import account_with_email
from pbvote.vote.events.models import Event
from pbvote.vote.poll.closing import close_poll, reopen_poll
from pbvote.vote.poll.forms import ReopenReason
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.programme.publishing import publish_page
from pbvote.vote.results.service import publish_outcome
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_event, count_closed, the_event, writing
from tests.hall import organiser_does
from tests.pages import text_of

TODAY = dt.datetime(2026, 3, 2, 18, tzinfo=UK)
PLANNED, ENDS = TODAY + dt.timedelta(days=5), TODAY + dt.timedelta(days=11)


@pytest.fixture
def early(app: Flask) -> Flask:
    """A vote of a week that was planned for next Saturday, held on one evening before it, and published."""
    with time_machine.travel(TODAY, tick=False):
        with writing(app):
            event = an_event()
            event.starts_at, event.ends_at = PLANNED, ENDS
            event.access = "Step-free from the street."
            publish_page(event)
        for verb in (open_poll, close_poll, count_closed, publish_outcome):
            organiser_does(app, verb)
    return app


def test_the_result_and_the_first_page_say_on_which_day_people_voted(early: Flask, client: CheckedClient) -> None:
    with early.app_context():
        slug = the_event().slug
    for address in (f"/results/{slug}", "/", f"/events/{slug}"):
        page = text_of(client.get(address))
        assert "2 March 2026" in page, address
        assert day(PLANNED) not in page, address
        assert day(ENDS) not in page, address


def test_the_result_comes_first_on_the_events_page_and_what_is_over_is_gone(
    early: Flask, client: CheckedClient
) -> None:
    with early.app_context():
        slug = the_event().slug
    page = text_of(client.get(f"/events/{slug}"))
    assert page.index("See the result") < page.index("Where") < page.index("Lend a hand")
    for over in ("If you come late", "Step-free from the street.", "You get a slip with a code"):
        assert over not in page


@both_databases
def test_a_vote_that_was_opened_again_closed_when_it_closed_last(app: Flask) -> None:
    with time_machine.travel(TODAY, tick=False) as clock:
        with writing(app):
            an_event()
        organiser_does(app, open_poll)
        organiser_does(app, close_poll)
        with writing(app):
            organiser = account_with_email("organiser@council.example")
            assert organiser
            reopen_poll(the_event(), organiser, "account 2", ReopenReason("closed_by_mistake"))
        with app.app_context():
            assert the_event().closed_at is None
        clock.shift(dt.timedelta(days=1))
        organiser_does(app, close_poll)
    with app.app_context():
        event = the_event()
        assert (event.opened_at, event.closed_at) == (TODAY, TODAY + dt.timedelta(days=1))
        assert (event.began_at, event.ended_at) == (event.opened_at, event.closed_at)


@both_databases
@pytest.mark.parametrize("values", [{"closed_at": TODAY}, {"opened_at": TODAY, "closed_at": TODAY - dt.timedelta(1)}])
def test_nothing_closes_before_it_opened(app: Flask, values: dict[str, dt.datetime]) -> None:
    with writing(app):
        an_event()
    with pytest.raises(sa.exc.IntegrityError), writing(app):
        db.session.execute(sa.update(Event).values(**values))
