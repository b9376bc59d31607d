"""What two people confirmed takes two to undo, and the ledger tells of it. On both databases."""

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.core.clock import today
from pbvote.db import db
from pbvote.vote.acts.models import Act
from pbvote.vote.acts.service import About, SamePerson, ask_for, confirm, waiting_about
from pbvote.vote.count.account import account_sealed
from pbvote.vote.ledger.models import LedgerEntry
from pbvote.vote.ledger.service import entries_of
from pbvote.vote.paper_entry.acts import TAKE_OUT, TakingOut
from pbvote.vote.paper_entry.service import ChangedMeanwhile, NotTheTime
from pbvote.vote.paper_entry.undoing import label_confirmed
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import SpoiltReason
from pbvote.vote.poll.turnout import turnout_of
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.slips.keys import key_ring
from pbvote.vote.slips.models import Slip
from pbvote.vote.slips.voiding import void_slip
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import an_account, cast, sign_in, the_event, writing
from tests.hall import organiser_does
from tests.papers import (
    ALL_FIVE,
    FIRST,
    MIXED,
    MIXED_TEXT,
    SECOND,
    a_hall,
    counted,
    key,
    key_and_confirm,
    person,
    send_back,
    stored,
)

PAPERS = f"/desk/events/sale-{today().year}/papers"


def ask(app: Flask, serial: str) -> int:
    """Let the first organiser ask for a confirmed paper to be taken out; the act's id."""
    with writing(app):
        body = TakingOut(label_confirmed(the_event(), serial))
        return ask_for(TAKE_OUT, About(event=the_event().id), body, person(FIRST)).id


def confirmed(app: Flask, act: int, by: str = SECOND) -> None:
    """Confirm it."""
    with writing(app):
        confirm(About(event=the_event().id), act, person(by))


def told(app: Flask, *types: str) -> list[dict[str, object]]:
    """The bodies of the ledger's entries of these types."""
    with app.app_context():
        return [entry.body for entry in entries_of(the_event()) if entry.type in types]


@both_databases
@pytest.mark.parametrize("is_closed", [False, True])
def test_a_confirmed_paper_is_taken_out_by_two_and_keyed_again(app: Flask, is_closed: bool) -> None:
    slip, other = a_hall(app, 2)
    for each in (slip, other):
        key_and_confirm(app, each, MIXED)
    if is_closed:
        organiser_does(app, close_poll)
    with pytest.raises(ChangedMeanwhile):
        send_back(app, slip.serial, MIXED_TEXT)  # that is for papers that wait
    act = ask(app, slip.serial)
    with app.app_context():
        [waiting] = waiting_about(the_event())
        assert waiting.asked == f"take out the paper ballot of slip {slip.serial}, which two people confirmed"
    with pytest.raises(SamePerson):
        confirmed(app, act, by=FIRST)
    assert len(stored(app)) == 2
    confirmed(app, act)
    assert len(stored(app)) == 1
    assert told(app, "paper_out") == [{"second": f"account {person_id(app, SECOND)}"}]
    key_and_confirm(app, slip, ALL_FIVE)
    if not is_closed:
        organiser_does(app, close_poll)
    assert sum(counted(app).values()) == 2
    assert told(app, "papers") == [{"on_paper": 2, "spoilt": 0}]


def person_id(app: Flask, email: str) -> int:
    """An organiser's number."""
    with app.app_context():
        return person(email).id


@both_databases
def test_what_was_keyed_again_is_not_what_was_asked_about(app: Flask) -> None:
    [slip] = a_hall(app, 1)
    key_and_confirm(app, slip, MIXED)
    first, second = ask(app, slip.serial), ask(app, slip.serial)
    assert first == second
    confirmed(app, first)
    with pytest.raises(ChangedMeanwhile):
        ask(app, slip.serial)
    key(app, slip.code, MIXED)
    with pytest.raises(ChangedMeanwhile):
        ask(app, slip.serial)  # it waits: one person may send it back


@both_databases
def test_a_paper_that_is_sent_back_after_the_close_is_noted(app: Flask) -> None:
    early, late = a_hall(app, 2)
    key(app, early.code, MIXED)
    send_back(app, early.serial, MIXED_TEXT)
    assert told(app, "paper_back") == []
    organiser_does(app, close_poll)
    key(app, late.code, MIXED)
    with app.app_context():
        assert turnout_of(the_event()) == 1, "a paper is in as soon as it is keyed"
    send_back(app, late.serial, MIXED_TEXT)
    assert told(app, "paper_back") == [{}]
    with app.app_context():
        assert turnout_of(the_event()) == 0


