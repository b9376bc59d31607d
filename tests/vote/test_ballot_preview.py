"""The ballot as an example for the desk: the voter's own page and the slip's own back, and nothing to cast."""

import re
from pathlib import Path

import pytest
from flask import Flask

from pbvote.call.bids.deciding import word_bid
from pbvote.files.pictures import read_photo
from pbvote.files.service import keep_photo
from pbvote.people.service import account_with_email
from pbvote.vote.events.ordering import move_bid
from pbvote.vote.events.service import load_running_order, set_running_order
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.factories import an_event, sign_in, the_event, writing
from tests.files.samples import photo_file
from tests.pages import text_of
from tests.paper import text_of as paper_text
from tests.paper import words_on

PHONE = "/desk/shares/1/as-a-resident"
PAPER = f"{PHONE}/on-paper.pdf"
BID = re.compile(r'<li class="bid.*?</li>', re.DOTALL)


@pytest.fixture
def desk(app: Flask, client: CheckedClient) -> CheckedClient:
    """An organiser, and an event with three bids."""
    with writing(app):
        event = an_event()
        assert event.share_id == 1
    sign_in(client, "organiser@council.example")
    return client


def test_the_example_has_the_running_order_in_each_language_and_nothing_to_send(
    app: Flask, desk: CheckedClient
) -> None:
    with writing(app):
        event = the_event()
        move_bid(event, 3, 1)
        word_bid(event.running_order[0].bid, "pl", "Ogród", "Zioła")
    english, polish = (desk.get(f"{PHONE}?lang={language}").get_data(as_text=True) for language in ("en", "pl"))
    assert [re.search(r'bid-number">(\d)<', bid)[1] for bid in BID.findall(english)] == ["1", "2", "3"]  # type: ignore[index]
    assert "Ogród" in BID.findall(polish)[0]
    for page in (english, polish):
        assert 'type="submit"' not in page
        assert 'method="post"' not in page
        assert "/v/cast" not in page
    assert "The bids are those of the running order" in english
    assert desk.post(PHONE).status_code == 405


def test_the_example_s_bids_are_drawn_as_the_voter_s(app: Flask, desk: CheckedClient, client: CheckedClient) -> None:
    example = BID.findall(desk.get(PHONE).get_data(as_text=True))
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        open_poll(the_event(), organiser)
        [slip] = make_slips(the_event(), 1, organiser, SlipState.LIVE)
    voters = client.post("/v/paper", data={"code": slip.code, "lang": "en"})
    assert BID.findall(voters.get_data(as_text=True)) == example != []


def test_photos_are_there_before_everybody_may_see_them(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        event = the_event()
        load_running_order(event)
        event.running_order[1].bid.photo = keep_photo(read_photo(photo_file()), None)
        event.running_order[1].bid.photo_text = "Children plant a tree"
    page = desk.get(PHONE).get_data(as_text=True)
    [source] = re.findall(r'class="bid-photo"\s+src="([^"]+)"', page)
    assert source == "/desk/bids/2/photo-400.jpg"
    assert desk.get(source).status_code == 200


def test_without_a_running_order_the_shortlist_stands_on_it(app: Flask, desk: CheckedClient) -> None:
    with writing(app):
        set_running_order(the_event(), [])
    page = text_of(desk.get(PHONE))
    assert "The bids are those of the shortlist, numbered as they came." in page
    assert len(BID.findall(desk.get(PHONE).get_data(as_text=True))) == 3


def test_the_specimen_is_the_slip_s_back_twice_and_says_what_it_is(
    app: Flask, desk: CheckedClient, tmp_path: Path
) -> None:
    found = words_on(desk.get(PAPER).get_data(), tmp_path)
    assert len(found) == 2
    with app.app_context():
        titles = [slot.bid.title for slot in the_event().running_order]
    for words in found:
        page = paper_text(words)
        # It climbs across the page, so poppler reads it in pieces. Nothing else is so large.
        across = "".join(word.text for word in words if word.size > 40)
        assert len(across) >= 5
        assert set(across) <= set("SPECIMEN")
        assert "S-0000" in page
        assert "Only one will count." in page
        assert all(title in page for title in titles)


def test_the_running_order_leads_to_both(app: Flask, desk: CheckedClient) -> None:
    with app.app_context():
        slug = the_event().slug
    page = desk.get(f"/desk/events/{slug}/running-order").get_data(as_text=True)
    assert f'href="{PHONE}"' in page
    assert f'href="{PAPER}"' in page
