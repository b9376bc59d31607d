"""The page of an event for everybody: when it is there, what it says, what it never says."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from pbvote.call.attachments.service import set_photo
from pbvote.call.bids.deciding import withdraw_bid, word_bid
from pbvote.call.bids.models import Ask, Bid, BidState, Wording
from pbvote.db import db
from pbvote.files.pictures import read_photo
from pbvote.localities.models import Ward
from pbvote.people.service import account_with_email
from pbvote.vote.events.models import Event, Slot
from pbvote.vote.programme.publishing import publish_page
from pbvote.vote.slips.printing import make_slips
from tests.checked_client import CheckedClient
from tests.factories import an_event, count_with_two, sign_in, the_event, writing
from tests.files.samples import photo_file
from tests.hall import vote
from tests.pages import client_of, text_of
from tests.stepping import take_step

LEVELS = ("", "/bids/B-01", "/poster.pdf", "/handout.pdf")


def published(app: Flask, *asks: int) -> str:
    """The slug of an event whose page everybody can read."""
    with writing(app):
        event = an_event(asks or (4_000_00, 3_000_00, 2_000_00))
        publish_page(event)
        return event.slug


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_there_before_the_page_is_published(app: Flask, client: CheckedClient, level: str) -> None:
    with writing(app):
        slug = an_event().slug
    refused, unknown = client.get(f"/events/{slug}{level}"), client.get(f"/events/nowhere{level}")
    assert (refused.status_code, unknown.status_code) == (404, 404)
    assert text_of(refused) == text_of(unknown), "a draft looks like no event at all"
    sign_in(client, "organiser@council.example")
    assert client.get(f"/events/{slug}{level}").status_code == 404, "an organiser looks at the preview instead"
    assert client.get(f"/desk/events/{slug}/page/preview").status_code == 200


def test_an_organiser_publishes_the_page_and_takes_it_back_until_a_slip_is_printed(
    app: Flask, client: CheckedClient
) -> None:
    with writing(app):
        slug = an_event().slug
    sign_in(client, "organiser@council.example")
    desk = f"/desk/events/{slug}/page"
    assert "Nobody can read it yet" in text_of(client.get(desk))
    assert client.post(f"{desk}/publish").status_code == 302
    assert client.get(f"/events/{slug}").status_code == 200
    assert "until the first slip is printed" in text_of(client.get(desk))
    assert client.post(f"{desk}/take-back").status_code == 302
    assert client.get(f"/events/{slug}").status_code == 404
    client.post(f"{desk}/publish")
    with writing(app):
        make_slips(the_event(), 1, None)
    assert "Slips are printed, so the page stays" in text_of(client.get(desk))
    refused = client.post(f"{desk}/take-back")
    assert refused.status_code == 409
    assert "Slips are printed, so people count on this page." in text_of(refused)
    assert client.get(f"/events/{slug}").status_code == 200


def test_publishing_twice_keeps_the_first_moment(app: Flask) -> None:
    published(app)
    with writing(app):
        event = the_event()
        before = event.published_at
        publish_page(event)
        assert event.published_at == before


def test_a_page_without_bids_is_not_published(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        slug = an_event().slug
        db.session.execute(sa.delete(Slot))
    sign_in(client, "organiser@council.example")
    desk = f"/desk/events/{slug}/page"
    assert "nothing to publish" in text_of(client.get(desk))
    assert client.post(f"{desk}/publish").status_code == 409
    refused = client.get(f"{desk}/prints/poster")
    assert refused.status_code == 404
    assert "there is nothing to print" in text_of(refused)
    assert client.get(f"{desk}/prints/banner").status_code == 404


def test_the_page_says_when_where_who_how_and_each_bid(app: Flask, client: CheckedClient) -> None:
    slug = published(app)
    with writing(app):
        event = the_event()
        event.access = "Step-free from the car park."
        event.share.minimum_age, event.share.who_may_vote = 11, "People who live in Sale"
    answer = client.get(f"/events/{slug}")
    said = text_of(answer)
    for words in (
        "noon–3pm",
        "Sale Waterside",
        "Step-free from the car park.",
        "People who live in Sale. From the age of 11.",
        "Give all 3 groups a mark. 5 is best, 1 is lowest.",
        "3 bids ask for £9,000 together. There is £5,000 to give out.",
        "Project of Group 2",
        "£3,000 Group 2",
        "What we would do.",
    ):
        assert words in said, words
    html = answer.get_data(as_text=True)
    assert '<meta name="description" content="Groups in Sale ask for money' in html
    assert f"http://127.0.0.1:5000/events/<wbr>{slug.replace('-', '-<wbr>')}" in html or slug in html


def test_a_bid_has_a_page_with_everything_that_the_public_may_read(app: Flask, client: CheckedClient) -> None:
    slug = published(app)
    with writing(app):
        event = the_event()
        bid = event.running_order[1].bid
        bid.ward = Ward(locality_id=event.share.locality_id, name="Priory")
        reference = bid.reference
    answer = client.get(f"/events/{slug}/bids/{reference}")
    said = text_of(answer)
    for words in ("Bid 2 of 3, Sale decides", "Group 2", "£3,000", "Everybody.", "Priory", "What the money would buy"):
        assert words in said, words
    html = answer.get_data(as_text=True)
    assert '<meta name="description" content="What we would do.">' in html
    assert "<title>Project of Group 2, Sale decides" in html
    for private in ("group2@group.example", "Contact of"):
        assert private not in html
    assert 'rel="prev"' in html
    assert 'rel="next"' in html
    assert client.get(f"/events/{slug}/bids/B-99").status_code == 404


def test_titles_and_summaries_are_translated_and_the_rest_is_marked_as_english(
    app: Flask, client: CheckedClient
) -> None:
    slug = published(app)
    with writing(app):
        word_bid(the_event().running_order[0].bid, "ar", "حديقة", "أحواض مرتفعة")
    html = client.get(f"/events/{slug}?lang=ar").get_data(as_text=True)
    assert '<html lang="ar" dir="rtl"' in html
    assert "<bdi>حديقة</bdi>" in html
    assert '<bdi lang="en" dir="ltr">Project of Group 2</bdi>' in html
    assert f'/events/{slug}/bids/B-01?lang=ar"' in html
    one = client.get(f"/events/{slug}/bids/B-01?lang=ar").get_data(as_text=True)
    assert "أحواض مرتفعة" in one
    assert f'href="/events/{slug}/bids/B-01?lang=pl"' in one, "the language changes in place"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("group 2", ["Project of Group 2"]),
        ("ogrod", ["Project of Group 1"]),
        ("حديقة", ["Project of Group 1"]),
        ("B-03", ["Project of Group 3"]),
        ("project", ["Project of Group 1", "Project of Group 2", "Project of Group 3"]),
        ("nowhere", []),
        ("%", []),
        ("<script>", []),
        ("a\x00b" + "x" * 5000, []),
    ],
)
def test_a_search_finds_words_in_every_language(
    app: Flask, client: CheckedClient, query: str, found: list[str]
) -> None:
    slug = published(app)
    with writing(app):
        bid = the_event().running_order[0].bid
        word_bid(bid, "pl", "Ogród", "Podwyższone grządki")
        word_bid(bid, "ar", "حديقة", "أحواض مرتفعة")
    answer = client.get(f"/events/{slug}", query_string={"q": query})
    assert answer.status_code == 200
    said = text_of(answer)
    titles = [f"Project of Group {number}" for number in (1, 2, 3)]
    assert [title for title in titles if title in said] == found
    assert ("No bid fits" in said) is not bool(found)
    assert "Show all bids" in said


def test_a_bid_that_is_taken_out_keeps_its_number_and_says_so(app: Flask, client: CheckedClient) -> None:
    slug = published(app)
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        withdraw_bid(the_event().running_order[1].bid, organiser)
    assert "£3,000 Group 2 Taken out of the vote" in text_of(client.get(f"/events/{slug}"))


def test_the_outcome_of_each_bid_shows_once_it_is_public(app: Flask, client: CheckedClient) -> None:
    vote(app, [(5, 4, 1)] * 6)
    with writing(app):
        slug = the_event().slug
        publish_page(the_event())
    count_with_two(client, slug)
    hidden = text_of(client.get(f"/events/{slug}"))
    assert "Voting has closed." in hidden
    assert "unded" not in hidden, "counted and sealed, and not public"
    assert take_step(client, f"/desk/events/{slug}/publish").status_code == 302
    said = text_of(client.get(f"/events/{slug}"))
    assert "£4,000 Group 1 Funded" in said
    assert "£3,000 Group 2 Not funded this time" in said
    assert "Funded" in text_of(client.get(f"/events/{slug}/bids/B-01"))
    result = client.get(f"/results/{slug}?lang=pl").get_data(as_text=True)
    assert f'href="/events/{slug}?lang=pl"' in result


def test_a_bid_s_photo_is_public_with_the_page(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        event = an_event()
        slug, bid = event.slug, event.running_order[0].bid
        set_photo(bid, read_photo(photo_file()), "Neighbours at a table", None)
        assert bid.photo
        address = f"/photos/{bid.photo.digest}"
    assert client.get(f"{address}-400.jpg").status_code == 404
    with writing(app):
        publish_page(the_event())
    assert client.get(f"{address}-400.jpg").status_code == 200
    for page, width in ((f"/events/{slug}?lang=ar", 400), (f"/events/{slug}/bids/B-01?lang=ar", 1200)):
        html = client.get(page).get_data(as_text=True)
        assert html.count("<img") == 1
        assert f'src="{address}-{width}.jpg"' in html
        assert re.search(r'alt="Neighbours at a table" lang="en" dir="ltr"', html)
    with writing(app):
        organiser = account_with_email("organiser@council.example")
        assert organiser
        withdraw_bid(the_event().running_order[0].bid, organiser)
    assert "<img" not in client.get(f"/events/{slug}").get_data(as_text=True), "it goes with its bid"


def test_every_page_about_the_event_leads_to_it(app: Flask, client: CheckedClient) -> None:
    with writing(app):
        event = an_event()
        slug, round_slug = event.slug, event.share.round.slug
    pages = ("/", "/localities/sale", f"/rounds/{round_slug}", f"/v/{slug}", f"/results/{slug}")
    for page in pages:
        assert f'"/events/{slug}' not in client.get(page).get_data(as_text=True), page
    with writing(app):
        publish_page(the_event())
    fresh = client_of(app)
    for page in pages:
        assert f'"/events/{slug}' in fresh.get(page).get_data(as_text=True), page
    assert f'"/events/{slug}' not in fresh.get(f"/v/{slug}/kiosk").get_data(as_text=True)


def test_five_hundred_bids_take_no_more_statements(app: Flask, client: CheckedClient) -> None:
    slug = published(app)
    with writing(app):
        event = the_event()
        add_bids(event, 500)
    said = text_of(client.get(f"/events/{slug}"))  # the client counts the statements
    assert "503 bids ask for" in said
    assert "Copy 500" in said
    sign_in(client, "organiser@council.example")
    for page in ("page", "page/preview", "translations"):
        assert client.get(f"/desk/events/{slug}/{page}").status_code == 200


def add_bids(event: Event, number: int) -> None:
    """As many bids more, straight into the tables: sent one by one they would take a minute."""
    for place in range(1, number + 1):
        bid = Bid(
            round_id=event.share.round_id,
            reference=f"C-{place}",
            group_id=None,
            title=f"Copy {place}",
            summary="Words " * 60,
            state=BidState.SHORTLISTED,
        )
        bid.asks.append(Ask(locality_id=event.share.locality_id, ask_pence=100_00))
        bid.wordings.extend(Wording(language=each, title=f"{each} {place}", summary="x") for each in ("pl", "ur", "ar"))
        db.session.add(bid)
        db.session.flush()
        event.running_order.append(Slot(number=3 + place, bid_id=bid.id))
