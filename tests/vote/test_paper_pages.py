"""The pages on which paper ballots are keyed, read back and settled."""

import datetime as dt
import logging
import re

import pytest
from flask import Flask, Response, request

from pbvote.access import Role
from pbvote.call.rounds.models import Share
from pbvote.core.clock import today, uk_moment
from pbvote.core.codes import new_code
from pbvote.people.service import account_with_email
from pbvote.tally import BallotRules
from pbvote.vote.events.service import plan_event
from pbvote.vote.paper_entry.forms import SPOILT_REASONS
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import SpoiltReason
from pbvote.vote.poll.voided import VoidReason
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import PrintedSlip, make_slips
from pbvote.vote.slips.voiding import void_slip
from tests.checked_client import CheckedClient
from tests.factories import (
    APPROVAL,
    CHOOSE_THEN_SCORE,
    CUMULATIVE,
    KNAPSACK,
    RANKED,
    SCORE,
    a_bid,
    a_locality,
    an_account,
    an_open_round,
    cast,
    count_closed,
    sign_in,
    the_event,
    writing,
)
from tests.hall import organiser_does
from tests.pages import text_of
from tests.papers import (
    ALL_FIVE,
    FIRST,
    MIXED,
    MIXED_TEXT,
    SECOND,
    a_clash,
    a_hall,
    key,
    key_and_confirm,
    listed,
    stored,
)

PAPERS = f"/desk/events/sale-{today().year}/papers"


def keyed(client: CheckedClient, slip: PrintedSlip, **fields: str | list[str]) -> str:
    """Key a paper as the pages do, by a scan of the whole address; the page that follows."""
    opened = client.post(f"{PAPERS}/key", data={"code": slip.address})
    assert opened.status_code == 200, opened.text
    [code] = set(re.findall(r'name="code"\s+value="([^"]*)"', opened.text))
    answer = client.post(f"{PAPERS}/key/marks", data={"code": code, **fields}, follow_redirects=True)
    return answer.text


@pytest.mark.parametrize(
    ("rules", "fields", "text"),
    [
        (SCORE, {"bid-1": "1", "bid-2": "3", "bid-3": "5"}, MIXED_TEXT),
        (APPROVAL, {"bid": ["3", "1"]}, '["B-01","B-03"]'),
        (KNAPSACK, {"bid": ["2", "3"]}, '["B-02","B-03"]'),
        (RANKED, {"bid-1": "2", "bid-3": "1"}, '["B-03","B-01"]'),
        (CUMULATIVE, {"bid-2": "10"}, '{"B-02":10}'),
        (CHOOSE_THEN_SCORE, {"bid-2": "4"}, '{"B-02":4}'),
    ],
)
def test_every_kind_is_keyed_and_read_back(
    app: Flask, client: CheckedClient, rules: BallotRules, fields: dict[str, str | list[str]], text: str
) -> None:
    [slip] = a_hall(app, 1, rules)
    sign_in(client, FIRST)
    page = keyed(client, slip, **fields)
    assert f"Kept: {slip.serial}." in page
    assert "1 keyed, 1 waits to be read back." in " ".join(page.split())
    assert stored(app) == [(text, None, False)]
    sign_in(client, SECOND)
    found = client.post(f"{PAPERS}/read-back", data={"code": slip.grouped_code}, follow_redirects=True)
    said = " ".join(found.text.split())
    for number in (1, 2, 3):
        sent = fields.get(f"bid-{number}") or ("a cross" if str(number) in fields.get("bid", "") else "nothing")
        assert f"Bid {number}: {sent}" in said
    done = client.post(f"{PAPERS}/read-back/{slip.serial}/confirm", data={"seen": text}, follow_redirects=True)
    assert f"Confirmed: {slip.serial}." in done.text
    assert stored(app) == [(text, None, True)]
    # What it says is nobody's business any more.
    after = client.get(f"{PAPERS}/read-back/{slip.serial}").text
    assert "Its marks are no longer shown." in after
    assert "Bid 1" not in after
    assert 'name="seen"' not in after


