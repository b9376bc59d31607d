"""A host whose clock jumps, and the hours that come twice or never: nobody's vote, session or turn goes with them."""

import datetime as dt

import pytest
import time_machine
from flask import Flask

from pbvote.core.clock import uk_moment
from pbvote.people import tries
from pbvote.vote.acts import service as acts
from pbvote.vote.count.finishing import finish
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.events.models import Event
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.poll.acts import REOPEN, Reopening
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.states import PollState
from tests.conftest import both_databases
from tests.factories import account_for_slips, count_with_witness, the_event, writing
from tests.faults.cut_off import organiser
from tests.faults.record import note
from tests.hall import ORGANISER, about, cast_body, open_poll_codes, organiser_does, slug
from tests.pages import browser, client_of, text_of
from tests.passes import COMPERE, STEWARD, a_phone
from tests.stepping import take_step

HOUR = dt.timedelta(hours=1)
NOON = uk_moment(dt.date(2026, 7, 18), dt.time(13))
AUTUMN_2014 = dt.datetime(2014, 10, 26, 0, 30, tzinfo=dt.UTC)
"""Half past one in the night: half past one comes again an hour later."""
AUTUMN_2026 = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
SPRING_2026 = dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC)
"""Half an hour later the clocks say two."""

# When the poll opens, when two votes come, when it closes, when the ballots are counted: as the host's clock says.
DAYS = {
    "an hour ahead at the opening, then right": [NOON + HOUR, NOON + HOUR * 1.2, NOON + HOUR * 0.3, NOON + HOUR * 0.5],
    "right, an hour ahead, right again": [NOON, NOON + HOUR * 0.1, NOON + HOUR * 1.2, NOON + HOUR * 0.4],
    "the night of 26 October 2014": [AUTUMN_2014 + HOUR * each for each in (0, 0.4, 1, 1.4)],
    "the night of 25 October 2026": [AUTUMN_2026 + HOUR * each for each in (0, 0.4, 1, 1.4)],
    "the night of 29 March 2026": [SPRING_2026 + HOUR * each for each in (0, 0.4, 0.6, 1)],
}


@both_databases
@pytest.mark.parametrize("day", DAYS)
def test_a_poll_goes_from_its_opening_to_its_seal_whatever_the_clock_does(app: Flask, day: str) -> None:
    opening, first, second, closing = DAYS[day]
    with time_machine.travel(opening, tick=False) as clock:
        codes = open_poll_codes(app, 2)
        console, home = f"/desk/events/{slug(app)}", f"/door/{slug(app)}"
        desk, compere, door = browser(app, ORGANISER), a_phone(app, COMPERE, "Cleo"), a_phone(app, STEWARD)
        for code, moment in zip(codes, (first, second), strict=True):
            clock.move_to(moment)
            assert client_of(app).post("/v/cast", data=cast_body(app, code, 4)).status_code == 200
            assert "Close voting" in text_of(desk.get(console)), "nobody is signed out"
            assert compere.get(COMPERE.home(slug(app))).status_code == 200
            assert door.get(home, follow_redirects=True).status_code == 200
        clock.move_to(closing)
        assert "Voting is closed" in text_of(take_step(desk, f"{console}/close", follow_redirects=True))
        assert client_of(app).post("/v/cast", data=cast_body(app, codes[0], 1)).status_code == 409
        organiser_does(app, account_for_slips)
        organiser_does(app, count_with_witness)
        with app.app_context():
            finish(the_event(), organiser())
            require_sealed_in_order(the_event())
        assert app.test_cli_runner().invoke(args=["verify-ledger"]).exit_code == 0
    note("clocks", part=f"{day}, {app.config['DATABASE_URL'][:6]}", times=1, acknowledged=2)


def require_sealed_in_order(event: Event) -> None:
    """The poll was open for a while, both votes count, and the ledger tells all in its order."""
    assert event.poll is PollState.SEALED
    assert event.opened_at
    assert event.closed_at
    assert event.opened_at <= event.closed_at
    kinds = [entry.type for entry in entries_of(event)]
    assert kinds.index("open") < kinds.index("close") < kinds.index("count") < kinds.index("seal")
    outcome = outcome_of(event)
    assert outcome
    assert outcome.steps[0].total == 8


def test_a_clock_that_goes_back_gives_nobody_longer_to_confirm_and_a_small_step_takes_nothing(app: Flask) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        open_poll_codes(app, 1)
        organiser_does(app, close_poll)
        with writing(app):
            acts.ask_for(REOPEN, about(), Reopening("closed_by_mistake"), organiser())
        for moved, waiting in ((dt.timedelta(seconds=-30), 1), (-HOUR, 0), (HOUR, 0)):
            clock.move_to(NOON + moved)
            with app.app_context():
                assert len(acts.waiting_acts(about())) == waiting


def test_a_wrong_password_at_a_wrong_hour_makes_nobody_wait_longer(app: Flask) -> None:
    with time_machine.travel(NOON + HOUR, tick=False) as clock, app.test_request_context():
        counts = (tries.Count.of(tries.HERE, "password", "somebody"),)
        with writing(app):
            for _ in range(tries.HERE.free):
                tries.note(counts)
        assert tries.wait_of(counts) == dt.timedelta(minutes=1)
        clock.move_to(NOON)
        assert tries.wait_of(counts) == dt.timedelta(minutes=1)
