"""What one printing must know of those before it."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import db
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import set_running_order
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.slips.envelopes import envelopes_of
from pbvote.vote.slips.models import Slip, SlipState
from pbvote.vote.slips.printing import make_slips, serial_of, void_batch
from tests.checked_client import CheckedClient
from tests.factories import an_event, an_open_poll, count_closed, sign_in, the_event, writing
from tests.hall import organiser_does
from tests.pages import text_of


def fewer(event: Event) -> None:
    """Take a bid out of the running order."""
    set_running_order(event, [slot.bid_id for slot in event.running_order][:2])


def turned_round(event: Event) -> None:
    """The same bids from the last to the first."""
    set_running_order(event, [slot.bid_id for slot in event.running_order][::-1])


def renamed(event: Event) -> None:
    """Another title of the same bid."""
    event.running_order[0].bid.title = "Something else"


@pytest.mark.parametrize("change", [fewer, turned_round, renamed])
def test_the_console_says_when_the_backs_no_longer_fit_the_running_order(
    app: Flask, client: CheckedClient, change: Callable[[Event], None]
) -> None:
    with writing(app):
        event = an_event()
        slug = event.slug
        make_slips(event, 2, None)
    sign_in(client, "organiser@council.example")
    said = "Slips were printed before the running order or a title changed."
    assert said not in text_of(client.get(f"/desk/events/{slug}"))
    with writing(app):
        change(the_event())
    assert said in text_of(client.get(f"/desk/events/{slug}"))


def test_envelopes_go_on_counting_past_ten_thousand_slips(app: Flask) -> None:
    with writing(app):
        event = an_event()
        make_slips(event, 1, None)
        numbers = {"event_id": event.id, "envelope": 400, "state": SlipState.SPARE}
        rows = [
            {"code_tag": number.to_bytes(32), "serial": serial_of(number), **numbers} for number in range(9_990, 10_015)
        ]
        db.session.execute(sa.insert(Slip), rows)
        last = envelopes_of(event)[-1]
        assert (last.first, last.last, last.slips) == ("S-9990", "S-10014", 25)


def test_a_sheet_that_fails_after_the_count_changes_no_slip(app: Flask) -> None:
    with writing(app):
        _, slips = an_open_poll(3)
    for verb in (close_poll, count_closed):
        organiser_does(app, verb)
    with writing(app):
        before = len(entries_of(the_event()))
        void_batch(the_event(), slips, None)
        assert set(db.session.scalars(sa.select(Slip.state))) == {SlipState.LIVE}
        assert len(entries_of(the_event())) == before
