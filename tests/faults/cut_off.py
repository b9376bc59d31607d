"""A poll whose count or seal was cut off: what it must be like then, and that it can be finished."""

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.core.keys import KeyMissing
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.vote.count.finishing import finish
from pbvote.vote.count.models import Counted, Seal
from pbvote.vote.count.outcome import outcome_of
from pbvote.vote.count.sealing import seal_of
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.states import BEFORE_THE_COUNT, IS_COUNTING, PollState
from pbvote.vote.slips.keys import key_ring
from tests.factories import account_for_slips, agree_with_witness, cast, the_event, writing
from tests.hall import open_poll_codes, organiser_does


def organiser() -> Account:
    """The organiser of the event."""
    account = account_with_email("organiser@council.example")
    assert account
    return account


def closed_poll(app: Flask, voters: int = 12) -> list[str]:
    """A closed poll with this many ballots, its slips accounted for; the codes that voted."""
    codes = open_poll_codes(app, voters + 3)[:voters]
    for number, code in enumerate(codes):
        with writing(app):
            cast(code, {"B-01": 1 + number % 5, "B-02": 5 - number % 5, "B-03": 3})
    organiser_does(app, close_poll)
    organiser_does(app, account_for_slips)
    return codes


def require_sealed_from_here(app: Flask, codes: list[str], moment: str) -> None:
    """What was cut off at this moment has lost no ballot, goes on where it stopped, and ends as it would have."""
    with app.app_context():
        left = db.session.scalar(sa.select(sa.func.count()).select_from(Ballot))
        if the_event().poll in BEFORE_THE_COUNT | IS_COUNTING:
            assert left == len(codes), "no ballot goes before the totals are fixed"
        is_agreed = the_event().poll is not PollState.CLOSED
        assert is_agreed is (moment not in ("before agree", "in the middle of agree"))
    if not is_agreed:
        organiser_does(app, agree_with_witness)
    for _ in range(2):  # once more does no harm
        with app.app_context():
            finish(the_event(), organiser())
    with app.app_context():
        event = the_event()
        assert event.poll is PollState.SEALED
        assert [entry.type for entry in entries_of(event)][-3:] == ["agree", "count", "seal"]
        assert db.session.scalar(sa.select(sa.func.sum(Counted.voters))) == len(codes)
        assert len(db.session.get_one(Seal, event.id).check_numbers) == len(codes)
        outcome = outcome_of(event)
        assert outcome
        assert {step.ref: step.total for step in outcome.steps} == {"B-01": 33, "B-02": 39, "B-03": 36}
        with pytest.raises(KeyMissing):
            key_ring().read(event.slug)
        assert len(seal_of(event) or "") == 64
