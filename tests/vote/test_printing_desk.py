"""Printing on the desk: what is made, for the event or a rehearsal, and what the page says of it."""

from collections.abc import Sequence

import pytest
from flask import Flask

from pbvote.db import db
from pbvote.tally import Choices
from pbvote.vote.events.models import Event
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.turnout import number_rehearsed, turnout_of
from pbvote.vote.slips.envelopes import envelopes_of
from pbvote.vote.slips.finding import slips_of
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip
from tests.checked_client import CheckedClient
from tests.factories import an_event, cast, sign_in, the_event, writing
from tests.hall import organiser_does
from tests.pages import text_of

ORGANISER = "organiser@council.example"
CHOICES: Choices = {"B-01": 5, "B-02": 5, "B-03": 1}


def desk(app: Flask) -> str:
    """The address of the event on the desk."""
    with app.app_context():
        return f"/desk/events/{the_event().slug}"


def vote(app: Flask, slip: PrintedSlip, choices: Choices = CHOICES) -> None:
    """Let a slip vote."""
    with writing(app):
        cast(slip.code, choices)


class Printer:
    """Stands in for the drawing of sheets, and keeps what it was given."""

    def __init__(self) -> None:
        self.slips: Sequence[PrintedSlip] = ()
        self.large = False

    def __call__(self, _event: Event, slips: Sequence[PrintedSlip], *, large: bool) -> bytes:
        self.slips, self.large = slips, large
        return b"%PDF"


@pytest.fixture
def printer(app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch) -> Printer:
    """A printer, and an event whose first slip is not printed yet."""
    with writing(app):
        an_event()
    sign_in(client, ORGANISER)
    stand_in = Printer()
    monkeypatch.setattr("pbvote.vote.slips.desk.slip_sheets", stand_in)
    return stand_in


def test_slips_for_the_event_wait_in_sealed_envelopes(app: Flask, client: CheckedClient, printer: Printer) -> None:
    form = {"number": "30", "purpose": "spare"}
    assert client.post(f"{desk(app)}/slips", data=form).mimetype == "application/pdf"
    assert len(printer.slips) == 30
    assert not printer.large
    organiser_does(app, open_poll)
    code = next(slip.code for slip in printer.slips if slip.envelope == 2)
    assert client.post("/v/paper", data={"code": code}).status_code == 404
    page = client.get(f"{desk(app)}/slips/envelopes")
    assert "Open envelope 2" in text_of(page)
    assert client.post(f"{desk(app)}/slips/envelopes/2/open").status_code == 302
    assert client.post("/v/paper", data={"code": code}).status_code == 200
    with app.app_context():
        assert [envelope.is_open for envelope in envelopes_of(the_event())] == [False, True]


def test_slips_for_a_rehearsal_vote_at_once_and_never_count(
    app: Flask, client: CheckedClient, printer: Printer
) -> None:
    form = {"number": "2", "purpose": "test", "is_large": "y"}
    client.post(f"{desk(app)}/slips", data=form)
    assert printer.large
    assert {slip.is_test for slip in printer.slips} == {True}
    vote(app, printer.slips[0])
    with app.app_context():
        assert turnout_of(the_event()) == 0
        assert db.session.scalar(number_rehearsed(the_event())) == 1
    assert "for a rehearsal: they never count" in text_of(client.get(desk(app)))


def test_what_a_print_is_for_must_be_said(app: Flask, client: CheckedClient, printer: Printer) -> None:
    for purpose in ("live", "void", ""):
        answer = client.post(f"{desk(app)}/slips", data={"number": "2", "purpose": purpose})
        assert answer.status_code == 422
    assert not printer.slips
    with app.app_context():
        assert slips_of(the_event()) == {}


def test_the_page_says_what_was_made(app: Flask, client: CheckedClient, printer: Printer) -> None:
    address = f"{desk(app)}/slips"
    before = text_of(client.get(address))
    assert "Make the slips" in before
    assert "Made so far" not in before
    client.post(address, data={"number": "30", "purpose": "spare"})
    page = text_of(client.get(address))
    assert "30 slips made S-0001 to S-0030, in envelopes 1 and 2." in page
    assert "Print on both sides, and flip on the long edge." in page
    assert "Make the slips" in page
    client.post(address, data={"number": "5", "purpose": "spare", "is_large": "y"})
    client.post(address, data={"number": "1", "purpose": "test"})
    page = text_of(client.get(address))
    assert "1 rehearsal slip made T-0001." in page
    newest, middle, oldest = (page.index(words) for words in ("Rehearsal Made", "Envelope 3, large", "Envelopes 1 and"))
    assert newest < middle < oldest
    assert len(printer.slips) == 1


def test_what_is_in_large_print_is_said_wherever_envelopes_are_listed(
    app: Flask, client: CheckedClient, printer: Printer
) -> None:
    client.post(f"{desk(app)}/slips", data={"number": "26", "purpose": "spare"})
    client.post(f"{desk(app)}/slips", data={"number": "5", "purpose": "spare", "is_large": "y"})
    assert {slip.envelope for slip in printer.slips} == {3}
    for page in ("/slips/envelopes", "/slips"):
        assert "large print" in text_of(client.get(desk(app) + page))
    door = desk(app).replace("/desk/events", "/door")
    for page in (door, f"{door}/envelopes/3"):
        assert text_of(client.get(page)).count("S-0027 to S-0031, large print") == 1
    assert "large print" not in text_of(client.get(f"{door}/envelopes/2"))


def test_slips_whose_sheets_can_not_be_drawn_are_void(
    app: Flask, client: CheckedClient, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> bytes:
        raise OSError("out of paper")

    monkeypatch.setattr("pbvote.vote.slips.desk.slip_sheets", fails)
    with pytest.raises(OSError, match="out of paper"):
        client.post(f"{desk(app)}/slips", data={"number": "2", "purpose": "spare"})
    with app.app_context():
        assert slips_of(the_event()) == {SlipState.VOID: 2}
    assert "2 slips made void" in text_of(client.get(desk(app)))
    receipt = text_of(client.get(f"{desk(app)}/slips"))
    assert "Slips S-0001 to S-0002 are void." in receipt
    assert "slips made" not in receipt
    assert not printer.slips
