"""A bid's photo is public with its ballot, and not a moment before; caches keep it, since it never changes."""

import io
import re

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image

from pbvote.access import Role
from pbvote.call.attachments.service import set_photo
from pbvote.call.bids.models import Bid, BidState
from pbvote.db import db
from pbvote.files.pictures import read_photo
from pbvote.people.service import account_with_email
from pbvote.tally import BallotRules
from pbvote.vote.events.models import Event
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.paper import Paper
from pbvote.vote.poll.states import PollState
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import APPROVAL, CUMULATIVE, SCORE, a_bid, an_account, an_event, writing
from tests.files.samples import is_upright, photo_file


@pytest.fixture
def digest(app: Flask) -> str:
    """The digest of the first bid's photo, at an event whose poll is planned."""
    with writing(app):
        an_event()
        bid = db.session.get_one(Bid, 1)
        set_photo(bid, read_photo(photo_file()), "Neighbours", None)
        assert bid.photo
        return bid.photo.digest


def move(app: Flask, poll: PollState, state: BidState = BidState.SHORTLISTED) -> None:
    """Put the poll and the first bid into these states."""
    with writing(app):
        db.session.execute(sa.update(Event).values(poll=poll))
        db.session.execute(sa.update(Bid).where(Bid.id == 1).values(state=state))


@both_databases
def test_everybody_sees_it_while_it_is_on_a_ballot(app: Flask, client: CheckedClient, digest: str) -> None:
    move(app, PollState.OPEN)
    for width, size in ((400, (400, 300)), (1200, (640, 480))):
        answer = client.get(f"/photos/{digest}-{width}.jpg")
        assert answer.status_code == 200
        assert answer.mimetype == "image/jpeg"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
        assert "Content-Disposition" not in answer.headers or "attachment" not in answer.headers["Content-Disposition"]
        picture = Image.open(io.BytesIO(answer.data))
        assert picture.size == size
        assert is_upright(picture)
    assert client.get(f"/photos/{digest}-800.jpg").status_code == 404
    assert client.get(f"/photos/{'0' * 64}-400.jpg").status_code == 404


@pytest.mark.parametrize("state", [BidState.RECEIVED, BidState.REFUSED, BidState.WITHDRAWN])
@pytest.mark.parametrize("poll", [PollState.OPEN, PollState.PUBLISHED])
def test_nobody_sees_that_of_a_bid_that_is_not_public(
    app: Flask, client: CheckedClient, digest: str, poll: PollState, state: BidState
) -> None:
    move(app, poll, state)
    answer = client.get(f"/photos/{digest}-400.jpg")
    assert answer.status_code == 404
    assert "public" not in answer.headers["Cache-Control"]


def test_nobody_sees_it_before_voting_opens(app: Flask, client: CheckedClient, digest: str) -> None:
    assert client.get(f"/photos/{digest}-400.jpg").status_code == 404
    move(app, PollState.PUBLISHED)
    assert client.get(f"/photos/{digest}-400.jpg").status_code == 200


def test_a_bid_outside_every_running_order_shows_nothing(app: Flask, client: CheckedClient, digest: str) -> None:
    with writing(app):
        an_account(Role.AUDITOR)
        bid = a_bid(db.session.get_one(Bid, 1).round.shares[0], "Late")
        set_photo(bid, read_photo(photo_file("PNG")), "Late", None)
        other = bid.photo.digest if bid.photo else ""
    move(app, PollState.OPEN)
    assert client.get(f"/photos/{other}-400.jpg").status_code == 404


PHOTO = re.compile(r'<img class="bid-photo"[^>]*>', re.DOTALL)


@both_databases
@pytest.mark.parametrize("rules", [SCORE, APPROVAL, CUMULATIVE])
def test_a_ballot_shows_the_small_photo_of_a_bid_that_has_one(
    app: Flask, client: CheckedClient, rules: BallotRules
) -> None:
    with writing(app):
        event = an_event(rules=rules)
        with_photo = db.session.get_one(Bid, 2)
        set_photo(with_photo, read_photo(photo_file()), 'Neighbours & "herbs"', None)
        assert with_photo.photo
        digest = with_photo.photo.digest
        before = Paper.of(event)
        [slip] = make_slips(event, 1, None, SlipState.LIVE)
        organiser = account_with_email("organiser@council.example")
        assert organiser
        open_poll(event, organiser)
        opened = Paper.of(event)
        assert [line.photo is not None for line in before.lines] == [False, False, False]
        assert [line.photo is not None for line in opened.lines] == [False, True, False]
        assert before.definition == opened.definition, "choices refer to no photo"
    for language, marked in (("en", ""), ("ar", ' lang="en" dir="ltr"')):
        page = client.post("/v/paper", data={"code": slip.code, "lang": language})
        [photo] = PHOTO.findall(page.text)
        assert f'src="/photos/{digest}-400.jpg"' in photo
        assert 'alt="Neighbours &amp; &#34;herbs&#34;"' in photo
        assert ' width="640"' in photo
        assert ' height="480"' in photo
        assert f'loading="lazy"{marked}>' in photo
        assert "Set-Cookie" not in page.headers
    assert client.get(f"/photos/{digest}-400.jpg").status_code == 200


def test_a_photo_goes_from_the_ballot_with_its_bid(app: Flask, client: CheckedClient, digest: str) -> None:
    move(app, PollState.OPEN, BidState.REFUSED)
    with app.app_context():
        assert all(line.photo is None for line in Paper.of(db.session.get_one(Event, 1)).lines)
