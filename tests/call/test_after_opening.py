"""Once voting has opened, what people vote on stays; once it is counted, what was counted stays."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids import deciding
from pbvote.call.bids.models import Ask, Bid, BidState, SentBid
from pbvote.call.rounds.service import add_share
from pbvote.core.clock import today
from pbvote.core.keys import KeyMissing
from pbvote.db import db
from pbvote.people.models import Account
from pbvote.people.service import account_with_email
from pbvote.tally import Verdict
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.poll.paper import Paper
from pbvote.vote.results.service import publish_outcome
from pbvote.vote.results.view import OutcomeShown
from pbvote.vote.slips.finding import slip_with
from pbvote.vote.slips.printing import make_slips
from tests.bidding import BID, ROUND, write
from tests.checked_client import CheckedClient
from tests.conftest import AppMaker, both_databases
from tests.factories import a_bid, a_locality, an_account, an_event, cast, count_closed, sign_in, the_event, writing
from tests.grants.deciding import make_awards
from tests.hall import open_poll_codes, organiser_does
from tests.pages import client_of, text_of
from tests.refusing import refuse_bid


def organiser() -> Account:
    """The organiser that the factories made."""
    found = account_with_email("organiser@council.example")
    assert found
    return found


def first_bid() -> Bid:
    """The first bid on the ballot."""
    return the_event().running_order[0].bid


@both_databases
def test_no_bid_comes_onto_an_open_ballot_and_no_word_of_it_changes(app: Flask) -> None:
    with writing(app):
        event = an_event()
        a_bid(event.share, "Latecomers")
        open_poll(event, organiser())
    with writing(app):
        late = db.session.scalars(sa.select(Bid).where(Bid.reference == "B-04")).one()
        with pytest.raises(deciding.VotingHasOpened):
            deciding.shortlist_bid(late, organiser())
        with pytest.raises(deciding.VotingHasOpened):
            deciding.word_bid(first_bid(), "pl", "Inny tytuł", "Inny opis")
        assert late.state is BidState.RECEIVED


@both_databases
def test_a_bid_refused_while_voting_is_open_is_counted_and_gets_nothing(app: Flask) -> None:
    for code in open_poll_codes(app, 6):
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 2, "B-03": 1})
    with writing(app):
        refuse_bid(first_bid(), organiser(), "The group has dissolved.")
    for verb in (close_poll, count_closed, publish_outcome):
        organiser_does(app, verb)
    with writing(app):
        event = the_event()
        shown = OutcomeShown.of(event)
        assert shown
        verdicts = {step.bid.reference: step.step.verdict for step in shown.steps}
        assert verdicts["B-01"] is Verdict.WITHDRAWN
        awards = make_awards(event, organiser())
        assert [award.bid.reference for award in awards] == ["B-02", "B-03"]


def test_after_the_count_nobody_takes_a_bid_out(app: Flask) -> None:
    open_poll_codes(app)
    for verb in (close_poll, count_closed):
        organiser_does(app, verb)
    with writing(app):
        with pytest.raises(deciding.AlreadyCounted):
            deciding.withdraw_bid(first_bid(), organiser())
        with pytest.raises(deciding.AlreadyCounted):
            refuse_bid(first_bid(), organiser(), "Too late.")
    with app.app_context():
        assert first_bid().state is BidState.SHORTLISTED


def test_what_was_taken_out_of_a_count_never_comes_back(app: Flask) -> None:
    open_poll_codes(app)
    with writing(app):
        bid, elsewhere = first_bid(), a_locality("Urmston")
        refuse_bid(bid, organiser(), "Dissolved.")
        bid.asks.append(Ask(locality_id=elsewhere.id, ask_pence=100_00))
        round_ = the_event().share.round
        add_share(round_, elsewhere, 1_000_00, today(), today())  # where voting has not opened
    for verb in (close_poll, count_closed):
        organiser_does(app, verb)
    with writing(app), pytest.raises(deciding.AlreadyCounted):
        deciding.shortlist_bid(first_bid(), organiser())


def test_after_the_close_an_event_stays_where_and_when_it_was(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    with app.app_context():
        address = f"/desk/events/{the_event().slug}/plan"
    sign_in(client, "organiser@council.example")
    assert client.get(address).status_code == 200
    organiser_does(app, close_poll)
    assert client.get(address).status_code == 409
    assert client.post(address, data={"name": "Elsewhere"}).status_code == 409


def test_a_key_that_is_lost_is_not_made_anew(app: Flask) -> None:
    codes = open_poll_codes(app)
    [key] = app.config["KEYS_DIR"].iterdir()
    elsewhere = key.rename(Path(app.instance_path, "kept"))
    with writing(app), pytest.raises(KeyMissing):
        make_slips(the_event(), 1, None)
    assert not list(app.config["KEYS_DIR"].iterdir())
    elsewhere.rename(key)
    with app.app_context():
        assert slip_with(codes[0]).event.slug == the_event().slug


def test_a_sheet_of_slips_is_kept_by_no_browser(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        slug = an_event().slug
    sign_in(client, "organiser@council.example")
    sheet = client.post(f"/desk/events/{slug}/slips", data={"number": "1", "purpose": "spare"})
    assert sheet.mimetype == "application/pdf"
    assert sheet.headers["Cache-Control"] == "no-store"


def test_nobody_gives_an_auditor_a_role_by_typing_their_address(app: Flask) -> None:
    with writing(app):
        share = an_event().share
        an_account(Role.AUDITOR, "growers@group.example")
        a_bid(share, "Growers")
        auditor = account_with_email("growers@group.example")
        assert auditor
        assert auditor.roles == {Role.AUDITOR}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/readyz", "/accessibility", "/v/x", "/results/x"])
def test_without_tables_every_page_says_that_it_can_not_be_reached_now(make_app: AppMaker, path: str) -> None:
    answer = make_app(DATABASE_URL="sqlite://").test_client().get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


@pytest.mark.parametrize("path", [f"/desk/bids/{2**64}", f"/desk/shares/{2**31}/rule", f"/my/groups/{10**30}"])
def test_a_number_that_no_row_can_have_is_no_address(demonstration: None, client: CheckedClient, path: str) -> None:
    sign_in(client, "olivia@council.example" if path.startswith("/desk") else "marek@partnership.example")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("seen", ["9" * 5000, str(2**63), "-1", "١", "x"])
def test_a_version_that_no_page_says_is_read_as_none(app: Flask, client: CheckedClient, seen: str) -> None:
    code = open_poll_codes(app, 1)[0]
    with app.app_context():
        definition = Paper.of(the_event()).definition
    marks = {"bid-1": "5", "bid-2": "5", "bid-3": "5"}
    answer = client.post("/v/cast", data={"code": code, "definition": definition, "seen": seen, **marks})
    assert answer.status_code == 200


def test_a_locality_takes_no_bids_once_its_voting_has_opened(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        a_locality("Urmston")
        an_event()
    assert "Bids are open" in text_of(client.get("/"))
    other = client_of(app)
    assert write(other, {**BID, "locality": "2", "ask": "2000", "lines-0-line_pence": "2000"}).status_code == 302
    with writing(app):
        open_poll(the_event(), organiser())
    for page in ("/", ROUND):
        assert text_of(client.get(page)).count("Bids are open") == 1
    write(client, {**BID, "ask": ""})
    assert "Sale" not in text_of(client.get(f"{ROUND}/bid/money")).partition("The money")[2]  # Urmston goes on
    refused = other.post(f"{ROUND}/bid/check")
    assert refused.status_code == 409
    assert "Voting has opened in Sale, so it takes no more bids" in text_of(refused)
    assert all(typed in text_of(refused) for typed in ("We plant.", "£2,000", "Beans for all"))
    with app.app_context():
        assert db.session.scalars(sa.select(SentBid)).all() == []


def test_when_no_locality_takes_bids_any_more_what_was_typed_is_kept(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        an_event()
    assert write(client, BID).status_code == 302
    with writing(app):
        open_poll(the_event(), organiser())
    assert client_of(app).get(f"{ROUND}/bid").status_code == 422
    assert (
        client.post(f"{ROUND}/bid/project", data={**BID, "title": "Beans after all", "version": "1"}).status_code == 302
    )
    refused = client.post(f"{ROUND}/bid/check")
    assert refused.status_code == 409
    assert "Voting has opened in Sale" in text_of(refused)
    assert "Beans after all" in text_of(refused)
