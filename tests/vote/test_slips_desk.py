"""Slips on the desk: printed for the event or a rehearsal, opened, made void, lost and replaced."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.db import db
from pbvote.people.service import account_with_email
from pbvote.tally import Choices
from pbvote.vote.acts.models import Act
from pbvote.vote.acts.service import About, waiting_acts
from pbvote.vote.count.models import Counted, Seal
from pbvote.vote.ledger.service import entries_of, last_entry
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Ballot, PaperEntry
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.poll.voided import SlipVoided
from pbvote.vote.slips.finding import slip_with, slips_of
from pbvote.vote.slips.models import Slip, SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips
from pbvote.vote.slips.voiding import SlipReplaced
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_account, an_event, an_open_poll, cast, count_closed, sign_in, the_event, writing
from tests.hall import organiser_does
from tests.pages import text_of

ORGANISER, SECOND = "organiser@council.example", "second@council.example"
CHOICES: Choices = {"B-01": 5, "B-02": 5, "B-03": 1}


@pytest.fixture
def slips(app: Flask, client: CheckedClient) -> list[PrintedSlip]:
    """Three slips of an open poll, two organisers, the first of whom is signed in."""
    with writing(app):
        _, made = an_open_poll(3)
        an_account(Role.ORGANISER, SECOND)
    sign_in(client, ORGANISER)
    return sorted(made, key=lambda slip: slip.serial)


def desk(app: Flask) -> str:
    """The address of the event on the desk."""
    with app.app_context():
        return f"/desk/events/{the_event().slug}"


def vote(app: Flask, slip: PrintedSlip, choices: Choices = CHOICES) -> None:
    """Let a slip vote."""
    with writing(app):
        cast(slip.code, choices)


def state_of(app: Flask, serial: str) -> SlipState:
    """What the slip's code is good for."""
    with app.app_context():
        return db.session.scalars(sa.select(Slip.state).where(Slip.serial == serial)).one()


def waiting(app: Flask) -> list[tuple[str, dict[str, Any]]]:
    """What waits for a second person."""
    with app.app_context():
        return [(act.kind, act.body) for act in waiting_acts(About(event=the_event().id))]


@both_databases
def test_a_slip_that_has_not_voted_is_void_at_once(app: Flask, client: CheckedClient, slips: list[PrintedSlip]) -> None:
    answer = client.post(f"{desk(app)}/slips/void", data={"serial": " s 1 ", "reason": "found"}, follow_redirects=True)
    assert "Slip S-0001 is void. It had not voted." in text_of(answer)
    assert "Slip S-0001 made void (it was found lying about)" in text_of(answer)
    assert state_of(app, "S-0001") is SlipState.VOID
    assert client.post("/v/paper", data={"code": slips[0].code}).status_code == 404
    assert client.post("/v/paper", data={"code": slips[1].code}).status_code == 200
    again = client.post(f"{desk(app)}/slips/void", data={"serial": "١", "reason": "found"})
    assert again.status_code == 422
    assert "Slip S-0001 is void already" in text_of(again)


@both_databases
def test_a_slip_that_has_voted_takes_two_people_and_leaves_the_count(
    app: Flask, client: CheckedClient, slips: list[PrintedSlip]
) -> None:
    vote(app, slips[0])
    vote(app, slips[1], {"B-01": 1, "B-02": 1, "B-03": 5})
    data = {"serial": "s-1", "reason": "given_in_error"}
    answer = client.post(f"{desk(app)}/slips/void", data=data, follow_redirects=True)
    assert "A second person must confirm that slip S-0001 is made void" in text_of(answer)
    assert waiting(app) == [("void", {"serial": "S-0001", "reason": "given_in_error"})]
    assert client.post(f"{desk(app)}/acts/1/confirm").status_code == 409, "nobody is two people"
    with app.app_context():
        assert turnout_of(the_event()) == 2
    assert state_of(app, "S-0001") is SlipState.LIVE
    sign_in(client, SECOND)
    assert "asks to make slip S-0001 void, so that its ballot does not count" in text_of(client.get(desk(app)))
    done = text_of(client.post(f"{desk(app)}/acts/1/confirm", follow_redirects=True))
    assert "Slip S-0001 is void, and its ballot does not count." in done
    assert "its ballot does not count; confirmed by The organiser" in done
    assert client.post("/v/paper", data={"code": slips[0].code}).status_code == 404
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    with app.app_context():
        counted = [tuple(row) for row in db.session.execute(sa.select(Counted.choices, Counted.voters))]
        assert counted == [('{"B-01":1,"B-02":1,"B-03":5}', 1)]
        seal = db.session.scalars(sa.select(Seal)).one()
        assert (seal.account.void, seal.account.voted, seal.account.left_out, len(seal.check_numbers)) == (1, 1, 1, 1)