@both_databases
def test_nothing_is_undone_after_the_count(app: Flask) -> None:
    [slip] = a_hall(app, 1)
    key_and_confirm(app, slip, MIXED)
    organiser_does(app, close_poll)
    counted(app)
    with pytest.raises(NotTheTime):
        ask(app, slip.serial)


@both_databases
def test_one_figure_of_turnout_from_the_first_paper_to_the_seal(app: Flask) -> None:
    both, paper, phone, spoilt, _idle = a_hall(app, 5)
    for slip in (both, phone):
        with writing(app):
            cast(slip.code, MIXED)
    for slip in (both, paper):
        key_and_confirm(app, slip, MIXED)
    key_and_confirm(app, spoilt, SpoiltReason.BLANK)
    with app.app_context():
        assert turnout_of(the_event()) == 3
    organiser_does(app, close_poll)
    assert told(app, "close") == [{"ballots": 3}]
    counted(app)
    assert [body["ballots"] for body in told(app, "count")] == [3]
    with app.app_context():
        account = account_sealed(the_event())
        assert account
        assert (account.voted, account.on_paper, account.spoilt) == (3, 2, 1)


@both_databases
def test_neither_the_act_nor_the_ledger_leads_a_copy_of_the_database_from_the_slip_to_its_paper(app: Flask) -> None:
    [slip] = a_hall(app, 1)
    key_and_confirm(app, slip, MIXED)
    with app.app_context():
        tag = key_ring().read(the_event().slug).ballot_tag(db.session.scalars(sa.select(Slip.code_tag)).one())
    confirmed(app, ask(app, slip.serial))
    with app.app_context():
        kept = [*db.session.scalars(sa.select(Act.body)), *db.session.scalars(sa.select(LedgerEntry.body))]
        for body in map(str, kept[:1] + kept[-1:]):
            assert slip.serial not in body
            assert tag.hex() not in body


def test_a_confirmed_paper_is_taken_out_once_another_confirms_it(app: Flask, client: CheckedClient) -> None:
    [slip] = a_hall(app, 1)
    key_and_confirm(app, slip, MIXED)
    address, console = f"{PAPERS}/read-back/{slip.serial}", PAPERS.removesuffix("/papers")
    sign_in(client, SECOND)
    assert "Ask to take it out" in client.get(address).text
    assert client.post(f"{address}/take-out").status_code == 302
    assert f"take out the paper ballot of slip {slip.serial}" in " ".join(client.get(console).text.split())
    assert client.post(f"{console}/acts/1/confirm").status_code == 409, "nobody is two people"
    assert stored(app) == [(MIXED_TEXT, None, True)]
    sign_in(client, FIRST)
    done = client.post(f"{console}/acts/1/confirm", follow_redirects=True).text
    assert "The paper ballot is taken out. Key it again, so that it counts." in done
    assert "A confirmed paper ballot was taken out, to be keyed again; confirmed by" in done
    assert stored(app) == []


def test_an_auditor_reads_no_marks_of_a_paper_that_waits(app: Flask, client: CheckedClient) -> None:
    marked, spoilt = a_hall(app, 2)
    key(app, marked.code, MIXED)
    key(app, spoilt.code, SpoiltReason.SIGNED)
    with writing(app):
        an_account(Role.AUDITOR, "auditor@council.example")
    sign_in(client, "auditor@council.example")
    for slip in (marked, spoilt):
        page = client.get(f"{PAPERS}/read-back/{slip.serial}").text
        assert "It waits for another organiser to read it back." in page
        assert "What was keyed" not in page
        assert "It shows who filled it in" not in page


def test_the_ledger_says_of_a_void_by_one_person_what_it_was_and_that_nothing_is_left_out(app: Flask) -> None:
    slip, _ = a_hall(app, 2)
    organiser_does(app, lambda event, by: void_slip(event, slip.serial, VoidReason.FOUND, by))
    assert told(app, "void") == [{"serial": slip.serial, "reason": "found", "was": "live", "ballots": 0}]


def test_who_keyed_a_paper_is_not_offered_to_confirm_it(app: Flask, client: CheckedClient) -> None:
    [slip] = a_hall(app, 1)
    key(app, slip.code, MIXED)
    address = f"{PAPERS}/read-back/{slip.serial}"
    sign_in(client, FIRST)
    assert "It is the same: confirm" not in client.get(address).text
    refused = client.post(f"{address}/confirm", data={"seen": MIXED_TEXT})
    assert refused.status_code == 409
    assert "You keyed this paper yourself." in refused.text
    sign_in(client, SECOND)
    assert "It is the same: confirm" in client.get(address).text
    assert client.post(f"{address}/confirm", data={"seen": "[\0]"}).status_code == 409
    assert client.post(f"{address}/send-back", data={"seen": MIXED_TEXT}).status_code == 302
    assert client.get(address).status_code == 404
    assert stored(app) == []
