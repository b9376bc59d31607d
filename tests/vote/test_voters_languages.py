"""Another language at any moment of a vote: the code comes along, the marks stay, and nothing is cast twice."""

import html
import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pbvote.core.codes import new_code
from pbvote.tally import BallotRules
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.poll.states import PollState
from tests.checked_client import CheckedClient
from tests.factories import APPROVAL, CUMULATIVE, RANKED, SCORE, an_open_poll, the_event, writing
from tests.hall import open_poll_codes, organiser_does, slug, stored
from tests.pages import SCORES, fields_of, open_paper, text_of


def buttons_of(page: TestResponse) -> list[str]:
    """The languages that the page offers besides its own."""
    return re.findall(r'<button[^>]* name="other_lang"\s+value="(\w+)"', page.get_data(as_text=True))


def switch_of(page: TestResponse) -> tuple[str, dict[str, str]]:
    """Where the small form with the other languages goes, and what it sends along."""
    [form] = re.findall(r'<form class="other-languages".*?</form>', page.get_data(as_text=True), re.DOTALL)
    [action] = re.findall(r'action="([^"]+)"', form)
    return action, fields_of(form)


@pytest.mark.parametrize(
    ("rules", "marks", "kept"),
    [
        (SCORE, {"bid-1": "5", "bid-3": "2"}, r'name="bid-1" value="5" checked.*name="bid-3" value="2" checked'),
        (APPROVAL, {"bid": ["2"]}, r'value="2"[^>]* checked'),
        (RANKED, {"bid-2": "1"}, r'name="bid-2" value="1" checked'),
        (CUMULATIVE, {"bid-1": "4", "bid-2": "many"}, r'name="bid-1"\s+value="4".*name="bid-2"\s+value="many"'),
    ],
)
def test_a_half_filled_paper_comes_back_in_another_language(
    app: Flask, client: CheckedClient, rules: BallotRules, marks: dict[str, object], kept: str
) -> None:
    with writing(app):
        _, slips = an_open_poll(1, rules=rules)
    paper = client.post("/v/paper", data={"code": slips[0].code, "lang": "ar"})
    assert buttons_of(paper) == ["en", "pl", "ur"]
    assert paper.get_data(as_text=True).count('formaction="/v/paper"') == 3
    fields = fields_of(paper.get_data(as_text=True))
    other = client.post("/v/paper", data={**fields, **marks, "other_lang": "pl"})
    page = other.get_data(as_text=True)
    assert '<html lang="pl"' in page
    assert re.search(kept, page, re.DOTALL)
    assert fields_of(page) == {**fields, "lang": "pl"}
    assert stored(app) == []


def test_marks_of_another_paper_are_not_taken_over(app: Flask, client: CheckedClient) -> None:
    fields = open_paper(client, open_poll_codes(app)[0])
    page = client.post("/v/paper", data={**fields, **SCORES, "definition": "another", "other_lang": "pl"})
    assert " checked" not in page.get_data(as_text=True)


