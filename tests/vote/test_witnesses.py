"""Witnesses and their cards on the desk, and the words of the ledger for what everybody did."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from pbvote.addresses import witness_page
from pbvote.core.clock import now
from pbvote.core.codes import read_code
from pbvote.people.service import account_with_email
from pbvote.vote.acts.service import About, ask_for
from pbvote.vote.acts.witnesses import CardMade, name_witness, witnesses_of
from pbvote.vote.choosing.records import ChoicesCounted, ChoosingOpened
from pbvote.vote.count.account import SlipsCountedByHand
from pbvote.vote.count.counting import CountAgreed, PapersCounted
from pbvote.vote.count.outcome import TieDrawn
from pbvote.vote.count.sealing import CountSealed
from pbvote.vote.door.setting_aside import PhoneSetAside
from pbvote.vote.hall.withdrawing import BidWithdrawn
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.records import RECORDS, Names, Record, body_of
from pbvote.vote.ledger.service import entries_of, people_in
from pbvote.vote.paper_entry.clashes import ClashDecided
from pbvote.vote.paper_entry.hands import PapersHandled
from pbvote.vote.paper_entry.undoing import PaperSentBack, PaperTakenOut
from pbvote.vote.passes.records import DeviceLetIn, PassMade
from pbvote.vote.poll.acts import REOPEN, Reopening
from pbvote.vote.poll.closing import VotingClosed, VotingReopened, close_poll
from pbvote.vote.poll.counted import VotesCounted
from pbvote.vote.poll.opening import VotingOpened
from pbvote.vote.poll.voided import SlipVoided
from pbvote.vote.results.first_look import OutcomeSeen
from pbvote.vote.results.service import ResultPublished, publish_outcome
from pbvote.vote.slips.acts import REPLACE, VOID, Replacing, Voiding
from pbvote.vote.slips.envelopes import EnvelopeOpened
from pbvote.vote.slips.lost_key import RecoverySheetMade
from pbvote.vote.slips.printing import SheetsFailed, SlipsMade
from pbvote.vote.slips.voiding import SlipReplaced
from tests.checked_client import CheckedClient
from tests.factories import cast, count_closed, sign_in, the_event, writing
from tests.hall import open_poll_codes, organiser_does
from tests.pages import text_of
from tests.paper import codes_on, rendered
from tests.stepping import take_step

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
        return [(entry.hash, entry.body) for entry in entries_of(the_event()) if entry.type == "witness"]


def test_a_card_is_printed_once_and_confirms(app: Flask, client: CheckedClient, desk: str, tmp_path: Path) -> None:
    card = client.post(desk, data={"name": "Wendy Witness", "show": "yes"})
    assert card.mimetype == "application/pdf", "a card is shown on the screen in the demonstration alone"
    assert card.headers["Cache-Control"] == "no-store"
    [page] = rendered(card.data, tmp_path)
    [found] = codes_on(page)
    code = read_code(found.text)
    assert code
    with app.app_context():
        assert found.text == witness_page(code)
    assert "Wendy Witness" in text_of(client.get(desk))
    organiser_does(app, close_poll)
    with writing(app):
        organiser = account_with_email(ORGANISER)
        assert organiser
        ask_for(REOPEN, About(event=the_event().id), Reopening("people_in_line"), organiser)
    client.delete_cookie("session")
    assert "Voting is open again" in text_of(client.post("/witness/confirm/1", data={"code": found.text}))
    sign_in(client, ORGANISER)
    console = text_of(client.get(desk.removesuffix("/witnesses")))
    assert "The card of witness 1 was made" in console
    assert "(people were still standing in line) with 5 ballots in the box; confirmed by witness 1" in console


def test_the_ledger_holds_a_witnesss_number_and_no_name(app: Flask, client: CheckedClient, desk: str) -> None:
    client.post(desk, data={"name": "Wendy Witness"})
    for _ in range(2):
        assert client.post(f"{desk}/1/cancel").status_code == 302
    assert client.post(f"{desk}/99/cancel").status_code == 302
    assert [body for _, body in told(app)] == [{"witness": 1}, {"witness": 1, "is_cancelled": True}]
    assert "Cancelled" in text_of(client.get(desk))
    assert "The card of witness 1 was cancelled" in text_of(client.get(desk.removesuffix("/witnesses")))


def test_one_person_holds_one_card(client: CheckedClient, desk: str) -> None:
    assert client.post(desk, data={"name": "Wendy Witness"}).mimetype == "application/pdf"
    again = client.post(desk, data={"name": "wendy  witness "})
    assert again.status_code == 422
    assert "wendy witness has a card. Cancel it first." in text_of(again)
    client.post(f"{desk}/1/cancel")
    assert client.post(desk, data={"name": "Wendy Witness"}).mimetype == "application/pdf"


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


def test_the_button_says_what_the_witness_has_seen(app: Flask, client: CheckedClient) -> None:
    codes = open_poll_codes(app, 2)
    with writing(app):
        cast(codes[0], {"B-01": 5, "B-02": 5, "B-03": 1})
        organiser = account_with_email("organiser@council.example")
        assert organiser
        _, code = name_witness(the_event(), "Wendy", organiser)
        ask_for(REPLACE, About(event=the_event().id), Replacing(), organiser)
        ask_for(VOID, About(event=the_event().id), Voiding("S-0001", "damaged"), organiser)
    page = text_of(client.post("/witness", data={"code": code}))
    assert "I have seen it" not in page
    lost, void = page.index("They were asked, and I confirm"), page.index("I have seen the slip, and confirm")
    assert lost < page.index("make slip S-0001 void") < void


def test_the_count_is_asked_about_in_a_sentence_and_its_account_is_folded(app: Flask, client: CheckedClient) -> None:
    codes = open_poll_codes(app, 2)
    with writing(app):
        cast(codes[0], {"B-01": 5, "B-02": 5, "B-03": 1})
        organiser = account_with_email("organiser@council.example")
        assert organiser
        _, code = name_witness(the_event(), "Wendy", organiser)
    organiser_does(app, close_poll)
    sign_in(client, "organiser@council.example")
    with app.app_context():
        desk = f"/desk/events/{the_event().slug}"
    client.post(f"{desk}/account", data={"left_over": "1", "door_count": "1"})
    take_step(client, f"{desk}/count")
    page = client.post("/witness", data={"code": code}).get_data(as_text=True)
    before_the_fold, _, folded = page.partition("<details")
    assert (
        "2 opened − 1 left over = 1 handed out; 1 voted, 0 of them on paper; 1 voter came through the door."
        in before_the_fold
    )
    assert "The slips add up." in before_the_fold
    assert "Printed" not in before_the_fold
    assert "Printed" in folded.partition("</details>")[0]
    assert "I have read the numbers, and confirm" in folded.partition("</details>")[2]


NAMES = Names({1: "Olivia", 2: "Omar"}, {"B-02": "Shed Club (number 2, Sheds, B-02)"})

TOLD: list[tuple[Record, str]] = [
    (OutcomeSeen(), "The outcome was looked at before it was public"),
    (
        SlipsMade(25, "spare", "S-0001", "S-0025", "", "", 3),
        "25 slips made in sealed envelopes; S-0001 to S-0025",
    ),
    (
        SlipsMade(5, "spare", "S-0026", "S-0030", "", "", 3, 2, 2, is_large=True),
        "5 slips made in large print, in sealed envelopes; S-0026 to S-0030",
    ),
    (SlipsMade(1, "test", "T-0001", "T-0001", "", "", 3), "1 slip made for a rehearsal: they never count; T-0001"),
    (SheetsFailed(1, ("S-0001",)), "1 slip made void, because the sheets could not be drawn"),
    (EnvelopeOpened(3, 25), "Envelope 3 opened with 25 slips"),
    (EnvelopeOpened(3, 25, device=7), "Envelope 3 opened with 25 slips"),
    (VotingOpened(0, ""), "Voting opened on a box with 0 ballots"),
    (
        SlipVoided("S-0007", "shown", "live", 1, "account 2"),
        (
            "Slip S-0007 made void (its code was shown to others, for example in a photo); "
            "its ballot does not count; confirmed by Omar"
        ),
    ),
    (SlipVoided("S-0007", "damaged", "live", 0), "Slip S-0007 made void (it is torn or can’t be read)"),
    (
        SlipReplaced("original not found", "witness 2"),
        "A lost slip replaced (original not found); confirmed by witness 2",
    ),
    (PassMade(1, "steward"), "The steward’s pass 1 was made"),
    (PassMade(1, "compere", is_ended=True), "The compere’s pass 1 was ended"),
    (DeviceLetIn(7, "steward"), "Steward’s phone 7: access was given"),
    (DeviceLetIn(8, "screen", is_ended=True), "Screen 8: access was ended"),
    (
        PhoneSetAside(2, "lost"),
        "A steward’s phone with 2 presses known to wait on it was set aside: it is lost",
    ),
    (CardMade(2), "The card of witness 2 was made"),
    (CardMade(2, is_cancelled=True), "The card of witness 2 was cancelled"),
    (RecoverySheetMade(), "The recovery sheet of the key was made"),
    (VotingClosed(1), "Voting closed with 1 ballot in the box"),
    (
        VotingReopened(4, "no_connection", "account 2"),
        "Voting opened again (phones had no connection before the close) with 4 ballots in the box; confirmed by Omar",
    ),
    (PaperSentBack(), "A paper ballot that waited to be read back was sent back"),
    (
        PaperTakenOut("account 2"),
        "A confirmed paper ballot was taken out, to be keyed again; confirmed by Omar",
    ),
    (ClashDecided("phone"), "A slip that voted both on a phone and on paper: decided that the phone counts"),
    (
        ClashDecided("paper", "phone", "account 2"),
        ("A slip that voted both on a phone and on paper: decided again that the paper counts; confirmed by Omar"),
    ),
    (
        CountAgreed("", "witness 2"),
        "The count was agreed. From here on nothing in the box can change; confirmed by witness 2",
    ),
    (SlipsCountedByHand(12, 13), "Counted by hand: 12 slips left over, 13 voters came"),
    (
        SlipsCountedByHand(1, 1, "two_slips"),
        "Counted by hand: 1 slip left over, 1 voter came. They do not fit: somebody got two slips",
    ),
    (
        PapersHandled(("account 2: 3",), ("account 1: 2", "account 2: 1")),
        "Papers keyed: 3 by Omar; read back: 2 by Olivia, 1 by Omar",
    ),
    (PapersCounted(2, 1), "2 ballots came on paper; spoilt papers: 1"),
    (VotesCounted(5, "", "marks", {}, "account 2"), "5 ballots counted; confirmed by Omar"),
    (CountSealed("destroyed"), "The count was sealed"),
    (
        TieDrawn(("B-02", "B-01"), "account 2"),
        "A tie was drawn, in this order: Shed Club (number 2, Sheds, B-02); B-01; confirmed by Omar",
    ),
    (BidWithdrawn("B-02"), "Shed Club (number 2, Sheds, B-02) was withdrawn"),
    (ResultPublished("marks", "0" * 64), "The result was published"),
    (ChoosingOpened(5, 3, "0" * 64), "5 members of the partnership can choose; 3 must"),
    (ChoicesCounted(4, "0" * 64), "The choices of 4 members were counted"),
]


@pytest.mark.parametrize(("record", "words"), TOLD, ids=lambda value: getattr(value, "type", ""))
def test_every_record_of_the_ledger_is_told_in_words_and_read_back_as_it_was(record: Record, words: str) -> None:
    entry = LedgerEntry(type=record.type, body=json.loads(json.dumps(body_of(record))), at=now(), actor=1)
    assert entry.record == record
    assert entry.record.told(NAMES) == words
    assert people_in([entry]) - {1} <= {2}


def test_a_line_that_pbvote_never_wrote_is_shown_as_such() -> None:
    for type_, body in (("close", {"box": 3}), ("picnic", {}), ("count", {})):
        entry = LedgerEntry(type=type_, body=body, at=now(), actor=1)
        assert entry.record.told(Names()) == "This line was changed outside pbvote and can’t be read"


def test_every_type_of_record_is_among_them() -> None:
    assert {type(record) for record, _ in TOLD} == set(RECORDS.values())
