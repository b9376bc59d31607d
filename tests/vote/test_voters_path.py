"""The voter's path over HTTP, as a phone without script walks it."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.db import db
from pbvote.tally import BallotRules
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.models import Ballot
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.slips.finding import slip_with
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.factories import APPROVAL, CHOOSE_THEN_SCORE, CUMULATIVE, KNAPSACK, RANKED, SCORE, an_event, sign_in, writing
from tests.hall import open_poll_codes, organiser_does, slug, stored
from tests.pages import SCORES, client_of, fields_of, open_paper, text_of


def test_from_scan_to_we_have_your_vote(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    start = client.get(f"/v/{slug(app)}")
    assert start.status_code == 200
    assert 'name="code"' in start.get_data(as_text=True)
    paper = client.post("/v/paper", data={"code": code, "lang": "en"})
    assert "Give all 3 groups a mark. 5 is best, 1 is lowest." in text_of(paper)
    assert "Your vote is not sent yet." in text_of(paper)
    done = client.post("/v/cast", data={**fields_of(paper.get_data(as_text=True)), **SCORES})
    assert done.status_code == 200
    assert "We have your vote." in text_of(done)
    assert stored(app) == [('{"B-01":5,"B-02":3,"B-03":1}', 1)]


@pytest.mark.parametrize(
    ("lang", "sentence", "direction"),
    [
        ("en", "We have your vote.", "ltr"),
        ("pl", "Mamy Twój głos", "ltr"),
        ("ur", "ووٹ", "rtl"),
        ("ar", "صوت", "rtl"),
    ],
)
def test_the_language_of_the_button_is_the_language_to_the_end(
    app: Flask, client: CheckedClient, lang: str, sentence: str, direction: str
) -> None:
    fields = open_paper(client, open_poll_codes(app)[0], lang)
    done = client.post("/v/cast", data={**fields, **SCORES})
    page = done.get_data(as_text=True)
    assert f'<html lang="{lang}" dir="{direction}"' in page
    assert sentence in text_of(done)


@pytest.mark.parametrize(
    ("rules", "choices", "text"),
    [
        (APPROVAL, {"bid": ["1", "3"]}, '["B-01","B-03"]'),
        (RANKED, {"bid-1": "2", "bid-2": "", "bid-3": "1"}, '["B-03","B-01"]'),
        (CUMULATIVE, {"bid-1": "4", "bid-2": "6", "bid-3": ""}, '{"B-01":4,"B-02":6}'),
        (CUMULATIVE, {"bid-1": "4", "bid-2": "0", "bid-3": ""}, '{"B-01":4}'),
        (CUMULATIVE, {"bid-1": "٤", "bid-2": "۶", "bid-3": "٠"}, '{"B-01":4,"B-02":6}'),
        (CUMULATIVE, {"bid-1": "４", "bid-2": " \u200f٦", "bid-3": ""}, '{"B-01":4,"B-02":6}'),
        (KNAPSACK, {"bid": ["2", "3"]}, '["B-02","B-03"]'),
        (CHOOSE_THEN_SCORE, {"bid-1": "", "bid-2": "4", "bid-3": "5"}, '{"B-02":4,"B-03":5}'),
    ],
)
def test_every_kind_of_ballot_is_cast_without_script(
    app: Flask, client: CheckedClient, rules: BallotRules, choices: dict[str, object], text: str
) -> None:
    fields = open_paper(client, open_poll_codes(app, 1, rules)[0])
    done = client.post("/v/cast", data={**fields, **choices})
    assert done.status_code == 200
    assert stored(app) == [(text, 1)]


@pytest.mark.parametrize(
    ("rules", "choices", "complaint"),
    [
        (SCORE, {"bid-1": "5"}, "Give this group a mark."),
        (SCORE, {**SCORES, "bid-2": "6"}, "5 at most"),
        (SCORE, {**SCORES, "bid-2": "-1"}, "whole number"),
        (SCORE, {**SCORES, "bid-2": "²"}, "whole number"),
        (SCORE, {**SCORES, "bid-2": "9" * 500}, "whole number"),
        (APPROVAL, {}, "Choose at least 1 group."),
        (APPROVAL, {"bid": ["1", "2", "3"]}, "You have chosen too many."),
        (APPROVAL, {"bid": ["99"]}, "Choose at least 1 group."),
        (RANKED, {"bid-1": "1", "bid-2": "1"}, "Give each place to one group only."),
        (RANKED, {"bid-1": "2"}, "leave no place out"),
        (CUMULATIVE, {"bid-1": "9", "bid-2": "2"}, "You gave 11 points. You have 10."),
        (KNAPSACK, {"bid": ["1", "2"]}, "Your choices ask for £7,000 together. There is only £5,000."),
        (CHOOSE_THEN_SCORE, {"bid-1": "1", "bid-2": "4", "bid-3": "5"}, "You have chosen too many."),
        (CHOOSE_THEN_SCORE, {}, "Choose at least 1 group."),
    ],
)
def test_an_incomplete_ballot_is_not_stored_and_nothing_marked_is_lost(
    app: Flask, client: CheckedClient, rules: BallotRules, choices: dict[str, object], complaint: str
) -> None:
    fields = open_paper(client, open_poll_codes(app, 1, rules)[0])
    refused = client.post("/v/cast", data={**fields, **choices})
    assert refused.status_code == 422
    assert complaint in text_of(refused)
    assert fields_of(refused.get_data(as_text=True)) == fields
    assert stored(app) == []
    if choices == {"bid-1": "5"}:
        assert re.search(r'name="bid-1" value="5"[^>]* checked', refused.get_data(as_text=True))


def test_a_second_vote_is_asked_about_and_then_replaces(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    fields = open_paper(client, code)
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    # The same page sent again, as a double tap does: the same answer.
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    # The same page with other marks, as the back button allows: asked.
    other = {**SCORES, "bid-1": "1"}
    asked = client.post("/v/cast", data={**fields, **other})
    assert asked.status_code == 409
    assert "This slip has already voted. Replace that vote?" in text_of(asked)
    assert stored(app) == [('{"B-01":5,"B-02":3,"B-03":1}', 1)]
    replaced = client.post("/v/cast", data={**fields_of(asked.get_data(as_text=True)), **other})
    assert replaced.status_code == 200
    assert stored(app) == [('{"B-01":1,"B-02":3,"B-03":1}', 2)]


def test_who_looks_a_voted_slip_up_learns_only_that_it_voted(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    client.post("/v/cast", data={**open_paper(client, code), **SCORES})
    paper = client.post("/v/paper", data={"code": code, "lang": "en"})
    page = paper.get_data(as_text=True)
    assert "<h1>We have your vote.</h1>" in page
    assert "The vote that is in is safe. It counts unless you send a new one." in text_of(paper)
    assert "Replace that vote" in text_of(paper)
    assert "Send my vote" not in text_of(paper)
    assert not re.search(r'<input type="radio"[^>]*\schecked', page)
    assert fields_of(page)["seen"] == "1"


def test_the_acknowledgement_folds_the_check_number_away(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    done = client.post("/v/cast", data={**open_paper(client, code), **SCORES}).get_data(as_text=True)
    with app.app_context():
        number = slip_with(code).check_number
    [folded] = re.findall(r"<details>.*?</details>", done, re.DOTALL)
    assert f"{number[:4]} {number[4:]}" in folded
    assert "Your check number" in folded
    assert f"/results/{slug(app)}" in folded
    # Nothing of the choices stands beside it: it is no proof of how anybody voted.
    assert "Project of" not in folded
    rest = done.replace(folded, "")
    assert number not in rest
    assert number[4:] not in rest.split()


def test_a_closed_poll_says_when_it_closed_and_that_the_vote_was_not_counted(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    fields = open_paper(client, code)
    organiser_does(app, close_poll)
    late = client.post("/v/cast", data={**fields, **SCORES})
    assert late.status_code == 409
    assert re.search(r"Voting closed at [\w:]+, before your vote reached us. It was not counted.", text_of(late))
    assert stored(app) == []


def test_whoever_replaces_their_vote_too_late_reads_that_the_earlier_one_counts(
    app: Flask, client: CheckedClient
) -> None:
    code = open_poll_codes(app)[0]
    fields = open_paper(client, code)
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200
    again = open_paper(client, code)
    organiser_does(app, close_poll)
    late = client.post("/v/cast", data={**again, **SCORES, "B-01": "2"})
    assert late.status_code == 409
    assert "before your new choices reached us. Your earlier vote counts. After the count" in text_of(late)
    assert "not counted" not in text_of(late)
    assert len(stored(app)) == 1


@pytest.mark.parametrize("path", ["/v/", "/v/{slug}", "/v/paper", "/v/cast", "/v/nowhere"])
def test_no_page_of_the_voters_path_sets_a_cookie_or_depends_on_one(
    app: Flask, client: CheckedClient, path: str
) -> None:
    code = open_poll_codes(app)[0]
    sign_in(client, "organiser@council.example")
    path = path.format(slug=slug(app))
    for answer in (client.get(path), client.post(path, data={"code": code, "lang": "pl"})):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', answer.get_data(as_text=True))


def test_the_first_page_is_the_same_for_everybody_and_cached(app: Flask, client: CheckedClient) -> None:
    open_poll_codes(app)
    first = client.get(f"/v/{slug(app)}")
    sign_in(client, "organiser@council.example")
    second = client.get(f"/v/{slug(app)}")
    without_nonce = [re.sub(r'nonce="[^"]+"', "", page.get_data(as_text=True)) for page in (first, second)]
    assert without_nonce[0] == without_nonce[1]
    assert "public" in first.headers["Cache-Control"]
    for code_bearing in (client.post("/v/paper", data={"code": "x"}), client.post("/v/cast", data={})):
        assert code_bearing.headers["Cache-Control"] == "no-store"


def test_a_get_writes_nothing(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    with app.app_context():
        before = db.session.scalar(sa.select(sa.func.count()).select_from(Ballot))
    for path in (f"/v/{slug(app)}", f"/v/{slug(app)}?code={code}", "/v/paper", "/v/cast"):
        client.get(path)
    assert before == 0
    assert stored(app) == []


def test_a_busy_database_answers_503_and_stores_nothing(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = open_paper(client, open_poll_codes(app)[0])
    monkeypatch.setattr("pbvote.db.BUSY_SECONDS", 0.01)
    with app.app_context():
        from pbvote.db import begin_write

        begin_write()
        busy = client_elsewhere(app, {**fields, **SCORES})
        db.session.rollback()
    assert busy.status_code == 503
    assert busy.headers["Retry-After"]
    assert stored(app) == []
    assert client.post("/v/cast", data={**fields, **SCORES}).status_code == 200


def client_elsewhere(app: Flask, data: dict[str, str]) -> TestResponse:
    """A cast from another thread, while this one holds the writer's turn."""
    import threading

    answers: list[TestResponse] = []
    client = client_of(app)
    thread = threading.Thread(target=lambda: answers.append(client.post("/v/cast", data=data)))
    thread.start()
    thread.join()
    return answers[0]


def test_a_crowd_that_leaves_no_connection_free_is_told_to_wait(
    app: Flask, client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = open_paper(client, open_poll_codes(app)[0])

    def crowded(*_: object, **__: object) -> None:
        raise sa.exc.TimeoutError

    monkeypatch.setattr("pbvote.vote.casting.public.begin_write", crowded)
    answer = client.post("/v/cast", data={**fields, **SCORES})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "very busy" in text_of(answer)


def test_a_missing_key_answers_503(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    for key in app.config["KEYS_DIR"].iterdir():
        key.unlink()
    assert client.post("/v/paper", data={"code": code, "lang": "en"}).status_code == 503
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


@both_databases
def test_a_poll_that_opened_without_a_slip_needs_no_key(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        an_event()
    organiser_does(app, open_poll)
    assert client.get("/readyz").status_code == 200