def test_the_enter_key_never_presses_a_language(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    page = client.post("/v/paper", data={"code": code, "lang": "en"}).get_data(as_text=True)
    first = re.search(r"<form method.*?<button([^>]*)>(.*?)</button>", page, re.DOTALL)
    assert first
    assert "formaction" not in first[1]
    assert first[2] == "Send my vote"


def test_what_is_stored_is_said_in_another_language_and_counts_once(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    done = client.post("/v/cast", data={**open_paper(client, code), **SCORES})
    action, fields = switch_of(done)
    again = client.post(action, data={**fields, "other_lang": "pl"})
    assert "Mamy Twój głos." in text_of(again)
    assert stored(app) == [('{"B-01":5,"B-02":3,"B-03":1}', 1)]
    # Another vote with the same slip came in between: this page is no way to undo it.
    other = {**open_paper(client, code), **SCORES, "bid-1": "1"}
    assert client.post("/v/cast", data=other).status_code == 200
    asked = client.post(action, data={**fields, "other_lang": "ar"})
    assert asked.status_code == 409
    assert stored(app) == [('{"B-01":1,"B-02":3,"B-03":1}', 2)]


def test_pages_that_refuse_speak_another_language_too(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    cast = {**open_paper(client, code), **SCORES}
    with writing(app):
        the_event().poll = PollState.PLANNED
    waits = client.post("/v/paper", data={"code": code, "lang": "ur", "event": slug(app)})
    with writing(app):
        the_event().poll = PollState.OPEN
    organiser_does(app, close_poll)
    closed = client.post("/v/paper", data={"code": code, "lang": "ur"})
    late = client.post("/v/cast", data={**cast, "lang": "ur"})
    for page in (waits, closed, late):
        assert buttons_of(page) == ["en", "pl", "ar"]
        action, fields = switch_of(page)
        other = client.post(action, data={**fields, "other_lang": "en"})
        assert other.status_code == 409
        assert '<html lang="en"' in other.get_data(as_text=True)
        assert switch_of(other) == (action, fields)
    assert "It was not counted." in text_of(other)
    assert fields == {name: value for name, value in cast.items() if name != "lang"}


def test_a_code_that_was_typed_anew_goes_along_into_another_language(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    unknown = client.post("/v/paper", data={"code": new_code(), "lang": "ur", "event": slug(app)})
    page = unknown.get_data(as_text=True)
    assert unknown.status_code == 404
    assert buttons_of(unknown) == ["en", "pl", "ar"]
    assert fields_of(page) == {"lang": "ur", "event": slug(app)}
    other = client.post("/v/paper", data={**fields_of(page), "code": code, "other_lang": "pl"})
    assert other.status_code == 200
    assert '<html lang="pl"' in other.get_data(as_text=True)


def test_what_is_said_of_the_vote_that_is_in_is_true_of_one_that_was_replaced(
    app: Flask, client: CheckedClient
) -> None:
    code = open_poll_codes(app)[0]
    for mark in "12":
        client.post("/v/cast", data={**open_paper(client, code), **SCORES, "bid-1": mark})
    paper = text_of(client.post("/v/paper", data={"code": code, "lang": "en"}))
    assert "The vote that is in is safe. It counts unless you send a new one." in paper
    assert "first vote" not in paper  # the second one counts


def test_whoever_leaves_the_vote_as_it_is_reads_so_in_every_language(app: Flask, client: CheckedClient) -> None:
    code = open_poll_codes(app)[0]
    client.post("/v/cast", data={**open_paper(client, code), **SCORES})
    paper = client.post("/v/paper", data={"code": code, "lang": "en"})
    assert "The vote that is in is safe. It counts unless you send a new one." in text_of(paper)
    assert "Your vote is not sent yet" not in text_of(paper)
    [way_out] = re.findall(r'<form id="as-it-is".*?</form>', paper.get_data(as_text=True), re.DOTALL)
    assert fields_of(way_out) == {"lang": "en", "event": slug(app)}
    for language, said in (
        ("en", "We have your vote. Nothing was changed."),
        ("pl", "Mamy Twój głos. Niczego nie zmieniono."),
        ("ur", "آپ کا ووٹ ہمیں مل گیا ہے۔ کچھ تبدیل نہیں کیا گیا۔"),
        ("ar", "وصلنا صوتك. لم يتغيّر شيء."),
    ):
        end = client.post("/v/stay", data={**fields_of(way_out), "lang": language})
        assert end.status_code == 200
        assert said in text_of(end)
        assert code not in end.get_data(as_text=True)
        assert len(buttons_of(end)) == 3
    assert "Leave it as it is" in html.unescape(paper.get_data(as_text=True))
    assert stored(app) == [('{"B-01":5,"B-02":3,"B-03":1}', 1)]