@both_databases
def test_a_slip_that_voted_on_paper_takes_two_people_too(
    app: Flask, client: CheckedClient, slips: list[PrintedSlip]
) -> None:
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        tag = slip_with(slips[0].code).ballot_tag
        entry = PaperEntry(event_id=the_event().id, ballot_tag=tag, choices="{}", keyed_by=organiser.id)
        db.session.add(entry)
    client.post(f"{desk(app)}/slips/void", data={"serial": "1", "reason": "damaged"})
    sign_in(client, SECOND)
    client.post(f"{desk(app)}/acts/1/confirm")
    with app.app_context():
        assert turnout_of(the_event()) == 0
        entry_of_void = last_entry(the_event(), SlipVoided)
        assert entry_of_void
        assert entry_of_void.body["ballots"] == 1


def test_a_rehearsal_slip_can_be_void_too(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        [slip] = make_slips(an_event(), 1, None, SlipState.TEST)
    vote(app, slip)
    sign_in(client, ORGANISER)
    client.post(f"{desk(app)}/slips/void", data={"serial": "t1", "reason": "shown"})
    assert state_of(app, "T-0001") is SlipState.VOID


@pytest.mark.usefixtures("slips")
@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"serial": "S-9999", "reason": "found"}, "There is no slip S-9999 at this event"),
        ({"serial": "K7QF-9M2T-XW4R", "reason": "found"}, "There is no slip K7QF-9M2T-XW4R"),
        ({"serial": "1", "reason": "dislike"}, "Choose one of the answers listed"),
        ({"serial": "", "reason": "found"}, "Enter the number of the slip"),
    ],
)
def test_what_can_not_be_made_void_is_said_beside_its_box(
    app: Flask, client: CheckedClient, data: dict[str, str], said: str
) -> None:
    answer = client.post(f"{desk(app)}/slips/void", data=data)
    assert answer.status_code == 422
    assert said in text_of(answer)
    with app.app_context():
        assert slips_of(the_event()) == {SlipState.LIVE: 3}


def test_after_the_count_no_slip_is_made_void(app: Flask, client: CheckedClient, slips: list[PrintedSlip]) -> None:
    vote(app, slips[0])
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    assert client.post(f"{desk(app)}/slips/void", data={"serial": "2", "reason": "found"}).status_code == 409
    assert "no slip can be made void any more" in text_of(client.get(f"{desk(app)}/slips/void"))


def test_who_saw_that_we_have_their_vote_needs_no_slip(
    app: Flask, client: CheckedClient, slips: list[PrintedSlip]
) -> None:
    vote(app, slips[0])
    assert "Did they see “We have your vote”?" in text_of(client.get(f"{desk(app)}/slips/lost"))
    assert client.post(f"{desk(app)}/slips/lost", data={}).status_code == 422
    answer = client.post(f"{desk(app)}/slips/lost", data={"saw_it": "yes"})
    assert "They have voted." in text_of(answer)
    assert waiting(app) == []


@both_databases
@pytest.mark.usefixtures("slips")
def test_a_lost_slip_is_replaced_by_two_people_and_the_number_is_published(app: Flask, client: CheckedClient) -> None:
    answer = client.post(f"{desk(app)}/slips/lost", data={"saw_it": "no"}, follow_redirects=True)
    assert "only after a second person has confirmed it" in text_of(answer)
    assert waiting(app) == [("replace", {})]
    with app.app_context():
        assert last_entry(the_event(), SlipReplaced) is None
    sign_in(client, SECOND)
    done = text_of(client.post(f"{desk(app)}/acts/1/confirm", follow_redirects=True))
    assert "the person gets another slip" in done
    assert "A lost slip replaced (original not found); confirmed by The organiser" in done
    organiser_does(app, close_poll)
    assert "Lost and replaced (original not found) 1" in text_of(client.get(f"{desk(app)}/account"))


@pytest.mark.usefixtures("slips")
def test_a_lost_slip_is_replaced_only_while_voting_is_open(app: Flask, client: CheckedClient) -> None:
    organiser_does(app, close_poll)
    assert "only while voting is open" in text_of(client.get(f"{desk(app)}/slips/lost"))
    assert client.post(f"{desk(app)}/slips/lost", data={"saw_it": "no"}).status_code == 409
    with app.app_context():
        assert db.session.scalars(sa.select(Act)).all() == []


def test_the_account_is_printed_to_be_signed(app: Flask, client: CheckedClient, slips: list[PrintedSlip]) -> None:
    address = f"{desk(app)}/account.pdf"
    vote(app, slips[0])
    assert client.get(address).status_code == 409, "voting is open"
    organiser_does(app, close_poll)
    assert "Do the slips add up? Enter first" in text_of(client.get(address))
    client.post(f"{desk(app)}/account", data={"left_over": "2", "door_count": "1"})
    assert f'href="{address}"' in client.get(f"{desk(app)}/account").get_data(as_text=True)
    before = client.get(address)
    organiser_does(app, count_closed)
    for sheet in (before, client.get(address)):
        assert sheet.mimetype == "application/pdf"
        assert sheet.data.startswith(b"%PDF")
    with app.app_context():
        assert entries_of(the_event())
        assert db.session.scalars(sa.select(Ballot)).all() == []
