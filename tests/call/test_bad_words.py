"""Texts that would harm a page, a sheet or a letter: kept as texts, or refused in a sentence and given back."""

import pytest
from flask import Flask

from tests.bid_forms import ADDRESS, BID, assert_kept, bids, send
from tests.bidding import confirm_newest, send_form
from tests.checked_client import CheckedClient
from tests.factories import a_locality, an_open_round, writing
from tests.outbox import letters
from tests.pages import text_of

LONG = ("Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 2)[:72]


@pytest.fixture
def council(app: Flask) -> None:
    """Sale, whose share takes bids today of up to £4,000."""
    with writing(app):
        a_locality()
        an_open_round(10_000_00)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ('=HYPERLINK("https://x.example")', '=HYPERLINK("https://x.example")'),
        ("Bloom 🌻 \U0001f469\u200d\U0001f467", "Bloom 🌻 \U0001f469\u200d\U0001f467"),
        ("\u202eelaS fo sdneirF\u202c", "elaS fo sdneirF"),
        ("أصدقاء \u2067Sale\u2069", "أصدقاء Sale"),
        (LONG, LONG),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
    ],
    ids=["script", "formula", "emoji", "turned around", "isolated", "72 letters", "template"],
)
def test_what_a_group_types_is_a_text_on_the_page_in_the_bid_and_in_the_letter(
    app: Flask, client: CheckedClient, council: None, typed: str, kept: str
) -> None:
    words = {"group_name": typed, "title": typed, "summary": typed, "who_benefits": typed, "contact_name": typed}
    assert send_form(client, {**BID, **words}).headers["Location"] == f"{ADDRESS}/sent"
    sent = client.get(f"{ADDRESS}/sent")
    assert "<script>alert" not in sent.text
    assert confirm_newest(app).status_code == 302
    [bid] = bids(app)
    assert bid.group
    assert {bid.title, bid.summary, bid.who_benefits, bid.group.name} == {kept}
    with app.app_context():
        body = letters()[0].body
    assert kept in body
    assert f"Dear {kept}," in body


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("group_name", "Name of your group must be 120 characters or fewer"),
        ("contact_name", "Your full name must be 100 characters or fewer"),
        ("title", "80 characters or fewer"),
        ("lines-0-what", "Line 1: "),
    ],
)
def test_a_name_of_ten_thousand_characters_is_refused_beside_its_box_and_given_back(
    app: Flask, client: CheckedClient, council: None, name: str, sentence: str
) -> None:
    long = "x" * 10_000
    status, page = send(client, **{name: long})
    assert status == 422
    assert sentence in page
    assert_kept(page, {**BID, name: long})
    assert bids(app) == []


def test_a_budget_a_penny_short_or_over_says_both_sums(app: Flask, client: CheckedClient, council: None) -> None:
    for typed, sum_ in (("3043.68", "£3,043.68"), ("3043.70", "£3,043.70")):
        answer = send_form(client, {**BID, "lines-0-line_pence": typed})
        assert answer.status_code == 422
        assert f"The budget adds up to {sum_}, but you ask for £3,043.69." in text_of(answer)