@pytest.mark.parametrize(
    ("rules", "fields"),
    [
        (SCORE, {"bid-1": "5", "bid-2": "5"}),
        (SCORE, {"bid-1": "5", "bid-2": "5", "bid-3": "6"}),
        (SCORE, {"bid-1": "5", "bid-2": "5", "bid-3": "x"}),
        (APPROVAL, {}),
        (APPROVAL, {"bid": ["1", "2", "3"]}),
        (KNAPSACK, {"bid": ["1", "2"]}),
        (RANKED, {"bid-1": "1", "bid-3": "3"}),
        (RANKED, {"bid-1": "1", "bid-3": "1"}),
        (CUMULATIVE, {"bid-1": "6", "bid-2": "6"}),
        (CHOOSE_THEN_SCORE, {"bid-1": "1", "bid-2": "2", "bid-3": "3"}),
    ],
)
def test_what_a_phone_refuses_paper_entry_refuses_in_the_same_words(
    app: Flask, client: CheckedClient, rules: BallotRules, fields: dict[str, str | list[str]]
) -> None:
    [slip] = a_hall(app, 1, rules)
    on_phone = client.post("/v/cast", data={"code": slip.code, **fields})
    assert on_phone.status_code == 422
    sign_in(client, FIRST)
    on_paper = client.post(f"{PAPERS}/key/marks", data={"code": slip.code, **fields})
    assert on_paper.status_code == 422
    phone_says = [each.split(": ", 1)[-1] for each in re.findall(r'<a href="#bid[^>]*>(.*?)</a>', on_phone.text, re.S)]
    paper_says = re.findall(r'<a href="#bid-\d+">(?:Bid \d+: )?(.*?)</a>', on_paper.text)
    assert paper_says == phone_says
    assert paper_says
    assert stored(app) == []


def test_spoilt_papers_get_a_reason_from_the_list(app: Flask, client: CheckedClient) -> None:
    [slip] = a_hall(app, 1)
    sign_in(client, FIRST)
    for reason in ("", "because"):
        refused = client.post(f"{PAPERS}/key/spoilt", data={"code": slip.code, "reason": reason})
        assert refused.status_code == 422
        assert "Choose" in refused.text
    answer = client.post(f"{PAPERS}/key/spoilt", data={"code": slip.code, "reason": "signed"})
    assert answer.status_code == 302
    assert stored(app) == [(None, SpoiltReason.SIGNED, False)]
    sign_in(client, SECOND)
    assert SPOILT_REASONS[SpoiltReason.SIGNED] in client.get(f"{PAPERS}/read-back/{slip.serial}").text
    client.post(f"{PAPERS}/read-back/{slip.serial}/confirm", data={"seen": "signed"})
    assert stored(app) == [(None, SpoiltReason.SIGNED, True)]


def test_the_code_field_says_what_is_wrong_with_a_slip(app: Flask, client: CheckedClient) -> None:
    void, waiting, done, unkeyed = a_hall(app, 4)
    key(app, waiting.code, MIXED)
    key_and_confirm(app, done, MIXED)
    with writing(app):
        event = the_event()
        organiser = account_with_email(FIRST)
        assert organiser
        void_slip(event, void.serial, VoidReason.FOUND, organiser)
        [spare] = make_slips(event, 1, None)
        [test] = make_slips(event, 1, None, SlipState.TEST)
    sign_in(client, SECOND)

    def said(path: str, code: str) -> str:
        answer = client.post(f"{PAPERS}/{path}", data={"code": code})
        assert answer.status_code in {404, 409, 422}, answer.status_code
        assert "<title>Error: " in " ".join(answer.text.split()).replace("<title> ", "<title>")
        [sentence] = re.findall(r"</span> (.*?)\s*</p>", answer.text)
        assert re.search(r'name="code"[^>]* autofocus', answer.text), "the next scan must land in the field"
        return str(sentence)

    assert said("key", void.code) == said("key", new_code())
    assert said("key", "K7QF") == "That is 4 letters and numbers. The code has 12."
    assert "its envelope was never opened" in said("key", spare.code)
    assert "for the rehearsal and never counts" in said("key", test.code)
    assert (
        said("key", waiting.code) == f"{waiting.serial} was keyed by The organiser already. It waits to be read back."
    )
    assert "confirmed by" in said("key", done.code)
    assert said("key", "") == "Scan the code, or type it"
    assert said("read-back", unkeyed.code) == f"{unkeyed.serial} is not keyed yet, or was sent back. Key it first."
    assert said("read-back", void.code) == said("key", void.code)


def test_a_slip_of_another_event_goes_there(app: Flask, client: CheckedClient) -> None:
    a_hall(app, 1)
    with writing(app):
        a_locality("Urmston")
        share: Share = an_open_round().shares[-1]
        a_bid(share)
        starts, ends = uk_moment(today(), dt.time(9)), uk_moment(today(), dt.time(11))
        elsewhere = plan_event(share, "Urmston decides", "The library", starts, ends)
        [slip] = make_slips(elsewhere, 1, None, SlipState.LIVE)
    sign_in(client, FIRST)
    for path in ("key", "read-back", "key/marks", "key/spoilt"):
        answer = client.post(f"{PAPERS}/{path}", data={"code": slip.code})
        assert answer.status_code == 422
        assert "This is a slip of Urmston decides. Hand it over there." in answer.text


