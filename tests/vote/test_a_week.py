"""A vote of a week with slips from the library, from the first morning to the seal: no hall, and no last call."""

import datetime as dt

import time_machine
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.rounds.models import EventFormat
from pbvote.call.rounds.service import settle_share
from pbvote.core.clock import UK, today, uk_moment
from pbvote.people.service import account_with_email
from pbvote.vote.audit.verifying import discrepancies
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.events.service import plan_event
from pbvote.vote.poll.states import PollState
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.slips.envelopes import open_envelope
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips
from tests.conftest import AppMaker, both_databases
from tests.factories import APPROVAL, a_bid, a_locality, an_account, an_open_round, count_with_two, the_event, writing
from tests.factories import sign_in as come_in
from tests.pages import client_of, fields_of, text_of
from tests.stepping import take_step

MONDAY = dt.datetime(2026, 3, 2, 10, tzinfo=UK)
ORGANISER = "organiser@council.example"


def plan_a_week(app: Flask) -> list[PrintedSlip]:
    """Three small bids for £450, slips for the library, and a week from Monday to Sunday evening."""
    with writing(app):
        organiser, _ = an_account(Role.ORGANISER), a_locality()
        share = an_open_round(450_00, APPROVAL).shares[0]
        settle_share(share, {"format": EventFormat.DAYS})
        for number, ask in enumerate((250_00, 200_00, 150_00), 1):
            shortlist_bid(a_bid(share, f"Group {number}", ask), organiser)
        starts = uk_moment(today(), dt.time(10))
        ends = uk_moment(today() + dt.timedelta(days=6), dt.time(17))
        event = plan_event(share, "A week for alleys", "Sale Library", starts, ends)
        return make_slips(event, 40, organiser)


def vote(app: Flask, slip: PrintedSlip, *numbers: int) -> None:
    """A resident takes a slip home and votes on a phone."""
    phone = client_of(app)
    page = phone.post("/v/paper", data={"code": slip.code, "lang": "en"})
    assert page.status_code == 200
    hidden = fields_of(page.get_data(as_text=True))
    sent = phone.post("/v/cast", data={**hidden, "bid": [str(number) for number in numbers]})
    assert sent.status_code == 200
    assert "We have your vote" in text_of(sent)


def envelope_of_today(app: Flask, number: int) -> None:
    """The library opens the next envelope."""
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        open_envelope(the_event(), number, organiser)


@both_databases
def test_a_week_of_sittings_goes_to_the_seal(make_app: AppMaker) -> None:
    app = make_app()
    with time_machine.travel(MONDAY, tick=False) as clock:
        slips = plan_a_week(app)
        by_envelope = {number: [slip for slip in slips if slip.envelope == number] for number in (1, 2)}
        desk = client_of(app)
        come_in(desk, ORGANISER)
        address = f"/desk/events/{_slug(app)}"
        take_step(desk, f"{address}/open")
        envelope_of_today(app, 1)
        said = [(1, 2), (1, 3), (1,), (2,), (1, 2)]
        for slip, numbers in zip(by_envelope[1], said, strict=False):  # a vote on each of five days
            vote(app, slip, *numbers)
            come_in(desk, ORGANISER)  # whose session ends each night
            console = text_of(desk.get(address))
            assert "Voting is open" in console
            assert "Close voting" in console
            clock.shift(dt.timedelta(days=1))
        envelope_of_today(app, 2)  # Saturday: the first envelope is used up
        vote(app, by_envelope[2][0], 3)
        clock.shift(dt.timedelta(days=1, hours=8))  # Sunday, 18:00: an hour after the planned end
        vote(app, by_envelope[2][1], 1, 2)  # nothing closes by itself: whoever came in time is not shut out
        come_in(desk, ORGANISER)
        take_step(desk, f"{address}/close")
        late = client_of(app).post("/v/paper", data={"code": by_envelope[2][2].code, "lang": "en"})
        assert late.status_code == 409
        with app.app_context():
            assert turnout_of(the_event()) == 7
        count_with_two(desk, _slug(app))
    with app.app_context():
        event = the_event()
        assert event.poll is PollState.SEALED
        outcome = outcome_of(event)
        assert outcome
        assert {step.ref: step.total for step in outcome.steps} == {"B-01": 5, "B-02": 4, "B-03": 2}
        assert outcome.funded == ("B-01", "B-02")
        assert slips_of(event)[SlipState.LIVE] == 40
        assert not list(discrepancies(event))


def _slug(app: Flask) -> str:
    with app.app_context():
        return the_event().slug


def test_no_screen_is_asked_for_where_there_is_no_hall(app: Flask) -> None:
    with time_machine.travel(MONDAY, tick=False):
        plan_a_week(app)
        with app.app_context():
            console = f"/desk/events/{the_event().slug}"
        desk = client_of(app)
        come_in(desk, ORGANISER)
        page = text_of(desk.get(console))
        assert "Open an envelope" in page
        assert "Connect a screen" not in page
        assert "screen is connected" not in text_of(desk.get(f"{console}/open"))
