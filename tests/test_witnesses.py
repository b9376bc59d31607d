"""Witnesses and their cards on the desk, and the words of the ledger for what everybody did."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from pbvote.acts.models import ActKind
from pbvote.acts.service import ask_for, card_address, witnesses_of
from pbvote.core.clock import now
from pbvote.core.codes import read_code
from pbvote.people.service import account_with_email
from pbvote.results.service import publish_outcome
from pbvote.voting.ledger import entries_of, people_in
from pbvote.voting.models import LedgerEntry, LedgerType
from pbvote.voting.service import close_poll
from tests.checked_client import CheckedClient
from tests.factories import cast, count_closed, sign_in, the_event, writing
from tests.paper import codes_on, rendered
from tests.test_voters_path import text_of
from tests.test_voting import open_poll_codes, organiser_does

ORGANISER = "organiser@council.example"


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> str:
    """The witnesses' page of an open poll, for an organiser who is signed in."""
    for code in open_poll_codes(app, 5):
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 2, "B-03": 1})
    sign_in(client, ORGANISER)
    with app.app_context():
        return f"/desk/events/{the_event().slug}/witnesses"


def told(app: Flask) -> list[tuple[str, dict[str, Any]]]:
    """What the ledger says of witnesses."""
    with app.app_context():
        return [(entry.hash, entry.body) for entry in entries_of(the_event()) if entry.type is LedgerType.WITNESS]


def test_a_card_is_printed_once_and_confirms(app: Flask, client: CheckedClient, desk: str, tmp_path: Path) -> None:
    card = client.post(desk, data={"name": "Wendy Witness", "show": "yes"})
    assert card.mimetype == "application/pdf", "a card is shown on the screen in the demonstration alone"
    assert card.headers["Cache-Control"] == "no-store"
    [page] = rendered(card.data, tmp_path)
    [found] = codes_on(page)
    code = read_code(found.text)
    assert code
    with app.app_context():
        assert found.text == card_address(code)
    assert "Wendy Witness" in text_of(client.get(desk))
    organiser_does(app, close_poll)
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        ask_for(the_event(), ActKind.REOPEN, {"reason": "people_in_line"}, organiser)
    client.delete_cookie("session")
    assert "Voting is open again" in text_of(client.post("/witness/confirm/1", data={"code": found.text}))
    sign_in(client, ORGANISER)
    console = text_of(client.get(desk.removesuffix("/witnesses")))
    assert "A card made for witness 1" in console
    assert "(people were still standing in line) with 5 ballots in the box; confirmed by witness 1" in console


def test_the_ledger_holds_a_witnesss_number_and_no_name(app: Flask, client: CheckedClient, desk: str) -> None:
    client.post(desk, data={"name": "Wendy Witness"})
    for _ in range(2):
        assert client.post(f"{desk}/1/take-back").status_code == 302
    assert client.post(f"{desk}/99/take-back").status_code == 302
    assert [body for _, body in told(app)] == [{"witness": 1}, {"witness": 1, "taken_back": True}]
    assert "Taken back" in text_of(client.get(desk))
    assert "The card of witness 1 taken back" in text_of(client.get(desk.removesuffix("/witnesses")))


def test_nobody_without_a_name_and_nobody_after_the_publication_is_a_witness(
    app: Flask, client: CheckedClient, desk: str
) -> None:
    assert client.post(desk, data={"name": "  "}).status_code == 422
    for verb in (close_poll, count_closed, publish_outcome):
        organiser_does(app, verb)
    assert client.post(desk, data={"name": "Wendy"}).status_code == 409
    assert "Make a card" not in text_of(client.get(desk))
    with app.app_context():
        assert witnesses_of(the_event()) == []
    assert told(app) == []


@pytest.mark.usefixtures("demonstration")
def test_in_the_demonstration_a_card_can_be_had_on_the_screen(client: CheckedClient) -> None:
    sign_in(client, "olivia@council.example")
    desk = "/desk/events/sale-2014/witnesses"
    assert "Show the card on the screen" in text_of(client.get(desk))
    shown = client.post(desk, data={"name": "Wendy", "show": "yes"})
    assert shown.mimetype == "text/html"
    link = re.search(r'href="[^"]*/witness#([^"]+)"', shown.get_data(as_text=True))
    assert link
    assert "Witness: Wendy" in text_of(client.post("/witness", data={"code": link[1]}))
    assert link[1] not in client.get(desk).get_data(as_text=True), "once only"
    assert client.post(desk, data={"name": "Walter"}).mimetype == "application/pdf"


BODIES: dict[LedgerType, tuple[dict[str, Any], str]] = {
    LedgerType.PRINT: (
        {"slips": 25, "state": "spare", "first": "S-0001", "last": "S-0025"},
        "25 slips made in sealed envelopes; S-0001 to S-0025",
    ),
    LedgerType.PRINT_FAILED: ({"slips": 1}, "1 slip made void, because"),
    LedgerType.ENVELOPE: ({"envelope": 3, "slips": 25}, "Envelope 3 opened with 25 slips"),
    LedgerType.OPEN: ({"ballots": 0}, "Voting opened on a box with 0 ballots"),
    LedgerType.VOID: (
        {"serial": "S-0007", "reason": "shown", "ballots": 1, "second": "account 2"},
        "Slip S-0007 made void (its code was shown to others); its ballot was taken out; confirmed by Omar",
    ),
    LedgerType.REPLACE: (
        {"reason": "original not found", "second": "witness 2"},
        "A lost slip replaced (original not found); confirmed by witness 2",
    ),
    LedgerType.WITNESS: ({"witness": 2}, "A card made for witness 2"),
    LedgerType.RECOVERY: ({}, "The recovery sheet of the key printed"),
    LedgerType.CLOSE: ({"ballots": 1}, "Voting closed with 1 ballot in the box"),
    LedgerType.REOPEN: (
        {"ballots": 4, "reason": "no_connection", "second": "account 2"},
        "Voting opened again (phones had no connection before the close) with 4 ballots in the box; confirmed by Omar",
    ),
    LedgerType.COUNT: ({"ballots": 5, "second": "account 2"}, "5 ballots counted; confirmed by Omar"),
    LedgerType.SEAL: ({"key": "destroyed"}, "The count was sealed"),
    LedgerType.DRAW: (
        {"order": ["B-02", "B-01"], "second": "witness 1"},
        "A tie was drawn, in this order: B-02, B-01; confirmed by witness 1",
    ),
    LedgerType.PUBLISH: ({"shown": "marks"}, "The result was published"),
}


@pytest.mark.parametrize("type_", list(LedgerType))
def test_every_line_of_the_ledger_is_told_in_words(app: Flask, type_: LedgerType) -> None:
    body, words = BODIES[type_]
    entry = LedgerEntry(type=type_, body=body, at=now(), actor=1)
    assert people_in([entry]) - {1} <= {2}
    with app.test_request_context():
        macro = app.jinja_env.get_template("hall/_ledger.html").module.told  # type: ignore[attr-defined]
        said = " ".join(str(macro(entry, {1: "Olivia", 2: "Omar"})).split())
    assert said.startswith(words)