def test_a_clash_is_listed_without_the_phones_choices_and_decided_by_name(app: Flask, client: CheckedClient) -> None:
    slip = a_clash(app)
    sign_in(client, SECOND)
    console = PAPERS.removesuffix("/papers")
    assert "1 slip voted differently on a phone and on paper" in text_of(client.get(console))
    page = client.get(PAPERS).text
    assert slip.serial in page
    assert "B-01" not in page
    decide = f"{PAPERS}/clashes/{slip.serial}"
    for nonsense in ({}, {"decision": "both"}, {"decision": "paper", "seen": "both"}):
        assert client.post(decide, data=nonsense).status_code == 422
    assert client.post(decide, data={"decision": "phone", "seen": ""}).status_code == 302
    assert [clash.decision for clash in listed(app)] == ["phone"]
    assert "to decide" not in client.get(console).text
    assert "<strong>The phone counts</strong>, said The organiser" in client.get(PAPERS).text
    assert client.post(decide, data={"decision": "paper", "seen": ""}).status_code == 409
    asked = client.post(decide, data={"decision": "paper", "seen": "phone"}, follow_redirects=True).text
    assert f"change the decision about slip {slip.serial}: the paper counts" in asked
    assert [clash.decision for clash in listed(app)] == ["phone"], "one person alone changes no decision"
    sign_in(client, FIRST)
    assert "Decided: the paper counts." in client.post(f"{console}/acts/1/confirm", follow_redirects=True).text
    assert [clash.decision for clash in listed(app)] == ["paper"]


def test_the_console_and_the_list_say_how_many_wait(app: Flask, client: CheckedClient) -> None:
    first, second, third = a_hall(app, 3)
    key(app, first.code, MIXED)
    key_and_confirm(app, second, SpoiltReason.BLANK)
    with writing(app):
        cast(third.code, ALL_FIVE)
    console = PAPERS.removesuffix("/papers")
    sign_in(client, FIRST)
    assert "2 keyed, 1 to be read back" in " ".join(client.get(console).text.split())
    page = " ".join(client.get(PAPERS).text.split())
    for name, number in (("Keyed", 2), ("Confirmed", 1), ("Wait to be read back", 1), ("Spoilt", 1)):
        assert f"<dt>{name}</dt> <dd> {number} </dd>" in page
    organiser_does(app, close_poll)
    page = text_of(client.get(console))
    assert "1 paper to be read back by a second person" in page
    assert "Key and read back papers" in page


def test_outside_its_time_nothing_is_keyed(app: Flask, client: CheckedClient) -> None:
    [slip] = a_hall(app, 1)
    key_and_confirm(app, slip, MIXED)
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    sign_in(client, FIRST)
    assert "The votes are counted" in client.get(PAPERS).text
    for path in ("key", "read-back", f"read-back/{slip.serial}"):
        assert client.get(f"{PAPERS}/{path}").status_code == 409
    for path in ("key", "key/marks", "key/spoilt", "read-back", f"read-back/{slip.serial}/take-out"):
        assert client.post(f"{PAPERS}/{path}", data={"code": slip.code}).status_code == 409


def test_an_auditor_reads_and_is_offered_no_button(app: Flask, client: CheckedClient) -> None:
    slip = a_clash(app)
    with writing(app):
        an_account(Role.AUDITOR)
    sign_in(client, "auditor@council.example")
    page = client.get(PAPERS).text
    assert slip.serial in page
    assert "An organiser decides" in page
    assert "The paper counts" not in page


def test_no_code_is_in_an_address_or_a_log(app: Flask, client: CheckedClient, caplog: pytest.LogCaptureFixture) -> None:
    [slip] = a_hall(app, 1)
    caplog.set_level(logging.DEBUG)
    addresses: list[str] = []

    @app.after_request
    def note(response: Response) -> Response:
        addresses.extend([request.full_path, response.headers.get("Location", ""), request.referrer or ""])
        return response

    sign_in(client, FIRST)
    keyed(client, slip, **{"bid-1": "1", "bid-2": "3", "bid-3": "5"})
    client.post(f"{PAPERS}/key", data={"code": slip.code})
    sign_in(client, SECOND)
    client.post(f"{PAPERS}/read-back", data={"code": slip.code}, follow_redirects=True)
    assert len(addresses) > 10
    for text in (*addresses, caplog.text):
        assert slip.code not in text
        assert slip.grouped_code not in text
