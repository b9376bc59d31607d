"""What a voter reads when something goes wrong, and the one button that leads on."""

import re

import pytest
from flask import Flask

from pbvote.core.codes import new_code
from pbvote.tally import BallotRules
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.states import PollState
from pbvote.vote.slips.guessing import failed_lookups
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import (
    APPROVAL,
    CHOOSE_THEN_SCORE,
    CUMULATIVE,
    RANKED,
    SCORE,
    an_open_poll,
    count_closed,
    the_event,
    writing,
)
from tests.hall import open_poll_codes, organiser_does, slug, stored
from tests.pages import SCORES, fields_of, open_paper, text_of


def test_an_unknown_code_can_be_put_right_in_the_voters_language(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    wrong = new_code()
    answer = client.post("/v/paper", data={"code": wrong, "lang": "pl"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert '<html lang="pl"' in page
    assert f'value="{wrong}"' in page
    assert 'action="/v/paper"' in page
    assert fields_of(page) == {"lang": "pl"}


@pytest.mark.parametrize("path", ["/v/paper", "/v/cast", "/v/nowhere"])
def test_an_address_without_its_form_leads_to_the_code_in_every_language(
    app: Flask, client: CheckedClient, path: str
) -> None:
    open_poll_codes(app)
    answer = client.get(path)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert 'name="code"' in page
    for language in ("en", "pl", "ur", "ar"):
        assert f'name="lang" value="{language}"' in page


def test_a_busy_host_gives_the_whole_ballot_back_to_be_sent_again(app: Flask, client: CheckedClient) -> None:
    fields = open_paper(client, open_poll_codes(app)[0], "ar")
    keys = list(app.config["KEYS_DIR"].iterdir())
    held = [key.read_bytes() for key in keys]
    for key in keys:
        key.unlink()
    busy = client.post("/v/cast", data={**fields, **SCORES})
    assert busy.status_code == 503
    assert '<html lang="ar" dir="rtl"' in busy.get_data(as_text=True)
    assert fields_of(busy.get_data(as_text=True)) == {**fields, **SCORES}
    for key, content in zip(keys, held, strict=True):
        key.write_bytes(content)
        key.chmod(0o600)
    again = client.post("/v/cast", data=fields_of(busy.get_data(as_text=True)))
    assert again.status_code == 200


def test_before_the_opening_the_same_can_be_tried_again(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    with writing(app):
        the_event().poll = PollState.PLANNED
    early = client.post("/v/paper", data={"code": code, "lang": "ur"})
    assert early.status_code == 200
    fields = fields_of(early.get_data(as_text=True))
    assert {"code": code, "lang": "ur", "event": slug(app)}.items() <= fields.items()
    with writing(app):
        the_event().poll = PollState.OPEN
    assert client.post("/v/paper", data=fields_of(early.get_data(as_text=True))).status_code == 200


def test_who_has_voted_is_not_told_after_the_close_that_it_did_not_count(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    client.post("/v/cast", data={**open_paper(client, code), **SCORES})
    organiser_does(app, close_poll)
    late = client.post("/v/paper", data={"code": code, "lang": "en"})
    assert late.status_code == 409
    assert "not counted" not in text_of(late)
    assert "If you saw “We have your vote”, it is in." in text_of(late)


@both_databases
def test_a_vote_that_came_in_time_is_acknowledged_after_the_close(app: Flask, client: CheckedClient) -> None:
    """Its answer was lost on the way: the page sends the same again, and "not counted" would be untrue."""
    code = open_poll_codes(app)[0]
    fields = open_paper(client, code)
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    organiser_does(app, close_poll)
    again = client.post("/v/cast", data={**fields, **SCORES})
    assert again.status_code == 200
    assert "We have your vote." in text_of(again)
    other = client.post("/v/cast", data={**fields, **SCORES, "bid-1": "1"})
    assert other.status_code == 409
    assert "Your earlier vote counts." in text_of(other)
    assert stored(app) == [('{"B-01":5,"B-02":3,"B-03":1}', 1)]


def test_after_the_seal_a_late_page_learns_that_voting_has_closed(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    fields = open_paper(client, code)
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    for path in ("/v/paper", "/v/cast"):
        late = client.post(path, data={**fields, **SCORES})
        assert late.status_code == 409
        assert re.search(r"Voting closed at [\w:]+\. If you saw “We have your vote”, it is in\.", text_of(late))
    with app.app_context():
        assert failed_lookups() == 0
    # A page that names no event can't tell; it says what it says of any code that no slip has.
    assert client.post("/v/paper", data={"code": code, "lang": "en"}).status_code == 404
    for path in (f"/v/{slug(app)}", f"/v/{slug(app)}/kiosk"):
        first = client.get(path)
        assert "Voting has closed, and the votes are counted." in text_of(first)
        assert 'name="code"' not in first.get_data(as_text=True)


def test_another_ballot_paper_is_opened_with_one_button(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    fields = open_paper(client, code)
    changed = client.post("/v/cast", data={**fields, **SCORES, "definition": "another"})
    assert changed.status_code == 409
    assert 'action="/v/paper"' in changed.get_data(as_text=True)
    assert fields_of(changed.get_data(as_text=True)) == {"code": code, "lang": "en", "event": slug(app)}


@pytest.mark.parametrize("rules", [SCORE, APPROVAL, RANKED, CUMULATIVE])
@pytest.mark.parametrize("language", ["en", "pl", "ur", "ar"])
def test_a_paper_of_every_kind_draws_in_every_language(
    app: Flask, client: CheckedClient, rules: object, language: str
) -> None:
    with writing(app):
        _, slips = an_open_poll(1, rules=rules)
        code = slips[0].code
    fields = open_paper(client, code, language)
    empty = client.post("/v/cast", data=fields)
    assert empty.status_code == 422
    assert 'class="errors"' in empty.get_data(as_text=True)


@both_databases
@pytest.mark.parametrize("room", ["/v", "/results", "/rounds", "/localities", "/door", "/desk/events", "/desk/rounds"])
def test_what_is_no_word_of_an_address_is_not_found(app: Flask, client: CheckedClient, room: str) -> None:
    for word in ("%00", "a%00b", "A", "%F0%9F%97%B3"):
        assert client.get(f"{room}/{word}").status_code == 404


@both_databases
def test_a_nul_in_a_form_is_no_fault_of_ours(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    for path in ("/v/paper", "/v/cast"):
        body = {"code": new_code(), "lang": "en", "event": "a\0b", "kiosk": "\0"}
        assert client.post(path, data=body).status_code in {400, 404}


@pytest.mark.parametrize(
    ("rules", "choices", "sentences"),
    [
        (
            SCORE,
            {"bid-1": "many", "bid-3": "6"},
            [("1", "Write a whole number."), ("2", "Give this group a mark."), ("3", "Give 5 at most.")],
        ),
        (CHOOSE_THEN_SCORE, {"bid-2": "x"}, [("2", "Write a whole number.")]),
    ],
)
def test_each_bid_has_one_sentence_in_the_order_of_the_paper(
    app: Flask, client: CheckedClient, rules: BallotRules, choices: dict[str, object], sentences: list[tuple[str, str]]
) -> None:
    fields = open_paper(client, open_poll_codes(app, 1, rules)[0])
    refused = client.post("/v/cast", data={**fields, **choices})
    listed = re.search(r'<div class="errors.*?</ul>', refused.get_data(as_text=True), re.DOTALL)
    assert listed
    assert re.findall(r'href="#bid-(\d)".*?</span>: (.*?)</a>', listed[0], re.DOTALL) == sentences
