"""The burst of test votes: by the voter's own path, on every kind of ballot, and never near a real vote."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.db import Base, db
from pbvote.doctor.findings import Level
from pbvote.tally import BallotRules
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.poll.models import Ballot, PaperEntry, RehearsalBallot
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips
from pbvote.vote.venue import burst
from pbvote.vote.venue.burst import VOTES, Answers, of_burst
from pbvote.vote.venue.models import VenueCheck, VenuePoint
from tests import factories
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import SCORE, an_event, cast, the_event, writing
from tests.hall import ORGANISER, organiser_does, slug
from tests.pages import browser, text_of

KINDS = [
    factories.SCORE,
    factories.APPROVAL,
    factories.RANKED,
    factories.KNAPSACK,
    factories.CHOOSE_THEN_SCORE,
    factories.CUMULATIVE,
]


def planned(app: Flask, rules: BallotRules = SCORE) -> list[PrintedSlip]:
    """An event before its poll, with some slips for the day."""
    with writing(app):
        return make_slips(an_event(rules=rules), 2, None, SlipState.LIVE)


def send(app: Flask, desk: CheckedClient | None = None) -> str:
    """Press the button; what the page says then."""
    desk = desk or browser(app, ORGANISER)
    answer = desk.post(f"/desk/events/{slug(app)}/venue/burst", follow_redirects=True)
    return text_of(answer)


def rows(app: Flask, *tables: type[Base]) -> list[int]:
    """How many rows each table has."""
    with app.app_context():
        return [db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables]


def finding(app: Flask) -> VenueCheck:
    """What is kept of the burst."""
    with app.app_context():
        return db.session.scalars(sa.select(VenueCheck).where(VenueCheck.point == VenuePoint.BURST)).unique().one()


@both_databases
def test_fifty_votes_go_the_true_way_and_leave_nothing(app: Flask) -> None:
    planned(app)
    assert re.search(r"50 test votes in \d+\.\d s, none refused\.", send(app))
    assert (finding(app).level, finding(app).checked_by) == (Level.OK, 1)
    assert rows(app, Ballot, RehearsalBallot, PaperEntry) == [0, 0, 0]
    with app.app_context():
        assert slips_of(the_event()) == {SlipState.LIVE: 2, SlipState.TEST: VOTES}


@pytest.mark.parametrize("rules", KINDS[1:], ids=lambda rules: rules.kind)
def test_every_kind_of_ballot_is_filled_in_whole(app: Flask, rules: BallotRules) -> None:
    planned(app, rules)
    with writing(app):
        votes = burst.make_votes(the_event(), None)[:1]
    with app.test_request_context():
        assert burst.cast_all(votes).statuses == [200]
    with app.app_context():
        [stored] = db.session.scalars(sa.select(RehearsalBallot.choices))
        assert "B-01" in stored  # the first on the paper is liked most


def test_no_real_vote_is_touched_and_rehearsals_stay(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    live, _ = planned(app)
    with writing(app):
        [own] = make_slips(the_event(), 1, None, SlipState.TEST)
        cast(own.code, {"B-01": 1, "B-02": 2, "B-03": 3})
    all_at_once = burst.cast_all

    def while_voting_opens(votes: list[burst.BurstVote]) -> Answers:
        organiser_does(app, open_poll)
        with writing(app):
            cast(live.code, {"B-01": 5, "B-02": 5, "B-03": 5})
        return all_at_once(votes)

    monkeypatch.setattr(burst, "cast_all", while_voting_opens)
    send(app)
    with app.app_context():
        assert list(db.session.scalars(sa.select(Ballot.choices))) == ['{"B-01":5,"B-02":5,"B-03":5}']
        assert list(db.session.scalars(sa.select(RehearsalBallot.choices))) == ['{"B-01":1,"B-02":2,"B-03":3}']


def test_votes_that_are_refused_must_be_mended(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    planned(app)
    whole = burst.make_votes

    def three_with_a_wrong_code(*arguments: object) -> list[burst.BurstVote]:
        votes = whole(*arguments)  # type: ignore[arg-type]
        return [burst.BurstVote(vote.code, vote.body | {"code": "K7QF"}) for vote in votes[:3]] + votes[3:]

    monkeypatch.setattr(burst, "make_votes", three_with_a_wrong_code)
    assert re.search(r"3 of 50 test votes were refused, in \d+\.\d s\.", send(app))
    assert finding(app).level is Level.UNSAFE
    assert rows(app, Ballot, RehearsalBallot) == [0, 0]


@pytest.mark.parametrize(
    ("answers", "stored", "level", "sentence"),
    [
        (Answers([200] * 50, 1.24), 50, Level.OK, "50 test votes in 1.2 s, none refused."),
        (Answers([200] * 50, 5.01), 50, Level.WARNING, "50 test votes in 5.0 s, none refused."),
        (Answers([200] * 49 + [503], 1.0), 49, Level.UNSAFE, "1 of 50 test votes were refused, in 1.0 s."),
        (Answers([200] * 50, 1.0), 49, Level.UNSAFE, "50 test votes were acknowledged, and 49 stored."),
        (Answers([200] * 49 + [503], 1.0), 50, Level.UNSAFE, "49 test votes were acknowledged, and 50 stored."),
    ],
)
def test_what_a_burst_says(answers: Answers, stored: int, level: Level, sentence: str) -> None:
    found = of_burst(answers, stored)
    assert (found.level, found.sentence) == (level, sentence)
    assert bool(found.advice) is (level is not Level.OK)


def test_it_waits_for_slips_and_is_over_when_voting_opens(app: Flask) -> None:
    with writing(app):
        an_event()
    before = rows(app, LedgerEntry)
    assert "Print the slips first." in send(app)
    assert rows(app, LedgerEntry) == before
    with writing(app):
        assert not the_event().share.is_locked
        make_slips(the_event(), 1, None)
    organiser_does(app, open_poll)
    assert "Voting has opened, so no test votes are sent" in send(app)
    assert rows(app, RehearsalBallot) == [0]
