"""The result as residents read it: names first, in their language, and nothing that isn't so."""

import re

import pytest
from flask import Flask

from pbvote.call.bids.models import Wording
from pbvote.db import db
from pbvote.tally import Rule, TieKey
from pbvote.vote.poll.closing import close_poll
from pbvote.vote.results.service import publish_outcome
from tests.checked_client import CheckedClient
from tests.factories import KNAPSACK, SCORE, cast, count_closed, sign_in, the_event, writing
from tests.finished_polls import finish_poll
from tests.hall import open_poll_codes, organiser_does, vote
from tests.pages import text_of
from tests.stepping import look_first

RULE = Rule("greedy", ties=(TieKey.CHEAPER, TieKey.VOTES, TieKey.DRAW))


def test_names_groups_and_amounts_come_before_everything_else(app: Flask, client: CheckedClient) -> None:
    slug = finish_poll(app, SCORE, RULE)
    page = text_of(client.get(f"/results/{slug}"))
    headline = re.search(r"\d bids? (share|gets?) £[\d,.]+", page)
    assert headline
    order = [headline[0], "is shared out", "Project of Group", "Group", "Step by step", "Check it yourself"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("language", "direction", "result", "title"),
    [("pl", "ltr", "Wynik", "Ogród"), ("ur", "rtl", "نتیجہ", "باغ"), ("ar", "rtl", "النتيجة", "حديقة")],
)
def test_a_result_is_read_in_the_voters_language(
    app: Flask, client: CheckedClient, language: str, direction: str, result: str, title: str
) -> None:
    slug = finish_poll(app, SCORE, RULE)
    with writing(app):
        bid = the_event().running_order[0].bid
        db.session.add(Wording(bid_id=bid.id, language=language, title=title, summary=""))
    answer = client.get(f"/results/{slug}?lang={language}")
    page = answer.get_data(as_text=True)
    assert f'<html lang="{language}" dir="{direction}"' in page
    assert result in text_of(answer)
    assert title in text_of(answer)
    assert "Not funded" not in page
    assert f"/results/{slug}/check-numbers?lang={language}" in page
    for address in ("check-numbers", "seal"):
        assert f'<html lang="{language}"' in client.get(f"/results/{slug}/{address}?lang={language}").get_data(
            as_text=True
        )


def test_a_language_that_is_none_of_ours_is_english(app: Flask, client: CheckedClient) -> None:
    slug = finish_poll(app, SCORE, RULE)
    assert '<html lang="en"' in client.get(f"/results/{slug}?lang=tlh").get_data(as_text=True)


def test_the_code_on_a_slip_leads_to_the_result_in_each_language(app: Flask, client: CheckedClient) -> None:
    slug = finish_poll(app, SCORE, RULE)
    page = client.get(f"/v/{slug}").get_data(as_text=True)
    for language in ("pl", "ur", "ar"):
        assert f'href="/results/{slug}?lang={language}"' in page
    assert f'href="/results/{slug}"' in page


def test_a_tie_that_waits_is_no_loss(app: Flask, client: CheckedClient) -> None:
    for code in open_poll_codes(app, 5):
        with writing(app):
            cast(code, {"B-01": 5, "B-02": 5, "B-03": 1})
    with writing(app):
        the_event().share.count_rule = Rule("greedy", ties=(TieKey.DRAW,))
        slug = the_event().slug
    organiser_does(app, close_poll)
    organiser_does(app, count_closed)
    sign_in(client, "organiser@council.example")
    page = text_of(look_first(client, f"/desk/events/{slug}"))
    assert "Nothing is decided yet" in page
    assert "A tie waits for a draw" in page
    assert "No bid is funded" not in page
    assert "Not funded" not in page


def test_choices_are_counted_in_votes(app: Flask, client: CheckedClient) -> None:
    slug = finish_poll(app, KNAPSACK, RULE)
    page = text_of(client.get(f"/results/{slug}"))
    assert "Votes for each bid" in page
    assert "Points" not in page


def test_one_bid_is_one_bid(app: Flask, client: CheckedClient) -> None:
    vote(app, [(5, 1, 1)] * 6)
    organiser_does(app, count_closed)
    organiser_does(app, publish_outcome)
    with app.app_context():
        slug = the_event().slug
    for address in (f"/results/{slug}", f"/results/{slug}/other-rules"):
        assert not re.search(r"\b1 (bids|ballots|votes|points)\b", text_of(client.get(address)))


def test_no_link_leads_to_what_is_over(app: Flask, client: CheckedClient) -> None:
    slug = finish_poll(app, SCORE, RULE)
    sign_in(client, "organiser@council.example")
    assert f"/desk/events/{slug}/plan" not in client.get(f"/desk/events/{slug}").get_data(as_text=True)
    assert client.get(f"/desk/events/{slug}/plan").status_code == 409


def test_the_demonstration_offers_no_page_that_would_be_refused(demonstration: None, client: CheckedClient) -> None:
    page = client.get("/demonstration").get_data(as_text=True)
    assert 'href="/desk/events/sale-2014"' not in page
    assert 'href="/desk/outbox"' not in page
    sign_in(client, "olivia@council.example")
    page = client.get("/demonstration").get_data(as_text=True)
    assert 'href="/desk/events/sale-2014"' in page
    assert 'href="/desk/outbox"' in page


def test_each_step_names_the_number_on_the_ballot_beside_the_rank(app: Flask, client: CheckedClient) -> None:
    slug = finish_poll(app, SCORE, RULE)
    with app.app_context():
        slots = the_event().running_order
        said = [f"Number {slot.number} on the ballot · {slot.bid.reference}" for slot in slots]
    page = text_of(client.get(f"/results/{slug}"))
    assert len(said) > 1
    assert [words for words in said if words not in page] == []
